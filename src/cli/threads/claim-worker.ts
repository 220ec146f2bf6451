import type { MessagePort } from 'node:worker_threads';
import type { Budget, Depth, SavedCase } from '../../claims/claim.js';
import { inTurn } from '../../claims/claim-in-pieces.js';
import type { Finding } from '../../claims/evidence.js';
import { reference } from '../../claims/implementation/reference.js';
import { loadClaim } from '../../claims/load-claims.js';
import { findingOf } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { type FromClaim, type ToClaim, throughPort, untilIdle } from './claim-replicates.js';
import { decidePieces, joinPieces } from './spread-pieces.js';

/** A claim to check on the reference, as sent to a worker thread. */
export interface ClaimTask {
  readonly id: string;
  /** URL of the module of the claim. */
  readonly module: string;
  readonly depth: Depth;
  readonly seed: string;
  readonly reproduce: string;
  readonly savedCases: readonly SavedCase[];
  /** Carries the claim's messages and requests, and the answers. */
  readonly port: MessagePort;
  /** Whether other machines compute the claim's replicates. */
  readonly elsewhere: boolean;
  /** A shared counter of idle threads. */
  readonly idle: Int32Array;
  /** A shared counter of the claim's pieces that threads have taken. */
  readonly taken: Int32Array;
  /** Whether another thread checks the claim, and this one only decides some of its pieces. */
  readonly helps?: true;
}

const ownThread = localExecutor({ workers: 0 });

/** The task of a worker thread: returns the claim's result, or the results of the pieces that this thread decided. */
export default async function claimTask(task: ClaimTask): Promise<Finding | ReadonlyMap<number, unknown>> {
  try {
    return await (task.helps ? help(task) : check(task));
  } finally {
    task.port.close();
  }
}

async function check(task: ClaimTask): Promise<Finding> {
  const { id, module, port, idle, taken } = task;
  return findingOf(await loadClaim(new URL(module), id), reference, {
    ...budgetOf(task),
    async spread<Planned, Piece>(planned: readonly Planned[], decide: (planned: Planned) => Promise<Piece>) {
      if (planned.length > 1) post(port, { pieces: planned.length });
      const own = await decidePieces(taken, planned, decide);
      Atomics.add(idle, 0, 1);
      const others = planned.length > 1 ? await piecesOfOthers<Piece>(port) : new Map<number, Piece>();
      Atomics.sub(idle, 0, 1);
      return joinPieces(planned, own, others, decide);
    },
  });
}

async function help(task: ClaimTask): Promise<ReadonlyMap<number, unknown>> {
  const { pieces } = await loadClaim(new URL(task.module), task.id);
  const budget = budgetOf(task);
  const planned = await pieces!.plan(reference, budget);
  const decide = inTurn(budget, async (each: unknown) => pieces!.decide(each, reference, budget));
  // The thread that checks the claim decides a piece that failed here again.
  return (await decidePieces(task.taken, planned, decide)).found;
}

const post = (port: MessagePort, message: FromClaim): void => port.postMessage(message);

function budgetOf({ depth, seed, port, elsewhere, idle, reproduce, savedCases }: ClaimTask): Budget {
  const everyThread = throughPort(port);
  return {
    ...{ depth, seed },
    executor: { ...ownThread, run: elsewhere ? everyThread : untilIdle(ownThread.run, everyThread, idle) },
    progress: (message) => post(port, { progress: message }),
    reproduce: () => reproduce,
    savedCases: () => savedCases,
  };
}

/** Waits for the pieces that other threads are deciding, and returns all their results. */
function piecesOfOthers<Piece>(port: MessagePort): Promise<ReadonlyMap<number, Piece>> {
  return new Promise((resolve) => {
    port.on('message', (answer: ToClaim) => {
      if ('pieces' in answer) resolve(answer.pieces as ReadonlyMap<number, Piece>);
    });
    post(port, { join: true });
  });
}
