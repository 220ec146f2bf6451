import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import {
  classifyStatefulCase,
  type StatefulCase,
  type StatefulCaseOptions,
  statefulCases,
} from '../arbitraries/stateful-case.js';
import type { Implementation } from '../implementation/implementation.js';
import { type Judgement, worstOf } from '../judges/judgement.js';
import { type MemoryConventions, usualConventions } from '../judges/stateful/conventions.js';
import { judgeRun } from '../judges/stateful/follow.js';
import { plural } from '../text.js';
import { judgeSame } from './algorithm-parts.js';
import { conventionsOf } from './memory-conventions.js';
import { propertyPart } from './property-claim.js';
import type { PropertyPart } from './property-part.js';
import { iteratesOfRun, named, stepsByTurns } from './stateful-runs.js';
import { statefulTypes } from './stateful-types.js';

/** The variants that are declared, or the one way without a name. */
const waysOf = ({ description }: Implementation): readonly (string | undefined)[] =>
  description.variants ?? [undefined];

/** Another start in the same problem, for a run beside the first. */
const beside = (input: StatefulCase): StatefulCase => ({ ...input, x: input.x.map((value) => 0.5 - value) });

/** How the iterates of a run are had: steps of two runs by turns, or whole. */
type Way = 'step' | 'run';

async function judge(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  input: StatefulCase,
  { way, variant, conventions }: { way: Way; variant: string | undefined; conventions: MemoryConventions },
): Promise<Judgement> {
  if (way === 'step') {
    const runs = [input, beside(input)];
    const iterates = await stepsByTurns(implementation, algorithm, runs, variant);
    return worstOf(runs.map((run, r) => judgeRun(implementation, algorithm, run, iterates[r]!, conventions)));
  }
  const { end, iterates } = await iteratesOfRun(implementation, algorithm, input, variant);
  const count = input.batches.length;
  if (iterates.length !== count) {
    return {
      ratio: Number.POSITIVE_INFINITY,
      explanation: () => `a run of ${plural(count, 'iteration')} returned ${plural(iterates.length, 'iterate')}`,
    };
  }
  return worstOf([
    judgeRun(implementation, algorithm, input, iterates, conventions),
    judgeSame('the end of the run', end, iterates.at(-1)!),
  ]);
}

/** What the runs of a claim must have met, beside one and several coordinates and components. */
export interface Reached {
  readonly classify?: (input: StatefulCase) => readonly string[];
  readonly mustReach: readonly string[];
}

/**
 * For each variant a part that holds steps of two runs by turns to the update rule in rationals, with a γ that changes, and one that holds `run` to it,
 * where they are offered. What papers and libraries do differently is taken as the implementation has it, the same in all of its runs.
 */
export async function statefulParts(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  { classify = () => [], mustReach }: Reached,
): Promise<PropertyPart[]> {
  const { methods } = implementation.description;
  const types = statefulTypes(implementation, algorithm, true);
  const offered = (['step', 'run'] as const).filter((way) => methods.includes(way));
  if (types === undefined || offered.length === 0) return [];
  const ways = waysOf(implementation);
  const conventions = (await conventionsOf(implementation, algorithm)) ?? usualConventions;
  const rule = offered.flatMap((way) =>
    ways.map((variant) =>
      propertyPart<StatefulCase>({
        name: variant === undefined ? `update rule by ${way}` : `update rule by ${way}, variant ${variant}`,
        arbitrary: statefulCases(algorithm, types, way === 'step'),
        classify: (input) => [...classifyStatefulCase(input), ...classify(input)],
        mustReach: ['one element', 'several coordinates', 'one component', 'several components', ...mustReach],
        judge: (input) => judge(implementation, algorithm, input, { way, variant, conventions }),
      }),
    ),
  );
  const signs = signAlgorithms.includes(algorithm);
  return [...rule, ...(signs && methods.includes('step') ? signsPart(implementation, algorithm, types) : [])];
}

/** Algorithms that move x by γ against signs. */
const signAlgorithms: readonly StatefulAlgorithmName[] = ['signum', 'lion'];

/** Without decay, all variants move every coordinate by the same bits: the first step is taken from signs of the same numbers. */
function signsPart(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  types: StatefulCaseOptions,
): PropertyPart[] {
  const [first, ...others] = implementation.description.variants ?? [];
  const { functions, smooth, conventions } = implementation.description;
  if (others.length === 0 || conventions.signOfZero === 'random') return [];
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
    each.map((input) => ({ ...input, hyperparameters: { ...input.hyperparameters, weightDecay: 0 } })),
  );
  const hasTiny = functions.includes('linear') && smooth.includes('zero');
  return [
    propertyPart<StatefulCase>({
      name: 'variants take the same signs',
      arbitrary: hasTiny ? cases.flatMap((each) => [each, each.map(tiny)]) : cases,
      async judge({ problem, step, x, batches, hyperparameters }) {
        const stepOf = async (variant: string | undefined): Promise<Float64Array> => {
          const request = { algorithm, hyperparameters, problem, step, indices: batches[0]!, state: null };
          return (await implementation.statefulStep!({ ...request, x: x.slice(), ...named(variant) })).x;
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

/** A part on runs with any differentiable r_k and any d, with hyperparameters of its own; none where no step is offered. */
export function statefulInvariant(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  part: {
    readonly name: string;
    /** The run that is made of a generated one. */
    readonly change: (input: StatefulCase) => StatefulCase;
    readonly judge: (input: StatefulCase, iterates: readonly Float64Array[]) => Promise<Judgement> | Judgement;
  },
): PropertyPart[] {
  const types = statefulTypes(implementation, algorithm, false);
  if (types === undefined || !implementation.description.methods.includes('step')) return [];
  return [
    propertyPart<StatefulCase>({
      name: part.name,
      arbitrary: statefulCases(algorithm, types).map((cases) => cases.map(part.change)),
      judge: async (input) => {
        const [iterates] = await stepsByTurns(implementation, algorithm, [input]);
        return part.judge(input, iterates!);
      },
    }),
  ];
}
