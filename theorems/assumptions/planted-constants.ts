import type { DeclaredConstants } from '../../src/claims/theorems/audit/declared-constants.js';
import type { HypothesisFinding } from '../../src/claims/theorems/audit/finding.js';
import { norm } from '../../src/claims/theorems/audit/search-points.js';
import type { Interval } from '../../src/reference/certified/interval.js';
import type { Problem } from '../../src/reference/problem/problem.js';

// Declared constants that are wrong by a hundredth: an auditor that cannot find them out is blind.

/** A hundredth below the certified constant. */
const short = 0.99;

/** f* declared a hundredth of f(x⁰) − f* too large. */
export function infimumTooLarge(
  { computed }: HypothesisFinding,
  problem: Problem,
  start: Float64Array,
  step: number,
): DeclaredConstants {
  const { upper } = computed as Interval;
  const gap = problem.at(step).objective(start) - upper;
  return { infimum: upper + Math.max((1 - short) * gap, 1e-6) };
}

/** L a hundredth too small for ∇d or for the ∇r_k, whichever is audited. */
export function lipschitzTooSmall({ computed }: HypothesisFinding): DeclaredConstants {
  return { lipschitz: short * (computed as number) };
}

/** Every L_i a hundredth too small. */
export function coordinateLipschitzTooSmall({ computed }: HypothesisFinding): DeclaredConstants {
  return { coordinateLipschitz: Float64Array.from(computed as readonly number[], (value) => short * value) };
}

/** σ a hundredth too small: below what is attained, of which a certified one may be some per cent above. */
export function sigmaTooSmall(
  _certified: HypothesisFinding,
  problem: Problem,
  start: Float64Array,
  step: number,
): DeclaredConstants {
  return { sigma: short * norm(attainedSigma(problem, start, step)) };
}

/** Every σ_i a hundredth too small, in the same way. */
export function coordinateSigmaTooSmall(
  _certified: HypothesisFinding,
  problem: Problem,
  start: Float64Array,
  step: number,
): DeclaredConstants {
  return { coordinateSigma: attainedSigma(problem, start, step).map((value) => short * value) };
}

const attainedSigma = (problem: Problem, start: Float64Array, step: number): Float64Array =>
  problem.at(step).constants(start.length).attainedSigma!;
