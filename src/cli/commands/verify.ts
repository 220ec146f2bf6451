import { join } from 'node:path';
import type { Command } from 'commander';
import { reference } from '../../claims/implementation/reference.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { proofLine, refutedByClaim } from '../../report/formats/proof-report.js';
import { theoremSummary } from '../../report/formats/theorem-summary.js';
import { exitCodes } from '../../report/record/outcome.js';
import type { RunRecord } from '../../report/record/run-record.js';
import { nothingSaid, refutingClaims } from '../../theory/bounds/own-theorem/theorem-claims.js';
import { ownSchedule } from '../../theory/theorem/named-schedules.js';
import { readCatalogue } from '../catalogue.js';
import { asTyped } from '../options/as-typed.js';
import { type ExecutorOptions, withExecutorOptions } from '../options/executor-options.js';
import {
  type CheckOptions,
  defaultOut,
  examples,
  scheduleOption,
  shardOption,
  theoremWords,
  withCheckOptions,
} from '../options/options.js';
import type { Shard } from '../options/shard.js';
import { UsageError } from '../options/usage-error.js';
import { loadTheorem, theoremWord } from '../problems/load-theorem.js';
import { judge } from '../runs/judge.js';
import { requireComputed, theoremEntries } from '../runs/theorem-entries.js';
import { runOnThread } from '../threads/command-thread.js';
import { interruptible } from '../threads/interruptible.js';
import { requireComputable } from '../threads/open-executor.js';
import { listClaims } from './list.js';
import type { ProveCommandOptions } from './prove-on-thread.js';

/** `signprox verify`: checks every claim on the reference implementation. */
export function declare(command: Command): void {
  withExecutorOptions(withCheckOptions(command))
    .option('--strict', 'fail too if a bound is neither refuted nor proved')
    .option('--theorem <theorem>', `check only ${theoremWords}`)
    .addOption(shardOption())
    .addOption(scheduleOption())
    .option('--list', 'list the claims and stop')
    .addHelpText(
      'after',
      examples([
        'signprox verify',
        "signprox verify --claims 'eq*,theorem-1' --depth quick",
        'signprox verify --depth deep --seed 7 --out /tmp/reports',
        'signprox verify --theorem my-bound.mjs --depth quick',
        'signprox verify --shard 2/4',
      ]),
    )
    .action(async (options: VerifyOptions & { list?: true }) => {
      if (options.list) {
        listClaims(readCatalogue(), options.claims);
        return;
      }
      process.exitCode = await verify(options);
    });
}

/** Options of `signprox verify`. */
interface VerifyOptions extends CheckOptions, ExecutorOptions {
  /** A theorem instead of the suite's claims. */
  readonly theorem?: string;
  /** One part of the run. */
  readonly shard?: Shard;
  /** One of the theorem's schedules. */
  readonly schedule?: string;
}

/** Checks every claim on the reference implementation, or those about one theorem. Returns the exit code. */
export async function verify(options: VerifyOptions): Promise<number> {
  let refuted = false;
  let searched = false;
  let fault: string | undefined;
  const note = (record: RunRecord, id: string): void => {
    const asked = record.claims.filter((claim) => refutingClaims(id).includes(claim.id));
    refuted = asked.some(({ evidence }) => evidence.verdict === 'violated');
    searched = asked.length === 2 && options.depth === 'quick' && options.seed === '1';
    fault = faultIn(record);
  };
  const judging = options.theorem === undefined ? ledger(options) : await ofTheorem(options, options.theorem, note);
  const code = await interruptible((signal) =>
    judge({
      open: async () => ({ implementation: reference, close: async () => undefined }),
      target: { kind: 'reference' },
      ...judging,
      signal,
    }),
  );
  const { theorem, schedule, format } = options;
  if (fault !== undefined && code <= 128) throw new UsageError(`${theorem}: ${fault.slice(nothingSaid.length)}`);
  // Above 128: a signal ended the run.
  if (theorem === undefined || code > 128) return code;
  // Where standard output is a document the line is a note beside it: the exit code must not depend on the format.
  const isTable = format === 'table';
  if (refuted) {
    const { width } = tableOptions(process.stdout, process.env);
    const line = proofLine(refutedByClaim, width);
    (isTable ? process.stdout : process.stderr).write(line);
    return code;
  }
  const asked: ProveCommandOptions = {
    ...{ theorem, budget: 600, format: isTable ? 'line' : 'note', searched },
    ...(schedule && { schedule }),
  };
  return Math.max(code, await runOnThread(new URL('./prove-on-thread.js', import.meta.url), asked));
}

/** The reason of a claim that an error in the theorem's file has ended. */
const faultIn = ({ claims }: RunRecord): string | undefined =>
  claims.map(({ evidence }) => evidence.reason).find((reason) => reason.startsWith(nothingSaid));

function ledger(options: VerifyOptions) {
  if (options.schedule !== undefined)
    throw new UsageError('--schedule names a schedule of a theorem: give --theorem too');
  return { claims: readCatalogue(), options, commandWith: (given: string) => `signprox verify ${given}` };
}

/** The claims about a theorem. After the report, a summary says how tight it is. */
async function ofTheorem(options: VerifyOptions, word: string, note: (record: RunRecord, id: string) => void) {
  const loaded = await loadTheorem(word, options.schedule);
  const { id } = loaded.theorem;
  await requireComputable(options, loaded.theorem);
  requireComputed(loaded, options);
  const folder = loaded.schedule === ownSchedule ? id : `${id}-${loaded.schedule}`;
  return {
    claims: theoremEntries(loaded),
    theorem: { word, ...(options.schedule !== undefined && { schedule: options.schedule }) },
    options: { ...options, out: options.out === defaultOut ? join(defaultOut, folder) : options.out },
    commandWith: (given: string) => `signprox verify --theorem ${theoremWord(loaded)} ${given}`,
    exitCodeOf: (record: RunRecord) => (faultIn(record) === undefined ? undefined : exitCodes.usage),
    found(record: RunRecord) {
      note(record, id);
      if (options.format !== 'table') return;
      const { width } = tableOptions(process.stdout, process.env);
      process.stdout.write(asTyped(`\n${theoremSummary(record, loaded.theorem, width)}`));
    },
  };
}
