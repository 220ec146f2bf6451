/** Largest |Σθ_k − 1| that counts as rounding. */
const sumTolerance = 2 ** -40;

/**
 * Checks that θ is a probability vector: at least one entry, every entry finite and ≥ 0, sum within 2⁻⁴⁰ of 1.
 *
 * @throws RangeError that names the entry or the sum
 */
export function requireProbabilities(probabilities: ArrayLike<number>): void {
  if (!(probabilities.length > 0)) throw new RangeError('probabilities must have at least one entry, got none');
  let sum = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const probability = probabilities[k]!;
    if (!(probability >= 0 && probability <= 1 + sumTolerance)) {
      throw new RangeError(`probabilities[${k}] must be in [0, 1], got ${probability}`);
    }
    sum += probability;
  }
  if (Math.abs(sum - 1) > sumTolerance) throw new RangeError(`probabilities must sum to 1 within 2^-40, got ${sum}`);
}

/** Fills `indices` with independent draws of the components 0 … K − 1. */
export type CategoricalSampler = (random: () => number, indices: Int32Array) => void;

/**
 * Independent draws k ~ θ by inversion of the distribution function: one uniform per draw, k is the first component with
 * u < θ_0 + … + θ_k. Components with θ_k = 0 are never drawn. Exact up to the 53 bits of the uniform.
 *
 * @param probabilities θ
 * @throws RangeError unless θ has non-negative entries that sum to 1 within 2⁻⁴⁰
 * @example
 * const indices = new Int32Array(3);
 * categoricalSampler([0, 1])(keyedStream('a key'), indices);
 * assert.deepEqual([...indices], [1, 1, 1]);
 */
export function categoricalSampler(probabilities: ArrayLike<number>): CategoricalSampler {
  requireProbabilities(probabilities);
  const cumulative = cumulativeProbabilities(probabilities);
  return (random, indices) => {
    for (let b = 0; b < indices.length; b++) indices[b] = firstAbove(cumulative, random());
  };
}

/** θ_0 + … + θ_k for every k, and 1 from the last possible component on. */
export function cumulativeProbabilities(probabilities: ArrayLike<number>): Float64Array {
  const cumulative = new Float64Array(probabilities.length);
  let sum = 0;
  let last = 0;
  for (let k = 0; k < probabilities.length; k++) {
    sum += probabilities[k]!;
    cumulative[k] = sum;
    if (probabilities[k]! > 0) last = k;
  }
  // The rounded sum may fall short of 1 or exceed it: the last possible component takes the rest.
  cumulative.fill(1, last);
  return cumulative;
}

/** The smallest index j with u < cumulative[j], for a non-decreasing table that ends above u. */
export function firstAbove(cumulative: Float64Array, u: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (u < cumulative[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
