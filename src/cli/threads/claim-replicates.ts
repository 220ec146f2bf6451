import type { MessagePort } from 'node:worker_threads';
import type { Executor, ReplicateJob } from '../../claims/claim.js';
import { jobNames } from '../../executors/replicates.js';

/** A message from a claim: progress, a request for replicates, the end of a request, the number of its pieces, or that none is left. */
export type FromClaim =
  | { readonly progress: string }
  | {
      readonly request: number;
      readonly job: ReplicateJob;
      /** The same for all requests of a job. */
      readonly name: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly enough: number }
  | { readonly pieces: number }
  | { readonly join: true };

/** The answer to a request for replicates: the next piece, the end, or an error. */
export type ReplicatesToClaim =
  | { readonly request: number; readonly piece: Float64Array }
  | { readonly request: number; readonly end: true }
  | { readonly request: number; readonly error: string };

/** A message to a claim: replicates, or the results of other threads by the number of the piece. */
export type ToClaim = ReplicatesToClaim | { readonly pieces: ReadonlyMap<number, unknown> };

/** Computes replicates on this thread, and on all threads as soon as some are idle. */
export function untilIdle(ownThread: Executor['run'], everyThread: Executor['run'], idle: Int32Array): Executor['run'] {
  return async (job, from, to, take) => {
    const isAlone = (): boolean => Atomics.load(idle, 0) === 0;
    if (!isAlone()) return everyThread(job, from, to, take);
    let isWanted = true;
    const own = await ownThread(job, from, to, (values) => {
      isWanted = take?.(values) !== false;
      return isWanted && isAlone();
    });
    if (!isWanted || own.length === to - from) return own;
    const rest = await everyThread(job, from + own.length, to, take);
    const values = new Float64Array(own.length + rest.length);
    values.set(own);
    values.set(rest, own.length);
    return values;
  };
}

/** Computes replicates by asking the thread that sent the task. */
export function throughPort(port: MessagePort): Executor['run'] {
  const waiting = new Map<number, (answer: ReplicatesToClaim) => void>();
  port.on('message', (answer: ToClaim) => 'request' in answer && waiting.get(answer.request)?.(answer));
  const post = (message: FromClaim): void => port.postMessage(message);
  const nameOf = jobNames();
  let requests = 0;
  return async (job, from, to, take) => {
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
            post({ enough: request });
            resolve();
          }
        });
        post({ request, job, name: nameOf(job), from, to });
      });
    } finally {
      waiting.delete(request);
    }
    return values.subarray(0, count);
  };
}
