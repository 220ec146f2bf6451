/** Evaluations of a map on a segment from which its rounding is judged, and the order of their differences. */
const places = 9;
const order = 5;
/** Σ of the squared binomials of the order: the variance of a difference of independent errors of variance 1. */
const spread = Math.sqrt(252);
/** Fractions of the segment to evaluate: not multiples of the grid on which large terms round, or the rounding would look regular. */
const parts = [0.9137, 0.7723, 0.618];
/** The allowed rounding difference of two values, in estimated standard deviations. */
const margin = 8;

/**
 * Bounds the rounding in the difference of a map between the ends of a segment, for every entry of the map, from the map alone: high-order
 * differences of values at equal distances remove a smooth map and keep its rounding (Moré & Wild, Estimating computational noise, 2011). Terms that
 * cancel in the map, such as Aᵀ(Ax − b) near a minimiser, have more rounding than its size suggests. If the map is curved, the bound is too large,
 * never too small: subtracting it may lose a witness, but raises no false alarm.
 */
export function differenceNoise(
  map: (point: Float64Array) => Float64Array,
  from: Float64Array,
  to: Float64Array,
): Float64Array {
  const bounds = parts.map((part) => differencesAlong(map, from, to, part));
  return bounds.reduce((a, b) => a.map((bound, i) => Math.max(bound, b[i]!)));
}

function differencesAlong(
  map: (point: Float64Array) => Float64Array,
  from: Float64Array,
  to: Float64Array,
  part: number,
): Float64Array {
  const values = Array.from({ length: places }, (_, j) => {
    const t = (part * j) / (places - 1);
    return map(from.map((entry, i) => (1 - t) * entry + t * to[i]!)).slice();
  });
  for (let level = 0; level < order; level++) {
    for (let j = 0; j + 1 < places - level; j++) {
      for (let i = 0; i < values[j]!.length; i++) values[j]![i] = values[j + 1]![i]! - values[j]![i]!;
    }
  }
  return values[0]!.map((_, i) => {
    let largest = 0;
    for (let j = 0; j < places - order; j++) largest = Math.max(largest, Math.abs(values[j]![i]!));
    return (margin * largest) / spread;
  });
}
