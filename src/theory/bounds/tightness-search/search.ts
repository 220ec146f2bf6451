import { tightestFound } from '../../../claims/claim.js';
import { eventLoopTurns } from '../../../claims/claim-in-pieces.js';
import type { ExactEngineName, ExactLeft } from '../../left-side/exact-engine.js';
import { exactEngines } from '../../left-side/exact-engines.js';
import { ScheduleError } from '../../theorem/audit/audit.js';
import type { GivenConstants } from '../../theorem/constants-at-start.js';
import { type Prepared, prepareBound } from '../../theorem/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';
import { type Family, instanceAt, parameterCount } from './family.js';

/** An instance with the theorem's numbers and its exact left side. */
export interface Evaluation {
  readonly instance: BoundInstance;
  readonly prepared: Prepared;
  readonly left: ExactLeft;
  /** Lower bound of left/bound, or of bound/left for a lower bound. Above 1 by more than rounding, it refutes the theorem for every f* in its enclosure. */
  readonly ratio: number;
}

/** Engines, the cheapest first. With two draws an enumeration takes 2^T paths if these never meet; without noise there is one, in doubles. */
const preference: readonly ExactEngineName[] = ['moments', 'lattice', 'enumeration', 'paths'];
const longest: Readonly<Partial<Record<ExactEngineName, number>>> = { enumeration: 4, paths: 8 };

/** Left/bound by the cheapest exact engine; undefined if none applies or the theorem is silent. */
export function evaluate(
  theorem: Theorem,
  instance: BoundInstance,
  iterations: number,
  given: GivenConstants = {},
): Evaluation | undefined {
  const prepared = prepareBound(theorem, instance, iterations, { given, why: false });
  if ('silent' in prepared) return undefined;
  const { schedule, threshold } = prepared;
  const request = { theorem, instance, iterations, schedule, ...(threshold && { threshold }) };
  for (const name of preference) {
    const limit = name === 'paths' && instance.problem.functions.length === 1 ? iterations : longest[name];
    if (iterations > (limit ?? iterations)) continue;
    const left = exactEngines[name](request);
    if (!('inapplicable' in left)) {
      return isUnderflow(left, prepared) ? undefined : { instance, prepared, left, ratio: nearness(left, prepared) };
    }
  }
  return undefined;
}

/** Below this doubles lose digits: squares, and squares of these, are still normal numbers above it. */
const smallest = 2 ** -250;

/** Whether both sides are so small that doubles cannot compare them, as those of a linear rate after many iterations. */
export const isUnderflow = (
  { interval: [, upper] }: Pick<ExactLeft, 'interval'>,
  { upperBound }: Pick<Prepared, 'upperBound'>,
) => upper > 0 && upper < smallest && upperBound < smallest;

function nearness({ interval: [lower, upper] }: ExactLeft, { relation, lowerBound, upperBound }: Prepared): number {
  const [small, large] = relation === 'at-least' ? [lowerBound, upper] : [lower, upperBound];
  // 0 ≤ 0 holds with equality.
  return small > 0 ? small / large : 0;
}

/** The two sides of the ratio of an evaluation. */
export const ratioName = ({ relation, delta }: Pick<Theorem, 'relation' | 'delta'>): string =>
  delta !== undefined ? 'P(left side > b)/δ' : relation === 'at-least' ? 'bound/left' : 'left/bound';

/** One run of the optimiser. */
export interface Search {
  readonly theorem: Theorem;
  readonly iterations: number;
  readonly family: Family;
  /** Largest number of instances to evaluate. */
  readonly evaluations: number;
  readonly signal?: AbortSignal | undefined;
}

/** The result of a run of the optimiser. */
export interface Found {
  /** Instances evaluated. */
  readonly evaluations: number;
  /** The instance with the largest ratio; undefined if no exact engine applies to any. */
  readonly tightest: Evaluation | undefined;
}

/** Above this T a problem with noise takes seconds. */
const longestWithNoise = 256;

/** The tightest of the listed problems at T. One for which a theorem has no step is skipped. */
export async function searchListed({
  theorem,
  iterations,
  listed,
  signal,
}: Pick<Search, 'theorem' | 'iterations' | 'signal'> & { readonly listed: readonly BoundInstance[] }): Promise<Found> {
  const turn = eventLoopTurns();
  let evaluations = 0;
  let tightest: Evaluation | undefined;
  for (const instance of listed) {
    if (iterations > longestWithNoise && instance.problem.functions.length > 1) continue;
    await turn();
    signal?.throwIfAborted();
    try {
      const evaluation = evaluate(theorem, { ...instance, name: tightestFound }, iterations);
      if (evaluation === undefined) continue;
      evaluations++;
      if (!(evaluation.ratio <= (tightest?.ratio ?? -1))) tightest = evaluation;
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
    }
  }
  return { evaluations, tightest };
}

/** Ends the optimiser from within its objective. */
const exhausted = Symbol('exhausted');

/**
 * Dividing rectangles (DIRECT) on [0, 1]ⁿ for the largest left/bound of a family: a global method, which the ridges caused by the lattice x⁰ + γZ
 * do not stop. It yields to the event loop after every division.
 * @throws the reason of `signal` when that aborts
 */
export async function searchFamily({ theorem, iterations, family, evaluations, signal }: Search): Promise<Found> {
  // Loaded on demand: it depends on a library of spectra that takes as long to load as the suite.
  const { default: direct } = await import('ml-direct');
  const count = parameterCount(family);
  const [lower, upper] = [new Array<number>(count).fill(0), new Array<number>(count).fill(1)];
  const turn = eventLoopTurns();
  const known = new Map<string, number>();
  let tightest: Evaluation | undefined;
  let refused: ScheduleError | undefined;
  let answered = false;
  // If a start or a constant is 0, a theorem may have no step: such an instance is skipped.
  const tried = (instance: BoundInstance): Evaluation | undefined => {
    try {
      const evaluation = evaluate(theorem, instance, iterations);
      answered = true;
      return evaluation;
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
      refused ??= error;
      return undefined;
    }
  };
  let calls = 0;
  // Ties divide all rectangles of one value at once: only a count of evaluations bounds the work, and one of calls where most are of known instances.
  const objective = (parameters: readonly number[]): number => {
    const instance = instanceAt(family, iterations, parameters);
    const key = JSON.stringify(instance);
    if (calls++ >= 64 * evaluations) throw exhausted;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= evaluations) throw exhausted;
    const evaluation = tried(instance);
    if (evaluation !== undefined && !(evaluation.ratio <= (tightest?.ratio ?? -1))) tightest = evaluation;
    // The optimiser divides by differences of values: those of denormal numbers overflow.
    const ratio = evaluation?.ratio ?? 0;
    const value = ratio < smallest ? 0 : -ratio;
    known.set(key, value);
    return value;
  };
  let initialState: unknown;
  try {
    for (let division = 0; division < evaluations; division++) {
      initialState = direct(objective, lower, upper, { iterations: 1, initialState }).finalState;
      await turn();
      signal?.throwIfAborted();
    }
  } catch (error) {
    if (error !== exhausted) throw error;
  }
  if (refused !== undefined && !answered) throw refused;
  return { evaluations: known.size, tightest };
}
