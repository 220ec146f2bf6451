import {
  atStep,
  evaluate,
  fromDouble,
  type Rational,
  rational,
  slopeOfPiece,
  smoothTerm,
} from '../../src/library/exact.js';
import {
  proofFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
  turnedProblemCase,
} from '../../src/library/testing.js';
import { magnitude, negative, of, product, sum } from '../lines/arithmetic.js';
import { rationalProblemOf } from '../lines/case-categories.js';
import { atMost, type Line } from '../lines/iteration.js';
import { exactLinesClaim } from '../lines/line-claim.js';

/** What the lines are made of, as data so that tests can change it. */
interface StepZero {
  /** 1 of γ|∇_id(x) + ∇_ir_k(x)|. */
  readonly slope: number;
  /** The step of the proxes: γ. */
  readonly proximalStep: (step: Rational) => Rational;
}

/** P_k(x)_i and ∇_id(x) + ∇_ir_k(x), for each coordinate and each k. */
function mappingsOf(input: SmoothProblemCase, step: Rational, { proximalStep }: StepZero) {
  const problem = rationalProblemOf(input);
  const x = Array.from(input.x, fromDouble);
  const gradient = smoothTerm(problem).gradient(x);
  const { coordinates } = atStep(problem, proximalStep(step));
  return x.map((value, i) =>
    problem.coordinates[i]!.functions.map((pieces, k) => {
      const y = sum(value, negative(product(step, gradient[i]!)));
      return {
        moved: sum(evaluate(coordinates[i]!.proximalMaps[k]!, y), negative(value)),
        slope: sum(gradient[i]!, slopeOfPiece(pieces.find(({ to }) => !to?.lt(value))!, value)),
      };
    }),
  );
}

/** The case at its γ and next to γ = 0. */
const stepsOf = ({ step }: SmoothProblemCase): Rational[] => {
  const own = fromDouble(step);
  return [own, own.div(rational(1n << 20n))];
};

function linesOf(input: SmoothProblemCase, data: StepZero): Line[] {
  const { probabilities } = rationalProblemOf(input);
  const mean = (values: readonly Rational[]) => sum(...values.map((value, k) => product(probabilities[k]!, value)));
  return stepsOf(input).flatMap((step) =>
    mappingsOf(input, step, data).flatMap((components) => {
      const moved = mean(components.map((one) => one.moved));
      const slopes = components.map(({ slope }) => product(of(data.slope), step, magnitude(slope)));
      return components.flatMap((one, k) => [
        atMost('|P_k(x) − x|_i ≤ γ|∇_id(x) + ∇_ir_k(x)|', magnitude(one.moved), slopes[k]!),
        atMost(
          '|P_k(x) − P(x)|_i ≤ γ|∇_id(x) + ∇_ir_k(x)| + γΣθ_j|∇_id(x) + ∇_ir_j(x)|',
          magnitude(sum(one.moved, negative(moved))),
          sum(slopes[k]!, mean(slopes)),
        ),
      ]);
    }),
  );
}

const proved: StepZero = { slope: 1, proximalStep: (step) => step };
const problems = { smoothTypes: rationalSmoothTypes, families: proofFamilies };
const categories = ['P_k that differ', 'd couples coordinates', 'n > 1'] as const;

/**
 * "γ = 0 implying that P_k(x) = P(x)", by which section 2.2 explains the factor γ² of Assumptions 1(d) and 2(d). A prox with γ = 0 is the identity, and
 * P_k(x) tends to it as γ → 0: x = prox_{γr_k}(x + γ∇r_k(x)), and no prox makes a distance larger. So all P_k(x) are x, and P(x) is. It needs r_k that are
 * finite, as Assumptions 1(c) and 2(c) have them: the prox of an indicator is the same projection for every γ > 0.
 */
export const stepZeroClaim = exactLinesClaim<SmoothProblemCase, StepZero>({
  id: 'remark-step-zero',
  version: 1,
  source: { section: '2.2', equation: 'after Assumption 1' },
  statement:
    'γ = 0 implies P_k(x) = P(x): |P_k(x) − x|_i ≤ γ|∇_id(x) + ∇_ir_k(x)| for all k, i and x, where the r_k are separable and smooth, so that every P_k(x) tends to x as γ → 0',
  hypotheses: ['assumption-1b', 'assumption-1c'],
  method: 'every P_k(x) on generated problems, at their γ and at 2⁻²⁰ of it, in rationals without a tolerance',
  constants: proved,
  linesOf,
  arbitrary: [smoothProblemCase(problems), turnedProblemCase(problems)],
  classify: (input) => [
    ...(mappingsOf(input, fromDouble(input.step), proved).some((components) =>
      components.some(({ moved }) => !moved.equals(components[0]!.moved)),
    )
      ? [categories[0]]
      : []),
    ...(input.turned === true ? [categories[1]] : []),
    ...(input.x.length > 1 ? [categories[2]] : []),
  ],
  mustReach: categories,
});
