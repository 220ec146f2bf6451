import { eventLoopTurns } from '../../claim-in-pieces.js';
import type { ExactEngineName, ExactLeft } from '../../left-side/exact-engine.js';
import { exactEngines } from '../../left-side/exact-engines.js';
import { ScheduleError } from '../../theorems/audit/audit.js';
import type { GivenConstants } from '../../theorems/constants-at-start.js';
import { type Prepared, prepareBound } from '../../theorems/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theorems/theorem.js';
import { type Family, instanceAt, parameterCount } from './family.js';

/** An instance with the theorem's numbers and its exact left side. */
export interface Evaluation {
  readonly instance: BoundInstance;
  readonly prepared: Prepared;
  readonly left: ExactLeft;
  /** Lower end of left/bound, or of bound/left for a bound from below: above 1 by more than rounding only where the theorem is refuted, whatever f* is within its enclosure. */
  readonly ratio: number;
}

/** Engines from the cheapest. An enumeration takes 2^T paths where they do not meet. */
const preference: readonly ExactEngineName[] = ['moments', 'lattice', 'enumeration', 'paths'];
const longest: Readonly<Partial<Record<ExactEngineName, number>>> = { enumeration: 4, paths: 8 };

/** Left/bound by the cheapest exact engine; undefined where none applies or the theorem is silent. */
export function evaluate(
  theorem: Theorem,
  instance: BoundInstance,
  iterations: number,
  given: GivenConstants = {},
): Evaluation | undefined {
  const prepared = prepareBound(theorem, instance, iterations, { given, why: false });
  if ('silent' in prepared) return undefined;
  const { schedule } = prepared;
  const request = { theorem, instance, iterations, schedule };
  for (const name of preference) {
    if (iterations > (longest[name] ?? iterations)) continue;
    const left = exactEngines[name](request);
    if (!('inapplicable' in left)) return { instance, prepared, left, ratio: nearness(left, prepared) };
  }
  return undefined;
}

function nearness({ interval: [lower, upper] }: ExactLeft, { relation, lowerBound, upperBound }: Prepared): number {
  const [small, large] = relation === 'at-least' ? [lowerBound, upper] : [lower, upperBound];
  // 0 of 0 is met.
  return small > 0 ? small / large : 0;
}

/** What the ratio of an evaluation is of. */
export const ratioName = ({ relation }: Pick<Theorem, 'relation'>): string =>
  relation === 'at-least' ? 'bound/left' : 'left/bound';

/** One run of the optimiser. */
export interface Search {
  readonly theorem: Theorem;
  readonly iterations: number;
  readonly family: Family;
  /** Most instances that are evaluated. */
  readonly evaluations: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a run of the optimiser found. */
export interface Found {
  /** Instances evaluated. */
  readonly evaluations: number;
  /** The one of largest ratio; undefined when no exact engine applies to any. */
  readonly tightest: Evaluation | undefined;
}

/** Ends the optimiser from within its objective. */
const exhausted = Symbol('exhausted');

/**
 * Dividing rectangles (DIRECT) on [0, 1]ⁿ for the largest left/bound of a family: a global method, so that it passes the ridges that the
 * lattice x⁰ + γZ makes. It goes one division at a time, and the event loop gets its turns in between.
 * @throws the reason of `signal` when that aborts
 */
export async function searchFamily({ theorem, iterations, family, evaluations, signal }: Search): Promise<Found> {
  // It brings a library of spectra with it, which takes as long to load as the suite.
  const { default: direct } = await import('ml-direct');
  const count = parameterCount(family);
  const [lower, upper] = [new Array<number>(count).fill(0), new Array<number>(count).fill(1)];
  const turn = eventLoopTurns();
  const known = new Map<string, number>();
  let tightest: Evaluation | undefined;
  let refused: ScheduleError | undefined;
  let answered = false;
  // Where a start or a constant is 0 a theorem may have no step: the next instance has another.
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
  // Ties divide all rectangles of one value at once: only a count of evaluations bounds the work.
  const objective = (parameters: readonly number[]): number => {
    const instance = instanceAt(family, iterations, parameters);
    const key = JSON.stringify(instance);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= evaluations) throw exhausted;
    const evaluation = tried(instance);
    if (evaluation !== undefined && !(evaluation.ratio <= (tightest?.ratio ?? 0))) tightest = evaluation;
    const value = -(evaluation?.ratio ?? 0);
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
