import type { Claim, Depth } from '../../claims/claim.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/text.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { hasTiny } from '../arbitraries/problem-case.js';
import {
  blockRuns,
  classifyStatefulCase,
  hasLongRuns,
  longRuns,
  ordinaryShape,
  type StatefulCase,
  type StatefulCaseOptions,
  shortRuns,
  statefulCases,
} from '../arbitraries/stateful-case.js';
import { type Judgement, worstOf } from '../judges/judgement.js';
import { showVector } from '../judges/precision.js';
import { judgeRun } from '../judges/stateful/follow.js';
import { type MemoryConventions, usualConventions } from '../judges/stateful/rule.js';
import { judgeSame } from './algorithm-parts.js';
import { conventionsOf, type JudgedMemory, nearestInWords } from './memory-conventions.js';
import { propertyClaim, propertyPart } from './property-claim.js';
import type { PropertyPart } from './property-part.js';
import { iteratesOfRun, iterationAt, named, resumedIterates, statefulTypes, stepsByTurns } from './stateful-runs.js';
import { stochasticParts } from './stochastic-rounding.js';

/** The variants that are declared, or the one way without a name. */
const waysOf = ({ description }: Implementation): readonly (string | undefined)[] =>
  description.variants ?? [undefined];

/** Iterations after which a memory that two runs share has shown itself in both. */
const sharing = 4;

/**
 * Another start in the same problem, for a run beside the first. In variants other than the usual one it ends when the two have met: what is
 * wrong in later iterations shows in the first run as well.
 */
const beside = (input: StatefulCase, isUsual: boolean): StatefulCase => ({
  ...input,
  x: input.x.map((value) => 0.5 - value),
  batches: isUsual ? input.batches : input.batches.slice(0, sharing),
});

/** The judgement of the run beside that of the case, which says so: the case has another x than the numbers of the explanation. */
function ofRunBeside({ x }: StatefulCase, judgement: Judgement): Judgement {
  const { explanation } = judgement;
  if (explanation === undefined) return judgement;
  return {
    ...judgement,
    explanation: () => `in the run from x = ${showVector(x)} that takes turns with this one, ${explanation()}`,
  };
}

/** How a run is asked for: steps of two interleaved runs, those of one run, or the whole run at once. */
type Way = 'step' | 'steps of one run' | 'run';

async function judge(
  implementation: Implementation,
  { algorithm, rule }: JudgedMemory,
  input: StatefulCase,
  { way, variant, conventions }: { way: Way; variant: string | undefined; conventions: MemoryConventions },
): Promise<Judgement> {
  if (way !== 'run') {
    const isUsual = variant === waysOf(implementation)[0];
    const runs = way === 'step' ? [input, beside(input, isUsual)] : [input];
    const iterates = await stepsByTurns(implementation, algorithm, runs, variant);
    const [own, other] = runs.map((run, r) => judgeRun(implementation, rule, run, iterates[r]!, conventions));
    return worstOf([own!, ...(other === undefined ? [] : [ofRunBeside(runs[1]!, other)])]);
  }
  const { end, iterates } = await iteratesOfRun(implementation, algorithm, input, variant);
  const count = input.batches.length;
  if (iterates.length !== count) {
    return {
      ratio: Number.POSITIVE_INFINITY,
      explanation: () => `a run of ${plural(count, 'iteration')} returned ${plural(iterates.length, 'iterate')}`,
    };
  }
  const last = iterates.at(-1)!;
  return worstOf([
    judgeRun(implementation, rule, input, iterates, conventions),
    // A run that diverges is not followed to its end, which in single precision may be beyond all numbers.
    ...(last.every(Number.isFinite) ? [judgeSame('the end of the run', end, last)] : []),
  ]);
}

/** The judgement of a matrix that is so small that the algorithm may fall back on another one, which is extreme. */
function ofSmall({ algorithm }: JudgedMemory, { shape = [], batch }: StatefulCase, judgement: Judgement): Judgement {
  const isSmall = Math.min(...(batch === true ? shape.slice(1) : shape)) < ordinaryShape;
  if (statefulAlgorithms[algorithm].points !== 'matrices' || !isSmall || judgement.ratio <= 1) return judgement;
  return {
    ...judgement,
    extreme: `fewer than ${ordinaryShape} rows or columns`,
    advice: `if it falls back on another rule there on purpose, declare it: "restrictions": {"leastShape": ${ordinaryShape}}`,
  };
}

/** A part on runs with any functions and any d, where steps are offered: what a rule does not say of every run. */
interface Invariant {
  readonly name: string;
  readonly judge: (input: StatefulCase, iterates: readonly Float64Array[], implementation: Implementation) => Judgement;
}

