import { basename } from 'node:path';
import type { BoundRow } from '../../claims/evidence.js';
import { hypothesisKey } from '../../claims/hypothesis.js';
import { plural } from '../../claims/text.js';
import { ExecutorError } from '../../executors/replicates.js';
import type { Problem } from '../../reference/problem/problem.js';
import { type BoundAtOwn, type BoundsRecord, boundsJson, boundsTable } from '../../report/formats/bounds-report.js';
import { exitCodes, strictly, strictText, userVerdicts } from '../../report/record/outcome.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { tableOptions } from '../../report/wording/screen.js';
import type { ReplicateSource } from '../../statistics/decision.js';
import { auditAssumptions } from '../../theory/theorem/audit/audit.js';
import { hypotheses } from '../../theory/theorem/audit/hypotheses.js';
import type { Theorem } from '../../theory/theorem/theorem.js';
import type { ExecutorOptions } from '../options/executor-options.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { isInline, isReplayable, problemTitle, readProblem, readStart } from '../problems/json-file.js';
import { givesCoordinates } from '../problems/load-theorem.js';
import {
  type AskedTheorem,
  type Conditions,
  decideQuestion,
  loadAsked,
  requireSigns,
  rowCommand,
  whyUndecided,
} from '../sweeps/question.js';
import type { CommandContext, CommandResult } from '../threads/command-thread.js';
import { openExecutor, requireComputable } from '../threads/open-executor.js';

/** Options of `signprox bounds` about one problem and one theorem. */
export interface BoundsOptions extends AskedTheorem, Conditions, ExecutorOptions {
  readonly problem: string;
  readonly iterations: readonly number[];
  readonly start: string;
  readonly format: 'table' | 'json';
  /** A row that is `not-refuted` is a failure. */
  readonly strict?: true;
}

/** `signprox bounds`: the left side of a theorem against its bound and the sharpened one, on a user's problem. */
export async function run(options: BoundsOptions, { say, stdout }: CommandContext): Promise<CommandResult> {
  const problem = await readProblem(options.problem);
  const start = await readStart(options.start, problem);
  const loaded = await loadAsked(options);
  requireSigns([loaded.theorem], options.signOfZero);
  await requireComputable(options, loaded.theorem);
  const executor = await openExecutor(options, say);
  const { signOfZero, engine, seed, depth } = options;
  const name = isInline(options.problem) || !isReplayable(options.problem) ? 'problem' : basename(options.problem);
  const again = {
    ...options,
    problem: isReplayable(options.problem) ? options.problem : JSON.stringify(problem.specification),
    start: isReplayable(options.start) ? options.start : JSON.stringify(Array.from(start)),
  };
  const instance = { name, problem: problem.specification, start: Array.from(start), signOfZero };
  const rows: BoundRow[] = [];
  const own: (BoundAtOwn | undefined)[] = [];
  try {
    for (const iterations of options.iterations) {
      say(`T = ${iterations}: constants and exact engines`);
      const found = await decideQuestion({
        ...{ loaded, instance, iterations, executor, engine, seed, depth },
        reproduce: rowCommand({ ...again, iterations }),
        watch: (source) => announced(source, iterations, say),
      });
      rows.push(found.row);
      if (loaded.own !== undefined) own.push(found.own);
    }
  } catch (error) {
    if (error instanceof ExecutorError) return { stdout: '', ...lostExecutor(error) };
    const why = whyUndecided(error, options.theorem, name);
    throw why === undefined ? error : new UsageError(why);
  } finally {
    await executor.close();
  }
  const { theorem, schedule } = loaded;
  const silent = rows.every(({ verdict }) => verdict === 'silent');
  const record = {
    theorem: theorem.id,
    schedule,
    coordinatewise: givesCoordinates(theorem),
    problem: problemTitle(options.problem),
    rows,
    own,
    loose: silent || options.format === 'json' ? [] : looseConstants(theorem, problem, start, seed),
  };
  const detail = `signprox audit --problem ${shellQuote(again.problem)} --theorem ${shellQuote(options.theorem)}`;
  const ended = conclusion(record, detail, options.strict);
  return {
    stdout:
      options.format === 'json'
        ? boundsJson(record)
        : boundsTable(record, tableOptions(stdout, process.env), ended.exitCode),
    ...ended,
  };
}

/** Of every Lipschitz constant of the bound that is much larger than what a short search meets, by how much. */
function looseConstants(theorem: Theorem, problem: Problem, start: Float64Array, seed: string): string[] {
  const only = theorem.hypotheses.filter((entry) => typeof entry === 'string' && hypotheses[entry].gives !== undefined);
  const { findings } = auditAssumptions(theorem, problem, start.length, {
    ...{ start, seed, points: 32 },
    only: only.map(hypothesisKey),
  });
  return findings.flatMap(({ name, loose, reason }) => (loose === undefined ? [] : [`${name}: ${reason}`]));
}

/** What a run is told that cannot go on. */
const lostExecutor = ({ message }: ExecutorError): Pick<CommandResult, 'exitCode' | 'stderr'> => ({
  stderr: `signprox: ${printableLine(message)}\n`,
  exitCode: exitCodes.partMissing,
});

/** The exit code of rows, and on stderr why it is none of success. */
export function conclusion(
  { theorem, rows }: Pick<BoundsRecord, 'theorem' | 'rows'>,
  detail: string,
  strict = false,
): Pick<CommandResult, 'exitCode' | 'stderr'> {
  const accepted = strict ? strictly(userVerdicts) : userVerdicts;
  const silent = rows.some(({ verdict }) => verdict === 'silent');
  const notProved = strict ? strictText([{ id: theorem, rows }]) : undefined;
  const remarks = [
    ...(silent ? [`${theorem} is silent on this problem, nothing was checked: see ${detail}`] : []),
    ...(notProved === undefined ? [] : [printableLine(notProved)]),
  ];
  return {
    ...(remarks.length > 0 && { stderr: remarks.map((line) => `signprox: ${line}\n`).join('') }),
    exitCode: rows.every(({ verdict }) => accepted.includes(verdict)) ? exitCodes.ok : exitCodes.claimFailed,
  };
}

/** A source of replicates that says how many of them there are when the next ones are asked for. */
function announced(source: ReplicateSource, iterations: number, say: CommandContext['say']): ReplicateSource {
  return (from, to) => {
    say(`T = ${iterations}: ${plural(from, 'replicate')}, the next ${to - from} are under way`);
    return source(from, to);
  };
}
