import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Depth, depths } from '../../claims/claim.js';
import { isSeed, seedWords } from '../../claims/seed.js';
import { selectNames } from '../../claims/text.js';
import { type FormatName, formatNames } from '../../report/formats/format-names.js';
import { UsageError } from './usage-error.js';

/** Options of every command that checks claims. */
export interface CheckOptions {
  readonly claims?: string;
  readonly depth: Depth;
  readonly seed: string;
  readonly format: FormatName;
  readonly out: string;
  readonly workers: number;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly resume?: string;
  /** Judge the failures that earlier runs saved first. */
  readonly replayFailures?: true;
  /** Count as failures: a verdict `not-refuted`, and a wrong answer of an implementation to extreme inputs only. */
  readonly strict?: true;
}

/** Formats that `signprox report` prints. Other commands only write `html`. */
export const reportFormats = [...formatNames, 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The default of `--out`. */
export const defaultOut = 'reports';

const formatOption = (): Option =>
  new Option('--format <format>', 'what to print on stdout').choices(formatNames).default('table');

export const depthOption = (what: string): Option =>
  new Option('--depth <depth>', what).choices(depths).default('standard');

export const seedOption = (what: string): Option => new Option('--seed <seed>', what).argParser(parseSeed).default('1');

export const workersOption = (): Option =>
  new Option('--workers <count>', 'worker threads; results do not depend on it')
    .argParser(parseWorkers)
    .default(availableParallelism());

export const scheduleOption = (): Option => new Option('--schedule <name>', scheduleWords);

/** The format of a command that prints a table or the same as JSON. */
export const tableOrJson = (): Option =>
  new Option('--format <format>', 'what to print').choices(['table', 'json']).default('table');

/** Adds the shared options to a command. */
export function withCheckOptions(command: Command): Command {
  return command
    .option(
      '--claims <glob>',
      'check only claims whose id matches, e.g. "eq*" or "theorem-1,eq6-prox", or a collection: suite, paper',
    )
    .addOption(depthOption('how many cases and replicates to run'))
    .addOption(seedOption('master seed: every random choice derives from it'))
    .addOption(formatOption())
    .option('--baseline <file>', 'compare with an earlier run, and fail if anything is worse or missing')
    .option('--update-baseline', 'write this run to the file of --baseline, and print what changed')
    .option('--out <directory>', 'directory for reports', defaultOut)
    .option('--replay-failures', 'first judge the failures that earlier runs saved in failures/ below the same --out')
    .addOption(
      new Option(
        '--resume <file>',
        'finish an interrupted run from the record that it left, e.g. reports/incomplete/run.json',
      ).conflicts(['claims', 'depth', 'seed']),
    )
    .addOption(workersOption());
}

/** A seed from the command line. */
export function parseSeed(value: string): string {
  if (!isSeed(value)) throw new InvalidArgumentError(`a seed is ${seedWords}`);
  return value;
}

/** A number of worker threads from the command line. */
export function parseWorkers(value: string): number {
  const count = /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  if (!(count <= 256)) {
    throw new InvalidArgumentError('the number of workers is an integer from 0 (in process) to 256');
  }
  return count;
}

/** A number of worker threads that is not zero. */
export function parseThreads(value: string): number {
  const count = parseWorkers(value);
  if (count === 0) throw new InvalidArgumentError('the number of workers is an integer from 1 to 256');
  return count;
}

/**
 * Claims whose id matches one of the comma-separated globs (`*` any text, `?` one character). The name of a collection stands for all of its
 * claims.
 *
 * @param kind what the claims are, if there are others too
 */
export function selectClaims<Named extends { readonly id: string; readonly collection?: string }>(
  claims: readonly Named[],
  globs: string | undefined,
  kind = 'claim',
): readonly Named[] {
  if (globs === undefined) return claims;
  const within = (name: string): string => {
    const own = claims.filter(({ collection }) => collection === name);
    return own.length > 0 ? own.map(({ id }) => id).join(',') : name;
  };
  const { selected, unmatched } = selectNames(
    claims.map(({ id }) => id),
    globs
      .split(',')
      .map((glob) => within(glob.trim()))
      .join(','),
    [...new Set(claims.flatMap(({ collection }) => collection ?? []))],
  );
  if (unmatched !== undefined) throw new UsageError(`no ${kind} matches ${unmatched}: see signprox verify --list`);
  return claims.filter(({ id }) => selected.includes(id));
}

/** A pattern of `--only` matches nothing. */
export class NothingMatches extends UsageError {}

/** Subjects that match one of the comma-separated globs. */
export function selectSubjects(subjects: readonly string[], globs: string): readonly string[] {
  const { selected, unmatched } = selectNames(subjects, globs);
  if (unmatched !== undefined) throw new NothingMatches(`nothing matches ${unmatched}: see signprox guard --list`);
  return selected;
}

/** Help of `--schedule`. */
const scheduleWords = "a schedule of γ and B that the theorem names, e.g. optimal; default: the theorem's own";

/** Help of `--theorem`. */
export const theoremWords = 'a theorem: 1 or 2 of the paper, the id of one in the suite, or a file that exports one';

/** The end of a command's help: an optional text, then examples. */
export function examples(lines: readonly string[], before = ''): string {
  const said = before === '' ? '' : `\n${before}\n`;
  return `${said}\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
