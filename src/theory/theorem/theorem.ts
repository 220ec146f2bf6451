import type { TheoremHypothesis } from '../../claims/hypothesis.js';
import type { Source } from '../../claims/schemas.js';
import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { Interval } from '../../reference/certified/interval.js';
import type {
  LipschitzConstants,
  ProblemAtStep,
  ProblemConstants,
  ProblemSpecification,
} from '../../reference/problem/problem.js';
import type { TermName } from './terms.js';
import type { AlgorithmParameters, TheoremAlgorithm } from './theorem-algorithm.js';

/** The constants of the fixed objective d + Σθ_k r_k, which, unlike those of d + r_γ, do not depend on γ. */
export interface FixedConstants {
  /** σ₀ = sup_u (Var_θ ∇r_k(u))^½. */
  readonly sigma: number;
  /** The same of every coordinate. */
  readonly coordinateSigma: Float64Array;
  /** An upper bound of its value at x⁰ minus its infimum. */
  readonly gap: number;
  /** f(x⁰) − f* of d + r_γ is at most `gap` + γ·`growth` for every γ: σ₀²/2, or 0 if r_γ changes with γ by a constant only. σ is at most σ₀. */
  readonly growth: number;
}

/** The constants of a bound at one step; intervals are kept so that a verdict can use the conservative end. */
export interface TheoremConstants extends ProblemConstants {
  /** n. */
  readonly dimension: number;
  /** μ of the fixed objective, or of d, if `fixed-strongly-convex` or `d-strongly-convex` is a hypothesis. */
  readonly strongConvexity?: number;
  /** M with |r_γ(x) − r_γ(y)| ≤ M‖x − y‖, if `r-lipschitz` is a hypothesis. */
  readonly valueLipschitz?: number;
  /** f(x⁰) − f*: an interval because f* is one. */
  readonly gap: Interval;
  /**
   * ‖x⁰ − x*‖ to the nearest minimiser x* of the objective of the theorem; undefined if not certified. A theorem that asks for it is
   * silent there.
   */
  readonly distance?: Interval;
  /** δ of a theorem with probability 1 − δ. */
  readonly delta?: number;
  /** The constants of the fixed objective, for a theorem about d + r_γ that also uses it; undefined if they are not certified. */
  fixed?(): FixedConstants | undefined;
}

/** The constants that a schedule may use. Those of d + r_γ depend on γ, so a step cannot know them yet; they are present for a fixed objective only. */
export interface ScheduleConstants extends LipschitzConstants {
  /** n. */
  readonly dimension: number;
  /** μ of the fixed objective, or of d, if `fixed-strongly-convex` or `d-strongly-convex` is a hypothesis. */
  readonly strongConvexity?: number;
  /** M with |r_γ(x) − r_γ(y)| ≤ M‖x − y‖, if `r-lipschitz` is a hypothesis. */
  readonly valueLipschitz?: number;
  /** σ, σ_i and f(x⁰) − f* of the fixed objective, if the theorem is about it. */
  readonly sigma?: number;
  readonly coordinateSigma?: Float64Array;
  readonly gap?: Interval;
  /** ‖x⁰ − x*‖ of the fixed objective, if the theorem is about it, or of d + r where K = 1; undefined if not certified. */
  readonly distance?: Interval;
  /** δ of a theorem with probability 1 − δ. */
  readonly delta?: number;
  /** For a theorem about d + r_γ, constants that hold at every γ, from which a step may be tuned; undefined if they are not certified. */
  fixed?(): FixedConstants | undefined;
}

/** The schedule that a theorem is asked for. */
export interface ScheduleOptions {
  /** `own`, or the name of one of its further schedules. */
  readonly schedule: string;
}

/** A schedule that a theorem knows beside its own. */
export interface NamedSchedule {
  /** The inequality at this schedule in one line. */
  readonly statement: string;
  /** Needed beside the theorem's hypotheses, such as constants to tune a step by. */
  readonly hypotheses?: readonly TheoremHypothesis[];
  /** γ and B, made from those of the theorem's own schedule; left out, the theorem's functions get the name. */
  schedule?(iterations: number, constants: ScheduleConstants, own: Schedule): Schedule;
  /** The right side. */
  readonly bound?: Theorem['bound'];
}

/** The statement of a theorem at a step and a mini-batch outside of its schedules. */
export interface GivenSchedules {
  /** The inequality for any of them in one line. */
  readonly statement: string;
  /** Every γ must be below this; Infinity if left out. */
  stepsBelow?(constants: ScheduleConstants): number;
}

