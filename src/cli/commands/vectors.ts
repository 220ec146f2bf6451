import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { plural } from '../../claims/text.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { rebuilt } from '../../guard/vectors/build-file.js';
import { answersIn, isAnswered, judgeAnswers, readVectorFiles } from '../../guard/vectors/check-answers.js';
import { headerOf } from '../../guard/vectors/header.js';
import { shippedVectors } from '../../guard/vectors/identify.js';
import { manifestText } from '../../guard/vectors/manifest.js';
import { type Format, formatNames } from '../../guard/vectors/optimiser-question.js';
import { memoryless, subjectOf, type VectorSubject } from '../../guard/vectors/subject.js';
import { type AnswerFormat, answerFormats, isOfFunction, vectorFileText } from '../../guard/vectors/vector-file.js';
import type { StatefulClaim } from '../../judging/parts/stateful-claim.js';
import { answersTable, answersVerdict } from '../../report/formats/answers-report.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { exitCodes } from '../../report/record/outcome.js';
import { tableOptions } from '../../report/wording/screen.js';
import { makeDirectory, writeWhole } from '../../report/write-reports.js';
import { loadEntry, readCatalogue } from '../catalogue.js';
import { examples } from '../options/options.js';
import { cannotWrite, requireWritable } from '../options/output-directory.js';
import { UsageError } from '../options/usage-error.js';

const dtypeOption = (names: readonly string[]): Option =>
  new Option(
    '--dtype <dtype>',
    'the format of the numbers; bf16-f32 has a memory in f32, and 1e-8 is the accuracy of a prox by iteration',
  )
    .choices(names)
    .default('f64');

/** `signprox vectors`: questions with an interval for every number of the answer, for tests in any language. */
export function declare(command: Command): void {
  command
    .command('write')
    .description('write the vectors as JSON files, with their answers computed again; the same bytes each time')
    .option('--out <directory>', 'where to', 'signprox-vectors')
    .addHelpText('after', examples(['signprox vectors write --out signprox-vectors']))
    .action(async ({ out }: { out: string }) => {
      await writeVectors(out);
    });
  command
    .command('check')
    .description('judge the answers of an implementation, and name the bug if it is a known one')
    .argument('<answers>', 'JSON object { id: [x¹, …, x^T] }, each a list of numbers; null where it is not implemented')
    .addOption(dtypeOption(answerFormats))
    .option('--follows <reference>', 'the paper or library whose conventions it must have, such as pytorch')
    .addOption(new Option('--format <format>', 'what to print on stdout').choices(['table', 'json']).default('table'))
    .addHelpText('after', examples(['signprox vectors check answers.json --dtype f32 --follows pytorch']))
    .action(async (answers: string, options: CheckOptions) => {
      process.exitCode = await checkAnswers(answers, options);
    });
  command
    .command('header')
    .description('print the vectors of an optimiser as arrays for C and C++')
    .argument('<optimiser>', 'such as adamw')
    .addOption(dtypeOption(formatNames))
    .addHelpText('after', examples(['signprox vectors header adamw --dtype f32 > adamw_vectors.h']))
    .action(async (subject: string, { dtype }: { dtype: Format }) => {
      // C has no arrays for functions: what takes proxes is read from its file.
      const files = [...(await readVectorFiles(shippedVectors)).values()].filter(
        ({ vectors }) => !vectors.some((vector) => isOfFunction(vector) || vector.functions !== undefined),
      );
      const file = files.find((each) => each.subject === subject);
      if (file === undefined) {
        const names = files.map((each) => each.subject).join(', ');
        throw new UsageError(`there are no arrays for ${subject}: choose one of ${names}`);
      }
      process.stdout.write(headerOf(file, dtype));
    });
}

/** Options of `signprox vectors check`. */
interface CheckOptions {
  readonly dtype: AnswerFormat;
  readonly follows?: string;
  readonly format: 'table' | 'json';
}

/** The algorithms of which there are vectors, with and without memory. */
async function vectorSubjects(): Promise<readonly VectorSubject[]> {
  const entries = readCatalogue().filter(({ module }) => module.startsWith('properties/algorithms/stateful/'));
  const claims = (await Promise.all(entries.map(loadEntry))) as unknown as readonly StatefulClaim[];
  return [...claims.map(subjectOf), ...memoryless];
}

/** Writes the shipped questions below a directory, with the answers that this version computes. */
async function writeVectors(directory: string): Promise<void> {
  await requireWritable(directory);
  const subjects = await vectorSubjects();
  const files = new Map<string, { text: string; vectors: number }>();
  for (const [name, file] of await readVectorFiles(shippedVectors)) {
    const built = rebuilt(file, subjects);
    files.set(name, { text: vectorFileText(built), vectors: built.vectors.length });
  }
  try {
    await makeDirectory(directory);
    for (const [name, { text }] of files) await writeWhole(join(directory, name), text);
    await writeWhole(join(directory, 'manifest.json'), manifestText(files));
  } catch (error) {
    throw cannotWrite(directory, (error as Error).message);
  }
  const count = [...files.values()].reduce((sum, { vectors }) => sum + vectors, 0);
  process.stdout.write(`${plural(count, 'vector')} in ${plural(files.size, 'file')} written to ${directory}\n`);
}

/** Judges the answers in a file. Returns the exit code. */
async function checkAnswers(path: string, { dtype, follows, format }: CheckOptions): Promise<number> {
  const files = [...(await readVectorFiles(shippedVectors)).values()];
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${path}: ${whyUnreadable(error)}; give a JSON file of answers`);
  });
  const answers = answersIn(text, path, files);
  const verdicts = files
    .filter(({ vectors }) => vectors.some(({ id }) => isAnswered(answers[id])))
    .map((file) => {
      if (follows !== undefined && file.references[follows] === undefined) {
        const names = Object.keys(file.references).join(', ');
        throw new UsageError(`--follows ${follows}: ${file.subject} has the references ${names || 'none'}`);
      }
      return judgeAnswers(file, dtype, answers, follows);
    });
  const exitCode = verdicts.some(({ verdict }) => verdict === 'fail')
    ? exitCodes.claimFailed
    : verdicts.some(({ verdict }) => verdict === 'pass')
      ? exitCodes.ok
      : exitCodes.nothingRan;
  process.stdout.write(
    format === 'json'
      ? stableJson({ verdict: answersVerdict(verdicts).text, subjects: verdicts })
      : answersTable(verdicts, dtype, exitCode, tableOptions(process.stdout, process.env)),
  );
  return exitCode;
}
