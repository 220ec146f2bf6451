import type { Budget, Depth, Executor } from '../../claims/claim.js';
import type { BoundRow } from '../../claims/evidence.js';
import { stampedRow } from '../../claims/run-claims.js';
import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { BoundAtOwn } from '../../report/formats/bounds-report.js';
import type { ReplicateSource } from '../../statistics/decision.js';
import { CapExceeded } from '../../statistics/e-process.js';
import { decideRow } from '../../theory/bounds/bound-row.js';
import type { BoundJob } from '../../theory/left-side/bound-job.js';
import type { EngineChoice } from '../../theory/left-side/engine-names.js';
import { EngineError } from '../../theory/left-side/exact-engines.js';
import { executorReplicates } from '../../theory/left-side/replicate-sources.js';
import { ScheduleError } from '../../theory/theorem/audit/audit.js';
import { atGiven, givenSchedule, ownSchedule } from '../../theory/theorem/named-schedules.js';
import { prepareBound } from '../../theory/theorem/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theory/theorem/theorem.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { type LoadedTheorem, loadTheorem, theoremErrorText } from '../problems/load-theorem.js';

/** A theorem at one of its schedules, or at a given step or mini-batch or both. */
export interface AskedTheorem {
  readonly theorem: string;
  readonly schedule?: string;
  readonly step?: number;
  readonly miniBatch?: number;
}

/** Options that all rows of a run share. */
export interface Conditions {
  readonly engine: EngineChoice;
  readonly signOfZero: SignConvention;
  readonly seed: string;
  readonly depth: Depth;
}

/** A theorem, loaded for its rows. */
export interface Loaded extends Pick<LoadedTheorem, 'theorem' | 'schedule'> {
  /** The theorem at its own schedule, if it is at another one. */
  readonly own?: Theorem;
}

/**
 * Loads a theorem at the given schedule.
 * @throws UsageError of one line if there is none, or if it has no bound at the given step or mini-batch
 */
export async function loadAsked({ theorem: word, schedule, step, miniBatch }: AskedTheorem): Promise<Loaded> {
  const loaded = await loadTheorem(word, schedule);
  if (step === undefined && miniBatch === undefined) {
    return loaded.schedule === ownSchedule ? loaded : { ...loaded, own: (await loadTheorem(word)).theorem };
  }
  const given = { ...(step !== undefined && { step }), ...(miniBatch !== undefined && { miniBatch }) };
  try {
    return { ...loaded, theorem: atGiven(loaded.theorem, given), schedule: givenSchedule, own: loaded.theorem };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${error.message}: give one such as theorem-1-sharp or theorem-2-sharp`);
  }
}

/**
 * Rejects a value of sgn(0) that would have no effect: an algorithm that a theorem defines itself takes its own signs.
 * @throws UsageError if no theorem is about an algorithm of the suite
 */
export function requireSigns(theorems: readonly Theorem[], signOfZero: SignConvention): void {
  const own = theorems.flatMap(({ algorithm }) => (typeof algorithm === 'string' ? [] : [algorithm.name]));
  if (signOfZero === 'zero' || own.length < theorems.length) return;
  const names = [...new Set(own)].join(', ');
  throw new UsageError(
    `--sign-of-zero ${signOfZero} has no effect on an algorithm that a theorem defines itself (${names}): leave it out, and set sgn(0) in its iterate`,
  );
}

/** One row to decide. */
export interface RowQuestion extends Pick<Conditions, 'engine' | 'seed' | 'depth'> {
  readonly loaded: Loaded;
  readonly instance: BoundInstance;
  readonly iterations: number;
  readonly executor: Executor;
  readonly signal?: AbortSignal;
  /** The command that computes this row alone. */
  readonly reproduce: string;
  /** Wraps the source of replicates, to observe them. */
  readonly watch?: (source: ReplicateSource) => ReplicateSource;
}

/** Replicates for the estimate of a left side, if its verdict needs fewer: not as many if a replicate is slow. */
const replicatesFor = (iterations: number): number => Math.max(64, Math.min(1000, Math.floor(2 ** 24 / iterations)));

/** The check that a row belongs to: it keys the random streams. */
const checkOf = ({ id }: Theorem) => ({ claim: `bounds-${id}`, version: 1 });

/** Decides one row of `signprox bounds`, with the same result alone and in a sweep. */
export async function decideQuestion(
  question: RowQuestion,
): Promise<{ readonly row: BoundRow; readonly own: BoundAtOwn | undefined }> {
  const { loaded, instance, iterations, executor, signal, seed, depth, engine, reproduce, watch } = question;
  const { theorem, own } = loaded;
  const budget: Budget = {
    ...{ depth, seed, executor, reproduce: () => reproduce },
    ...(signal && { signal }),
  };
  const replicates = executorReplicates(budget, theorem);
  const found = await decideRow({
    ...checkOf(theorem),
    ...{ theorem, instance, iterations, budget, engine },
    replicates: (job: BoundJob) => (watch ?? ((source) => source))(replicates(job)),
    unchosen: { minimumReplicates: replicatesFor(iterations) },
  });
  return { row: stampedRow(found, seed, reproduce), own: own && atOwn(own, instance, iterations) };
}

function atOwn(theorem: Theorem, instance: BoundInstance, iterations: number): BoundAtOwn | undefined {
  const prepared = prepareBound(theorem, instance, iterations, { why: false });
  if ('silent' in prepared) return undefined;
  const { schedule, upperBound, threshold } = prepared;
  return { ...schedule, bound: threshold?.bound ?? upperBound };
}

/** Why a row cannot be decided, in one line that names the theorem or problem at fault; undefined for an error of the suite. */
export function whyUndecided(error: unknown, theorem: string, problem: string): string | undefined {
  if (error instanceof EngineError) return error.message;
  const ofTheorem = error instanceof CapExceeded ? error.message : theoremErrorText(error);
  if (ofTheorem !== undefined) return `${theorem}: ${ofTheorem}`;
  return error instanceof ScheduleError ? `${problem}: ${error.message}` : undefined;
}

/** A row as command-line options. */
export interface RowWords extends AskedTheorem, Conditions {
  readonly problem: string;
  readonly start: string;
  readonly iterations: number;
  readonly format: string;
}

/** The command that computes one row alone. */
export function rowCommand(words: RowWords): string {
  const { problem, theorem, schedule, iterations, step, miniBatch, start, engine, signOfZero, seed, format } = words;
  const named: Readonly<Record<string, string | number | undefined>> = {
    ...{ problem, theorem, schedule, iterations, step, 'mini-batch': miniBatch, start, engine },
    ...{ 'sign-of-zero': signOfZero, seed, depth: words.depth === 'standard' ? undefined : words.depth, format },
  };
  const flags = Object.entries(named).flatMap(([name, word]) =>
    word === undefined ? [] : [`--${name} ${shellQuote(String(word))}`],
  );
  return `signprox bounds ${flags.join(' ')}`;
}
