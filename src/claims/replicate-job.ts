/**
 * Replicates of one check, as data: any process that can import `module` can compute any of them. The module exports
 * `replicate(parameters, index)`, whose value depends on nothing but its arguments; it may promise it, e.g. while it loads what it needs.
 */
export interface ReplicateJob {
  /** URL of an ES module with an export `replicate: (parameters: unknown, index: number) => number | Promise<number>`. */
  readonly module: string;
  /** Structured-cloneable; identical parameters give identical bytes. */
  readonly parameters: unknown;
}

/** Where replicates run. Results are in index order and do not depend on the executor or its number of workers. */
export interface Executor {
  /** What it is, for reports. */
  readonly name: string;
  /**
   * Left sides of replicates from ≤ i < to. `take` is given them in index order, every piece as soon as all before it are known, and says whether
   * more are wanted: where they are not, nothing further is begun, what is being computed is dropped, and those that were taken are all.
   */
  run(job: ReplicateJob, from: number, to: number, take?: (values: Float64Array) => boolean): Promise<Float64Array>;
  /** Ends what it started. Nothing runs after it. */
  close(): Promise<void>;
}
