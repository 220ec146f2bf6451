import { one, type Rational, zero } from '../arithmetic/rational.js';
import type { RationalProblemAtStep } from '../problem/rational-problem.js';

/** The value of sgn at exactly 0; `random` is −1 or +1 with probability ½ each. */
export type SignOfZero = 'zero' | 'positive' | 'negative' | 'random';

/** One possible outcome of an iteration. */
export interface Successor {
  readonly x: readonly Rational[];
  /** Negative powers of two, one factor ½ for each coordinate whose sign was drawn. */
  readonly halvings: number;
}

/** An iteration with the mini-batch weights c_k/B: every possible x⁺ with its probability 2^−halvings. */
export type RationalIteration = (
  problem: RationalProblemAtStep,
  weights: readonly Rational[],
  x: readonly Rational[],
  signOfZero: SignOfZero,
) => readonly Successor[];

/**
 * SPGM: x⁺ = P̂(x).
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * const [next] = spgmIteration(problem, [one], [rational(3n)], 'zero');
 * assert.equal(next.x[0].toFraction(), '3/2');
 */
export const spgmIteration: RationalIteration = (problem, weights, x) => [
  { x: problem.weightedMean(weights, x), halvings: 0 },
];

/**
 * signProx: x⁺ = x − γ sgn(x − P̂(x)), from the residual or the literal form.
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * const [next] = signProxIteration('residual')(problem, [one], [rational(3n)], 'zero');
 * assert.equal(next.x[0].toFraction(), '5/2');
 */
export function signProxIteration(form: 'residual' | 'literal'): RationalIteration {
  return (problem, weights, x, signOfZero) => {
    const mapping = form === 'literal' ? problem.literalMapping : problem.residualMapping;
    let successors: Successor[] = [{ x: [], halvings: 0 }];
    mapping(weights, x).forEach((direction, i) => {
      const signs = signsOf(direction, signOfZero);
      const halving = signs.length - 1;
      successors = successors.flatMap(({ x: head, halvings }) =>
        signs.map((sign) => ({ x: [...head, x[i]!.sub(problem.step.mul(sign))], halvings: halvings + halving })),
      );
    });
    return successors;
  };
}

const minusOne = one.neg();
const valuesAtZero: Readonly<Record<SignOfZero, readonly Rational[]>> = {
  zero: [zero],
  positive: [one],
  negative: [minusOne],
  random: [minusOne, one],
};

/** The possible values of sgn(v). */
export function signsOf(v: Rational, signOfZero: SignOfZero): readonly Rational[] {
  if (v.n === 0n) return valuesAtZero[signOfZero];
  return v.s > 0n ? [one] : [minusOne];
}
