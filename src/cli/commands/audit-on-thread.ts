import { ParameterError } from '../../reference/functions/definition/arguments.js';
import type { Problem } from '../../reference/problem/problem.js';
import { auditJson, auditTable } from '../../report/formats/audit-report.js';
import { exitCodes } from '../../report/record/outcome.js';
import { tableOptions } from '../../report/wording/screen.js';
import { type Audit, auditAssumptions } from '../../theory/theorem/audit/audit.js';
import { type DeclaredConstants, parseDeclared } from '../../theory/theorem/audit/declared-constants.js';
import { UsageError } from '../options/usage-error.js';
import { fromFile, problemTitle, readGiven, readProblem } from '../problems/json-file.js';
import { loadTheorem } from '../problems/load-theorem.js';
import type { CommandContext, CommandResult } from '../threads/command-thread.js';

/** Options of `signprox audit`. */
export interface AuditOptions {
  readonly problem: string;
  readonly theorem?: string;
  readonly declared?: string;
  readonly dimension?: number;
  readonly iterations: number;
  readonly step?: number;
  readonly points?: number;
  readonly seed: string;
  readonly format: 'table' | 'json';
}

/** `signprox audit`: a user's problem against Assumptions 1 and 2. */
export async function run(options: AuditOptions, { say, stdout }: CommandContext): Promise<CommandResult> {
  const problem = await readProblem(options.problem);
  const dimension = dimensionOf(problem, options.dimension);
  const declared = await readDeclared(options.declared, dimension);
  const { iterations, step, points, seed } = options;
  const words = options.theorem === undefined ? ['1', '2'] : [options.theorem];
  const theorems = (await Promise.all(words.map((word) => loadTheorem(word)))).map(({ theorem }) => theorem);
  const audits = withinDoubles(() =>
    theorems.map((theorem) =>
      auditAssumptions(theorem, problem, dimension, {
        ...{ iterations, declared, seed },
        judging: (name) => say(`${theorem.id}, hypothesis ${name}`),
        ...(step !== undefined && { step }),
        ...(points !== undefined && { points }),
      }),
    ),
  );
  const record = { problem: problemTitle(options.problem), audits };
  const ended = ending(audits);
  return {
    stdout:
      options.format === 'json'
        ? auditJson(record)
        : auditTable(record, tableOptions(stdout, process.env), ended.exitCode),
    ...ended,
  };
}

/** The problem's own dimension, or the one asked for; where neither is there, 1, or 2 for a problem that is not separable. */
function dimensionOf(problem: Problem, asked: number | undefined): number {
  if (problem.dimension === undefined) return asked ?? (problem.separable ? 1 : 2);
  if (asked === undefined || asked === problem.dimension) return problem.dimension;
  throw new UsageError(`--dimension is ${asked}, but the problem has ${problem.dimension}: leave it out`);
}

async function readDeclared(given: string | undefined, dimension: number): Promise<DeclaredConstants> {
  if (given === undefined) return {};
  const { json, origin } = await readGiven('--declared', given, 'a JSON file with constants');
  return fromFile(origin, () => parseDeclared(json, dimension));
}

/** A valid problem can still ask, on the way, for a function with a parameter or at a step that is no finite double. */
function withinDoubles<Result>(judge: () => Result): Result {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    throw new UsageError(`the numbers of the problem leave the range of doubles: rescale it (${error.message})`);
  }
}

/** How a command that has printed its audits ends. */
function ending(audits: readonly Audit[]): Pick<CommandResult, 'exitCode' | 'stderr'> {
  const undefinedStep = audits.find(({ scheduleError }) => scheduleError !== undefined);
  if (undefinedStep) {
    const stderr = `signprox: ${undefinedStep.scheduleError}; declare larger constants, or give --step\n`;
    return { exitCode: exitCodes.usage, stderr };
  }
  const violated = audits.some(({ findings }) => findings.some(({ verdict }) => verdict === 'violated'));
  return { exitCode: violated ? exitCodes.claimFailed : exitCodes.ok };
}
