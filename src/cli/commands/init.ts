import { existsSync } from 'node:fs';
import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { nearestWord } from '../../claims/text.js';
import { initText } from '../../report/formats/init-text.js';
import { tableOptions } from '../../report/wording/screen.js';
import { makeDirectory } from '../../report/write-reports.js';
import { examples } from '../options/options.js';
import { cannotWrite, requireWritable } from '../options/output-directory.js';
import { shellQuote, UsageError } from '../options/usage-error.js';

/** `signprox init <language>`: writes an adapter to fill in, and the files that guard it. */
export function declare(command: Command): void {
  command
    .argument('<language>', 'python, octave, javascript, cpp or r')
    .option('--out <directory>', 'output directory', '.')
    .option(
      '--package <source>',
      'the tarball, git URL or folder from which CI installs signprox (default: where this copy came from)',
    )
    .addHelpText(
      'after',
      examples(
        ['signprox init python', 'signprox init cpp --out adapters --package ./signprox-0.1.0.tgz'],
        `Writes signprox_adapter.<py|m|mjs|cpp|R>, guard.sh, .github/workflows/signprox.yml
and, for Python, test_signprox.py. It never overwrites a file.`,
      ),
    )
    .action(async (language: string, options: { out: string; package?: string }) => {
      await init(language, options.out, options.package);
    });
}

/** The installed package, four levels above the compiled file. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Files that guard an adapter in any language. */
const guards = ['guard.sh', '.github/workflows/signprox.yml'];

/** The files of the skeleton in each language, the adapter first. */
const filesOf: ReadonlyMap<string, readonly [adapter: string, ...others: string[]]> = new Map([
  ['python', ['signprox_adapter.py', 'test_signprox.py', ...guards]],
  ['octave', ['signprox_adapter.m', ...guards]],
  ['javascript', ['signprox_adapter.mjs', ...guards]],
  ['cpp', ['signprox_adapter.cpp', ...guards]],
  ['r', ['signprox_adapter.R', ...guards]],
]);

/** Writes the skeleton into a directory: all of its files, or none if one of them exists. */
export async function init(word: string, directory: string, wanted?: string): Promise<void> {
  const language = word.toLowerCase();
  const files = filesOf.get(language);
  if (files === undefined) {
    const languages = [...filesOf.keys()];
    const near = nearestWord(language, languages);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new UsageError(`there is no adapter for "${word}"${hint}: choose one of ${languages.join(', ')}`);
  }
  const source = wanted === undefined ? await installedFrom(root, '.') : packageSource(wanted);
  await requireWritable(directory);
  await requireAbsent(directory, files);
  await copy(join(root, 'fixtures/skeletons', language), directory, files, source);
  const paths = files.map((file) => join(directory, file));
  const install =
    source === undefined
      ? 'fill in SIGNPROX, from which CI installs signprox (or use --package)'
      : `CI installs signprox from ${source}${/^\.\//.test(source) ? ', which must be in the repository' : ''}`;
  const adapter = 'fill in prox, value, gradient and step at its top; l1 and sgd are examples';
  const told = paths.map((path, k) => [path, k === 0 ? adapter : (says(path) ?? install)] as const);
  const next = `sh ${shellQuote(join(directory, 'guard.sh'))}`;
  process.stdout.write(initText(told, next, tableOptions(process.stdout, process.env)));
}

/** What a file that guards the adapter does; undefined for the workflow. */
function says(path: string): string | undefined {
  if (path.endsWith('guard.sh')) return 'judges it';
  return path.endsWith('.py') ? 'the same under pytest' : undefined;
}

/**
 * The source from which CI installs. npm must not take it for a name in a registry: the owner of that name could run code in the user's CI.
 * A bare name of a file or folder becomes a path. `owner/repository` is rejected: npm reads it as a GitHub repository, and it looks like a
 * folder.
 */
function packageSource(text: string): string {
  const shown = /^[\w./:@#+-]+$/.test(text) ? text : JSON.stringify(text);
  if (/\p{Cc}/u.test(text)) throw new UsageError(`--package ${shown} has control characters: give one printable line`);
  if (/^(?:git(?:\+\w+)?:|git@|ssh:|https?:|file:|github:|gitlab:|bitbucket:|\.{0,2}\/|~\/)/.test(text)) return text;
  if (text !== '' && (existsSync(text) || /^[^/:@]*\.(?:tgz|tar|tar\.gz)$/.test(text))) return `./${text}`;
  throw new UsageError(
    `--package ${shown}: npm could install whatever has that name in a registry: give a tarball, git URL or folder`,
  );
}

/**
 * The source from which npm installed this copy, if a CI machine can use it too: an address, or a file below `directory`. A registry does
 * not count: tomorrow the name there may belong to something else.
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
  // Not a registry's tarball, and nothing with a password, which must not be committed.
  return /^(?:git|https)/.test(resolved) && !/\/signprox\/-\/[^/]*$|:\/\/[^/@]*:[^/]*@/.test(resolved)
    ? resolved
    : undefined;
}

/** Throws a UsageError if one of the files exists: it may hold a user's work. */
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
      throw new UsageError(`${path} exists, so nothing was written: move it away or choose another --out`);
    }
  }
}

/** Copies the files. If that fails, removes those that were written, so that the user can try again. */
async function copy(from: string, to: string, files: readonly string[], source = ''): Promise<void> {
  const written: string[] = [];
  try {
    for (const file of files) {
      const target = join(to, file);
      const text = await readFile(join(from, file), 'utf8');
      await makeDirectory(dirname(target));
      // A JSON string is a YAML string.
      const filled = text.replace('SIGNPROX: ""', () => `SIGNPROX: ${JSON.stringify(source)}`);
      await writeFile(target, filled, { flag: 'wx' });
      written.push(target);
    }
  } catch (error) {
    for (const file of written) await rm(file);
    throw cannotWrite(to, (error as Error).message);
  }
}
