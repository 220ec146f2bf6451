import type fc from 'fast-check';
import { type Dtype, largestFinite } from '../../src/claims/implementation/dtype.js';
import type { Implementation, StepRequest } from '../../src/claims/implementation/implementation.js';
import { plural } from '../../src/claims/text.js';
import { generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import {
  opposedRun,
  opposedTerm,
  opposedTypes,
  type RunCase,
  runCase,
  scheduledRunCase,
  stepAt,
  stepsOf,
} from '../../src/judging/arbitraries/run-case.js';
import { generatedSmoothTypes } from '../../src/judging/arbitraries/smooth-specification.js';
import { type Judgement, worstOf } from '../../src/judging/judges/judgement.js';
import { judgeNext, rightNext } from '../../src/judging/judges/next-iterate.js';
import { farthest, maximumNorm } from '../../src/judging/judges/precision.js';
import { judgeSame } from '../../src/judging/parts/algorithm-parts.js';
import {
  algorithmsOfGradients,
  differentiableTypes,
  directFunctionTypes,
} from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import { inCircumstances, inVariants, type PropertyPart } from '../../src/judging/parts/property-part.js';
import type { AlgorithmName } from '../../src/reference/algorithms/algorithm.js';

/** Algorithms whose iterates may grow without end. */
const diverging: readonly AlgorithmName[] = ['spgm', 'gradient-descent', 'sgd'];

/** The request for iteration t. */
function requestAt(algorithm: AlgorithmName, input: RunCase, t: number, x: Float64Array): StepRequest {
  return { algorithm, problem: input.problem, step: stepAt(input, t), x, indices: input.batches[t]! };
}

/** Iterations of the case before the right iterates are too large. */
function usableIterations(algorithm: AlgorithmName, input: RunCase, dtype: Dtype): number {
  if (!diverging.includes(algorithm)) return input.batches.length;
  let state = input.x;
  for (let t = 0; t < input.batches.length; t++) {
    if (!(maximumNorm(state) <= farthest(dtype))) return t;
    state = rightNext(requestAt(algorithm, input, t, state));
    if (!(maximumNorm(state) < largestFinite(dtype) / 2)) return t;
  }
  return input.batches.length;
}

/** x_1, …, x_T as the implementation tells them, or by the ends of a run of 1, …, T iterations where it tells only those; and the end. */
async function iteratesOf(implementation: Implementation, algorithm: AlgorithmName, input: RunCase, count: number) {
  const { problem, x, batches } = input;
  const runOf = (length: number) =>
    implementation.ask({
      method: 'run',
      algorithm,
      problem,
      ...stepsOf(input, length),
      x: x.slice(),
      indices: batches.slice(0, length),
    });
  const reply = await runOf(count);
  if (reply.trajectory !== undefined) return { end: reply.x, iterates: reply.trajectory };
  const ends: Float64Array[] = [];
  for (let length = 1; length < count; length++) ends.push((await runOf(length)).x);
  return { end: reply.x, iterates: [...ends, reply.x] };
}

async function judge(implementation: Implementation, algorithm: AlgorithmName, input: RunCase): Promise<Judgement> {
  const count = usableIterations(algorithm, input, implementation.description.dtype);
  const { end, iterates } = await iteratesOf(implementation, algorithm, input, count);
  if (iterates.length !== count) {
    return {
      ratio: Number.POSITIVE_INFINITY,
      explanation: () => `a run of ${plural(count, 'iteration')} returned ${plural(iterates.length, 'iterate')}`,
    };
  }
  const judgements: Judgement[] = [];
  for (const [t, next] of iterates.entries()) {
    judgements.push(judgeNext(implementation, requestAt(algorithm, input, t, iterates[t - 1] ?? input.x), next));
    // Nothing is right after an iterate that is not finite: the one that made it so is shown.
    if (!(judgements.at(-1)!.ratio < Number.POSITIVE_INFINITY)) return worstOf(judgements);
  }
  judgements.push(judgeSame('the end of the run', end, iterates.at(-1)!));
  return worstOf(judgements);
}

/** One part for each algorithm that is declared: runs with one component, with two, with a γ that changes, and with one component that all but cancels ∇d. */
function runPart(implementation: Implementation, algorithm: AlgorithmName): PropertyPart[] {
  const { functions, smooth, dtype, restrictions } = implementation.description;
  const usable = algorithmsOfGradients.includes(algorithm) ? differentiableTypes : directFunctionTypes;
  const functionTypes = generatableTypes(
    usable.filter((type) => functions.includes(type)),
    restrictions,
  );
  const smoothTypes = generatedSmoothTypes.filter((type) => smooth.includes(type));
  if (functionTypes.length === 0 || smoothTypes.length === 0) return [];
  const opposed = opposedTypes.filter((type) => functionTypes.includes(type));
  // In single precision the sign of the remainder is uncertain.
  const hasOpposed = dtype === 'f64' && opposed.length > 0 && smooth.includes(opposedTerm);
  const options = { functionTypes, smoothTypes, restrictions };
  const strata: fc.Arbitrary<RunCase>[] = [
    ...[1, 2].map((maximumComponents) => runCase({ ...options, maximumComponents })),
    ...(restrictions?.constantStep === true ? [] : [scheduledRunCase({ ...options, maximumComponents: 2 })]),
  ];
  return [
    propertyPart<RunCase>({
      name: algorithm,
      arbitrary: hasOpposed ? [...strata, opposedRun(opposed)] : strata,
      classify: (input) => [
        input.problem.functions.length === 1 ? 'one component' : 'two components',
        ...(usableIterations(algorithm, input, dtype) >= 8 ? ['eight iterations or more'] : []),
      ],
      mustReach: ['one component', 'two components', 'eight iterations or more'],
      judge: (input) => judge(implementation, algorithm, input),
    }),
  ];
}

/** A run is its algorithm step by step, with one γ in every place of an iteration: whatever else is declared, and for as long as it lasts. */
export const claim = propertyClaim({
  id: 'run-iterates',
  version: 3,
  source: { section: '2.1', equation: 'Algorithms 1, 2' },
  statement: 'x_t of a run is the iterate of its algorithm from x_{t−1} and mini-batch t, for every declared algorithm',
  method:
    'runs of 12 to 14 iterations with one or two components, each step from the implementation’s previous iterate; a γ that changes; one component that nearly cancels ∇d, so that a γ that ' +
    'differs between places shows in the sign',
  requires: { methods: ['run'] },
  success: 'holds',
  effort: 0.2,
  parts: (implementation) =>
    [inVariants, inCircumstances].flatMap((inEach) =>
      inEach(implementation, (own) => own.description.algorithms.flatMap((algorithm) => runPart(own, algorithm))),
    ),
});
