import { type Rational, rational } from '../../src/exact/arithmetic/rational.js';

/** A Markov chain on the integers with rational transition probabilities of one denominator. */
export interface IntegerChain {
  readonly start: number;
  /** T. */
  readonly iterations: number;
  /** q: transition probabilities are multiples of 1/q. */
  readonly denominator: bigint;
  /** Next states with the numerators of their probabilities, which sum to q. */
  moves(state: number): readonly (readonly [number, bigint])[];
  /** Numerator of the value v ≥ 0 of a state. */
  value(state: number): bigint;
  readonly valueDenominator: bigint;
  /** States with |state − start| beyond this are dropped, which makes the result a lower bound. */
  readonly farthest?: number;
}

/**
 * (1/T) Σ_{t<T} E v(state after t moves) in exact integers: the law after t moves is kept as numerators over qᵗ. With `farthest` it is a lower
 * bound, because values are not negative.
 */
export function chainAverage(chain: IntegerChain): Rational {
  const { start, iterations, denominator, farthest = Number.POSITIVE_INFINITY } = chain;
  let law = new Map<number, bigint>([[start, 1n]]);
  let total = 0n;
  for (let t = 0; t < iterations; t++) {
    // Horner's rule in q: total/qᵗ is the sum so far.
    let expected = 0n;
    for (const [state, weight] of law) expected += weight * chain.value(state);
    total = total * (t === 0 ? 1n : denominator) + expected;
    if (t === iterations - 1) break;
    const next = new Map<number, bigint>();
    for (const [state, weight] of law) {
      for (const [to, numerator] of chain.moves(state)) {
        if (numerator === 0n || Math.abs(to - start) > farthest) continue;
        next.set(to, (next.get(to) ?? 0n) + weight * numerator);
      }
    }
    law = next;
  }
  return rational(total, denominator ** BigInt(iterations - 1) * chain.valueDenominator * BigInt(iterations));
}