/** What a claim about an algorithm with memory is made of. */
interface StatefulClaimParts extends JudgedMemory {
  /** Default: the name of the algorithm. */
  readonly id?: string;
  readonly version: number;
  /** Where the algorithm was published. */
  readonly equation: string;
  readonly statement: string;
  /** Clauses of the method: how it treats signs at rounding level, and what else it checks. */
  readonly method?: { readonly signs?: string; readonly besides?: string };
  /** Categories of a run in addition to those that its hyperparameters give. */
  readonly classify?: (input: StatefulCase) => readonly string[];
  /** Categories that the runs must reach, in addition to one and several coordinates and components. */
  readonly mustReach?: readonly string[];
  readonly invariant?: Invariant;
  /** False where what is remembered may be off by twice as much after every iteration, so that nothing is known of the end of a long run. */
  readonly long?: false;
}

/** A claim about an algorithm with memory, with the rule that it judges by. */
export interface StatefulClaim extends Claim {
  readonly memory: JudgedMemory;
}

/** The claim that the iterates of an algorithm with memory follow its rule and have the given invariant. */
export function statefulClaim(about: StatefulClaimParts): StatefulClaim {
  const {
    algorithm,
    rule,
    open,
    iterations,
    long = hasLongRuns(algorithm),
    id = algorithm,
    version,
    equation,
    statement,
    invariant,
  } = about;
  const { signs = statefulAlgorithms[algorithm].signs && 'either sign at rounding level', besides } =
    about.method ?? {};
  const method = [
    [
      '12 to 16 iterates compared with the rule in rationals, from the implementation’s previous iterates',
      ...(signs === undefined ? [] : [signs]),
    ].join(', '),
    'two interleaved runs',
    ...(long ? ['where gradients can be given one by one, runs of 300 iterations'] : []),
    'where it is declared, a run that another process resumes',
    ...(besides === undefined ? [] : [besides]),
  ].join('; ');
  const claim = propertyClaim({
    id,
    version,
    source: { section: 'beyond the paper', equation },
    statement,
    method,
    requires: { algorithms: [algorithm] },
    success: 'holds',
    effort: 0.3,
    parts: async (implementation, { depth }) => [
      ...(await ruleParts(implementation, about, depth)),
      ...(invariant ? invariantParts(implementation, algorithm, invariant) : []),
    ],
  });
  return { ...claim, memory: { algorithm, rule, ...(open && { open }), ...(iterations && { iterations }) } };
}

/** Cases of short runs in a circumstance: what goes wrong in it does so in most settings. */
const briefCases = 8;

/** Long runs of each kind at a depth beyond quick, which has one: each costs as much as ten others. */
const longCases = 4;

/**
 * For each variant, where they are offered: a part that compares steps of two interleaved runs with the update rule in rationals, and one that
 * compares `run` with it, both with a changing γ; and one on long runs of each. Where papers and libraries differ, the implementation may follow any convention, but the same in all of its runs.
 */
async function ruleParts(
  implementation: Implementation,
  about: StatefulClaimParts,
  depth: Depth,
): Promise<PropertyPart[]> {
  const { algorithm, classify = () => [], mustReach = [] } = about;
  const { methods, restrictions } = implementation.description;
  const isConstant = restrictions?.constantStep === true;
  const types = statefulTypes(implementation, algorithm, true);
  const offered = (['step', 'run'] as const).filter((way) => methods.includes(way));
  if (types === undefined || offered.length === 0) return [];
  const ways = waysOf(implementation);
  const found = await conventionsOf(implementation, about);
  const conventions = found?.conventions ?? usualConventions;
  const nearest = found && nearestInWords(found);
  const { takes, signOfMean, points } = statefulAlgorithms[algorithm];
  const { shapes = [] } = implementation.description;
  const matrices = points !== undefined && shapes.includes('matrix') ? ['tall matrix', 'wide matrix'] : [];
  const batches = matrices.length > 0 && shapes.includes('batch') ? ['batch'] : [];
  const judgedBy =
    (way: Way, variant: string | undefined) =>
    async (input: StatefulCase): Promise<Judgement> => {
      const judged = await judge(implementation, about, input, { way, variant, conventions });
      const judgement = ofSmall(about, input, judged);
      const { explanation, name } = judgement;
      if (nearest === undefined || explanation === undefined) return judgement;
      return {
        ...judgement,
        ...(name !== undefined && { name: `${name} (${nearest})` }),
        explanation: () => `${explanation()} (${nearest})`,
      };
    };
  const parts = offered.flatMap((way) =>
    ways.map((variant) =>
      propertyPart<StatefulCase>({
        name: variant === undefined ? `update rule by ${way}` : `update rule by ${way}, variant ${variant}`,
        arbitrary: [...statefulCases(algorithm, types, way === 'step' || !isConstant), ...blockRuns(algorithm, types)],
        classify: (input) => [...classifyStatefulCase(input), ...classify(input)],
        mustReach: [
          ...((restrictions?.leastShape ?? 1) > 1 && points === 'matrices' ? [] : ['one element']),
          'several coordinates',
          'one component',
          'several components',
          ...matrices,
          ...batches,
          ...mustReach,
        ],
        judge: judgedBy(way, variant),
      }),
    ),
  );
  const short = shortRuns(algorithm, types);
  const circumstances =
    offered.includes('run') && short.length > 0 ? (implementation.description.circumstances ?? []) : [];
  const briefly = circumstances.map((circumstance) =>
    propertyPart<StatefulCase>({
      name: `update rule by run, variant ${circumstance}`,
      arbitrary: short,
      runs: briefCases,
      judge: judgedBy('run', circumstance),
    }),
  );
  const longs = about.long === false ? [] : longRuns(algorithm, types);
  // Between steps a memory is saved and loaded, which may change it or mend it: a run in one piece is another question.
  const long = (longs.length === 0 ? [] : offered).flatMap((way) =>
    ways.map((variant) =>
      propertyPart<StatefulCase>({
        name: variant === undefined ? `long run by ${way}` : `long run by ${way}, variant ${variant}`,
        arbitrary: longs,
        runs: longs.length * (depth === 'quick' ? 1 : longCases),
        asFound: true,
        judge: judgedBy(way === 'step' ? 'steps of one run' : 'run', variant),
      }),
    ),
  );
  const signs = takes === 'gradients' && signOfMean !== undefined && methods.includes('step');
  const resumed = resumedParts(implementation, algorithm, types);
  const means = stochasticParts(implementation, about, types, conventions);
  return [
    ...parts,
    ...briefly,
    ...long,
    ...resumed,
    ...means,
    ...(signs ? signsPart(implementation, algorithm, types) : []),
  ];
}

