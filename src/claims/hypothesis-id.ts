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
  'fixed-bounded-below',
  'fixed-smooth',
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
