import {
  fromDouble,
  maximum,
  one,
  type Rational,
  rational,
  square,
  sum,
  zero,
} from '../../../exact/arithmetic/rational.js';
import { atStep } from '../../../exact/problem/rational-problem.js';
import type { SmoothProblemCase } from '../../arbitraries/smooth-problem-case.js';
import { rationalProblemOf } from './case-categories.js';
import { exactInfimum } from './exact-infimum.js';
import { coordinateConstants, largestOf } from './exact-iteration.js';

/** What T iterations of SPGM with B = 1 and γ = 1/(L√T) come to, over all of their K^T runs. */
export interface RunLaw {
  /** E[(1/T) Σ ‖G(x^{t−1})‖²]. */
  readonly left: Rational;
  /** f(x⁰). */
  readonly start: Rational;
  /** E[f(x^T)]. */
  readonly end: Rational;
  /** A lower bound of f; undefined when f is unbounded below. */
  readonly infimum: Rational | undefined;
  readonly lipschitz: Rational;
  /** √T. */
  readonly root: Rational;
  /** The largest E‖Ĝ(x) − G(x)‖² at a point that a run visits before its last step: the smallest σ² that the proof needs. */
  readonly variance: Rational;
}

export function runLaw(input: SmoothProblemCase): RunLaw {
  const start = Array.from(input.x, fromDouble);
  const problem = rationalProblemOf(input);
  const { probabilities } = problem;
  const root = rational(BigInt(input.root));
  const curvature = largestOf(coordinateConstants(problem));
  const lipschitz = curvature.n === 0n ? one : curvature;
  const at = atStep(problem, one.div(lipschitz.mul(root)));
  const iterations = input.root ** 2;
  const vertices = probabilities.map((_, k) => probabilities.map((__, j) => rational(j === k ? 1n : 0n)));
  let total = zero;
  let end = zero;
  let variance = zero;

  const visit = (x: readonly Rational[], probability: Rational, t: number): void => {
    if (t === iterations) {
      end = end.add(probability.mul(at.objective(x)!));
      return;
    }
    const mapping = at.residualMapping(probabilities, x);
    total = total.add(probability.mul(sum(mapping.map(square))));
    const deviations = vertices.map((vertex) =>
      sum(at.residualMapping(vertex, x).map((entry, i) => square(entry.sub(mapping[i]!)))),
    );
    variance = maximum(variance, sum(deviations.map((deviation, k) => probabilities[k]!.mul(deviation))));
    probabilities.forEach((theta, k) => {
      if (theta.n > 0n) visit(at.proximalGradient(k, x), probability.mul(theta), t + 1);
    });
  };
  visit(start, one, 0);
  return {
    left: total.div(rational(BigInt(iterations))),
    start: at.objective(start)!,
    end,
    infimum: problem.frame === undefined ? exactInfimum(at) : undefined,
    lipschitz,
    root,
    variance,
  };
}