/** Cases of a run that another process resumes: whether a memory stays in the process shows in every one of them. */
const resumedRuns = 8;

/** Where it is declared, the state in the middle of a run goes to another process, which must go on bit by bit as the first one does. */
function resumedParts(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  types: StatefulCaseOptions,
): PropertyPart[] {
  const { methods, resume, rounding, conventions } = implementation.description;
  const isRandom =
    rounding === 'stochastic' || (statefulAlgorithms[algorithm].signs === true && conventions.signOfZero === 'random');
  if (resume !== true || isRandom || !methods.includes('step')) return [];
  return waysOf(implementation).map((variant) =>
    propertyPart<StatefulCase>({
      name: variant === undefined ? 'resumed by another process' : `resumed by another process, variant ${variant}`,
      arbitrary: statefulCases(algorithm, types, true),
      runs: resumedRuns,
      async judge(input) {
        const { start, own, resumed } = await resumedIterates(implementation, algorithm, input, variant);
        const judgements = resumed.map((x, i) => judgeSame(`x_${start + i + 1} of the resumed run`, x, own[i]!));
        return worstOf([{ ratio: 0 }, ...judgements]);
      },
    }),
  );
}

/** Without decay, all variants move every coordinate by the same bits: the first step is taken from signs of the same numbers. */
function signsPart(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  types: StatefulCaseOptions,
): PropertyPart[] {
  const [first, ...others] = implementation.description.variants ?? [];
  const { dtype, functions, smooth, rounding, conventions } = implementation.description;
  if (others.length === 0 || rounding === 'stochastic' || conventions.signOfZero === 'random') return [];
  // A slope far below the last digit of x.
  const tiny = (input: StatefulCase): StatefulCase => ({
    ...input,
    problem: {
      smooth: { type: 'zero' },
      functions: [{ type: 'linear', coefficients: Array.from(input.x, (value) => (value < 0.5 ? -1 : 1) * 2 ** -60) }],
      probabilities: [1],
    },
    batches: [[0]],
  });
  const cases = statefulCases(algorithm, types).map((each) =>
    each.map((input) => {
      const { hyperparameters: given } = input;
      return 'weightDecay' in given ? { ...input, hyperparameters: { ...given, weightDecay: 0 } } : input;
    }),
  );
  const canBeTiny = hasTiny(dtype) && functions.includes('linear') && smooth.includes('zero');
  return [
    propertyPart<StatefulCase>({
      name: 'variants take the same signs',
      arbitrary: canBeTiny ? cases.flatMap((each) => [each, each.map(tiny)]) : cases,
      async judge(input) {
        const { step, x, hyperparameters } = input;
        const stepOf = async (variant: string | undefined): Promise<Float64Array> => {
          const request = { algorithm, hyperparameters, step, state: null, ...iterationAt(algorithm, input, 0, x) };
          return (await implementation.ask({ method: 'step', ...request, x: x.slice(), ...named(variant) })).x;
        };
        const right = await stepOf(first);
        const judgements: Judgement[] = [];
        for (const variant of others) {
          judgements.push(judgeSame(`variant ${variant} beside ${first}`, await stepOf(variant), right));
        }
        return worstOf(judgements);
      },
    }),
  ];
}

function invariantParts(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  { name, judge: judgeRuns }: Invariant,
): PropertyPart[] {
  const types = statefulTypes(implementation, algorithm, false);
  if (types === undefined || !implementation.description.methods.includes('step')) return [];
  return [
    propertyPart<StatefulCase>({
      name,
      arbitrary: statefulCases(algorithm, types),
      judge: async (input) => {
        const [iterates] = await stepsByTurns(implementation, algorithm, [input]);
        return judgeRuns(input, iterates!, implementation);
      },
    }),
  ];
}
