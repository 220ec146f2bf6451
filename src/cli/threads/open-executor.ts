import type { Executor } from '../../claims/claim.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { ExecutorError } from '../../executors/replicates.js';
import { asTyped } from '../options/as-typed.js';
import { type ExecutorOptions, redisOf } from '../options/executor-options.js';
import { UsageError } from '../options/usage-error.js';

/** An executor, and a signal that it will compute no more. */
export interface OpenExecutor extends Executor {
  /** Aborted with an `ExecutorError`, where that can happen. */
  readonly lost?: AbortSignal;
}

/**
 * Starts the executor that the options name.
 *
 * @param notice receives one line that says what keeps a run waiting
 * @throws UsageError when there is no such queue
 */
export async function openExecutor(
  options: ExecutorOptions,
  notice: (line: string) => void,
  signal?: AbortSignal,
): Promise<OpenExecutor> {
  const { executor, workers } = options;
  if (executor !== 'bullmq') return localExecutor({ workers, ...(signal && { signal }) });
  const { queueExecutor } = await import('../../executors/queue/queue-executor.js');
  const typed = (line: string): void => notice(asTyped(line));
  return asUsageError(() => queueExecutor({ ...redisOf(options), notice: typed, ...(signal && { signal }) }));
}

/**
 * Whether the executor that the options name can compute the replicates of a theorem.
 *
 * @throws UsageError when it cannot
 */
export async function requireComputable(
  { executor }: Pick<ExecutorOptions, 'executor'>,
  { module = '' }: { readonly module?: string },
): Promise<void> {
  if (executor !== 'bullmq') return;
  const { nameOfModule } = await import('../../executors/queue/messages.js');
  await asUsageError(async () => nameOfModule(module));
}

/** Turns an `ExecutorError` about the user's input into a `UsageError`. */
export async function asUsageError<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof ExecutorError ? new UsageError(error.message) : error;
  }
}
