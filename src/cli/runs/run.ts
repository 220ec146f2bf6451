import { join } from 'node:path';
import type { Claim } from '../../claims/claim.js';
import { version } from '../../claims/implementation/version.js';
import { buildRunRecord, type CheckedClaim as RecordedClaim } from '../../report/record/build-run-record.js';
import type { ExitCode } from '../../report/record/outcome.js';
import type { RunRecord } from '../../report/record/run-record.js';
import type { KnownEntry } from '../../report/record/settle-outcomes.js';
import type { TableOptions } from '../../report/wording/screen.js';
import type { CatalogueEntry } from '../catalogue.js';
import type { ExecutorOptions } from '../options/executor-options.js';
import { type CheckOptions, defaultOut } from '../options/options.js';
import { cannotWrite } from '../options/output-directory.js';
import { shellQuote } from '../options/usage-error.js';
import { blamedAmong, type Saved, type SavedFailure, type Target } from './failures.js';
import type { OpenTarget } from './open-target.js';

export type { RecordedClaim };

/** One run of claims on one implementation, from options to exit code. */
export interface Judging {
  /** Called once the options are known to be right: only then is the program under test started. */
  open(seed: string): Promise<OpenTarget>;
  readonly target: Target;
  /** The theorem that the claims are about, as the options name it. */
  readonly theorem?: NonNullable<SavedFailure['theorem']>;
  /** All claims that options may select; only the selected ones are loaded. */
  readonly claims: readonly CatalogueEntry[];
  readonly options: JudgeOptions;
  /** The command line with the given options added, e.g. `signprox guard --claims eq6-prox -- ./mine`: it reproduces a row. */
  commandWith(options: string): string;
  /** An interrupted run keeps nothing: the same is judged again. */
  readonly disposable?: true;
  /** The exit code of a complete run, if its record says that something is wrong with what was asked. */
  exitCodeOf?(record: RunRecord): ExitCode | undefined;
  /** Nothing is printed on stdout: the run is one of several, of which one report is made. */
  readonly quiet?: boolean | undefined;
  /** Names the bugs of what is wrong by then, by subject, while the implementation still answers. */
  nameBugs?(
    implementation: OpenTarget['implementation'],
    wrong: readonly string[],
  ): Promise<NonNullable<RunRecord['looksLike']>>;
  /** Finds out more when all claims are checked, and gives the record with what is known then. Reports are written after it. */
  conclude?(record: RunRecord): Promise<RunRecord>;
  /** Called with the record when the run is complete. */
  found?(record: RunRecord): void;
  /** The end for a terminal, in place of the table of the claims. */
  table?(record: RunRecord, layout: TableOptions): string;
  readonly signal: AbortSignal;
}

/** Options of a run on an implementation other than the reference. */
export interface JudgeOptions extends CheckOptions, ExecutorOptions {
  readonly knownFailures?: string;
  readonly writeKnownFailures?: string;
  /** Only what matches is judged, e.g. `prox of huber`. */
  readonly only?: string;
  /** Milliseconds after which no more cases of one part of a claim are asked. */
  readonly timePerPart?: number;
  /** Milliseconds for one subject in all claims. */
  readonly timePerSubject?: number;
  /** Also print the result of each claim. */
  readonly ledger?: true;
}

/** The state of one run: its options, its target and its results. */
export interface Run {
  readonly judging: Judging;
  readonly opened: OpenTarget;
  /** The selected claims, each with the module that exports it. */
  readonly selected: readonly { readonly claim: Claim; readonly module: URL }[];
  /** The known failures. */
  readonly known: readonly KnownEntry[];
  /** As a date, and by the monotonic clock. */
  readonly startedAt: { readonly date: Date; readonly at: number };
  /** What the run that is resumed asked. */
  readonly asked?: NonNullable<RunRecord['asked']>;
  /** Finished claims by id; those of the run that is resumed come first. */
  readonly done: Map<string, RecordedClaim>;
  /** Saved failures by path. */
  readonly failures: Map<string, Saved>;
}

export function recordOf(
  { judging, opened, asked, known, startedAt, failures }: Run,
  checked: readonly RecordedClaim[],
  { incomplete, looksLike }: Pick<RunRecord, 'incomplete' | 'looksLike'> = {},
): RunRecord {
  const { options, commandWith } = judging;
  const claims = options.claims === undefined ? '' : `--claims ${shellQuote(options.claims)} `;
  return buildRunRecord({
    suite: { name: 'signprox', version },
    environment: { node: process.version, platform: `${process.platform}-${process.arch}` },
    command: commandWith(`${claims}${depthAndSeed(options)}`),
    seed: options.seed,
    depth: options.depth,
    implementation: opened.implementation.description,
    ...(opened.declared && { declared: opened.declared }),
    // A theorem of the user is about no function that an implementation declares.
    ...(judging.target.kind !== 'reference' && judging.theorem === undefined && { asked: asked ? [asked] : [] }),
    ...(looksLike && { looksLike }),
    ...{ checked, known },
    replay: [...failures.values()]
      .filter(blamedAmong(checked, opened.implementation.description.dtype).isOwn)
      .map((saved) => ({ ...saved, command: replayCommand(saved.path) })),
    ...(incomplete && { incomplete }),
    strict: options.strict === true || judging.target.kind === 'reference',
    refuseNotRefuted: options.strict === true,
    seconds: (performance.now() - startedAt.at) / 1000,
    processorSeconds: processorSeconds(),
    startedAt: startedAt.date.toISOString(),
  });
}

/** The options that no record keeps, as text: the output directory, and what the run is compared with. */
export function otherOptions(options: JudgeOptions): string {
  const given = [
    ['--out', options.out === defaultOut ? undefined : options.out],
    ['--known-failures', options.knownFailures],
    ['--write-known-failures', options.writeKnownFailures],
    ['--baseline', options.baseline],
  ] as const;
  const words = given.map(([name, value]) => (value === undefined ? '' : ` ${name} ${shellQuote(value)}`));
  const flags = [
    options.updateBaseline && ' --update-baseline',
    options.strict && ' --strict',
    options.replayFailures && ' --replay-failures',
  ];
  return `${words.join('')}${flags.filter(Boolean).join('')}`;
}

/** The finished claims, in an order that does not depend on which one finished first. */
export function inLedgerOrder({ selected, done }: Run): RecordedClaim[] {
  return selected.flatMap(({ claim }) => done.get(claim.id) ?? []);
}

/** The directory of the reports: a run of some claims does not overwrite the report of all. */
export const directoryOf = ({ out }: JudgeOptions, whole: boolean): string => (whole ? out : join(out, 'selection'));

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export const depthAndSeed = ({ depth, seed, replayFailures }: JudgeOptions): string =>
  `--depth ${depth} --seed ${seed}${replayFailures ? ' --replay-failures' : ''}`;

export const replayCommand = (path: string): string => `signprox replay ${shellQuote(path)}`;

/** Runs an action that writes to the directory, and turns its error into a UsageError of one line. */
export async function write<T>(action: () => Promise<T>, directory: string): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw cannotWrite(directory, (error as Error).message);
  }
}
