import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Budget, Claim } from '../../claims/claim.js';
import type { Finding } from '../../claims/evidence.js';
import { firstCopies, firstLine } from '../../executors/replicates.js';
import { startThreads } from '../../executors/threads.js';
import type { FromClaim, ReplicatesToClaim, ToClaim } from './claim-replicates.js';
import type { ClaimTask } from './claim-worker.js';
import { left, noneTaken } from './spread-pieces.js';

/** Worker threads on which claims are checked on the reference. */
export interface ClaimThreads {
  /** Checks the claim that a module exports on one of the threads. The result depends only on the budget's depth, seed and saved cases. */
  apart(claim: Claim, module: URL): Claim;
  close(): Promise<void>;
}

/** A claim that is being checked, and other threads that decide pieces of it. */
interface Checking {
  readonly task: Omit<ClaimTask, 'port'>;
  readonly budget: Budget;
  /** The number of its pieces; 0 until the claim reports it. */
  pieces: number;
  readonly helpers: Promise<ReadonlyMap<number, unknown>>[];
  helping: number;
}

/** Jobs whose parameters are kept for one thread: a claim decides one row after another. */
const keptJobs = 2;

/**
 * Starts `workers` threads. Once no claim waits for a thread, idle threads decide pieces of claims that other threads check. A claim's
 * replicates are computed on its own thread, or by the executor of its budget while threads are idle, or always if that is `elsewhere`.
 */
export async function claimThreads(workers: number, signal: AbortSignal, elsewhere = false): Promise<ClaimThreads> {
  const pool = await startThreads<ClaimTask, Finding | ReadonlyMap<number, unknown>>(
    new URL('./claim-worker.js', import.meta.url).href,
    workers,
  );
  const idle = new Int32Array(new SharedArrayBuffer(4)).fill(workers);
  const checked = new Set<Checking>();
  let begun = 0;
  let wanted = 0;
  let busy = 0;
  const stop = (): void => void pool.end();
  signal.addEventListener('abort', stop, { once: true });

  /** Keeps a thread busy. */
  const onThread = async <Result>(claim: Checking, answer: Serve, helps?: true): Promise<Result> => {
    const { port1: ours, port2: port } = new MessageChannel();
    serveReplicates(ours, claim.budget, answer);
    busy++;
    Atomics.sub(idle, 0, 1);
    try {
      return (await pool.run({ ...claim.task, ...(helps && { helps }), port }, [port])) as Result;
    } finally {
      busy--;
      Atomics.add(idle, 0, 1);
      ours.close();
    }
  };
  /** Gives idle threads to claims with pieces that nobody has taken, if no claim waits for a thread. */
  const lend = (): void => {
    if (begun < wanted) return;
    for (const claim of checked) {
      while (busy < workers && left(claim.task.taken, claim.pieces) > claim.helping) claim.helpers.push(help(claim));
    }
  };
  const help = async (claim: Checking): Promise<ReadonlyMap<number, unknown>> => {
    claim.helping++;
    try {
      return await onThread<ReadonlyMap<number, unknown>>(claim, () => undefined, true);
    } catch {
      // The thread that checks the claim decides the missing pieces, and meets the error itself.
      return new Map();
    } finally {
      claim.helping--;
      lend();
    }
  };
  const check = async (id: string, module: string, budget: Budget): Promise<Finding> => {
    const { depth, seed } = budget;
    const asked = { depth, seed, reproduce: budget.reproduce(id), savedCases: budget.savedCases?.(id) ?? [] };
    const task = { ...asked, id, module, elsewhere, idle, taken: noneTaken() };
    const claim: Checking = { task, budget, pieces: 0, helpers: [], helping: 0 };
    checked.add(claim);
    begun++;
    try {
      return await onThread<Finding>(claim, (message, answer) => {
        if ('pieces' in message) {
          claim.pieces = message.pieces;
          lend();
        } else {
          Promise.all(claim.helpers).then((found) => answer({ pieces: new Map(found.flatMap((each) => [...each])) }));
        }
      });
    } finally {
      checked.delete(claim);
      lend();
    }
  };
  return {
    apart(claim, module) {
      wanted++;
      return { ...claim, check: (_, budget) => check(claim.id, module.href, budget) };
    },
    async close() {
      signal.removeEventListener('abort', stop);
      await pool.end();
    },
  };
}

/** Handlers for a claim's messages about its pieces. */
type Serve = (
  message: Extract<FromClaim, { readonly pieces: number } | { readonly join: true }>,
  answer: (message: ToClaim) => void,
) => void;

/** Reports a thread's progress, and has its replicates computed. */
function serveReplicates(port: MessagePort, budget: Budget, serve: Serve): void {
  const answer = (message: ToClaim): void => port.postMessage(message);
  const enough = new Set<number>();
  const firstCopy = firstCopies(keptJobs);
  port.on('message', (message: FromClaim) => {
    if ('progress' in message) budget.progress?.(message.progress);
    else if ('enough' in message) enough.add(message.enough);
    else if (!('request' in message)) serve(message, answer);
    else {
      const { request, name, job, from, to } = message;
      const take = (piece: Float64Array): boolean => {
        if (enough.has(request)) return false;
        // A copy: otherwise the whole buffer of which the piece is a view would be sent.
        answer({ request, piece: piece.slice() } satisfies ReplicatesToClaim);
        return true;
      };
      budget.executor.run(firstCopy(name, job), from, to, take).then(
        () => answer({ request, end: true }),
        (error: unknown) => answer({ request, error: firstLine(error) }),
      );
    }
  });
}
