import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../../claims/implementation/version.js';
import { nearestWord } from '../../claims/nearest.js';
import { makeDirectory } from '../../report/write-reports.js';
import { cannotWrite, requireWritable } from '../words/output-directory.js';
import { shellQuote } from '../words/shell-quote.js';
import { UsageError } from '../words/usage-error.js';

/** The skeletons as they are shipped: four levels above the compiled file. */
const skeletons = fileURLToPath(new URL('../../../../fixtures/skeletons', import.meta.url));

/** What guards every adapter. */
const guards = ['guard.sh', '.github/workflows/signprox.yml'];

/** The files of the skeleton in each language, the adapter first. */
const filesOf: ReadonlyMap<string, readonly [adapter: string, ...others: string[]]> = new Map([
  ['python', ['signprox_adapter.py', 'test_signprox.py', ...guards]],
  ['octave', ['signprox_adapter.m', ...guards]],
  ['javascript', ['signprox_adapter.mjs', ...guards]],
  ['cpp', ['signprox_adapter.cpp', ...guards]],
  ['r', ['signprox_adapter.R', ...guards]],
]);

/** `signprox init <language>`: writes the skeleton into a directory, all of its files or, where one is there already, none. */
export async function init(word: string, directory: string): Promise<void> {
  const language = word.toLowerCase();
  const files = filesOf.get(language);
  if (files === undefined) {
    const languages = [...filesOf.keys()];
    const near = nearestWord(language, languages);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new UsageError(`no adapter to fill in for "${word}"${hint}: choose one of ${languages.join(', ')}`);
  }
  await requireWritable(directory);
  await requireAbsent(directory, files);
  await copy(join(skeletons, language), directory, files);
  const paths = files.map((file) => join(directory, file));
  process.stdout.write(`written: ${paths.join(', ')}
fill in: prox, value and gradient at the top of ${paths[0]}, where l1 is an example
next: sh ${shellQuote(join(directory, 'guard.sh'))}
`);
}

/** Throws a UsageError where one of the files is there: it may hold somebody's work. */
async function requireAbsent(directory: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const path = join(directory, file);
    const there = await lstat(path).then(
      () => true,
      ({ code, message }: NodeJS.ErrnoException) => {
        if (code === 'ENOENT') return false;
        throw cannotWrite(directory, message);
      },
    );
    if (there) {
      throw new UsageError(`${path} is there already, and nothing was written: move it away or choose another --out`);
    }
  }
}

/** Copies the files. Where that fails, those that were written are taken back, so that it can be tried again. */
async function copy(from: string, to: string, files: readonly string[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const file of files) {
      const target = join(to, file);
      const text = await readFile(join(from, file), 'utf8');
      await makeDirectory(dirname(target));
      // What judges today judges tomorrow: a later version may ask more.
      await writeFile(target, text.replace('signprox@latest', `signprox@${version}`), { flag: 'wx' });
      written.push(target);
    }
  } catch (error) {
    for (const file of written) await rm(file);
    throw cannotWrite(to, (error as Error).message);
  }
}
