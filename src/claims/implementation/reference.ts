import { algorithmNames } from '../../reference/algorithms/algorithm.js';
import { takeStep } from '../../reference/algorithms/iteration.js';
import { joinedPoints, layoutOf, pointsOf } from '../../reference/algorithms/layout.js';
import { algorithms } from '../../reference/algorithms/registry.js';
import { type StatefulAlgorithmName, statefulAlgorithmNames } from '../../reference/algorithms/stateful/names.js';
import { isGivenGradients, statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import {
  givenStep,
  type Memory,
  type StatefulAlgorithm,
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
import {
  type Answers,
  type Implementation,
  isRemembering,
  iterationsOf,
  type MethodName,
  methodNames,
  type Question,
  type RunReply,
  type RunRequest,
  type StatefulRunRequest,
  type StatefulStepRequest,
  type StepReply,
  type StepRequest,
  shapeNames,
  UnsupportedError,
} from './implementation.js';
import { version } from './version.js';

const stepsOf = rememberRecent((_: ProblemSpecification) => new Map<number, ProblemAtStep>(), 8);

/** The problem at a step, parsed once. */
export function problemAt(specification: ProblemSpecification, step: number): ProblemAtStep {
  const steps = stepsOf(specification);
  let found = steps.get(step);
  if (found === undefined) {
    const { smooth, functions, probabilities } = specification;
    found = createProblem({ smooth: parseSmooth(smooth), functions: functions.map(parseOnce), probabilities }).at(step);
    steps.set(step, found);
  }
  return found;
}

const stepFor = ({ algorithm, problem, step, x, indices }: StepRequest): Float64Array =>
  takeStep(algorithms[algorithm], problemAt(problem, step), x, indices);

function runOf({ indices, steps, ...request }: RunRequest): RunReply {
  const trajectory: Float64Array[] = [];
  for (const [t, batch] of indices.entries()) {
    const [step, x] = [steps?.[t] ?? request.step, trajectory.at(-1) ?? request.x];
    trajectory.push(stepFor({ ...request, step, x, indices: batch }));
  }
  return { x: trajectory.at(-1) ?? request.x.slice(), trajectory };
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

/** The definitions of algorithms with memory by their names. */
export type StatefulDefinitions = Readonly<Record<StatefulAlgorithmName, StatefulAlgorithm>>;

function rememberedStep(definitions: StatefulDefinitions, request: StatefulStepRequest): StepReply {
  const { algorithm, hyperparameters, gradient, problem, step, x, state, indices } = request;
  const memory = (state as Memory) ?? undefined;
  const [definition, layout] = [definitions[algorithm], layoutOf(request)];
  const next = isGivenGradients(algorithm)
    ? givenStep(definition, hyperparameters, { step, gradient: Float64Array.from(gradient!) }, x, memory, layout)
    : stepOf(definition, hyperparameters, problemAt(problem!, step), x, memory, indices!, {}, layout);
  return { x: next.x, state: next.memory };
}

function rememberedRun(definitions: StatefulDefinitions, { steps, ...run }: StatefulRunRequest): RunReply {
  const { indices, gradients, ...request } = run;
  const trajectory: StepReply[] = [];
  for (const [t, own] of iterationsOf(run).entries()) {
    const { x, state = null } = trajectory.at(-1) ?? { x: request.x };
    trajectory.push(rememberedStep(definitions, { ...request, ...own, step: steps?.[t] ?? request.step, x, state }));
  }
  return { x: trajectory.at(-1)?.x ?? request.x.slice(), trajectory: trajectory.map((point) => point.x) };
}

function proxOf({ function: specification, step, x, form, ...layout }: Question<'prox'>): Float64Array {
  const target = known(specification);
  if (layout.batch === true) return joinedPoints(pointsOf(x, layout).map((point) => target.prox(point, step)));
  // What an array for the result held before must not show in it.
  return form === undefined
    ? target.prox(x, step)
    : target.prox(x, step, form === 'aliased' ? x : new Float64Array(x.length).fill(Number.NaN));
}

function countsOf({ probabilities, count, seed }: Question<'sample'>): number[] {
  const indices = new Int32Array(count);
  categoricalSampler(probabilities)(keyedStream(streamKey(String(seed), 'sample', 1, 0)), indices);
  const counts = new Array<number>(probabilities.length).fill(0);
  for (const k of indices) counts[k]!++;
  return counts;
}

function answerOf(question: Question, definitions: StatefulDefinitions): Answers[MethodName] {
  switch (question.method) {
    case 'prox':
      return { x: proxOf(question) };
    case 'value': {
      const { function: term, x } = question;
      return {
        value: (registry.has(term.type)
          ? parseOnce(term as FunctionSpecification)
          : parseSmooth(term as SmoothSpecification)
        ).value(x),
      };
    }
    case 'gradient':
      return { x: gradientOf(question.function, question.x) };
    case 'step':
      return isRemembering(question) ? rememberedStep(definitions, question) : { x: stepFor(question) };
    case 'run':
      return isRemembering(question) ? rememberedRun(definitions, question) : runOf(question);
    case 'sample':
      return { counts: countsOf(question) };
  }
}

/** Answers questions by the suite's own functions, problem and algorithms; those with memory by the definitions. */
export const answeringBy =
  (definitions: StatefulDefinitions): Implementation['ask'] =>
  async (question) =>
    answerOf(question, definitions) as never;

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
  ask: answeringBy(statefulAlgorithms),
};
