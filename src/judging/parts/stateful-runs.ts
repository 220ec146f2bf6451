import {
  type AheadIteration,
  type Implementation,
  type StatefulStepRequest,
  type StepReply,
  UnsupportedError,
} from '../../claims/implementation/implementation.js';
import { rationalFunctionTypes } from '../../exact/functions/coordinate-function.js';
import { rationalSmoothTypes } from '../../exact/functions/smooth.js';
import { layoutOf } from '../../reference/algorithms/layout.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { isGivenGradients, statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { generatableTypes } from '../arbitraries/function-specification.js';
import { stepAt, stepsOf } from '../arbitraries/run-case.js';
import { generatedSmoothTypes } from '../arbitraries/smooth-specification.js';
import {
  hasRegularizer,
  regularizerTypes,
  type StatefulCase,
  type StatefulCaseOptions,
} from '../arbitraries/stateful-case.js';
import { sharesOf } from '../judges/declared-accuracy.js';
import { oracleOf } from '../judges/oracle.js';
import { differentiableTypes, directFunctionTypes } from './problem-parts.js';

/** The problems of an algorithm that is given gradients: those of linear r_k, one of which is drawn, are the same wherever x is. */
const ofGradients = { functionTypes: ['linear'], smoothTypes: ['zero'], maximumBatch: 1 };

/** Types of problems that an implementation offers for an algorithm, those with rational operators alone or all; undefined where it offers none. */
export function statefulTypes(
  { description }: Implementation,
  algorithm: StatefulAlgorithmName,
  rational: boolean,
): StatefulCaseOptions | undefined {
  const { dtype, functions, smooth, accuracy = {}, restrictions, shapes = [] } = description;
  if (isGivenGradients(algorithm)) return { ...ofGradients, restrictions, shapes, dtype };
  const isUsable = (type: string): boolean =>
    functions.includes(type) && (!rational || rationalFunctionTypes().includes(type));
  const takes = statefulAlgorithms[algorithm].takes === 'proxes' ? directFunctionTypes : differentiableTypes;
  const options = {
    functionTypes: generatableTypes(takes.filter(isUsable), restrictions),
    smoothTypes: (rational ? rationalSmoothTypes() : generatedSmoothTypes).filter((type) => smooth.includes(type)),
    regularizers: regularizerTypes.filter((type) => isUsable(type) && accuracy[type] === undefined),
  };
  if (options.functionTypes.length === 0 || options.smoothTypes.length === 0) return undefined;
  if (hasRegularizer(algorithm) && options.regularizers.length === 0) return undefined;
  return { ...options, restrictions, shapes, dtype };
}

/** A variant as a field of a request. */
export const named = (variant: string | undefined) => (variant === undefined ? {} : { variant });

/**
 * What iteration t of a run at x is about: the gradient of an algorithm that needs nothing else, which is rounded as any number of a question; of
 * others the problem and the mini-batch.
 */
export function iterationAt(
  algorithm: string,
  { problem, batches }: Pick<StatefulCase, 'problem' | 'batches'>,
  t: number,
  x: Float64Array,
): Pick<StatefulStepRequest, 'gradient' | 'problem' | 'indices'> {
  const indices = batches[t]!;
  if (!isGivenGradients(algorithm)) return { problem, indices };
  const r = problem.functions[indices[0]!]!;
  const isAlone = problem.smooth.type === 'zero' && indices.length === 1 && r.type === 'linear';
  const shares = sharesOf(indices, problem.functions.length);
  return { gradient: isAlone ? (r['coefficients'] as readonly number[]) : [...oracleOf(problem).gradient(shares, x)!] };
}

/** The fields of a request that are the same in all iterations of a run. */
const runFields = (algorithm: StatefulAlgorithmName, input: StatefulCase, variant: string | undefined) => ({
  algorithm,
  hyperparameters: input.hyperparameters,
  ...layoutOf(input),
  ...named(variant),
});

/**
 * Iterations after which a run goes on from the state that it left, as far as it is told which will follow: early, where memories begin, each
 * by itself, and so many later ones together as a whole run may have.
 */
const pieces = [1, 1, 2, 3, 5] as const;
const longestPiece = 16;

