import type { Budget, Depth } from '../claims/claim.js';
import { requireOptions } from '../claims/text.js';
import { localExecutor } from '../executors/replicate-pool.js';
import { budgetWith } from './judging.js';

/** The resources of a check. */
export interface BudgetOptions {
  /** How much work each claim does; `quick` if left out. */
  readonly depth?: Depth;
  /** What all random numbers derive from, 1 to 100 letters, digits or `. : + - _`; `1` if left out. */
  readonly seed?: string;
  /** Worker threads of Monte Carlo, which change no result; 0, in this thread, if left out. */
  readonly workers?: number;
  /** Aborting it ends the checks with an error. */
  readonly signal?: AbortSignal;
}

export const budgetOptions = {
  depth: true,
  seed: true,
  workers: true,
  signal: true,
} satisfies Record<keyof BudgetOptions, true>;

/**
 * A budget for `runClaims` and `Claim.check`. If it has workers, close its executor at the end.
 *
 * @throws RangeError for an invalid depth, seed or number of workers; TypeError for an unknown option
 * @example
 * const budget = createBudget({ depth: 'quick', seed: '7' });
 * const [{ evidence }] = await runClaims([properties.find(({ id }) => id === 'eq9-proximal-average')], reference, budget);
 * assert.equal(evidence.verdict, 'holds');
 */
export function createBudget(options: BudgetOptions = {}): Budget {
  requireOptions('createBudget', options, budgetOptions);
  const { workers = 0, signal } = options;
  return budgetWith(options, localExecutor({ workers, ...(signal && { signal }) }));
}
