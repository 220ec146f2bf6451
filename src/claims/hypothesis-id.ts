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
] as const;
/**
 * A hypothesis of the paper, as the auditor knows it.
 *
 * @useDeclaredType
 */
export type HypothesisId = (typeof hypothesisIds)[number];
