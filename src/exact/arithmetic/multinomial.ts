import { type Rational, rational } from './rational.js';

/** One outcome of a mini-batch: how often each component occurs, and its probability. */
export interface CountOutcome {
  readonly counts: readonly number[];
  readonly probability: Rational;
}

/** C(B + K − 1, K − 1): the number of outcomes of Multinomial(B, θ) with K components. */
export function outcomeCount(components: number, batch: number): number {
  let count = 1;
  for (let k = 1; k < components; k++) count = (count * (batch + k)) / k;
  return count;
}

/**
 * Every outcome of Multinomial(B, θ) of positive probability: θ^c · B!/Πc_k!.
 *
 * @example
 * const half = rational(1n, 2n);
 * const law = multinomialLaw([half, half], 2);
 * assert.deepEqual(law.map(({ probability }) => toDouble(probability)), [0.25, 0.5, 0.25]);
 */
export function multinomialLaw(probabilities: readonly Rational[], batch: number): CountOutcome[] {
  const outcomes: CountOutcome[] = [];
  const counts = new Array<number>(probabilities.length).fill(0);
  const last = probabilities.length - 1;
  const extend = (k: number, remaining: number, probability: Rational): void => {
    const theta = probabilities[k]!;
    if (k === last) {
      if (theta.n === 0n && remaining > 0) return;
      counts[k] = remaining;
      outcomes.push({ counts: [...counts], probability: probability.mul(power(theta, remaining)) });
      return;
    }
    // C(remaining, c)·θ_k^c, by the ratio of neighbours.
    let factor = rational(1n);
    for (let c = 0; c <= remaining && factor.n > 0n; c++) {
      counts[k] = c;
      extend(k + 1, remaining - c, probability.mul(factor));
      factor = factor.mul(theta).mul(rational(BigInt(remaining - c), BigInt(c + 1)));
    }
  };
  extend(0, batch, rational(1n));
  return outcomes;
}

/** base^exponent for a natural exponent. */
export function power({ s, n, d }: Rational, exponent: number): Rational {
  const e = BigInt(exponent);
  return rational((s * n) ** e, d ** e);
}
