import { join } from 'node:path';
import type { Command } from 'commander';
import { reference } from '../../claims/implementation/reference.js';
import { proofLine, refutedByClaim } from '../../report/formats/proof-report.js';
import { type FoundProof, theoremScreen, theoremVerdict } from '../../report/formats/theorem-summary.js';
import { exitCodes } from '../../report/record/outcome.js';
import type { RunRecord } from '../../report/record/run-record.js';
import type { TableOptions } from '../../report/wording/screen.js';
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
  theoremWords,
  withCheckOptions,
} from '../options/options.js';
import { UsageError } from '../options/usage-error.js';
import { loadTheorem, theoremWord } from '../problems/load-theorem.js';
import { judge } from '../runs/judge.js';
import { requireComputed, theoremEntries } from '../runs/theorem-entries.js';
import { resultOnThread } from '../threads/command-thread.js';
import { interruptible } from '../threads/interruptible.js';
import { requireComputable } from '../threads/open-executor.js';
import { listClaims } from './list.js';
import type { ProveCommandOptions } from './prove-on-thread.js';

/** `signprox verify`: checks every claim on the reference implementation. */
export function declare(command: Command): void {
  withExecutorOptions(withCheckOptions(command))
    .option('--strict', 'fail too if a bound is neither refuted nor proved')
    .option('--theorem <theorem>', `check only ${theoremWords}`)
    .addOption(scheduleOption())
    .option('--ledger', 'also print the result of each claim')
    .option('--list', 'list the claims and stop')
    .addHelpText(
      'after',
      examples([
        'signprox verify',
        "signprox verify --claims 'eq*,theorem-1' --depth quick",
        'signprox verify --depth deep --seed 7 --out /tmp/reports',
        'signprox verify --theorem my-bound.mjs --depth quick',
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
  /** One of the theorem's schedules. */
  readonly schedule?: string;
  /** Also print what is as expected. */
  readonly ledger?: true;
}

/** Checks every claim on the reference implementation, or those about one theorem. Returns the exit code. */
export async function verify(options: VerifyOptions): Promise<number> {
  const { theorem } = options;
  const about = theorem === undefined ? undefined : await ofTheorem(options, theorem);
  const code = await interruptible((signal) =>
    judge({
      open: async () => ({ implementation: reference, close: async () => undefined }),
      target: { kind: 'reference' },
      ...(about?.judging ?? ledger(options)),
      signal,
    }),
  );
  return about?.end(code) ?? code;
}

/** The reason of a claim that an error in the theorem's file has ended. */
const faultIn = ({ claims }: RunRecord): string | undefined =>
  claims.map(({ evidence }) => evidence.reason).find((reason) => reason.startsWith(nothingSaid));

function ledger(options: VerifyOptions) {
  if (options.schedule !== undefined)
    throw new UsageError('--schedule names a schedule of a theorem: give --theorem too');
  return { claims: readCatalogue(), options, commandWith: (given: string) => `signprox verify ${given}` };
}

/** The claims about a theorem, the search for a proof that follows them, and the end that says both. */
async function ofTheorem(options: VerifyOptions, word: string) {
  const loaded = await loadTheorem(word, options.schedule);
  const { id } = loaded.theorem;
  await requireComputable(options, loaded.theorem);
  requireComputed(loaded, options);
  const folder = loaded.schedule === ownSchedule ? id : `${id}-${loaded.schedule}`;
  let fault: string | undefined;
  let found: Awaited<ReturnType<typeof proofOf>> = { proof: undefined, proofCode: exitCodes.ok };
  return {
    judging: {
      claims: theoremEntries(loaded),
      theorem: { word, ...(options.schedule !== undefined && { schedule: options.schedule }) },
      options: { ...options, out: options.out === defaultOut ? join(defaultOut, folder) : options.out },
      commandWith: (given: string) => `signprox verify --theorem ${theoremWord(loaded)} ${given}`,
      exitCodeOf: (record: RunRecord) => (faultIn(record) === undefined ? undefined : exitCodes.usage),
      async conclude(record: RunRecord): Promise<RunRecord> {
        fault = faultIn(record);
        if (fault !== undefined) return record;
        found = await proofOf(record, options, word, id);
        const { proof, proofCode } = found;
        const exitCode =
          proofCode === exitCodes.claimFailed && record.exitCode === exitCodes.ok ? proofCode : record.exitCode;
        return { ...record, exitCode, verdict: theoremVerdict(record, loaded.theorem, proof).text };
      },
      table: (record: RunRecord, layout: TableOptions) =>
        fault === undefined
          ? theoremScreen(record, loaded.theorem, found.proof, Math.max(record.exitCode, found.proofCode), layout)
          : '',
    },
    end(code: number): number {
      // Above 128: a signal ended the run, or the search.
      if (fault !== undefined && code <= 128) throw new UsageError(`${word}: ${fault.slice(nothingSaid.length)}`);
      return Math.max(code, found.proofCode);
    },
  };
}

/** What `prove` says of a theorem that no claim has refuted. Where standard output is a document, one line on standard error says it too. */
async function proofOf(
  { claims }: RunRecord,
  { depth, seed, schedule, format }: VerifyOptions,
  theorem: string,
  id: string,
): Promise<{ readonly proof: FoundProof; readonly proofCode: number }> {
  const isTable = format === 'table';
  const asked = claims.filter((claim) => refutingClaims(id).includes(claim.id));
  if (asked.some(({ evidence }) => evidence.verdict === 'violated')) {
    if (!isTable) process.stderr.write(proofLine(refutedByClaim));
    return { proof: undefined, proofCode: exitCodes.ok };
  }
  const searched = asked.length === 2 && depth === 'quick' && seed === '1';
  const options: ProveCommandOptions = {
    ...{ theorem, budget: 600, format: 'data', searched },
    ...(schedule && { schedule }),
  };
  const found = await resultOnThread(new URL('./prove-on-thread.js', import.meta.url), options);
  if (typeof found === 'number') return { proof: 'the search was interrupted', proofCode: found };
  if (!isTable) process.stderr.write(asTyped(found.stderr!));
  return { proof: JSON.parse(found.stdout) as FoundProof, proofCode: found.exitCode };
}
