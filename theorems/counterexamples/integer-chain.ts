import { greatestCommonDivisor, one, type Rational, rational, zero } from '../../src/exact/arithmetic/rational.js';
import type { RationalIteration } from '../../src/exact/engines/algorithms.js';
import type { RationalProblemAtStep } from '../../src/exact/problem/rational-problem.js';

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

/** Of what a chain is made, and by what its values are multiplied to be integers. */
interface SingleDraws {
  readonly problem: RationalProblemAtStep;
  readonly iteration: RationalIteration;
  readonly term: (mapping: Rational) => Rational;
  readonly valueDenominator: bigint;
}

/**
 * An algorithm with single draws, B = 1, on a problem in one variable, from x = jγ: where each component takes it, with the weight of the component, and
 * the term of G(x). sgn(0) = 0.
 *
 * @throws RangeError when it leaves the multiples of γ, or a value is no multiple of 1/valueDenominator
 */
export function singleDraws({ problem, iteration, term, valueDenominator }: SingleDraws) {
  const { probabilities } = problem.problem;
  const denominator = probabilities.reduce((product, { d }) => product * (d / greatestCommonDivisor(product, d)), 1n);
  const known = new Map<number, { readonly moves: readonly (readonly [number, bigint])[]; readonly value: bigint }>();
  const at = (state: number) => {
    let found = known.get(state);
    if (found === undefined) {
      const x = [rational(BigInt(state)).mul(problem.step)];
      const moves = probabilities.map((theta, k) => {
        const weights = probabilities.map((_, l) => (l === k ? one : zero));
        const [successor] = iteration(problem, weights, x, 'zero');
        const to = integer(successor!.x[0]!.div(problem.step));
        return [Number(to), integer(theta.mul(rational(denominator)))] as const;
      });
      const mapping = problem.residualMapping(probabilities, x)[0]!;
      found = { moves, value: integer(term(mapping).mul(rational(valueDenominator))) };
      known.set(state, found);
    }
    return found;
  };
  return {
    ...{ denominator, valueDenominator },
    moves: (state: number) => at(state).moves,
    value: (state: number) => at(state).value,
  };
}

function integer(value: Rational): bigint {
  if (value.d !== 1n) throw new RangeError(`the chain must stay on integers, got ${value.toFraction()}`);
  return value.s * value.n;
}
