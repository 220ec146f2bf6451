/** A mini-batch: its components in order (0-based), or how often each of the K components is in it. */
export type MiniBatch = ArrayLike<number> | BatchCounts;

/** A mini-batch without order: how often each component is in it. */
export interface BatchCounts {
  /** (c_1 … c_K), Σ c_k = B. */
  readonly counts: ArrayLike<number>;
}
