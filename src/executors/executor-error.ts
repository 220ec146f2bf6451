/** Replicates cannot be computed where the run was told to have them computed: one line that says why and what to do. */
export class ExecutorError extends Error {
  override readonly name = 'ExecutorError';
}
