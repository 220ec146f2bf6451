/** Proxes as others compute them, in other ways than the suite does. */

/** The prox of γw Σ|u_{i+1} − u_i| as the derivative of the taut string in the tube of radius γw around the running sums (Davies and Kovac 2001). */
export function tautString(y: Float64Array, radius: number): Float64Array {
  const n = y.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + y[i]!;
  const width = (i: number): number => (i === 0 || i === n ? 0 : radius);
  const result = new Float64Array(n);
  let start = 0;
  let height = 0;
  while (start < n) {
    // The string goes straight as long as some slope clears every gate, and then bends at the gate that bounds it.
    let steepest = { slope: Number.POSITIVE_INFINITY, at: n };
    let flattest = { slope: Number.NEGATIVE_INFINITY, at: n };
    let bend: { slope: number; at: number } | undefined;
    for (let i = start + 1; i <= n && bend === undefined; i++) {
      const low = { slope: (sums[i]! - width(i) - height) / (i - start), at: i };
      const high = { slope: (sums[i]! + width(i) - height) / (i - start), at: i };
      if (low.slope > steepest.slope) bend = steepest;
      else if (high.slope < flattest.slope) bend = flattest;
      else {
        if (low.slope >= flattest.slope) flattest = low;
        if (high.slope <= steepest.slope) steepest = high;
      }
    }
    const { slope, at } = bend ?? { slope: (sums[n]! - height) / (n - start), at: n };
    result.fill(slope, start, at);
    height = sums[at]! + (at === n ? 0 : bend === steepest ? radius : -radius);
    start = at;
  }
  return result;
}

/** The same by the direct algorithm of Condat (2013), which follows two candidate values and how far each has run from its bound. */
export function condat(y: Float64Array, radius: number): Float64Array {
  const n = y.length;
  const result = new Float64Array(n);
  let [k, start, lastLow, lastHigh] = [0, 0, 0, 0];
  let [low, high] = [y[0]! - radius, y[0]! + radius];
  let [aboveLow, belowHigh] = [radius, -radius];
  const settle = (value: number, last: number): boolean => {
    do result[start++] = value;
    while (start <= last);
    k = start;
    return start < n;
  };
  for (;;) {
    while (k === n - 1) {
      if (aboveLow < 0) {
        if (!settle(low, lastLow)) return result;
        lastLow = k;
        low = y[k]!;
        aboveLow = radius;
        belowHigh = low + radius - high;
      } else if (belowHigh > 0) {
        if (!settle(high, lastHigh)) return result;
        lastHigh = k;
        high = y[k]!;
        belowHigh = -radius;
        aboveLow = high - radius - low;
      } else {
        return result.fill(low + aboveLow / (k - start + 1), start);
      }
    }
    aboveLow += y[k + 1]! - low;
    if (aboveLow < -radius) {
      if (!settle(low, lastLow)) return result;
      [lastLow, lastHigh] = [k, k];
      [low, high] = [y[k]!, y[k]! + 2 * radius];
      [aboveLow, belowHigh] = [radius, -radius];
      continue;
    }
    belowHigh += y[k + 1]! - high;
    if (belowHigh > radius) {
      if (!settle(high, lastHigh)) return result;
      [lastLow, lastHigh] = [k, k];
      [low, high] = [y[k]! - 2 * radius, y[k]!];
      [aboveLow, belowHigh] = [radius, -radius];
      continue;
    }
    k++;
    if (aboveLow >= radius) {
      low += (aboveLow - radius) / (k - start + 1);
      [lastLow, aboveLow] = [k, radius];
    }
    if (belowHigh <= -radius) {
      high += (belowHigh + radius) / (k - start + 1);
      [lastHigh, belowHigh] = [k, -radius];
    }
  }
}

/** The prox of γw Σ max(0, 1 − u_i) as that of γw Σ max(0, v_i) at v = 1 − y, reflected back. */
export function reflectedHinge(y: Float64Array, threshold: number): Float64Array {
  return y.map((entry) => {
    const v = 1 - entry;
    return 1 - (v > threshold ? v - threshold : Math.min(v, 0));
  });
}
