import type { BoundRow } from '../../claims/evidence.js';
import type { Executor } from '../../claims/replicate-job.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import type { PlannedIterations } from '../../report/formats/plan-table.js';
import { slotAlpha } from '../../statistics/budget.js';
import type { ReplicateSource } from '../../statistics/decision.js';
import { plannedReplicates } from '../../statistics/plan.js';
import type { Cell } from './cells.js';
import { decideQuestion, loadAsked, whyUndecided } from './question.js';

/** So many rows of each T are measured, evenly spread over the grid. */
const measuredPerIterations = 12;
/** Replicates that are timed for a row: the most, and the seconds after which fewer do. */
const pilot = { replicates: 512, chunk: 16, seconds: 0.5 };

/** What one row is going to cost. */
export interface RowCost {
  /** Whether an exact engine finds its left side. */
  readonly exact: boolean;
  /** Replicates until it is decided, where the others have the law of those that were timed. */
  readonly replicates: number;
  /** Replicates by which it is decided with the wanted probability, whatever their law; undefined without a cap, where there is no such plan. */
  readonly planned: number | undefined;
  /** Of the processor. */
  readonly seconds: number;
}

/**
 * Estimates what a grid is going to cost by some rows of every T: their replicates are timed for a moment and then repeated in place of new ones until
 * the row is decided.
 */
export async function planSweep(
  cells: readonly Cell[],
  power: number,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<readonly PlannedIterations[]> {
  const executor = localExecutor({ workers: 0, signal });
  const costs: PlannedIterations[] = [];
  for (const iterations of new Set(cells.map((cell) => cell.iterations))) {
    const own = cells.filter((cell) => cell.iterations === iterations);
    const measured: RowCost[] = [];
    for (const cell of evenly(own, measuredPerIterations)) {
      say(`measuring T = ${iterations}, row ${measured.length + 1}`);
      signal.throwIfAborted();
      measured.push(await costOf(cell, power, executor));
    }
    costs.push(sumOf(iterations, own.length, measured));
  }
  return costs;
}

const goldenRatio = (Math.sqrt(5) - 1) / 2;

/** At most `count` of them, spread evenly and in no rhythm: at equal distances all might have the same B, which comes again after so many rows. */
export function evenly<Of>(all: readonly Of[], count: number): readonly Of[] {
  if (all.length <= count) return all;
  const places = Array.from({ length: count }, (_, i) => Math.floor((((i + 0.5) * goldenRatio) % 1) * all.length));
  return [...new Set(places)].map((place) => all[place]!);
}

/** What the rows of one T are going to cost: the mean of those that were measured, times their number. */
export function sumOf(iterations: number, rows: number, measured: readonly RowCost[]): PlannedIterations {
  const total = (of: (cost: RowCost) => number): number =>
    (rows * measured.reduce((sum, cost) => sum + of(cost), 0)) / measured.length;
  return {
    ...{ iterations, rows, measured: measured.length },
    exact: measured.filter(({ exact }) => exact).length,
    replicates: Math.round(total(({ replicates }) => replicates)),
    planned: Math.round(total(({ planned, replicates }) => planned ?? replicates)),
    seconds: total(({ seconds }) => seconds),
  };
}

async function costOf(cell: Cell, power: number, executor: Executor): Promise<RowCost> {
  const { problem, asked, iterations, conditions } = cell;
  const { name, specification, start } = problem;
  const { signOfZero, engine, seed, depth } = conditions;
  const timed = { replicates: 0, seconds: 0 };
  const began = processorSeconds();
  const secondsSinceBeginning = (): number => processorSeconds() - began;
  try {
    const { row } = await decideQuestion({
      ...{ loaded: await loadAsked(asked), iterations, engine, seed, depth, executor },
      instance: { name, problem: specification, start, signOfZero },
      reproduce: cell.reproduce,
      watch: (source) => repeated(source, timed),
    });
    const each = timed.replicates === 0 ? 0 : timed.seconds / timed.replicates;
    const replicates = timed.replicates === 0 ? 0 : row.replicates;
    return {
      exact: timed.replicates === 0,
      replicates,
      planned: plannedFor(row, replicates, power),
      seconds: secondsSinceBeginning() - timed.seconds + each * replicates,
    };
  } catch (error) {
    if (whyUndecided(error, asked.theorem, name) === undefined) throw error;
    return { exact: false, replicates: 0, planned: 0, seconds: secondsSinceBeginning() };
  }
}

/** What the program has taken of the processor: on a busy machine the clock runs for others too. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The first replicates, timed, and these again and again in place of all others. */
function repeated(source: ReplicateSource, timed: { replicates: number; seconds: number }): ReplicateSource {
  const values: number[] = [];
  const measure = async (most: number): Promise<void> => {
    // The first ones are slow: what they run is compiled meanwhile.
    await source(0, Math.min(pilot.chunk, most));
    while (values.length < Math.min(pilot.replicates, most) && timed.seconds < pilot.seconds) {
      const from = values.length;
      const began = processorSeconds();
      values.push(...(await source(from, Math.min(from + pilot.chunk, most))));
      timed.seconds += processorSeconds() - began;
    }
    timed.replicates = values.length;
  };
  return async (from, to) => {
    // A single replicate is asked for where all are the same.
    if (values.length === 0) await measure(to === 1 ? 1 : pilot.replicates);
    return Float64Array.from({ length: to - from }, (_, i) => values[(from + i) % values.length]!);
  };
}

/** Replicates until the row is decided with a probability of at least `power`, by the plan of the e-process on the side on which its mean is. */
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
