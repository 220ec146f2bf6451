import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import { multinomialLaw } from '../../../src/exact/arithmetic/multinomial.js';
import { maximum, type Rational, rational, zero } from '../../../src/exact/arithmetic/rational.js';
import type { RationalProblemAtStep } from '../../../src/exact/problem/rational-problem.js';

const { sum, product } = exact;
const { minus, plus, squaredNorm } = vectorsOver(exact);

/** A point that a path of SPGM has come to. */
interface State {
  readonly probability: Rational;
  readonly x: readonly Rational[];
  /** Σ (x^s − P(x^{s−1})) of the path so far: what its noise has come to. */
  readonly drift: readonly Rational[];
}

/** What SPGM does from x⁰ in T iterations, over every sequence of mini-batches. */
export interface ExactRun {
  /** (1/T) Σ_t E term(x^{t−1}, P(x^{t−1}), G(x^{t−1})). */
  average(term: (full: readonly Rational[], mapping: readonly Rational[]) => Rational): Rational;
  /** The largest E‖P_k(x) − P(x)‖²/γ² over the points at which noise is drawn before the last iteration, and with it. */
  readonly variance: Rational;
  readonly varianceOfAll: Rational;
  /** E‖x̄ − z̄‖², of the averages of the x^t and of the P(x^{t−1}). */
  readonly spread: Rational;
}

export function exactRun(
  at: RationalProblemAtStep,
  start: readonly Rational[],
  { miniBatch, iterations }: { readonly miniBatch: number; readonly iterations: number },
): ExactRun {
  const { probabilities } = at.problem;
  const size = rational(BigInt(miniBatch));
  const outcomes = multinomialLaw(probabilities, miniBatch).map(({ counts, probability }) => ({
    probability,
    weights: counts.map((count) => rational(BigInt(count)).div(size)),
  }));
  const variances: Rational[] = [];
  const visited: State[][] = [];
  let states: State[] = [{ probability: rational(1n), x: start, drift: start.map(() => zero) }];
  for (let t = 1; t <= iterations; t++) {
    visited.push(states);
    variances.push(states.map(({ x }) => singleVariance(at, x)).reduce(maximum));
    states = states.flatMap(({ probability, x, drift }) => {
      const full = at.weightedMean(probabilities, x);
      return outcomes.map((outcome): State => {
        const next = at.weightedMean(outcome.weights, x);
        return {
          probability: product(probability, outcome.probability),
          x: next,
          drift: plus(drift, minus(next, full)),
        };
      });
    });
  }
  const T = rational(BigInt(iterations));
  return {
    average: (term) =>
      sum(
        ...visited
          .flat()
          .map(({ probability, x }) =>
            product(probability, term(at.weightedMean(probabilities, x), at.residualMapping(probabilities, x))),
          ),
      ).div(T),
    variance: variances.slice(0, -1).reduce(maximum, zero),
    varianceOfAll: variances.reduce(maximum),
    spread: sum(...states.map(({ probability, drift }) => product(probability, squaredNorm(drift)))).div(product(T, T)),
  };
}

/** E‖P_k(x) − P(x)‖²/γ² of a single draw. */
export function singleVariance(at: RationalProblemAtStep, x: readonly Rational[]): Rational {
  const { probabilities } = at.problem;
  const mapping = at.residualMapping(probabilities, x);
  return sum(
    ...probabilities.map((theta, k) => {
      const alone = probabilities.map((_, j) => rational(j === k ? 1n : 0n));
      return product(theta, squaredNorm(minus(at.residualMapping(alone, x), mapping)));
    }),
  );
}
