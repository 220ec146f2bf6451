import { enclosingDoubles, type Quotient } from '../../exact/arithmetic/rational.js';
import type { Pausable } from '../../exact/engines/pausable.js';
import { NotRationalError } from '../../exact/errors.js';
import type { BoundInstance, Schedule, Theorem } from '../theorems/theorem.js';
import type { ExactEngineName } from './engine-names.js';

export { type ExactEngineName, exactEngineNames } from './engine-names.js';

/** E[(1/T) Σ_t term(x^{t−1})] of one theorem on one instance, without Monte Carlo error. */
export interface ExactLeft {
  readonly engine: ExactEngineName;
  /** An enclosure of the left side: neighbouring doubles at most where `exact` is there, else with the engine's error bound. */
  readonly interval: readonly [number, number];
  /** The left side itself, where the whole computation was rational. */
  readonly exact?: Quotient;
}

/** The answer of an engine that computed in rationals, exactly or between two ends. */
export function rationalAnswer(engine: ExactEngineName, lower: Quotient, upper = lower): ExactLeft {
  const interval = [enclosingDoubles(lower)[0], enclosingDoubles(upper)[1]] as const;
  return { engine, interval, ...(lower === upper && { exact: lower }) };
}

/** The answer of a computation in rationals, or why there is none. */
export function* whereApplicable(compute: () => Pausable<ExactLeft>): Pausable<ExactAnswer> {
  try {
    return yield* compute();
  } catch (error) {
    if (error instanceof NotRationalError) return { inapplicable: error.message };
    throw error;
  }
}

/** Why an engine does not apply. */
export interface Inapplicable {
  readonly inapplicable: string;
}

/** What an engine computes: the left side of `theorem` on `instance` for T iterations with the given step γ (exactly that double) and B. */
export interface ExactRequest {
  readonly theorem: Theorem;
  readonly instance: BoundInstance;
  readonly iterations: number;
  readonly schedule: Schedule;
}

export type ExactAnswer = ExactLeft | Inapplicable;
/** An engine goes in steps, so that whoever drives it can be interrupted. */
export type ExactEngine = (request: ExactRequest) => Pausable<ExactAnswer>;
