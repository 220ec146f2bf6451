import { fromDouble, type Rational } from '../../../exact/arithmetic/rational.js';
import { batchWeights } from '../../../exact/problem/rational-problem.js';
import {
  proofFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  signFamilies,
  smoothProblemCase,
  turnedProblemCase,
} from '../../arbitraries/smooth-problem-case.js';
import type { Claim } from '../../claim.js';
import { type ClaimOf, claimOf } from '../../claim-mutant.js';
import { propertyClaim, propertyPart } from '../../properties/property-claim.js';
import { exact } from './arithmetic.js';
import { commonCategories, commonCategoriesOf, rationalProblemOf } from './case-categories.js';
import { type ExactIterate, exactIterate, type StepAlgorithm } from './exact-step.js';
import { judgeLines, nameOfLine, plainCase } from './judge-lines.js';
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

interface ExactCase {
  readonly iterate: ExactIterate;
  readonly step: Step<Rational>;
}

function exactCaseOf(input: SmoothProblemCase, algorithm: StepAlgorithm): ExactCase {
  const { problem, x, indices, step, signOfZero } = input;
  const start = Array.from(x, fromDouble);
  const iterate = exactIterate(rationalProblemOf(input), fromDouble(step), start, algorithm, signOfZero);
  return { iterate, step: iterate.step(batchWeights(indices, problem.functions.length)) };
}

/** The step that a case describes, in rationals. */
export function exactStepOf(input: SmoothProblemCase, algorithm: StepAlgorithm): Step<Rational> {
  return exactCaseOf(input, algorithm).step;
}

export const meetsZero = ({ stochasticSigns }: { readonly stochasticSigns: readonly number[] }): boolean =>
  stochasticSigns.includes(0);

/** A claim that the lines hold in rationals, without a tolerance. `stepsInDoubles` is about the same lines in floating point. */
export function pathwiseClaim<Constant extends string>(data: PathwiseStep<Constant>): ClaimOf<PathwiseStep<Constant>> {
  return claimOf(data, makePathwiseClaim);
}

function makePathwiseClaim<Constant extends string>(proof: PathwiseStep<Constant>): Claim {
  const { algorithm, constants, lines, refutation, ...rest } = proof;
  const signs = algorithm === 'sign-prox';
  const exactCases = new WeakMap<SmoothProblemCase, ExactCase>();
  const exactCase = (input: SmoothProblemCase): ExactCase => {
    const found = exactCases.get(input) ?? exactCaseOf(input, algorithm);
    exactCases.set(input, found);
    return found;
  };
  const families = { smoothTypes: rationalSmoothTypes, families: (signs ? signFamilies : proofFamilies).rational };
  const claim = propertyClaim({
    ...rest,
    method: 'every line on generated instances with rational operators, in rationals without a tolerance',
    lines: lines(exactStepOf(plainCase, algorithm), constants).map(nameOfLine),
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => [
      propertyPart<SmoothProblemCase>({
        ...runsAt[depth],
        name: 'in rationals',
        // Assumption 1 allows coupled problems, Assumption 2 does not.
        arbitrary: signs ? smoothProblemCase(families) : [smoothProblemCase(families), turnedProblemCase(families)],
        judge(input) {
          const { step } = exactCase(input);
          return judgeLines(lines(step, constants), exact, meetsZero(step));
        },
        classify: (input) => [
          ...commonCategoriesOf(input, exactCase(input).iterate),
          ...(new Set(input.indices).size > 1 ? ['a mixed mini-batch'] : []),
          ...(signs ? signCategories(exactCase(input).step, input) : []),
        ],
        mustReach: [
          ...commonCategories,
          'a mixed mini-batch',
          ...(signs ? ['a wrong sign', ...Object.values(namesOfTies)] : []),
        ],
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

const namesOfTies: Readonly<Record<SmoothProblemCase['signOfZero'], string>> = {
  zero: 'a tie with sgn(0) = 0',
  positive: 'a tie with sgn(0) = 1',
  negative: 'a tie with sgn(0) = −1',
};

function signCategories(
  { stochasticSigns, mappingSigns, stochasticMapping }: Step<Rational>,
  { signOfZero }: SmoothProblemCase,
): string[] {
  return [
    ...(stochasticMapping.some(({ n }) => n === 0n) ? [namesOfTies[signOfZero]] : []),
    ...(stochasticSigns.some((sign, i) => sign * mappingSigns[i]! < 0) ? ['a wrong sign'] : []),
  ];
}
