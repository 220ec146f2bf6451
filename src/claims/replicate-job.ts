/**
 * Replicates of one check, as data: any process that can import `module` can compute any of them. The module exports
 * `replicate(parameters, index)`, whose value depends only on its arguments; it may be a promise, e.g. while it loads its data.
 */
export interface ReplicateJob {
  /** URL of an ES module with an export `replicate: (parameters: unknown, index: number) => number | Promise<number>`. */
  readonly module: string;
  /** Structured-cloneable; identical parameters give identical bytes. */
  readonly parameters: unknown;
}

/** Where replicates run. Results are in index order and do not depend on the executor or its number of workers. */
export interface Executor {
  /** Its name in reports. */
  readonly name: string;
  /**
   * Left sides of replicates from ≤ i < to. `take` is given them in index order, every piece as soon as all before it are known, and says whether
   * more are wanted: if not, nothing further is started, running computations are dropped, and only the replicates taken count.
   */
  run(job: ReplicateJob, from: number, to: number, take?: (values: Float64Array) => boolean): Promise<Float64Array>;
  /** Ends what it started. Nothing runs after it. */
  close(): Promise<void>;
}
