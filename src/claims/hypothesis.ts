import type { ProblemAtStep } from '../reference/problem/problem.js';

/** Names of the hypotheses that the auditor knows. */
export const hypothesisIds = [
  'assumption-1a',
  'assumption-1b',
  'assumption-1c',
  'assumption-1d',
  'assumption-2a',
  'assumption-2b',
  'assumption-2c',
  'assumption-2d',
  'd-convex',
  'd-strongly-convex',
  'd-zero',
  'r-indicator',
  'r-lipschitz',
  'fixed-bounded-below',
  'fixed-smooth',
  'fixed-strongly-convex',
  'fixed-variance',
  'fixed-coordinate-smooth',
  'fixed-coordinate-variance',
] as const;
/**
 * A hypothesis that the auditor knows: of the paper, that d is convex, or about the fixed objective d + Σθ_k r_k.
 *
 * @useDeclaredType
 */
export type HypothesisId = (typeof hypothesisIds)[number];

/** A place at which your own hypothesis fails. */
export interface OwnWitness {
  /** The point; x⁰ where it is left out. */
  readonly x?: ArrayLike<number>;
  /** The failure there, in one line. */
  readonly explanation?: string;
}

/** Your own hypothesis: assumed of a problem unless the search finds a point where it fails. */
export interface OwnHypothesis {
  /** Stable key, kebab-case. */
  readonly id: string;
  /** In one line. */
  readonly statement: string;
  /** A point among these, or near them, at which the problem does not meet it, or a start from which it does not; undefined if none was found. */
  search?(problem: ProblemAtStep, points: readonly Float64Array[], start: Float64Array): OwnWitness | undefined;
  /** Whether the problem is known to meet it everywhere, and from this start. */
  certify?(problem: ProblemAtStep, start: Float64Array): boolean;
}

/** A hypothesis of a theorem: the id of one that the suite knows, or one of the theorem's own. */
export type TheoremHypothesis = HypothesisId | OwnHypothesis;

/** The id of a hypothesis of either kind. */
export const hypothesisKey = (hypothesis: TheoremHypothesis): string =>
  typeof hypothesis === 'string' ? hypothesis : hypothesis.id;
