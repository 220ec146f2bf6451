import type { Claim, Depth, Finding, Part, PropertyPart } from '../../src/library/claims.js';
import { batchWeights, fromDouble } from '../../src/library/exact.js';
import {
  claimOf,
  encodeExact,
  proofFamilies,
  propertyClaim,
  propertyPart,
  rationalSmoothTypes,
  rememberRecent,
  type SmoothProblemCase,
  signFamilies,
  smoothProblemCase,
  turnedProblemCase,
} from '../../src/library/testing.js';
import type { ClaimOf } from '../../src/library/theorems.js';
import {
  commonCategories,
  commonCategoriesOf,
  rationalProblemOf,
  signCategories,
  signCategoriesOf,
} from './case-categories.js';
import { type ConditionalLaw, conditionalLaw } from './conditional-law.js';
import { type ExactIterate, exactIterate, type ProvedAlgorithm } from './exact-iteration.js';
import type { Iteration, Line } from './iteration.js';
import { judgeLines, nameOfLine, plainCase } from './judge-lines.js';

/** Cases of one part, instead of the depth's: sixteen claims share a few seconds of a standard run. */
export const runsAt: Readonly<Record<Depth, { readonly runs?: number }>> = {
  quick: {},
  standard: { runs: 150 },
  deep: {},
};

type Statement = Pick<Claim, 'id' | 'version' | 'source' | 'statement' | 'hypotheses' | 'counterexamples'>;

/** Lines that hold for every mini-batch, with the constants of the paper as separate numbers, so that tests can change them. */
export interface PathwiseLines<Constant extends string = string> extends Statement {
  readonly algorithm: ProvedAlgorithm;
  readonly constants: Readonly<Record<Constant, number>>;
  lines(iteration: Iteration, constants: Readonly<Record<Constant, number>>): Line[];
  /** A case in which a line fails as printed, with the reason. */
  readonly refutation?: Omit<Refutation, 'refuted'> & { readonly input: SmoothProblemCase };
}

/** Lines about probabilities and expectations given x, with the constants of the paper as separate numbers. */
export interface LawLines<Constant extends string = string> extends Statement {
  readonly algorithm: ProvedAlgorithm;
  readonly constants: Readonly<Record<Constant, number>>;
  lines(law: ConditionalLaw, constants: Readonly<Record<Constant, number>>): Line[];
  /** Cases in which the printed form divides by 0; the lines must then state what holds instead. */
  readonly undefinedAt?: {
    readonly name: string;
    readonly reason: string;
    meets(law: ConditionalLaw): boolean;
  };
}

/** The input of the lines of a claim, and the categories of cases that it must reach. */
interface LineCheck<Known> extends Statement {
  readonly method: string;
  readonly part: string;
  readonly algorithm: ProvedAlgorithm;
  /** Computes the input of the lines from a case. */
  known(input: SmoothProblemCase): Known;
  lines(known: Known): Line[];
  meetsZero(known: Known): boolean;
  classify(input: SmoothProblemCase, known: Known): string[];
  readonly mustReach: readonly string[];
}

/** A claim that the lines hold in rationals, without a tolerance, on generated instances of the families for which an algorithm is proved. */
function lineClaim<Known>(check: LineCheck<Known>): Claim {
  const { method, part, algorithm, known, lines, meetsZero, classify, mustReach, ...statement } = check;
  const knownOf = rememberRecent(known, 8);
  const signs = algorithm === 'sign-prox';
  const options = { smoothTypes: rationalSmoothTypes, families: signs ? signFamilies : proofFamilies };
  return propertyClaim({
    ...statement,
    method,
    lines: lines(known(plainCase)).map(nameOfLine),
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => [
      propertyPart<SmoothProblemCase>({
        ...runsAt[depth],
        name: part,
        // Assumption 1 allows coupled problems, Assumption 2 does not.
        arbitrary: signs ? smoothProblemCase(options) : [smoothProblemCase(options), turnedProblemCase(options)],
        judge: (input) => judgeLines(lines(knownOf(input)), meetsZero(knownOf(input))),
        classify: (input) => classify(input, knownOf(input)),
        mustReach,
      }),
    ],
  });
}

/** Lines about cases of any kind, with their constants as numbers of their own, so that tests can change them. */
export interface ExactLines<Case, Constants>
  extends Statement,
    Pick<Claim, 'method' | 'machineChecked'>,
    Pick<PropertyPart<Case>, 'arbitrary' | 'classify' | 'mustReach'> {
  readonly constants: Constants;
  linesOf(input: Case, constants: Constants): readonly Line[];
  /** The name of the part; default: `in rationals`. */
  readonly part?: string;
  /** Cases by depth, where they are not those of every part. */
  readonly runsAt?: typeof runsAt;
}

/** A claim that lines hold in rationals, without a tolerance; its data are the constants. */
export function exactLinesClaim<Case, Constants>(lines: ExactLines<Case, Constants>): ClaimOf<Constants> {
  const {
    constants,
    linesOf,
    arbitrary,
    classify,
    mustReach,
    part = 'in rationals',
    runsAt: runs,
    ...statement
  } = lines;
  return claimOf(constants, (current) =>
    propertyClaim({
      ...statement,
      requires: { referenceOnly: true },
      success: 'proved-exactly',
      parts: (_implementation, { depth }) => [
        propertyPart<Case>({
          ...runs?.[depth],
          ...{ name: part, arbitrary, ...(classify && { classify }), ...(mustReach && { mustReach }) },
          judge: (input) => judgeLines(linesOf(input, current)),
        }),
      ],
    }),
  );
}

