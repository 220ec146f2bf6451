import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { Interval } from '../../reference/certified/interval.js';
import type {
  LipschitzConstants,
  ProblemAtStep,
  ProblemConstants,
  ProblemSpecification,
} from '../../reference/problem/problem.js';
import type { TheoremHypothesis } from '../hypothesis.js';
import type { Source } from '../source.js';
import type { TermName } from './terms.js';
import type { AlgorithmParameters, TheoremAlgorithm } from './theorem-algorithm.js';

/** The constants of the fixed objective d + Σθ_k r_k, which unlike those of d + r_γ do not move with γ. */
export interface FixedConstants {
  /** σ₀ = sup_u (Var_θ ∇r_k(u))^½. */
  readonly sigma: number;
  /** The same of every coordinate. */
  readonly coordinateSigma: Float64Array;
  /** An upper end of its value at x⁰ over its infimum. */
  readonly gap: number;
  /** f(x⁰) − f* of d + r_γ is at most `gap` + γ·`growth` for every γ: σ₀²/2, or 0 where r_γ moves with γ by a number only. σ is at most σ₀. */
  readonly growth: number;
}

/** Everything a bound may depend on at one step; intervals are kept so that a verdict can use the conservative end. */
export interface TheoremConstants extends ProblemConstants {
  /** n. */
  readonly dimension: number;
  /** f(x⁰) − f*: an interval because f* is one. */
  readonly gap: Interval;
  /**
   * ‖x⁰ − x*‖ to the nearest minimiser x* of the objective that the theorem is about; undefined where it is not certified. A theorem that asks for it is
   * silent there.
   */
  readonly distance?: Interval;
  /** The constants of the fixed objective, for a theorem about d + r_γ that speaks of it too; undefined where they are not certified. */
  fixed?(): FixedConstants | undefined;
}

/** What a schedule may depend on. The constants of d + r_γ move with γ, so those that a step cannot know yet are there for a fixed objective only. */
export interface ScheduleConstants extends LipschitzConstants {
  /** n. */
  readonly dimension: number;
  /** σ, σ_i and f(x⁰) − f* of the fixed objective, where the theorem is about that one. */
  readonly sigma?: number;
  readonly coordinateSigma?: Float64Array;
  readonly gap?: Interval;
  /** ‖x⁰ − x*‖ of the fixed objective, where the theorem is about that one; undefined where it is not certified. */
  readonly distance?: Interval;
  /** For a theorem about d + r_γ, constants that hold at every γ, by which a step may be tuned; undefined where they are not certified. */
  fixed?(): FixedConstants | undefined;
}

/** What a theorem is asked for. */
export interface ScheduleOptions {
  /** `own`, or the name of one of its further schedules. */
  readonly schedule: string;
}

/** A schedule that a theorem knows beside its own. */
export interface NamedSchedule {
  /** The inequality at this schedule in one line. */
  readonly statement: string;
  /** What it needs beside the theorem's hypotheses, such as constants to tune a step by. */
  readonly hypotheses?: readonly TheoremHypothesis[];
}

/** What a theorem proves at a step and a mini-batch that nobody scheduled. */
export interface GivenSchedules {
  /** The inequality for any of them in one line. */
  readonly statement: string;
  /** Every γ has to be below this; Infinity if left out. */
  stepsBelow?(constants: ScheduleConstants): number;
}

/** γ and B, and what else the algorithm is told. */
export interface Schedule {
  /** γ > 0. */
  readonly step: number;
  /** B ≥ 1. */
  readonly miniBatch: number;
  /** Further constants of an algorithm of one's own, by name: every iteration is given them, and so is the bound. */
  readonly parameters?: AlgorithmParameters;
  /** How a tuned step was chosen, in one line for reports. */
  readonly chosen?: string;
}

/**
 * The objective whose constants a theorem is about: f = d + r_γ with the proximal average of equation (9), which moves with γ, or the fixed one of
 * equations (1) and (3), f̄ = d + Σθ_k r_k for differentiable r_k.
 *
 * @useDeclaredType
 */
export type TheoremObjective = 'proximal-average' | 'fixed';

/**
 * A convergence theorem as a value: E[(1/T) Σ_t term(x^{t−1})] ≤ bound for the scheduled step and mini-batch. Engines, the
 * auditor, the tightness search and the report take a `Theorem` and know none by name: a new theorem is one more file.
 */
export interface Theorem {
  /** Stable key, kebab-case. */
  readonly id: string;
  /** Where it stands. */
  readonly source: Source;
  /** The inequality in one line. */
  readonly statement: string;
  /** What it assumes: where a hypothesis of the paper or of a fixed objective is not certified the verdict is `silent`. */
  readonly hypotheses: readonly TheoremHypothesis[];
  /** The algorithm: by the name that implementations under test know it by, or as a value of one's own. */
  readonly algorithm: TheoremAlgorithm;
  /** What L, σ and f(x⁰) − f* are constants of; `proximal-average` if left out. */
  readonly objective?: TheoremObjective;
  /** γ and B for T iterations, of the theorem's own schedule without options; throws a RangeError when the constants give no finite positive step. */
  schedule(iterations: number, constants: ScheduleConstants, options?: ScheduleOptions): Schedule;
  /** The schedules beside its own, by name. */
  readonly schedules?: Readonly<Record<string, NamedSchedule>>;
  /** Where `bound` is one for any γ and B that it is handed, and not for those of the schedule alone: what it then says. */
  readonly given?: GivenSchedules;
  /** One iterate's summand of the left side, e.g. ‖G(x)‖²: by name, or as a function with values ≥ 0. */
  readonly term: TermName | ((problem: ProblemAtStep, x: Float64Array) => number);
  /** The left side is E term(x^T) in place of the average over x⁰ … x^{T−1}. */
  readonly onlyLast?: true;
  /** b, the right side of the inequality. */
  bound(iterations: number, constants: TheoremConstants, schedule: Schedule, options?: ScheduleOptions): number;
  /** Whether b is above the left side or below; `at-most` if left out. */
  readonly relation?: 'at-most' | 'at-least';
  /** The sharpened bound of the same left side, where one is known. */
  sharp?(iterations: number, constants: TheoremConstants, schedule: Schedule, options?: ScheduleOptions): number;
  /** A derived almost-sure cap M on the left side of one replicate, or undefined. Where there is none, one is derived for signProx and signSGD. */
  cap?(
    problem: ProblemAtStep,
    start: Float64Array,
    iterations: number,
    constants: TheoremConstants,
    options?: ScheduleOptions,
  ): number | undefined;
}

/** A problem with a start: what a theorem is applied to. */
export interface BoundInstance {
  /** Shown in reports; part of the key of the random streams. */
  readonly name: string;
  /** d, r_1 … r_K and θ. */
  readonly problem: ProblemSpecification;
  /** x⁰. */
  readonly start: readonly number[];
  /** What sgn(0) is; `zero` if left out. */
  readonly signOfZero?: SignConvention;
}
