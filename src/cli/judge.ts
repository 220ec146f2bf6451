import type { Budget, Claim } from '../claims/claim.js';
import type { Implementation } from '../claims/implementation.js';
import { runClaims } from '../claims/run-claims.js';
import { version } from '../claims/version.js';
import { localEngine } from '../engine/local.js';
import { buildRunRecord } from '../report/build-run-record.js';
import { formatReport } from '../report/formats.js';
import { tableOptions } from '../report/ledger-table.js';
import { writeReports } from '../report/write-reports.js';
import { loadSavedCases, saveFailures, type Target } from './failures.js';
import { type CheckOptions, selectClaims } from './options.js';
import { cannotWrite, requireWritable } from './output-directory.js';
import { createProgress } from './progress.js';
import { shellQuote } from './shell-quote.js';

/** One run of claims on one implementation, from options to exit code. */
export interface Judging {
  readonly implementation: Implementation;
  readonly target: Target;
  readonly claims: readonly Claim[];
  readonly options: CheckOptions;
  /** The command without its options, e.g. `signprox guard --module ./mine.js`: what reproduces a row starts with it. */
  readonly command: string;
  readonly signal: AbortSignal;
}

/**
 * Checks the selected claims, prints the report on stdout, writes the reports and saved failures, and returns the exit code. Nothing
 * is written when the run is interrupted.
 */
export async function judge(judging: Judging): Promise<number> {
  const { implementation, options, command, signal } = judging;
  const claims = selectClaims(judging.claims, options.claims);
  await requireWritable(options.out);
  const shared = `--depth ${options.depth} --seed ${options.seed}`;
  const saved = await loadSavedCases(options.out, implementation.description.name);
  const engine = localEngine({ workers: options.workers, signal });
  const progress = createProgress(process.stderr, claims.length);
  const started = performance.now();
  const startedAt = new Date().toISOString();
  try {
    const budget: Budget = {
      depth: options.depth,
      seed: options.seed,
      engine,
      signal,
      progress: (message) => progress.detail(message),
      reproduce: (claim) => `${command} --claims ${claim} ${shared}`,
      savedCases: (claim) => saved.get(claim) ?? [],
    };
    const checked = await runClaims(claims, implementation, budget, progress);
    progress.stop();
    const record = buildRunRecord({
      suite: { name: 'signprox', version },
      environment: { node: process.version, platform: `${process.platform}-${process.arch}` },
      command: `${command}${options.claims === undefined ? '' : ` --claims ${shellQuote(options.claims)}`} ${shared}`,
      seed: options.seed,
      depth: options.depth,
      implementation: implementation.description,
      checked,
      seconds: (performance.now() - started) / 1000,
      startedAt,
    });
    await write(async () => {
      await writeReports(record, options.out);
      const failures = await saveFailures(options.out, checked, {
        implementation: implementation.description.name,
        target: judging.target,
        seed: options.seed,
        depth: options.depth,
      });
      for (const path of failures.values())
        process.stderr.write(`saved ${path}: signprox replay ${shellQuote(path)}\n`);
    }, options.out);
    process.stdout.write(formatReport(record, options.format, tableOptions(process.stdout, process.env)));
    return record.exitCode;
  } finally {
    progress.stop();
    await engine.close();
  }
}

async function write(action: () => Promise<void>, directory: string): Promise<void> {
  try {
    await action();
  } catch (error) {
    throw cannotWrite(directory, (error as Error).message);
  }
}

/** The claims as a list: id, where it stands in the paper, statement. */
export function listClaims(claims: readonly Claim[]): string {
  const width = Math.max(...claims.map(({ id }) => id.length));
  return `${claims
    .map(({ id, source, statement }) => `${id.padEnd(width)}  ${source.equation ?? source.section}: ${statement}`)
    .join('\n')}\n`;
}