/** One iterate, and the iteration from it with the mini-batch of the case. */
interface ExactCase {
  readonly iterate: ExactIterate;
  readonly iteration: Iteration;
}

function exactCaseOf(input: SmoothProblemCase, algorithm: ProvedAlgorithm): ExactCase {
  const { problem, x, indices, step, signOfZero } = input;
  const start = Array.from(x, fromDouble);
  const iterate = exactIterate(rationalProblemOf(input), fromDouble(step), start, algorithm, signOfZero);
  return { iterate, iteration: iterate.iteration(batchWeights(indices, problem.functions.length)) };
}

/** The iteration that a case describes, in rationals. */
export function exactIterationOf(input: SmoothProblemCase, algorithm: ProvedAlgorithm): Iteration {
  return exactCaseOf(input, algorithm).iteration;
}

export const meetsZero = ({ stochasticSigns }: { readonly stochasticSigns: readonly number[] }): boolean =>
  stochasticSigns.includes(0);

/** A claim that the lines hold for every mini-batch. */
export function pathwiseClaim<Constant extends string>(
  data: PathwiseLines<Constant>,
): ClaimOf<PathwiseLines<Constant>> {
  return claimOf(data, ({ constants, lines, refutation, ...rest }) => {
    const signs = rest.algorithm === 'sign-prox';
    const claim = lineClaim<ExactCase>({
      ...rest,
      method: 'every line on generated instances with rational operators, in rationals without a tolerance',
      part: 'in rationals',
      known: (input) => exactCaseOf(input, rest.algorithm),
      lines: ({ iteration }) => lines(iteration, constants),
      meetsZero: ({ iteration }) => meetsZero(iteration),
      classify: (input, { iterate, iteration }) => [
        ...commonCategoriesOf(input, iterate),
        ...(new Set(input.indices).size > 1 ? ['a mixed mini-batch'] : []),
        ...(signs ? signCategoriesOf(input, iteration) : []),
      ],
      mustReach: [...commonCategories, 'a mixed mini-batch', ...(signs ? signCategories : [])],
    });
    if (refutation === undefined) return claim;
    return refuteAsPrinted(claim, {
      ...refutation,
      refuted() {
        const printed = lines(exactIterationOf(refutation.input, rest.algorithm), constants);
        const asInequality = judgeLines(printed, true);
        const asPrinted = judgeLines(printed);
        return asInequality.ratio <= 1 && asPrinted.ratio > 1 ? asPrinted.explanation!() : undefined;
      },
    });
  });
}

/** A claim that the lines hold over every outcome of the mini-batch. */
export function lawClaim<Constant extends string>(data: LawLines<Constant>): ClaimOf<LawLines<Constant>> {
  return claimOf(data, ({ constants, lines, undefinedAt, ...rest }) => {
    const claim = lineClaim<ConditionalLaw>({
      ...rest,
      method:
        'every outcome of the mini-batch with its probability, in rationals, on generated instances; σ² is the variance at x',
      part: 'by enumeration',
      known: (input) => conditionalLaw(input, rest.algorithm),
      lines: (law) => lines(law, constants),
      meetsZero: () => false,
      classify: (input, law) => [
        `√T = ${input.root}`,
        ...commonCategoriesOf(input, law.iterate),
        ...(undefinedAt?.meets(law) ? [undefinedAt.name] : []),
      ],
      mustReach: [
        ...['√T = 1', '√T = 2', '√T = 3'],
        ...commonCategories,
        ...(undefinedAt === undefined ? [] : [undefinedAt.name]),
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
  });
}

/** A counterexample to a line as printed, whose repaired form is what the claim's parts check. */
interface Refutation {
  /** The refuted statement, e.g. `equality for sgn(0) = 0`. */
  readonly name: string;
  /** The true statement instead. */
  readonly instead: string;
  readonly input: unknown;
  /** How the line fails on the input; undefined if it does not. */
  refuted(): string | undefined;
}

/**
 * The claim with one more part, the counterexample. If everything else holds and the counterexample still refutes the line, the verdict is
 * `misprint`, which the claim then expects; if it does not refute the line, the claim is violated.
 */
export function refuteAsPrinted(claim: Claim, refutation: Refutation): Claim {
  return {
    ...claim,
    expected: ['misprint'],
    async check(implementation, budget): Promise<Finding> {
      const evidence = await claim.check(implementation, budget);
      if (budget.replayOnly === true || evidence.verdict !== 'proved-exactly') return evidence;
      const failure = refutation.refuted();
      const reason =
        failure === undefined
          ? 'the counterexample on file no longer refutes the line'
          : `${failure}; ${refutation.instead}`;
      const verdict = failure === undefined ? 'violated' : 'misprint';
      return {
        ...evidence,
        verdict,
        reason: `${refutation.name}: ${reason}. ${evidence.reason}`,
        cases: evidence.cases + 1,
        parts: [...evidence.parts!, { name: refutation.name, verdict, cases: 1, worstRatio: 0, reason }],
        minimal: {
          part: refutation.name,
          ratio: Number.POSITIVE_INFINITY,
          input: encodeExact(refutation.input),
          explanation: reason,
        },
      };
    },
  };
}
