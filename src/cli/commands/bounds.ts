import { basename } from 'node:path';
import { decideRow } from '../../claims/bounds/bound-row.js';
import type { Budget } from '../../claims/claim.js';
import type { BoundRow } from '../../claims/evidence.js';
import type { BoundJob } from '../../claims/left-side/bound-job.js';
import type { EngineChoice } from '../../claims/left-side/engine-names.js';
import { EngineError } from '../../claims/left-side/exact-engines.js';
import { executorReplicates } from '../../claims/left-side/replicate-sources.js';
import { plural } from '../../claims/plural.js';
import { stampedRow } from '../../claims/run-claims.js';
import { ScheduleError } from '../../claims/theorems/audit/audit.js';
import type { BoundInstance } from '../../claims/theorems/bound-instance.js';
import { ownSchedule } from '../../claims/theorems/named-schedules.js';
import { prepareBound } from '../../claims/theorems/prepare-bound.js';
import type { Theorem } from '../../claims/theorems/theorem.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import { type BoundAtOwn, type BoundsRecord, boundsJson, boundsTable } from '../../report/formats/bounds-report.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { exitCodes, strictly, userVerdicts } from '../../report/record/outcome.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { strictText } from '../../report/wording/strict-text.js';
import { CapExceeded } from '../../statistics/bound-check.js';
import type { ReplicateSource } from '../../statistics/decision.js';
import { isInline, isReplayable, problemTitle, readProblem, readStart } from '../problems/json-file.js';
import { givesCoordinates, loadTheorem, theoremErrorText } from '../problems/load-theorem.js';
import type { CommandContext, CommandResult } from '../threads/command-result.js';
import { shellQuote } from '../words/shell-quote.js';
import { UsageError } from '../words/usage-error.js';

/** Options of `signprox bounds`. */
export interface BoundsOptions {
  readonly problem: string;
  readonly theorem: string;
  readonly schedule?: string;
  readonly iterations: readonly number[];
  readonly start: string;
  readonly engine: EngineChoice;
  readonly signOfZero: SignConvention;
  readonly seed: string;
  readonly workers: number;
  readonly format: 'table' | 'json';
  /** A row that is `not-refuted` is a failure. */
  readonly strict?: true;
}

/** Replicates behind an estimated left side, beyond what its verdict needs: fewer where a replicate takes long. */
const replicatesFor = (iterations: number): number => Math.max(64, Math.min(1000, Math.floor(2 ** 24 / iterations)));

/** `signprox bounds`: the left side of a theorem against its bound and the sharpened one, on a user's problem. */
export async function run(options: BoundsOptions, { say, stdout }: CommandContext): Promise<CommandResult> {
  const problem = await readProblem(options.problem);
  const start = await readStart(options.start, problem);
  const { theorem, theoremModule, schedule } = await loadTheorem(options.theorem, options.schedule);
  const executor = localExecutor({ workers: options.workers });
  const { signOfZero } = options;
  const name = isInline(options.problem) || !isReplayable(options.problem) ? 'problem' : basename(options.problem);
  const again = {
    ...options,
    problem: isReplayable(options.problem) ? options.problem : JSON.stringify(problem.specification),
    start: isReplayable(options.start) ? options.start : JSON.stringify(Array.from(start)),
  };
  const instance = { name, problem: problem.specification, start: Array.from(start), signOfZero };
  const rows: BoundRow[] = [];
  const ownTheorem = schedule === ownSchedule ? undefined : (await loadTheorem(options.theorem)).theorem;
  const own: (BoundAtOwn | undefined)[] = [];
  try {
    for (const iterations of options.iterations) {
      say(`T = ${iterations}: constants and exact engines`);
      const budget: Budget = {
        depth: 'standard',
        seed: options.seed,
        executor,
        theoremModule,
        reproduce: () => reproduce(again, iterations),
      };
      const replicates = executorReplicates(budget, theorem);
      const request = {
        ...{ claim: `bounds-${theorem.id}`, version: 1, theorem, instance, iterations, budget },
        replicates: (job: BoundJob) => announced(replicates(job), iterations, say),
        engine: options.engine,
        unchosen: { minimumReplicates: replicatesFor(iterations) },
      };
      rows.push(stampedRow(await decideRow(request), options.seed, budget.reproduce(theorem.id)));
      if (ownTheorem !== undefined) own.push(atOwn(ownTheorem, instance, iterations));
    }
  } catch (error) {
    if (error instanceof EngineError) throw new UsageError(error.message);
    const why = error instanceof CapExceeded ? error.message : theoremErrorText(error);
    if (why !== undefined) throw new UsageError(`${options.theorem}: ${why}`);
    if (error instanceof ScheduleError) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  } finally {
    await executor.close();
  }
  const record = {
    theorem: theorem.id,
    schedule,
    coordinatewise: givesCoordinates(theorem),
    problem: problemTitle(options.problem),
    rows,
    own,
  };
  const detail = `signprox audit --problem ${shellQuote(again.problem)} --theorem ${shellQuote(options.theorem)}`;
  return {
    stdout: options.format === 'json' ? boundsJson(record) : boundsTable(record, tableOptions(stdout, process.env)),
    ...conclusion(record, detail, options.strict),
  };
}

/** The exit code of rows, and on stderr why it is none of success. */
export function conclusion(
  { theorem, rows }: Pick<BoundsRecord, 'theorem' | 'rows'>,
  detail: string,
  strict = false,
): Pick<CommandResult, 'exitCode' | 'stderr'> {
  const accepted = strict ? strictly(userVerdicts) : userVerdicts;
  const silent = rows.some(({ verdict }) => verdict === 'silent');
  const notProved = strict ? strictText([{ id: theorem, rows }]) : undefined;
  const told = [
    ...(silent ? [`${theorem} is silent on this problem, nothing was checked: see ${detail}`] : []),
    ...(notProved === undefined ? [] : [printableLine(notProved)]),
  ];
  return {
    ...(told.length > 0 && { stderr: told.map((line) => `signprox: ${line}\n`).join('') }),
    exitCode: rows.every(({ verdict }) => accepted.includes(verdict)) ? exitCodes.ok : exitCodes.claimFailed,
  };
}

function atOwn(theorem: Theorem, instance: BoundInstance, iterations: number): BoundAtOwn | undefined {
  const prepared = prepareBound(theorem, instance, iterations, { why: false });
  return 'silent' in prepared ? undefined : { ...prepared.schedule, bound: prepared.upperBound };
}

/** A source of replicates that says how many of them there are when the next ones are asked for. */
function announced(source: ReplicateSource, iterations: number, say: CommandContext['say']): ReplicateSource {
  return (from, to) => {
    say(`T = ${iterations}: ${plural(from, 'replicate')}, the next ${to - from} are under way`);
    return source(from, to);
  };
}

function reproduce(options: BoundsOptions, iterations: number): string {
  const { problem, theorem, schedule, start, engine, signOfZero, seed, format } = options;
  const asked = { theorem, ...(schedule !== undefined && { schedule }), iterations: String(iterations) };
  const words = { problem, ...asked, start, engine, 'sign-of-zero': signOfZero, seed, format };
  const flags = Object.entries(words).map(([name, word]) => `--${name} ${shellQuote(word)}`);
  return `signprox bounds ${flags.join(' ')}`;
}
