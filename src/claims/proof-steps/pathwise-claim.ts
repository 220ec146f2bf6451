import {
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
  tiedFamilies,
} from '../../arbitraries/smooth-problem-case.js';
import { fromDouble, type Rational } from '../../exact/rational.js';
import { batchWeights, rationalProblem } from '../../exact/rational-problem.js';
import type { Claim } from '../claim.js';
import { propertyClaim, propertyPart } from '../property-claim.js';
import { exact } from './arithmetic.js';
import { exactIterate, type StepAlgorithm } from './exact-step.js';
import { judgeLines } from './judge-lines.js';
import { type Refutation, refuteAsStated } from './refutation.js';
import { runsAt } from './runs.js';
import type { Line, Step } from './step.js';

/** Lines that hold for every mini-batch, with the constants of the paper as numbers of their own, so that tests can change them. */
export interface PathwiseStep<Constant extends string = string>
  extends Pick<Claim, 'id' | 'version' | 'source' | 'statement' | 'hypotheses' | 'counterexamples'> {
  readonly algorithm: StepAlgorithm;
  readonly constants: Readonly<Record<Constant, number>>;
  lines<N>(step: Step<N>, constants: Readonly<Record<Constant, number>>): Line<N>[];
  /** A case in which a line fails as printed, and why it does. */
  readonly refutation?: Omit<Refutation, 'refuted'> & { readonly input: SmoothProblemCase };
}

/** The step that a case describes, in rationals. */
export function exactStepOf(input: SmoothProblemCase, algorithm: StepAlgorithm): Step<Rational> {
  const { problem, x, indices, step, signOfZero } = input;
  const iterate = exactIterate(
    rationalProblem(problem, x.length),
    fromDouble(step),
    Array.from(x, fromDouble),
    algorithm,
    signOfZero,
  );
  return iterate.step(batchWeights(indices, problem.functions.length));
}

export const meetsZero = ({ stochasticSigns }: { readonly stochasticSigns: readonly number[] }): boolean =>
  stochasticSigns.includes(0);

/** A claim that the lines hold in rationals, without a tolerance. `stepsInDoubles` is about the same lines in floating point. */
export function pathwiseClaim<Constant extends string>(proof: PathwiseStep<Constant>): Claim {
  const { algorithm, constants, lines, refutation, ...rest } = proof;
  const signs = algorithm === 'sign-prox';
  const exactSteps = new WeakMap<SmoothProblemCase, Step<Rational>>();
  const exactStep = (input: SmoothProblemCase): Step<Rational> => {
    const step = exactSteps.get(input) ?? exactStepOf(input, algorithm);
    exactSteps.set(input, step);
    return step;
  };
  const claim = propertyClaim({
    ...rest,
    method: 'every line on generated instances with rational operators, in rationals without a tolerance',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => [
      propertyPart<SmoothProblemCase>({
        ...runsAt[depth],
        name: 'in rationals',
        arbitrary: smoothProblemCase({
          smoothTypes: rationalSmoothTypes,
          families: signs ? tiedFamilies : rationalFamilies,
        }),
        judge(input) {
          const step = exactStep(input);
          return judgeLines(lines(step, constants), exact, meetsZero(step));
        },
        classify: (input) => (signs ? signCategories(exactStep(input)) : []),
        mustReach: signs ? ['a sign of 0', 'a wrong sign'] : [],
      }),
    ],
  });
  if (refutation === undefined) return claim;
  return refuteAsStated(claim, {
    ...refutation,
    refuted() {
      const printed = lines(exactStepOf(refutation.input, algorithm), constants);
      const asInequality = judgeLines(printed, exact, true);
      const asPrinted = judgeLines(printed, exact, false);
      return asInequality.ratio <= 1 && asPrinted.ratio > 1 ? asPrinted.explanation!() : undefined;
    },
  });
}

function signCategories({ stochasticSigns, mappingSigns }: Step<Rational>): string[] {
  return [
    ...(stochasticSigns.includes(0) ? ['a sign of 0'] : []),
    ...(stochasticSigns.some((sign, i) => sign * mappingSigns[i]! < 0) ? ['a wrong sign'] : []),
  ];
}
