import type { MessagePort } from 'node:worker_threads';
import { theoremModule } from '../../../theorems/theorem-module.js';
import type { Depth, SavedCase } from '../../claims/claim.js';
import type { Finding } from '../../claims/evidence.js';
import { reference } from '../../claims/implementation/reference.js';
import { loadClaim } from '../../claims/load-claims.js';
import type { Executor, ReplicateJob } from '../../claims/replicate-job.js';
import { findingOf } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';

/** A claim to be checked on the reference, as it is sent to a worker thread. */
export interface ClaimTask {
  /** URL of the module of the claim. */
  readonly module: string;
  readonly depth: Depth;
  readonly seed: string;
  readonly reproduce: string;
  readonly savedCases: readonly SavedCase[];
  /** Takes what the claim says and asks while it is checked, and brings the answers. */
  readonly port: MessagePort;
  /** Whether the replicates of the claim are none of this machine's work. */
  readonly elsewhere: boolean;
  /** One shared number: threads that no claim keeps busy. */
  readonly idle: Int32Array;
}

/** What a claim says of its progress, the replicates that it asks for, or that it wants no more of a request. */
export type FromClaim =
  | { readonly progress: string }
  | { readonly request: number; readonly job: ReplicateJob; readonly from: number; readonly to: number }
  | { readonly enough: number };

/** Replicates that were asked for, the next piece of them or their end, or why there are none. */
export type ToClaim =
  | { readonly request: number; readonly piece: Float64Array }
  | { readonly request: number; readonly end: true }
  | { readonly request: number; readonly error: string };

const ownThread = localExecutor({ workers: 0 });

/** The task of a worker thread: what the claim finds. */
export default async function checkClaim({ module, port, idle, elsewhere, ...task }: ClaimTask): Promise<Finding> {
  const { depth, seed, reproduce, savedCases } = task;
  const everyThread = throughPort(port);
  try {
    return await findingOf(await loadClaim(new URL(module)), reference, {
      ...{ depth, seed, theoremModule },
      executor: {
        ...ownThread,
        // Replicates are spread over all threads where some would otherwise have nothing to do.
        run: (...range) => (elsewhere || Atomics.load(idle, 0) > 0 ? everyThread : ownThread).run(...range),
      },
      progress: (message) => port.postMessage({ progress: message } satisfies FromClaim),
      reproduce: () => reproduce,
      savedCases: () => savedCases,
    });
  } finally {
    port.close();
  }
}

/** Computes replicates wherever the thread that sent the task has them computed. */
function throughPort(port: MessagePort): Pick<Executor, 'run'> {
  const waiting = new Map<number, (answer: ToClaim) => void>();
  port.on('message', (answer: ToClaim) => waiting.get(answer.request)?.(answer));
  let requests = 0;
  return {
    async run(job, from, to, take) {
      const request = requests++;
      const values = new Float64Array(to - from);
      let count = 0;
      try {
        await new Promise<void>((resolve, reject) => {
          waiting.set(request, (answer) => {
            if ('error' in answer) reject(new Error(answer.error));
            else if ('end' in answer) resolve();
            else {
              values.set(answer.piece, count);
              count += answer.piece.length;
              if (take?.(answer.piece) !== false) return;
              port.postMessage({ enough: request } satisfies FromClaim);
              resolve();
            }
          });
          port.postMessage({ request, job, from, to } satisfies FromClaim);
        });
      } finally {
        waiting.delete(request);
      }
      return values.subarray(0, count);
    },
  };
}
