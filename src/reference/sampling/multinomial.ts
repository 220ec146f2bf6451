import { type BinomialTable, binomialTable } from './binomial-table.js';
import { firstAbove, requireProbabilities } from './categorical.js';

/** Fills `counts` (length K) with one draw of Multinomial(B, θ). */
export type MultinomialSampler = (random: () => number, counts: Int32Array) => void;

/**
 * How often each of the K components occurs among B independent draws k ~ θ, without drawing them one by one: c_k given the earlier
 * counts is binomial with B − c_0 − … − c_{k−1} trials and probability θ_k/(θ_k + … + θ_{K−1}), drawn by inversion of a tabulated
 * distribution function with one uniform. O(K log B) per draw; tables are made when first needed and kept, so keep the
 * sampler. It holds no random state: the same stream gives the same counts whatever was drawn before.
 *
 * @param probabilities θ
 * @param batch B ≥ 1, an integer
 * @throws RangeError unless θ has non-negative entries that sum to 1 within 2⁻⁴⁰ and B is a positive integer
 * @example
 * const counts = new Int32Array(2);
 * multinomialSampler([0.5, 0.5], 10)(keyedStream('a key'), counts);
 * assert.equal(counts[0] + counts[1], 10);
 */
export function multinomialSampler(probabilities: ArrayLike<number>, batch: number): MultinomialSampler {
  requireProbabilities(probabilities);
  if (!Number.isSafeInteger(batch) || batch < 1) throw new RangeError(`batch must be an integer ≥ 1, got ${batch}`);
  const components = probabilities.length;
  const conditional = conditionalProbabilities(probabilities);
  const tables: Map<number, BinomialTable>[] = Array.from(conditional, () => new Map());
  return (random, counts) => {
    if (counts.length !== components) {
      throw new RangeError(`counts must have length ${components}, got ${counts.length}`);
    }
    let remaining = batch;
    for (let k = 0; k < components; k++) {
      const probability = conditional[k]!;
      if (remaining === 0 || probability === 0) {
        counts[k] = 0;
      } else if (probability === 1) {
        counts[k] = remaining;
        remaining = 0;
      } else {
        let table = tables[k]!.get(remaining);
        if (table === undefined) {
          table = binomialTable(remaining, probability);
          tables[k]!.set(remaining, table);
        }
        const count = table.first + firstAbove(table.cumulative, random());
        counts[k] = count;
        remaining -= count;
      }
    }
  };
}

/** θ_k/(θ_k + … + θ_{K−1}), or 0 if the sum is 0. */
export function conditionalProbabilities(probabilities: ArrayLike<number>): Float64Array {
  const conditional = new Float64Array(probabilities.length);
  let rest = 0;
  for (let k = conditional.length - 1; k >= 0; k--) {
    rest += probabilities[k]!;
    conditional[k] = rest > 0 ? probabilities[k]! / rest : 0;
  }
  return conditional;
}
