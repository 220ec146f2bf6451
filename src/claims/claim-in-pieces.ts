import type { Budget, Claim, Pieces } from './claim.js';
import type { Finding } from './evidence.js';
import type { Implementation } from './implementation/implementation.js';

/** A claim without its check. */
export type ClaimFacts = Omit<Claim, 'check' | 'pieces'>;

/** Pieces, and the findings when all are decided. */
export interface ConcludedPieces<Planned, Piece> extends Pieces<Planned, Piece> {
  /** Whether the pieces up to this one suffice for `conclude`, so that no later one need be decided; default: never. */
  isEnough?(piece: Piece, budget: Budget): boolean;
  /** The conclusion from the findings of the pieces, in the order of the plan. */
  conclude(
    pieces: readonly Piece[],
    budget: Budget,
    planned: readonly Planned[],
    implementation: Implementation,
  ): Finding | Promise<Finding>;
}

/** A claim whose pieces are decided by idle threads if the budget spreads them, else here, one after another. */
export function claimInPieces<Planned, Piece>(
  claim: ClaimFacts,
  { plan, decide, isEnough, conclude }: ConcludedPieces<Planned, Piece>,
): Claim {
  return {
    ...claim,
    pieces: { plan, decide } as Pieces,
    async check(implementation, budget) {
      const planned = await plan(implementation, budget);
      const decideHere = inTurn(budget, (each: Planned) => decide(each, implementation, budget));
      const found = await (budget.spread?.(planned, decideHere) ??
        oneByOne(planned, decideHere, (piece) => isEnough?.(piece, budget) ?? false));
      return conclude(found, budget, planned, implementation);
    },
  };
}

/** `decide`, after a turn of the event loop, which notices Ctrl-C, if the last turn was long ago. */
export function inTurn<Planned, Piece>(
  { signal }: Pick<Budget, 'signal'>,
  decide: (planned: Planned) => Piece | Promise<Piece>,
): (planned: Planned) => Promise<Piece> {
  const turn = eventLoopTurns();
  return async (planned) => {
    await turn();
    signal?.throwIfAborted();
    return decide(planned);
  };
}

async function oneByOne<Planned, Piece>(
  planned: readonly Planned[],
  decide: (planned: Planned) => Promise<Piece>,
  isEnough: (piece: Piece) => boolean,
): Promise<Piece[]> {
  const found: Piece[] = [];
  for (const each of planned) {
    found.push(await decide(each));
    if (isEnough(found.at(-1)!)) break;
  }
  return found;
}

/** A turn of the event loop: at once in Node, and after a browser's shortest timer. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => void (globalThis.setImmediate ?? setTimeout)(() => resolve()));

/** Milliseconds of computing after which signals, timers and progress get a turn. */
const period = 50;

/**
 * Gives the event loop a turn if the last one was long enough ago. Settled promises never let it run, so a loop over an implementation that
 * answers at once would not notice Ctrl-C before its end.
 */
export function eventLoopTurns(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < period) return;
    await nextTurn();
    last = performance.now();
  };
}
