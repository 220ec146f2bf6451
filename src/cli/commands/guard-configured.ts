import { join, relative, resolve } from 'node:path';
import { plural } from '../../claims/text.js';
import type { Fact } from '../../report/document.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { dominantExitCode, type ExitCode, exitCodes } from '../../report/record/outcome.js';
import type { RunRecord } from '../../report/record/run-record.js';
import { subjectsOf } from '../../report/record/subjects.js';
import { guardVerdict } from '../../report/view/verdicts.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { type Screen, screenText, signs, tableOptions, type Verdict } from '../../report/wording/screen.js';
import { writeComparison } from '../../report/write-reports.js';
import { asTyped } from '../options/as-typed.js';
import { cannotWrite } from '../options/output-directory.js';
import { UsageError } from '../options/usage-error.js';
import { type Configured, configured, type ReadConfiguration } from '../runs/configuration.js';
import { expectedError } from '../runs/expected-error.js';
import { type GuardOptions, isPythonObject, type Subprocess, targetOf } from '../runs/guard-target.js';
import type { Judging } from '../runs/run.js';

/** One implementation of a configuration, with the options that judge it. */
interface Listed {
  readonly name: string;
  readonly target: Subprocess;
  readonly options: GuardOptions;
}

/** Options about one implementation, which a configuration holds beside it. */
const ofOne = [
  'as',
  'arguments',
  'declare',
  'follows',
  'knownFailures',
  'writeKnownFailures',
  'resume',
  'theorem',
] as const;

/**
 * What a configuration lists, or the one of a name, with its options: what the command line gives comes before what the file says. Paths in
 * the file begin in its folder.
 *
 * @throws UsageError for options that are about one implementation where there are several
 */
export function listedIn(
  read: ReadConfiguration,
  name: string | undefined,
  options: GuardOptions,
  isGiven: (option: string) => boolean,
): readonly Listed[] {
  const { configuration, folder } = read;
  const all = configured(read, name);
  const single = [...ofOne, ...(options.format === 'tap' ? (['format'] as const) : [])].find(isGiven);
  if (all.length > 1 && single !== undefined) {
    const option = single.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const names = all.map(([key]) => key).join(', ');
    throw new UsageError(`--${option} is for one implementation, and ${read.path} has several: name one of ${names}`);
  }
  const here = (path: string): string => relative('', resolve(folder, path)) || '.';
  return all.map(([key, one]) => {
    const words = typeof one.judge === 'string' ? [fileIn(one.judge, here)] : one.judge;
    const own = optionsOf(one, configuration, isPythonObject(words[0]!), here);
    const chosen = Object.entries(own).filter(([option, value]) => value !== undefined && !isGiven(option));
    const merged: GuardOptions = { ...options, ...Object.fromEntries(chosen), out: join(options.out, key) };
    return { name: key, options: merged, target: targetOf(words, merged, typeof one.judge !== 'string') };
  });
}

/** The word with the path of its file as it is from here. */
const fileIn = (word: string, here: (path: string) => string): string =>
  word.replace(/^.*\.[cm]?[jt]s(?=$|:)/, (path) => here(path));

/** What the file says of one of them, as options. */
function optionsOf(
  { judge: _, python, timeout, knownFailures, baseline, follows, ...own }: Configured,
  { depth, seed, python: everywhere }: ReadConfiguration['configuration'],
  isOfPython: boolean,
  here: (path: string) => string,
): Readonly<Record<string, unknown>> {
  const { as, arguments: given, only, claims, ...others } = own;
  const declare = typeof follows === 'object' ? { ...others, follows } : others;
  return {
    ...{ depth, seed, as, arguments: given, only, claims },
    follows: typeof follows === 'string' ? follows : undefined,
    python: python ?? (isOfPython ? everywhere : undefined),
    timeout: timeout === undefined ? undefined : timeout * 1000,
    declare: Object.keys(declare).length === 0 ? undefined : declare,
    knownFailures: knownFailures && here(knownFailures),
    baseline: baseline && here(baseline),
  };
}

/** How one of them ended: with a record, or with what kept it from being judged. */
interface Ended extends Listed {
  readonly code: ExitCode;
  readonly verdict: Verdict;
  readonly record?: RunRecord;
}

/** Judges one implementation, as the command does where it is the only one. */
type JudgeOne = (target: Subprocess, options: GuardOptions, more?: Pick<Judging, 'quiet' | 'found'>) => Promise<number>;

/**
 * Judges all that is listed, one after the other, and makes one report of it. What cannot be judged is told, and does not keep the others from
 * being judged; Ctrl-C ends all. Returns the exit code.
 */
