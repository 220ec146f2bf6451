import { theoremModule as suiteModule } from '../../theorems/theorem-module.js';
import { type Budget, type Depth, depths } from '../claims/claim.js';
import { isSeed, seedWords } from '../claims/seed.js';
import { requireOptions } from '../claims/text.js';
import { localExecutor } from '../executors/replicate-pool.js';

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
  /**
   * URL of the module that exports the theorem of an id; that of the suite's own if left out. Monte Carlo imports your own theorem
   * from there, so it must be another module than the one that awaits the check.
   */
  theoremModule?(this: void, id: string): string;
}

export const budgetOptions = {
  depth: true,
  seed: true,
  workers: true,
  signal: true,
  theoremModule: true,
} satisfies Record<keyof BudgetOptions, true>;

/**
 * A budget for `runClaims` and `Claim.check`. If it has workers, close its executor at the end.
 *
 * @throws RangeError for an invalid depth, seed or number of workers; TypeError for an unknown option
 * @example
 * const budget = createBudget({ depth: 'quick', seed: '7' });
 * const [{ evidence }] = await runClaims([theorems.find(({ id }) => id === 'theorem-1')], reference, budget);
 * assert.equal(evidence.verdict, 'holds');
 */
export function createBudget(options: BudgetOptions = {}): Budget {
  requireOptions('createBudget', options, budgetOptions);
  const { depth = 'quick', seed = '1', workers = 0, signal, theoremModule = suiteModule } = options;
  if (!depths.includes(depth)) throw new RangeError(`a depth is ${depths.join(', ')}, got ${JSON.stringify(depth)}`);
  if (!isSeed(seed)) throw new RangeError(`a seed is ${seedWords}, got ${JSON.stringify(seed)}`);
  return {
    ...{ depth, seed, theoremModule },
    executor: localExecutor({ workers, ...(signal && { signal }) }),
    ...(signal && { signal }),
    reproduce: (claim) => `claims '${claim}', depth '${depth}', seed '${seed}'`,
  };
}
