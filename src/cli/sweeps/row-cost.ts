import type { Executor } from '../../claims/claim.js';
import type { BoundRow } from '../../claims/evidence.js';
import { slotAlpha } from '../../statistics/budget.js';
import type { ReplicateSource } from '../../statistics/decision.js';
import { plannedReplicates } from '../../statistics/plan.js';
import type { GridCell } from './cells.js';
import { decideQuestion, loadAsked, whyUndecided } from './question.js';

/** Limits on the replicates that are timed for a row: their number, and seconds. */
const pilot = { replicates: 512, seconds: 0.5 };

/** The estimated cost of one row. */
export interface RowCost {
  /** Whether an exact engine computes its left side. */
  readonly exact: boolean;
  /** Replicates until it is decided, if all are distributed like the timed ones. */
  readonly replicates: number;
  /** Replicates that decide it with the wanted probability for any distribution; undefined without a cap, which has no such plan. */
  readonly planned: number | undefined;
  /** Processor time. */
  readonly seconds: number;
}

/** Measures the cost of a row: a few replicates are computed and timed, and their values are reused until the row is decided. */
export async function costOf(cell: GridCell, power: number, executor: Executor): Promise<RowCost> {
  const { problem, asked, iterations, conditions } = cell;
  const { name, specification, start } = problem;
  const { signOfZero, engine, seed, depth } = conditions;
  const timed = { replicates: 0, seconds: 0, each: 0, taken: 0 };
  const began = processorSeconds();
  const secondsSinceBeginning = (): number => processorSeconds() - began;
  try {
    const { row } = await decideQuestion({
      ...{ loaded: await loadAsked(asked), iterations, engine, seed, depth, executor },
      instance: { name, problem: specification, start, signOfZero },
      reproduce: cell.reproduce,
      watch: (source) => repeated(source, timed),
    });
    const exact = timed.replicates === 0;
    const replicates = exact ? 0 : row.replicates;
    return {
      ...{ exact, replicates },
      planned: plannedFor(row, replicates, power),
      seconds: secondsSinceBeginning() - timed.seconds + timed.each * timed.taken,
    };
  } catch (error) {
    if (whyUndecided(error, asked.theorem, name) === undefined) throw error;
    return { exact: false, replicates: 0, planned: 0, seconds: secondsSinceBeginning() };
  }
}

/** Processor time of this process: on a busy machine the clock would count other processes too. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

interface Timed {
  /** How many were computed, and the seconds that they took. */
  replicates: number;
  seconds: number;
  /** Seconds for one, once its code is compiled. */
  each: number;
  /** How many the row uses; one that is compared with two bounds counts twice. */
  taken: number;
}

/** A source that computes and times the first replicates, and then repeats their values. */
function repeated(source: ReplicateSource, timed: Timed): ReplicateSource {
  const values: number[] = [];
  const measure = async (most: number): Promise<void> => {
    while (values.length < most && timed.seconds < pilot.seconds) {
      // As many as before, so that the last request shows the time of one.
      const [from, to] = [values.length, Math.min(most, Math.max(1, 2 * values.length))];
      const began = processorSeconds();
      values.push(...(await source(from, to)));
      const seconds = processorSeconds() - began;
      timed.seconds += seconds;
      timed.each = seconds / (to - from);
    }
    timed.replicates = values.length;
  };
  return async (from, to, take) => {
    // Only one replicate is requested if all are the same.
    if (values.length === 0) await measure(to === 1 ? 1 : pilot.replicates);
    const all = Float64Array.from({ length: to - from }, (_, i) => values[(from + i) % values.length]!);
    // One by one, as a row's thread delivers them.
    const last = all.findIndex((_, i) => take?.(all.subarray(i, i + 1)) === false);
    const taken = last < 0 ? all : all.subarray(0, last + 1);
    timed.taken += taken.length;
    return taken;
  };
}

/** Replicates until the row is decided with a probability of at least `power`, by the plan of the e-process on the mean's side of the bound. */
export function plannedFor(
  { cap, bound, left }: Pick<BoundRow, 'cap' | 'bound' | 'left'>,
  replicates: number,
  power: number,
): number | undefined {
  if (replicates <= 1) return replicates;
  if (cap === undefined) return undefined;
  if (cap <= bound) return replicates;
  const side = left <= bound ? 'holds' : 'violated';
  const planned = plannedReplicates({ side, bound, cap, mean: Math.min(left, cap), alpha: slotAlpha }, 1 - power);
  return planned === undefined ? undefined : Math.max(planned, replicates);
}
