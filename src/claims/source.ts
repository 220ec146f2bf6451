/** Where the statement stands in the paper. */
export interface Source {
  /** e.g. `2.1`, `5.2`, or `beyond the paper` for results derived for this suite. */
  readonly section: string;
  /** e.g. `(9)`, `Theorem 1`, `Assumption 2(b)`. */
  readonly equation?: string;
}

/** Names of the hypotheses the auditor knows. */
export type HypothesisId =
  | 'assumption-1a'
  | 'assumption-1b'
  | 'assumption-1c'
  | 'assumption-1d'
  | 'assumption-2a'
  | 'assumption-2b'
  | 'assumption-2c'
  | 'assumption-2d';
