import type { Rational } from '../../../exact/arithmetic/rational.js';
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
import type { Part } from '../../evidence.js';
import { propertyClaim, propertyPart } from '../../properties/property-claim.js';
import { exact } from './arithmetic.js';
import { commonCategories, commonCategoriesOf } from './case-categories.js';
import { type ConditionalLaw, conditionalLaw } from './conditional-law.js';
import type { StepAlgorithm } from './exact-step.js';
import { judgeLines, nameOfLine, plainCase } from './judge-lines.js';
import { runsAt } from './runs.js';
import type { Line } from './step.js';

/** Lines about probabilities and expectations given x, with the constants of the paper as numbers of their own. */
export interface LawStep<Constant extends string = string>
  extends Pick<Claim, 'id' | 'version' | 'source' | 'statement' | 'hypotheses' | 'counterexamples'> {
  readonly algorithm: StepAlgorithm;
  readonly constants: Readonly<Record<Constant, number>>;
  lines(law: ConditionalLaw, constants: Readonly<Record<Constant, number>>): Line<Rational>[];
  /** Cases in which the printed form divides by 0; the lines must then say what holds in its place. */
  readonly undefinedAt?: {
    readonly name: string;
    readonly reason: string;
    meets(law: ConditionalLaw): boolean;
  };
}

/** A claim that the lines hold, in rationals over every outcome of the mini-batch. */
export function lawClaim<Constant extends string>(data: LawStep<Constant>): ClaimOf<LawStep<Constant>> {
  return claimOf(data, makeLawClaim);
}

function makeLawClaim<Constant extends string>(proof: LawStep<Constant>): Claim {
  const { algorithm, constants, lines, undefinedAt, ...rest } = proof;
  const laws = new WeakMap<SmoothProblemCase, ConditionalLaw>();
  const lawOf = (input: SmoothProblemCase): ConditionalLaw => {
    const law = laws.get(input) ?? conditionalLaw(input, algorithm);
    laws.set(input, law);
    return law;
  };
  const signs = algorithm === 'sign-prox';
  const options = { smoothTypes: rationalSmoothTypes, families: (signs ? signFamilies : proofFamilies).rational };
  const claim = propertyClaim({
    ...rest,
    method:
      'every outcome of the mini-batch with its probability, in rationals, on generated instances; σ² is the variance at x',
    lines: lines(conditionalLaw(plainCase, algorithm), constants).map(nameOfLine),
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => [
      propertyPart<SmoothProblemCase>({
        ...runsAt[depth],
        name: 'by enumeration',
        // Assumption 1 allows coupled problems, Assumption 2 does not.
        arbitrary: signs ? smoothProblemCase(options) : [smoothProblemCase(options), turnedProblemCase(options)],
        judge: (input) => judgeLines(lines(lawOf(input), constants), exact, false),
        classify: (input) => [
          `√T = ${input.root}`,
          ...commonCategoriesOf(input, lawOf(input).iterate),
          ...(undefinedAt?.meets(lawOf(input)) ? [undefinedAt.name] : []),
        ],
        mustReach: [
          '√T = 1',
          '√T = 2',
          '√T = 3',
          ...commonCategories,
          ...(undefinedAt === undefined ? [] : [undefinedAt.name]),
        ],
      }),
    ],
  });
  if (undefinedAt === undefined) return claim;
  return {
    ...claim,
    async check(implementation, budget) {
      const evidence = await claim.check(implementation, budget);
      const { name, reason } = undefinedAt;
      const met = Number(evidence.measured?.[`reached ${name}`] ?? 0);
      const part: Part = { name: `${name}, as printed`, verdict: 'silent', cases: met, worstRatio: 0, reason };
      return { ...evidence, parts: [...(evidence.parts ?? []), part] };
    },
  };
}
