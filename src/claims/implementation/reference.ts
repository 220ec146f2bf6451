import { type AlgorithmName, algorithmNames } from '../../reference/algorithms/algorithm.js';
import { takeStep } from '../../reference/algorithms/iteration.js';
import { joinedPoints, pointsOf } from '../../reference/algorithms/layout.js';
import { majorityVoteStep } from '../../reference/algorithms/majority-vote.js';
import { algorithms } from '../../reference/algorithms/registry.js';
import { type StatefulAlgorithmName, statefulAlgorithmNames } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import {
  type Memory,
  type StatefulAlgorithm,
  type StatefulPoint,
  stepOf,
} from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { rememberRecent } from '../../reference/functions/definition/parse.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import { parseOnce, registry } from '../../reference/functions/index.js';
import { createProblem } from '../../reference/problem/create-problem.js';
import type { ProblemAtStep, ProblemSpecification } from '../../reference/problem/problem.js';
import { categoricalSampler } from '../../reference/sampling/categorical.js';
import { keyedStream, streamKey } from '../../reference/sampling/keyed-stream.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import { parseSmooth, smoothRegistry } from '../../reference/smooth/index.js';
import { type Implementation, methodNames, shapeNames, UnsupportedError } from './implementation.js';
import { version } from './version.js';

const stepsOf = rememberRecent((_: ProblemSpecification) => new Map<number, ProblemAtStep>(), 8);

function problemAt(specification: ProblemSpecification, step: number): ProblemAtStep {
  const steps = stepsOf(specification);
  let found = steps.get(step);
  if (found === undefined) {
    const { smooth, functions, probabilities } = specification;
    found = createProblem({ smooth: parseSmooth(smooth), functions: functions.map(parseOnce), probabilities }).at(step);
    steps.set(step, found);
  }
  return found;
}

function takeAnyStep(
  algorithm: AlgorithmName,
  problem: ProblemAtStep,
  x: Float64Array,
  indices: readonly number[] | undefined,
  workers: readonly (readonly number[])[] | undefined,
): Float64Array {
  return algorithm === 'majority-vote'
    ? majorityVoteStep(problem, x, workers ?? [])
    : takeStep(algorithms[algorithm], problem, x, indices ?? []);
}

function gradientOf(specification: FunctionSpecification | SmoothSpecification, x: Float64Array): Float64Array {
  if (registry.has(specification.type)) {
    const gradient = parseOnce(specification).gradient?.(x);
    if (gradient !== undefined) return gradient;
  }
  if (smoothRegistry.has(specification.type)) return parseSmooth(specification).gradient(x);
  throw new UnsupportedError(`${specification.type} has no gradient`);
}

function known(specification: FunctionSpecification): ProximableFunction {
  if (!registry.has(specification.type)) throw new UnsupportedError(`no function of type "${specification.type}"`);
  return parseOnce(specification);
}

/** Steps and runs of algorithms with memory, as the definitions say. */
export const withMemories = (
  definitions: Readonly<Record<StatefulAlgorithmName, StatefulAlgorithm>>,
): Required<Pick<Implementation, 'statefulStep' | 'statefulRun'>> => ({
  async statefulStep({ algorithm, hyperparameters, problem, step, x, indices, state, ...layout }) {
    const memory = (state as Memory) ?? undefined;
    const atStep = problemAt(problem, step);
    const next = stepOf(definitions[algorithm], hyperparameters, atStep, x, memory, indices, {}, layout);
    return { x: next.x, state: next.memory };
  },
  async statefulRun({ algorithm, hyperparameters, problem, step, steps, x, indices, ...layout }) {
    const trajectory: StatefulPoint[] = [];
    for (const [t, batch] of indices.entries()) {
      const atStep = problemAt(problem, steps?.[t] ?? step);
      const { x: from, memory } = trajectory.at(-1) ?? { x, memory: undefined };
      trajectory.push(stepOf(definitions[algorithm], hyperparameters, atStep, from, memory, batch, {}, layout));
    }
    return { x: trajectory.at(-1)?.x ?? x.slice(), trajectory: trajectory.map((point) => point.x) };
  },
});

/** The suite's own functions, problem and algorithms behind the interface of every implementation under test. */
export const reference: Implementation = {
  reference: true,
  description: {
    name: 'signprox reference',
    version,
    language: 'typescript',
    dtype: 'f64',
    methods: methodNames,
    functions: [...registry.keys()],
    smooth: [...smoothRegistry.keys()],
    algorithms: algorithmNames,
    statefulAlgorithms: statefulAlgorithmNames,
    nonfinite: 'propagate',
    nonsymmetric: 'project',
    forms: ['out', 'aliased'],
    shapes: shapeNames,
    conventions: { signOfZero: 'zero', halfInSquaredNorm: true, rejectsBadParameters: true },
  },
  functionOf: parseOnce,
  prox: async (specification, step, x, form, layout = {}) => {
    const target = known(specification);
    if (layout.batch === true) return joinedPoints(pointsOf(x, layout).map((point) => target.prox(point, step)));
    // What an array for the result held before must not show in it.
    return form === undefined
      ? target.prox(x, step)
      : target.prox(x, step, form === 'aliased' ? x : new Float64Array(x.length).fill(Number.NaN));
  },
  value: async (specification, x) =>
    registry.has(specification.type) ? parseOnce(specification).value(x) : parseSmooth(specification).value(x),
  gradient: async (specification, x) => gradientOf(specification, x),
  proximalGradient: async (problem, component, step, x) => problemAt(problem, step).proximalGradient(component, x),
  miniBatch: async (problem, indices, step, x) => problemAt(problem, step).miniBatch(indices, x),
  gradientMapping: async (problem, step, x) => problemAt(problem, step).gradientMapping(x),
  step: async ({ algorithm, problem, step, x, indices, workers }) =>
    takeAnyStep(algorithm, problemAt(problem, step), x, indices, workers),
  async run({ algorithm, problem, step, steps, x, indices, workers }) {
    const trajectory: Float64Array[] = [];
    const iterations = algorithm === 'majority-vote' ? (workers?.length ?? 0) : indices.length;
    for (let t = 0; t < iterations; t++) {
      const atStep = problemAt(problem, steps?.[t] ?? step);
      trajectory.push(takeAnyStep(algorithm, atStep, trajectory.at(-1) ?? x, indices[t], workers?.[t]));
    }
    return { x: trajectory.at(-1) ?? x.slice(), trajectory };
  },
  ...withMemories(statefulAlgorithms),
  async sample(probabilities, count, seed) {
    const indices = new Int32Array(count);
    categoricalSampler(probabilities)(keyedStream(streamKey(String(seed), 'sample', 1, 0)), indices);
    const counts = new Array<number>(probabilities.length).fill(0);
    for (const k of indices) counts[k]!++;
    return counts;
  },
};
