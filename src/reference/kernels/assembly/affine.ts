// AssemblyScript. SPGM and signProx where P_k and G are affine, two coordinates to a vector, on the block that `affine-block.ts` lays out: the
// operations of `AffineKernel`, `GuidedCategorical` and `AleaStream` in their order, so the two agree bit for bit. Addresses are bytes; vectors have
// an even number of entries, `width` bytes.

const multiplier: f64 = 2091639;

/**
 * Σ_{t<T} ‖G(x^t)‖² along one run of SPGM with mini-batches of one component, compensated; `first` is the summand of x⁰.
 *
 * @param cells entries of the guide, a power of two
 */
export function runAffineSpgm(
  vectors: usize,
  width: usize,
  rows: usize,
  stream: usize,
  cumulative: usize,
  guide: usize,
  cells: f64,
  iterations: i32,
  step: f64,
  curved: bool,
  first: f64,
): f64 {
  const y = vectors + width;
  const curvature = y + 3 * width;
  const center = curvature + width;
  const mean = center + width;
  const ratio = mean + width;
  const inner = ratio + width;
  const origin = inner + width;
  const steps = f64x2.splat(step);
  const zero = f64x2.splat(0);
  let s0 = load<f64>(stream);
  let s1 = load<f64>(stream, 8);
  let s2 = load<f64>(stream, 16);
  let carry = load<f64>(stream, 24);
  let sum = first;
  let lost: f64 = 0;
  for (let t = 1; t < iterations; t++) {
    let product = multiplier * s0 + carry * 2.3283064365386963e-10;
    carry = floor<f64>(product);
    const high = product - carry;
    product = multiplier * s1 + carry * 2.3283064365386963e-10;
    carry = floor<f64>(product);
    const low = product - carry;
    s0 = s2;
    s1 = high;
    s2 = low;
    const u = high + floor<f64>(low * 2097152) * 1.1102230246251565e-16;
    let k = load<i32>(guide + (((u * cells) as i32 as usize) << 2));
    while (u >= load<f64>(cumulative + ((k as usize) << 3))) k++;
    const row = rows + (k as usize) * width;
    let squared: f64 = 0;
    if (curved) {
      for (let i: usize = 0; i < width; i += 16) {
        const before = v128.load(y + i);
        const pull = f64x2.mul(v128.load(ratio + i), f64x2.sub(before, v128.load(row + i)));
        const x = f64x2.add(zero, f64x2.sub(before, pull));
        const slope = f64x2.mul(v128.load(curvature + i), f64x2.sub(x, v128.load(center + i)));
        const after = f64x2.sub(x, f64x2.mul(steps, slope));
        v128.store(y + i, after);
        const bend = f64x2.mul(v128.load(inner + i), f64x2.sub(after, v128.load(origin + i)));
        const mapping = f64x2.add(f64x2.add(slope, bend), v128.load(mean + i));
        const square = f64x2.mul(mapping, mapping);
        squared += f64x2.extract_lane(square, 0);
        squared += f64x2.extract_lane(square, 1);
      }
    } else {
      for (let i: usize = 0; i < width; i += 16) {
        const x = f64x2.add(zero, f64x2.sub(v128.load(y + i), v128.load(row + i)));
        const slope = f64x2.mul(v128.load(curvature + i), f64x2.sub(x, v128.load(center + i)));
        v128.store(y + i, f64x2.sub(x, f64x2.mul(steps, slope)));
        const mapping = f64x2.add(slope, v128.load(mean + i));
        const square = f64x2.mul(mapping, mapping);
        squared += f64x2.extract_lane(square, 0);
        squared += f64x2.extract_lane(square, 1);
      }
    }
    const summand = squared - lost;
    const total = sum + summand;
    lost = total - sum - summand;
    sum = total;
  }
  return sum;
}

/**
 * x ← x − γ sgn Ĝ(x) for the counts of a mini-batch of `batch` components; returns ‖G(x)‖₁. Where a sign is not certain it is taken from the sum
 * of the components, one by one.
 *
 * @param zero the sign of 0
 */
