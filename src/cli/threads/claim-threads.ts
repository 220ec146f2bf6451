import { MessageChannel } from 'node:worker_threads';
import type { Budget, Claim } from '../../claims/claim.js';
import type { Finding } from '../../claims/evidence.js';
import { firstLine } from '../../executors/replicates.js';
import { startThreads } from '../../executors/threads.js';
import type { ClaimTask, FromClaim, ToClaim } from './claim-worker.js';

/** Worker threads on which claims are checked on the reference. */
export interface ClaimThreads {
  /** The claim that a module exports, checked on one of the threads: what it finds depends on nothing but the depth, the seed and the saved cases of its budget. */
  apart(claim: Claim, module: URL): Claim;
  close(): Promise<void>;
}

/**
 * Starts `workers` threads. Replicates that a claim asks for are computed on its own thread, or by the executor of its budget: where threads are
 * idle, or always where that is `elsewhere`.
 */
export async function claimThreads(workers: number, signal: AbortSignal, elsewhere = false): Promise<ClaimThreads> {
  const pool = await startThreads<ClaimTask, Finding>(new URL('./claim-worker.js', import.meta.url).href, workers);
  const idle = new Int32Array(new SharedArrayBuffer(4)).fill(workers);
  const stop = (): void => void pool.end();
  signal.addEventListener('abort', stop, { once: true });
  const check = async (id: string, module: string, budget: Budget): Promise<Finding> => {
    const { port1: ours, port2: port } = new MessageChannel();
    const answer = (message: ToClaim): void => ours.postMessage(message);
    const enough = new Set<number>();
    ours.on('message', (message: FromClaim) => {
      if ('progress' in message) {
        budget.progress?.(message.progress);
        return;
      }
      if ('enough' in message) {
        enough.add(message.enough);
        return;
      }
      const { request, job, from, to } = message;
      const take = (piece: Float64Array): boolean => {
        if (enough.has(request)) return false;
        // A copy: what a piece is a part of would go with it.
        answer({ request, piece: piece.slice() });
        return true;
      };
      budget.executor.run(job, from, to, take).then(
        () => answer({ request, end: true }),
        (error: unknown) => answer({ request, error: firstLine(error) }),
      );
    });
    const { depth, seed } = budget;
    const task = { module, depth, seed, reproduce: budget.reproduce(id), savedCases: budget.savedCases?.(id) ?? [] };
    try {
      Atomics.sub(idle, 0, 1);
      return await pool.run({ ...task, elsewhere, idle, port }, [port]);
    } finally {
      Atomics.add(idle, 0, 1);
      ours.close();
    }
  };
  return {
    apart: (claim, module) => ({ ...claim, check: (_, budget) => check(claim.id, module.href, budget) }),
    async close() {
      signal.removeEventListener('abort', stop);
      await pool.end();
    },
  };
}