/** γ, B and the other parameters of the algorithm. */
export interface Schedule {
  /** γ > 0. */
  readonly step: number;
  /** B ≥ 1. */
  readonly miniBatch: number;
  /** Further constants of your own algorithm, by name: every iteration gets them, and so does the bound. */
  readonly parameters?: AlgorithmParameters;
  /** How a tuned step was chosen, in one line for reports. */
  readonly chosen?: string;
}

/**
 * The objective whose constants a theorem is about: f = d + r_γ with the proximal average of equation (9), which depends on γ, or the fixed one of
 * equations (1) and (3), f̄ = d + Σθ_k r_k for differentiable r_k.
 *
 * @useDeclaredType
 */
export type TheoremObjective = 'proximal-average' | 'fixed';

/**
 * A convergence theorem as a value: E[(1/T) Σ_t term(x^{t−1})] ≤ bound for the scheduled step and mini-batch, or with `delta`
 * P((1/T) Σ_t term(x^{t−1}) ≤ bound) ≥ 1 − δ. Engines, the
 * auditor, the tightness search and the report take any `Theorem`: a new theorem is one more file.
 */
export interface Theorem {
  /** Stable key, kebab-case. */
  readonly id: string;
  /**
   * URL of the module that exports it, `import.meta.url`: threads and machines that compute its Monte Carlo replicates import it from there.
   * A file that a command reads has its own address.
   */
  readonly module?: string;
  /** Its source. */
  readonly source: Source;
  /** The inequality in one line. */
  readonly statement: string;
  /** Its hypotheses: if one of the paper or of a fixed objective is not certified, the verdict is `silent`. */
  readonly hypotheses: readonly TheoremHypothesis[];
  /** μ/L, for a theorem about one value of it. Left out, `fixed-strongly-convex` and `d-strongly-convex` are about every μ > 0. */
  readonly inverseConditionNumber?: number;
  /** The algorithm: by the name that implementations under test know it by, or as your own value. */
  readonly algorithm: TheoremAlgorithm;
  /** The objective to which L, σ and f(x⁰) − f* belong; `proximal-average` if left out. */
  readonly objective?: TheoremObjective;
  /** γ and B for T iterations, of the theorem's own schedule without options; throws a RangeError when the constants give no finite positive step. */
  schedule(iterations: number, constants: ScheduleConstants, options?: ScheduleOptions): Schedule;
  /** The schedules beside its own, by name. */
  readonly schedules?: Readonly<Record<string, NamedSchedule>>;
  /** Statement for arbitrary γ and B, if `bound` is valid beyond the schedule. */
  readonly given?: GivenSchedules;
  /** One iterate's summand of the left side, e.g. ‖G(x)‖²: by name, or as a function with values ≥ 0. */
  readonly term: TermName | ((problem: ProblemAtStep, x: Float64Array) => number);
  /** The left side is E term(x^T) instead of the average over x⁰ … x^{T−1}. */
  readonly onlyLast?: true;
  /** δ: the bound is one of the left side of a single run, and holds with probability at least 1 − δ; left out, it is one of the mean. */
  readonly delta?: number;
  /** The least T that the theorem is about; 1 if left out. At a smaller T it says nothing. */
  readonly from?: number;
  /** b, the right side of the inequality. */
  bound(iterations: number, constants: TheoremConstants, schedule: Schedule, options?: ScheduleOptions): number;
  /** Whether b is above the left side or below; `at-most` if left out. */
  readonly relation?: 'at-most' | 'at-least';
  /** The sharpened bound of the same left side, if one is known. */
  sharp?(iterations: number, constants: TheoremConstants, schedule: Schedule, options?: ScheduleOptions): number;
  /** A derived almost-sure cap M on the left side of one replicate, or undefined. Without one, the suite derives one for signProx and signSGD. */
  readonly cap?: (
    problem: ProblemAtStep,
    start: Float64Array,
    iterations: number,
    constants: TheoremConstants,
    options?: ScheduleOptions,
  ) => number | undefined;
}

/** A problem with a start: what a theorem is applied to. */
export interface BoundInstance {
  /** Shown in reports; part of the key of the random streams. */
  readonly name: string;
  /** d, r_1 … r_K and θ. */
  readonly problem: ProblemSpecification;
  /** x⁰. */
  readonly start: readonly number[];
  /** The value of sgn(0); `zero` if left out. */
  readonly signOfZero?: SignConvention;
}
