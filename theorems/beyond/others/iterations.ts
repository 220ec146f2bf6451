import type { IterationsByDepth } from '../../../src/claims/bounds/bound-claim.js';
import type { BoundInstance } from '../../../src/claims/theorems/theorem.js';

/** Runs of which every sequence of draws can be followed. */
const short: IterationsByDepth = { quick: [1, 6], standard: [1, 4, 8], deep: [1, 2, 4, 8, 12] };
const long: IterationsByDepth = {
  quick: [1, 4, 256],
  standard: [1, 4, 64, 256, 1024],
  deep: [1, 4, 64, 256, 1024, 4096],
};

/** T by instance: long runs where an engine follows the law of the iterate and not its paths. */
export const shortOrLong =
  (followed: readonly BoundInstance[]) =>
  (instance: BoundInstance): IterationsByDepth =>
    followed.includes(instance) ? long : short;
