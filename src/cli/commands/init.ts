import { existsSync } from 'node:fs';
import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { nearestWord } from '../../claims/text.js';
import { makeDirectory } from '../../report/write-reports.js';
import { examples } from '../options/options.js';
import { cannotWrite, requireWritable } from '../options/output-directory.js';
import { shellQuote, UsageError } from '../options/usage-error.js';

/** `signprox init <language>`: an adapter to fill in, and what guards it. */
export function declare(command: Command): void {
  command
    .argument('<language>', 'python, octave, javascript, cpp or r')
    .option('--out <directory>', 'where the files are written', '.')
    .option('--package <source>', 'the tarball, git URL or folder from which CI installs signprox (default: as here)')
    .addHelpText(
      'after',
      examples(
        ['signprox init python', 'signprox init cpp --out adapters --package ./signprox-0.1.0.tgz'],
        `Writes signprox_adapter.<py|m|mjs|cpp|R>, guard.sh, .github/workflows/signprox.yml
and for Python test_signprox.py, and never over a file that is there.`,
      ),
    )
    .action(async (language: string, options: { out: string; package?: string }) => {
      await init(language, options.out, options.package);
    });
}

/** The package as it is installed: four levels above the compiled file. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));

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
export async function init(word: string, directory: string, wanted?: string): Promise<void> {
  const language = word.toLowerCase();
  const files = filesOf.get(language);
  if (files === undefined) {
    const languages = [...filesOf.keys()];
    const near = nearestWord(language, languages);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new UsageError(`no adapter to fill in for "${word}"${hint}: choose one of ${languages.join(', ')}`);
  }
  const source = wanted === undefined ? await installedFrom(root, '.') : packageSource(wanted);
  await requireWritable(directory);
  await requireAbsent(directory, files);
  await copy(join(root, 'fixtures/skeletons', language), directory, files, source);
  const paths = files.map((file) => join(directory, file));
  process.stdout.write(`written: ${paths.join(', ')}
fill in: prox, value and gradient at the top of ${paths[0]}, where l1 is an example
${
  source === undefined
    ? `fill in: SIGNPROX in ${join(directory, '.github/workflows/signprox.yml')}, where CI installs signprox from, as --package does`
    : `CI installs signprox from ${source}${/^\.\//.test(source) ? ', which has to be in the repository' : ''}`
}
next: sh ${shellQuote(join(directory, 'guard.sh'))}
`);
}

/**
 * What npm is to install in CI, so that it cannot take it for a name: whoever has that name in a registry would run in that CI. A bare name
 * of a file or folder becomes a path; `owner/repository` is one of GitHub's to npm and looks like a folder, so it has to say which.
 */
function packageSource(text: string): string {
  const shown = /^[\w./:@#+-]+$/.test(text) ? text : JSON.stringify(text);
  if (/\p{Cc}/u.test(text)) throw new UsageError(`--package ${shown}: it has to be printable and on one line`);
  if (/^(?:git(?:\+\w+)?:|git@|ssh:|https?:|file:|github:|gitlab:|bitbucket:|\.{0,2}\/|~\/)/.test(text)) return text;
  if (text !== '' && (existsSync(text) || /^[^/:@]*\.(?:tgz|tar|tar\.gz)$/.test(text))) return `./${text}`;
  throw new UsageError(
    `--package ${shown}: npm may take that for a name in a registry, which anybody may have: give a tarball, git URL or folder`,
  );
}

/**
 * Where npm has installed a copy of this package from, where a machine of CI can have it too: an address, or a file below a directory. A
 * registry is none: what has the name there tomorrow need not be this.
 */
export async function installedFrom(packageRoot: string, directory: string): Promise<string | undefined> {
  const modules = dirname(resolve(packageRoot));
  if (basename(modules) !== 'node_modules') return undefined;
  const lock = await readFile(join(modules, '.package-lock.json'), 'utf8').catch(() => '{}');
  const resolved: unknown = JSON.parse(lock).packages?.['node_modules/signprox']?.resolved;
  if (typeof resolved !== 'string') return undefined;
  if (resolved.startsWith('file:')) {
    const path = relative(directory, resolve(dirname(modules), resolved.slice('file:'.length)));
    return path.startsWith('..') ? undefined : `./${path.replaceAll('\\', '/')}`;
  }
  // Not a registry's tarball, and not with a password in it, which is no text for a repository.
  return /^(?:git|https)/.test(resolved) && !/\/signprox\/-\/[^/]*$|:\/\/[^/@]*:[^/]*@/.test(resolved)
    ? resolved
    : undefined;
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
async function copy(from: string, to: string, files: readonly string[], source = ''): Promise<void> {
  const written: string[] = [];
  try {
    for (const file of files) {
      const target = join(to, file);
      const text = await readFile(join(from, file), 'utf8');
      await makeDirectory(dirname(target));
      // A string of JSON is one of YAML.
      const filled = text.replace('SIGNPROX: ""', () => `SIGNPROX: ${JSON.stringify(source)}`);
      await writeFile(target, filled, { flag: 'wx' });
      written.push(target);
    }
  } catch (error) {
    for (const file of written) await rm(file);
    throw cannotWrite(to, (error as Error).message);
  }
}