export async function judgeListed(listed: readonly Listed[], judgeOne: JudgeOne, out: string): Promise<number> {
  const [{ target, options, name }] = listed as readonly [Listed];
  if (listed.length === 1) return judgeOne(target, options);
  if (options.watch)
    throw new UsageError(`--watch judges one implementation: add its name, as in signprox guard ${name} --watch`);
  const isTable = options.format === 'table';
  const ended: Ended[] = [];
  for (const one of listed) {
    if (isTable)
      process.stdout.write(
        `${ended.length === 0 ? '' : '\n'}── ${one.name} ${'─'.repeat(Math.max(2, 60 - one.name.length))}\n\n`,
      );
    const next = await ending(one, judgeOne, !isTable);
    if (typeof next === 'number') return next;
    ended.push(next);
  }
  if (options.list) return dominantExitCode(ended.map(({ code }) => code));
  return tell(ended, out);
}

/** How the judgement of one of several ended; a number where Ctrl-C ended it. */
async function ending(one: Listed, judgeOne: JudgeOne, quiet: boolean): Promise<Ended | number> {
  const records: RunRecord[] = [];
  try {
    const code = await judgeOne(one.target, one.options, { quiet, found: (record) => records.push(record) });
    if (code > exitCodes.partMissing) return code;
    const [record] = records;
    const verdict = record && guardVerdict(record, subjectsOf(record));
    return {
      ...one,
      code: code as ExitCode,
      verdict: verdict ?? { mark: 'good', text: '' },
      ...(record && { record }),
    };
  } catch (error) {
    const expected = expectedError(error);
    if (expected === undefined) throw error;
    const text = asTyped(printableLine(expected.sentence));
    process.stderr.write(`signprox: ${one.name}: ${text}\n`);
    return { ...one, code: expected.code, verdict: { mark: 'bad', text } };
  }
}

/** Writes the page of all, and prints the end. */
async function tell(ended: readonly Ended[], out: string): Promise<number> {
  const [{ options }] = ended as readonly [Ended];
  const exitCode = dominantExitCode(ended.map(({ code }) => code));
  const records = ended.flatMap(({ record }) => record ?? []);
  const written =
    records.length < 2
      ? []
      : await writeComparison(records, out).catch((error: Error) => cannotWrite(out, error.message));
  const page = written instanceof Error ? undefined : written[0];
  const text =
    options.format === 'table'
      ? `\n${'═'.repeat(65)}\n\n${screenText(screenOf(ended, exitCode, page), tableOptions(process.stdout, process.env))}`
      : await formatted(ended, records, exitCode, page);
  process.stdout.write(text);
  if (written instanceof Error) throw written;
  return exitCode;
}

/** The verdict of all in words. */
function verdictOf(ended: readonly Ended[], exitCode: ExitCode): Verdict {
  const failed = ended.filter(({ code }) => code !== exitCodes.ok).length;
  if (exitCode === exitCodes.ok) {
    const mark = ended.every(({ verdict }) => verdict.mark === 'good') ? 'good' : 'warn';
    return { mark, text: `nothing wrong in ${plural(ended.length, 'implementation')}` };
  }
  return { mark: 'bad', text: `${failed} of ${plural(ended.length, 'implementation')} failed` };
}

function screenOf(ended: readonly Ended[], exitCode: ExitCode, page: string | undefined): Screen {
  const facts = ended.map(({ name, verdict: { mark, text } }): Fact => [name, `${signs[mark]} ${text}`]);
  return {
    verdict: verdictOf(ended, exitCode),
    blocks: [{ facts }],
    more: page === undefined ? [] : [`report ${page}`],
    exitCode,
  };
}

/** All in a format that programs read. */
async function formatted(
  ended: readonly Ended[],
  records: readonly RunRecord[],
  exitCode: ExitCode,
  page: string | undefined,
): Promise<string> {
  const [{ options }] = ended as readonly [Ended];
  const { formatReport, jsonOf, summaryOf } = await import('../../report/formats/formats.js');
  const { junitReport } = await import('../../report/formats/junit-report.js');
  switch (options.format) {
    case 'json':
    case 'summary': {
      const isSummary = options.format === 'summary';
      const objectOf = isSummary ? summaryOf : jsonOf;
      return stableJson({
        verdict: verdictOf(ended, exitCode).text,
        exitCode,
        implementations: ended.map(({ name, verdict, code, record }) =>
          record === undefined
            ? { name, verdict: verdict.text, exitCode: code }
            : { name, ...objectOf(record, 'subjects', []) },
        ),
        ...(isSummary && page !== undefined && { report: page }),
      });
    }
    case 'junit':
      return records.length === 0 ? '' : junitReport(records, 'subjects');
    default:
      return records.map((record) => formatReport(record, options.format, {}, 'subjects')).join('\n');
  }
}