/** The iterations that follow iteration t in its piece, which may be the whole of a run; γ may change in it unless it is constant. */
function aheadOf(
  { description, seesAhead }: Implementation,
  input: StatefulCase,
  {
    t,
    algorithm,
    isWhole,
  }: { readonly t: number; readonly algorithm: StatefulAlgorithmName; readonly isWhole: boolean },
): readonly AheadIteration[] {
  if (seesAhead !== true) return [];
  const isConstant = description.restrictions?.constantStep === true;
  let end = 0;
  for (let k = 0; end <= t; k++) end += (isWhole ? undefined : pieces[k]) ?? longestPiece;
  const following: AheadIteration[] = [];
  for (let next = t + 1; next < Math.min(end, input.batches.length); next++) {
    const step = stepAt(input, next);
    if (isConstant && step !== stepAt(input, t)) break;
    const { gradient, indices } = iterationAt(algorithm, input, next, input.x);
    following.push({ step, ...(gradient ? { gradient } : { indices: indices! }) });
  }
  return following;
}

/**
 * The iterates of interleaved runs, the first of which is the longest: one step of each in turn, or several where it is told which will
 * follow: all where the run `isWhole`. Each run keeps its own memory.
 */
export async function stepsByTurns(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  inputs: readonly StatefulCase[],
  variant?: string,
  isWhole = false,
): Promise<Float64Array[][]> {
  const runs = inputs.map(({ x }) => ({ x, state: null as unknown, iterates: [] as Float64Array[] }));
  for (let t = 0; t < inputs[0]!.batches.length; t++) {
    for (const [r, run] of runs.entries()) {
      const input = inputs[r]!;
      if (t >= input.batches.length) continue;
      const ahead = aheadOf(implementation, input, { t, algorithm, isWhole });
      const request = {
        ...runFields(algorithm, input, variant),
        ...iterationAt(algorithm, input, t, run.x),
        ...{ step: stepAt(input, t), state: run.state },
        ...(ahead.length > 0 && { ahead }),
      };
      const next = await implementation.ask({ method: 'step', ...request, x: run.x.slice() });
      runs[r] = { x: next.x, state: next.state ?? null, iterates: [...run.iterates, next.x] };
      if (!next.x.every(Number.isFinite)) return runs.map(({ iterates }) => iterates.slice(0, t + 1));
    }
  }
  return runs.map(({ iterates }) => iterates);
}

/** The iterates from the middle of a run on: those of the process that began it, and those of another one that gets its state. */
export async function resumedIterates(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  input: StatefulCase,
  variant?: string,
): Promise<{ readonly start: number; readonly own: Float64Array[]; readonly resumed: Float64Array[] }> {
  const { batches } = input;
  const start = Math.floor(batches.length / 2);
  const from = async (
    range: readonly [from: number, to: number],
    first: StepReply,
    elsewhere: { readonly resumed?: true } = {},
  ) => {
    const iterates: Float64Array[] = [];
    let last = first;
    for (let t = range[0]; t < range[1] && last.x.every(Number.isFinite); t++) {
      const { x, state = null } = last;
      const own = { ...iterationAt(algorithm, input, t, x), step: stepAt(input, t) };
      const request = { ...runFields(algorithm, input, variant), ...own };
      last = await implementation.ask({ method: 'step', ...request, state, x: x.slice(), ...elsewhere });
      iterates.push(last.x);
    }
    return { iterates, last };
  };
  const { last: middle } = await from([0, start], { x: input.x });
  const rest = [start, batches.length] as const;
  const { iterates: own } = await from(rest, middle);
  const { iterates: resumed } = await from(rest, middle, { resumed: true });
  return { start, own, resumed };
}

/** The iterates that a run tells, or the ends of runs of 1, 2, … iterations where it tells only those; and the end. */
export async function iteratesOfRun(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
  input: StatefulCase,
  variant?: string,
) {
  const { x, batches, problem } = input;
  const gradients = isGivenGradients(algorithm)
    ? batches.map((_, t) => iterationAt(algorithm, input, t, x).gradient!)
    : undefined;
  const runOf = (length: number) =>
    implementation.ask({
      method: 'run',
      ...runFields(algorithm, input, variant),
      ...(gradients ? { gradients: gradients.slice(0, length) } : { problem, indices: batches.slice(0, length) }),
      ...stepsOf(input, length),
      x: x.slice(),
    });
  const reply = await runOf(batches.length);
  if (reply.trajectory !== undefined) return { end: reply.x, iterates: reply.trajectory };
  if (implementation.description.rounding === 'stochastic') {
    throw new UnsupportedError('a run that is rounded stochastically is judged by its trajectory');
  }
  const ends: Float64Array[] = [];
  for (let length = 1; length < batches.length; length++) ends.push((await runOf(length)).x);
  return { end: reply.x, iterates: [...ends, reply.x] };
}
