import type { MappingNorm } from '../../exact/engines/enumeration.js';
import type { AlgorithmName } from '../../reference/algorithms/algorithm.js';
import type { IterationFactory } from '../../reference/algorithms/iteration.js';
import type { Interval } from '../../reference/certified/interval.js';
import type { LipschitzConstants, ProblemAtStep, ProblemConstants } from '../../reference/problem/problem.js';
import type { HypothesisId } from '../hypothesis-id.js';
import type { Source } from '../source.js';

/** Everything a bound may depend on at one step; intervals are kept so that a verdict can use the conservative end. */
export interface TheoremConstants extends ProblemConstants {
  /** n. */
  readonly dimension: number;
  /** f(x⁰) − f*: an interval because f* is one. */
  readonly gap: Interval;
}

/** γ and B. */
export interface Schedule {
  /** γ > 0. */
  readonly step: number;
  /** B ≥ 1. */
  readonly miniBatch: number;
}

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
  /** What it assumes: where a hypothesis is not certified the verdict is `silent`. */
  readonly hypotheses: readonly HypothesisId[];
  /** The algorithm the theorem is about, as an implementation under test knows it. */
  readonly algorithm: AlgorithmName;
  /** The norm of G that `term` is: how the exact engines, which compute in rationals, know the left side. */
  readonly norm: MappingNorm;
  /** One iteration of that algorithm: what the engines run. */
  readonly iteration: IterationFactory;
  /** γ and B for T iterations; throws a RangeError when the constants give no finite positive step. */
  schedule(iterations: number, constants: LipschitzConstants): Schedule;
  /** One iterate's summand of the left side, e.g. ‖G(x)‖². */
  term(problem: ProblemAtStep, x: Float64Array): number;
  /** b, the right side of the inequality. */
  bound(iterations: number, constants: TheoremConstants, schedule: Schedule): number;
  /** The sharpened bound of the same left side, where one is known. */
  sharp?(iterations: number, constants: TheoremConstants, schedule: Schedule): number;
  /** A derived almost-sure cap M on the left side of one replicate, or undefined. */
  cap?(
    problem: ProblemAtStep,
    start: Float64Array,
    iterations: number,
    constants: TheoremConstants,
  ): number | undefined;
}
