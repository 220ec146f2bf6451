import type { Budget } from '../../src/claims/claim.js';
import { eventLoopTurns } from '../../src/claims/claim-in-pieces.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { orderedWindow } from '../../src/claims/ordered-window.js';
import { deriveSeed } from '../../src/claims/seed.js';

/** Many calls of `sample` for one law. */
export interface Draws {
  readonly probabilities: readonly number[];
  readonly perCall: number;
  readonly calls: number;
  /** The claim that draws and its version, which the seeds depend on. */
  readonly claim: string;
  readonly version: number;
}

/** The counts of every call in order, each from a seed of its own, until `take` returns false. */
export async function drawCounts(
  implementation: Implementation,
  { probabilities, perCall, calls, claim, version }: Draws,
  budget: Budget,
  take: (counts: readonly number[]) => boolean,
): Promise<void> {
  let wanted = true;
  const turn = eventLoopTurns();
  const window = orderedWindow(implementation.concurrency ?? 1);
  try {
    for (let call = 0; call < calls && wanted; call++) {
      await turn();
      budget.signal?.throwIfAborted();
      const seed = deriveSeed(budget.seed, claim, version, `${probabilities.join()}/${call}`) >>> 0;
      await window.add(implementation.sample(probabilities, perCall, seed), (counts) => {
        wanted &&= take(counts);
      });
    }
    await window.drain();
  } finally {
    await window.abandon();
  }
}
