import { type Command, Option } from 'commander';
import { type Audit, auditAssumptions } from '../../claims/theorems/audit/audit.js';
import { type DeclaredConstants, parseDeclared } from '../../claims/theorems/audit/declared-constants.js';
import type { Problem } from '../../reference/problem/problem.js';
import { auditJson, auditTable } from '../../report/formats/audit-report.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { exitCodes } from '../../report/record/outcome.js';
import { fromFile, problemTitle, readGiven, readProblem } from '../json-file.js';
import { positiveInteger, positiveNumber } from '../numbers.js';
import { parseSeed } from '../options.js';
import { type TheoremNumber, theoremModules, theoremNumbers } from '../theorem-modules.js';
import { UsageError } from '../usage-error.js';

interface AuditCommandOptions {
  readonly problem: string;
  readonly theorem?: TheoremNumber;
  readonly declared?: string;
  readonly dimension?: number;
  readonly iterations: number;
  readonly step?: number;
  readonly points?: number;
  readonly seed: string;
  readonly format: 'table' | 'json';
}

/** `signprox audit`: a user's problem against Assumptions 1 and 2. */
export function addAudit(program: Command): void {
  program
    .command('audit')
    .description("hold a problem against the theorems' hypotheses: declared, certified and searched constants")
    .requiredOption('--problem <file>', 'the problem as JSON: { "smooth", "functions", "probabilities" }')
    .addOption(
      new Option('--theorem <number>', 'the theorem whose hypotheses to audit; default: both').choices(theoremNumbers),
    )
    .option(
      '--declared <json>',
      'constants that you claim, as JSON or a file: lipschitz, coordinateLipschitz, sigma, coordinateSigma, infimum',
    )
    .option(
      '--dimension <n>',
      'length of x, where the problem leaves it open',
      positiveInteger('the dimension', 100_000),
    )
    .option('--iterations <T>', "T of the theorem's schedule, which defines γ", positiveInteger('T', 1e9), 1)
    .option('--step <γ>', "γ in place of the schedule's", positiveNumber('the step'))
    .option(
      '--points <count>',
      'base points of each search; default: 256',
      positiveInteger('the number of points', 1e6),
    )
    .option('--seed <seed>', 'seed of the searches', parseSeed, '1')
    .addOption(new Option('--format <format>', 'what is printed').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      `
Verdicts: certified (holds on all of Rⁿ), consistent (nothing certifies it, and
the search found nothing against it), violated (with the points), not
applicable (depends on γ, which is not defined). Exit code 1 when violated.
--format json is described by fixtures/schema/audit.json.

  signprox audit --problem p.json --declared '{"lipschitz": 2, "coordinateSigma": [1, 0.5]}'`,
    )
    .action(async (options: AuditCommandOptions) => {
      process.exitCode = await audit(options);
    });
}

async function audit(options: AuditCommandOptions): Promise<number> {
  const problem = await readProblem(options.problem);
  const dimension = dimensionOf(problem, options.dimension);
  const declared = await readDeclared(options.declared, dimension);
  const { iterations, step, points, seed } = options;
  const audits = (options.theorem === undefined ? theoremNumbers : [options.theorem]).map((number) =>
    auditAssumptions(theoremModules[number].theorem, problem, dimension, {
      ...{ iterations, declared, seed },
      ...(step !== undefined && { step }),
      ...(points !== undefined && { points }),
    }),
  );
  const record = { problem: problemTitle(options.problem), audits };
  process.stdout.write(
    options.format === 'json' ? auditJson(record) : auditTable(record, tableOptions(process.stdout, process.env)),
  );
  return exitCode(audits);
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

function exitCode(audits: readonly Audit[]): number {
  const undefinedStep = audits.find(({ scheduleError }) => scheduleError !== undefined);
  if (undefinedStep) throw new UsageError(`${undefinedStep.scheduleError}; declare larger constants, or give --step`);
  const violated = audits.some(({ findings }) => findings.some(({ verdict }) => verdict === 'violated'));
  return violated ? exitCodes.claimFailed : exitCodes.ok;
}