export function stepAffineSignProx(
  vectors: usize,
  width: usize,
  rows: usize,
  components: i32,
  counts: usize,
  batch: f64,
  step: f64,
  curved: bool,
  zero: f64,
  rounding: f64,
): f64 {
  const y = vectors + width;
  const slopes = y + width;
  const affine = slopes + width;
  const curvature = affine + width;
  const center = curvature + width;
  const mean = center + width;
  const inner = mean + 2 * width;
  const origin = inner + width;
  const margin = origin + width;
  const weighted = rows + (components as usize) * width;
  const end = weighted + (components as usize) * width;
  const steps = f64x2.splat(step);
  const up = f64x2.splat(1);
  const down = f64x2.splat(-1);
  const tie = f64x2.splat(zero);
  const none = f64x2.splat(0);
  const rounded = f64x2.splat(rounding);
  const divisor = f64x2.splat(batch);
  let total: f64 = 0;
  for (let i: usize = 0; i < width; i += 16) {
    let sum = none;
    let count = counts;
    for (let row = weighted + i; row < end; row += width) {
      sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(count), v128.load(row)));
      count += 8;
    }
    let stochastic = f64x2.add(v128.load(affine + i), f64x2.div(sum, divisor));
    if (curved) {
      const bend = f64x2.mul(v128.load(inner + i), f64x2.abs(f64x2.sub(v128.load(y + i), v128.load(origin + i))));
      const size = f64x2.add(f64x2.add(f64x2.abs(v128.load(slopes + i)), bend), v128.load(margin + i));
      const doubtful = f64x2.le(f64x2.abs(stochastic), f64x2.mul(rounded, size));
      if (v128.any_true(doubtful)) {
        const left = summed(vectors, width, rows, components, counts, batch, i);
        const right = summed(vectors, width, rows, components, counts, batch, i + 8);
        const certain = f64x2.replace_lane(f64x2.splat(left), 1, right);
        stochastic = v128.bitselect(certain, stochastic, doubtful);
      }
    }
    const above = v128.and(f64x2.gt(stochastic, none), up);
    const below = v128.and(f64x2.lt(stochastic, none), down);
    const level = v128.and(f64x2.eq(stochastic, none), tie);
    const broken = v128.and(f64x2.ne(stochastic, stochastic), stochastic);
    const sign = v128.or(v128.or(above, below), v128.or(level, broken));
    const x = f64x2.sub(v128.load(vectors + i), f64x2.mul(steps, sign));
    const slope = f64x2.mul(v128.load(curvature + i), f64x2.sub(x, v128.load(center + i)));
    v128.store(vectors + i, x);
    let base = slope;
    if (curved) {
      const moved = f64x2.sub(x, f64x2.mul(steps, slope));
      v128.store(y + i, moved);
      v128.store(slopes + i, slope);
      base = f64x2.add(slope, f64x2.mul(v128.load(inner + i), f64x2.sub(moved, v128.load(origin + i))));
    }
    v128.store(affine + i, base);
    const mapping = f64x2.abs(f64x2.add(base, v128.load(mean + i)));
    total += f64x2.extract_lane(mapping, 0);
    total += f64x2.extract_lane(mapping, 1);
  }
  return total;
}

/** Ĝ at the coordinate at byte i as it is defined: ∇d + (1/B) Σ_k counts_k·a(y − c_k)/(1 + γa). */
function summed(vectors: usize, width: usize, rows: usize, components: i32, counts: usize, batch: f64, i: usize): f64 {
  const y = load<f64>(vectors + width + i);
  const slope = load<f64>(vectors + 2 * width + i);
  const outer = load<f64>(vectors + 11 * width + i);
  const divisor = load<f64>(vectors + 12 * width + i);
  let sum: f64 = 0;
  for (let k: usize = 0; k < (components as usize); k++) {
    const residual = (outer * (y - load<f64>(rows + k * width + i))) / divisor;
    sum += load<f64>(counts + (k << 3)) * residual;
  }
  return slope + sum / batch;
}
