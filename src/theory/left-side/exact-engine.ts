import { enclosingDoubles, type Quotient } from '../../exact/arithmetic/rational.js';
import { NotRationalError, type Pausable } from '../../exact/computation.js';
import type { MappingNorm } from '../../exact/engines/enumeration.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { Threshold } from '../theorem/tail.js';
import type { BoundInstance, Schedule, Theorem } from '../theorem/theorem.js';
import type { ExactEngineName } from './engine-names.js';

export { type ExactEngineName, exactEngineNames } from './engine-names.js';

/**
 * E[(1/T) Σ_t term(x^{t−1})] of one theorem on one instance, without Monte Carlo error; of a theorem with probability 1 − δ the probability that the
 * left side of a run is above b.
 */
export interface ExactLeft {
  readonly engine: ExactEngineName;
  /** An enclosure of the left side: at most neighbouring doubles if there is an `exact` value, else with the engine's error bound. */
  readonly interval: readonly [number, number];
  /** The left side itself, if the whole computation was rational. */
  readonly exact?: Quotient;
}

/** The result of an engine that computes in rationals, exact or between two ends. */
export function rationalAnswer(engine: ExactEngineName, lower: Quotient, upper = lower): ExactLeft {
  const interval = [enclosingDoubles(lower)[0], enclosingDoubles(upper)[1]] as const;
  return { engine, interval, ...(lower === upper && { exact: lower }) };
}

/** The result of a computation in rationals, or why there is none. */
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

/** The task of an engine: the left side of `theorem` on `instance` for T iterations with the given step γ (exactly that double) and B. */
export interface ExactRequest {
  readonly theorem: Theorem;
  readonly instance: BoundInstance;
  readonly iterations: number;
  readonly schedule: Schedule;
  /** b, of a theorem with probability 1 − δ. */
  readonly threshold?: Threshold;
}

/** b of a theorem with probability 1 − δ, and undefined of one about a mean: an engine must never answer for the other. */
export function askedThreshold({ theorem, threshold }: ExactRequest): Threshold | undefined {
  if ((theorem.delta === undefined) === (threshold === undefined)) return threshold;
  throw new TypeError(`${theorem.id}: a threshold belongs to a theorem with delta, and to no other`);
}

/** The left side, or why the engine does not compute it. */
export type ExactAnswer = ExactLeft | Inapplicable;
/** An engine runs in steps, so that its caller can be interrupted. */
export type ExactEngine = (request: ExactRequest) => Pausable<ExactAnswer>;

/** The exact form of a left side, for the engines in rationals. */
export interface ExactForm {
  readonly algorithm: 'spgm' | 'sign-prox';
  readonly norm: MappingNorm;
}

const algorithms: Readonly<Record<string, ExactForm['algorithm']>> = { spgm: 'spgm', 'sign-prox': 'sign-prox' };
const norms: Readonly<Record<string, MappingNorm>> = {
  'squared-gradient-mapping': 'l2-squared',
  'gradient-mapping-l1': 'l1',
};
/** With linear r_k, P_k(x) = x − γ∇(d + r_k)(x): the proximal algorithms are those of equations (3) to (5), and G is ∇f̄. */
const linearAlgorithms: typeof algorithms = { ...algorithms, sgd: 'spgm', 'sign-sgd': 'sign-prox' };
const linearNorms: typeof norms = { ...norms, 'squared-gradient': 'l2-squared', 'gradient-l1': 'l1' };

/** Linear, or a tilted zero function. */
const isLinear = (fn: FunctionSpecification): boolean =>
  fn.type === 'linear' ||
  fn.type === 'zero' ||
  (fn.type === 'tilted' && isLinear(fn['inner'] as FunctionSpecification));

/** The exact form of a theorem's left side on a problem, or why it has none. */
export function exactForm(
  { algorithm, term, onlyLast }: Theorem,
  problem: ProblemSpecification,
): ExactForm | { readonly inapplicable: string } {
  const linear = problem.functions.every(isLinear);
  const [byAlgorithm, byTerm] = linear ? [linearAlgorithms, linearNorms] : [algorithms, norms];
  if (typeof algorithm !== 'string') return { inapplicable: `${algorithm.name} has no rational form` };
  if (typeof term !== 'string') return { inapplicable: 'the summand of the theorem has no rational form' };
  if (onlyLast) return { inapplicable: 'the left side is the last iterate alone' };
  const [exact, norm] = [byAlgorithm[algorithm], byTerm[term]];
  if (exact === undefined)
    return { inapplicable: `${algorithm} has no rational form${linear ? '' : ' unless every r_k is linear'}` };
  if (norm === undefined)
    return { inapplicable: `the summand ${term} has no rational form${linear ? '' : ' unless every r_k is linear'}` };
  return { algorithm: exact, norm };
}
