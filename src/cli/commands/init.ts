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
    .option('--standalone', 'for python: the whole protocol in the adapter, which then imports nothing of signprox')
    .option(
      '--package <source>',
      'the tarball, git URL or folder from which CI installs signprox (default: where this copy came from)',
    )
    .addHelpText(
      'after',
      examples(
        ['signprox init python', 'signprox init cpp --out adapters --package ./signprox-0.1.0.tgz'],
        `Writes signprox_adapter.<py|m|mjs|cpp|R>, signprox.json, guard.sh,
.github/workflows/signprox.yml and, for Python, test_signprox.py. It never overwrites a file.`,
      ),
    )
    .action(async (language: string, options: { out: string; package?: string; standalone?: boolean }) => {
      await init(language, options.out, options);
    });
}

/** The installed package, four levels above the compiled file. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** What differs from language to language in the files that guard an adapter. */
interface Skeleton {
  readonly adapter: string;
  /** The words that start it, from its folder. */
  readonly start: readonly string[];
  /** What the workflow installs first. */
  readonly setup: string;
  /** Lines of the shell that build it. */
  readonly build?: string;
}

const skeletons: ReadonlyMap<string, Skeleton> = new Map<string, Skeleton>([
  [
    'python',
    {
      adapter: 'signprox_adapter.py',
      start: ['python3', 'signprox_adapter.py'],
      setup: `- uses: actions/setup-python@v7
  with:
    python-version: "3.12"
# Install what your own functions need here, e.g. run: pip install numpy`,
    },
  ],
  [
    'octave',
    {
      adapter: 'signprox_adapter.m',
      start: ['octave-cli', '-qf', 'signprox_adapter.m'],
      setup: `# Add the packages that your own functions need, e.g. octave-statistics.
- run: sudo apt-get update && sudo apt-get install -y --no-install-recommends octave`,
    },
  ],
  [
    'javascript',
    {
      adapter: 'signprox_adapter.mjs',
      start: ['node', 'signprox_adapter.mjs'],
      setup: '# Install what your own functions need here, e.g. run: npm ci',
    },
  ],
  [
    'cpp',
    {
      adapter: 'signprox_adapter.cpp',
      start: ['./signprox_adapter'],
      setup: '# Install what your own functions need here, e.g. run: sudo apt-get install -y libeigen3-dev',
      build: `if ! command -v "\${CXX:-c++}" >/dev/null; then
  echo "\${CXX:-c++} is missing: install a C++ compiler, or name yours in CXX" >&2
  exit 2
fi
# Add the include folders and the names of your own libraries here.
"\${CXX:-c++}" -std=c++17 -O2 -o signprox_adapter signprox_adapter.cpp`,
    },
  ],
  [
    'r',
    {
      adapter: 'signprox_adapter.R',
      start: ['Rscript', '--vanilla', 'signprox_adapter.R'],
      setup: `# Add the packages that your own functions need, e.g. r-cran-matrix.
- run: sudo apt-get update && sudo apt-get install -y --no-install-recommends r-base-core r-cran-jsonlite`,
    },
  ],
]);

/** The files of a skeleton, the adapter first, each with the file that it is made of. */
function filesOf({ adapter }: Skeleton, standalone: boolean): ReadonlyMap<string, string> {
  return new Map([
    [adapter, standalone ? `standalone/${adapter}` : adapter],
    ['signprox.json', 'signprox.json'],
    ...(adapter.endsWith('.py') ? [['test_signprox.py', 'test_signprox.py'] as const] : []),
    ['guard.sh', 'guard.sh'],
    ['.github/workflows/signprox.yml', 'workflow.yml'],
  ]);
}

/** The text of a file with what is said of the language, and the source from which CI installs. */
function filled(text: string, { start, setup, build = '' }: Skeleton, source: string): string {
  return (
    text
      .replace('"PROGRAM"', () => start.map((word) => JSON.stringify(word)).join(', '))
      .replace('# SETUP', () => setup.replaceAll('\n', '\n      '))
      .replace('# BUILD\n', () => build && `${build}\n`)
      // A JSON string is a YAML string.
      .replace('SIGNPROX: ""', () => `SIGNPROX: ${JSON.stringify(source)}`)
  );
}

/** Writes the skeleton into a directory: all of its files, or none if one of them exists. */
export async function init(
  word: string,
  directory: string,
  { standalone = false, package: wanted }: { readonly standalone?: boolean; readonly package?: string } = {},
): Promise<void> {
  const language = word.toLowerCase();
  const skeleton = skeletons.get(language);
  if (skeleton === undefined) {
    const languages = [...skeletons.keys()];
    const near = nearestWord(language, languages);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new UsageError(`there is no adapter for "${word}"${hint}: choose one of ${languages.join(', ')}`);
  }
  if (standalone && language !== 'python') {
    throw new UsageError(`--standalone is for python: an adapter in ${language} always stands alone; leave it out`);
  }
  const files = filesOf(skeleton, standalone);
  const source = wanted === undefined ? await installedFrom(root, '.') : packageSource(wanted);
  await requireWritable(directory);
  await requireAbsent(directory, [...files.keys()]);
  await copy(directory, files, (text) => filled(text, skeleton, source ?? ''));
  const paths = [...files.keys()].map((file) => join(directory, file));
  const install =
    source === undefined
      ? 'fill in SIGNPROX, from which CI installs signprox (or use --package)'
      : `CI installs signprox from ${source}${/^\.\//.test(source) ? ', which must be in the repository' : ''}`;
  const examples =
    language === 'python' && !standalone
      ? 'prox and value; l1 is an example'
      : 'prox, value, gradient and step at its top; l1 and sgd are examples';
  const adapter = `fill in ${examples}`;
  const told = paths.map((path, k) => [path, k === 0 ? adapter : (says(path) ?? install)] as const);
  const next = `sh ${shellQuote(join(directory, 'guard.sh'))}`;
  process.stdout.write(initText(told, next, tableOptions(process.stdout, process.env)));
}

/** What a file that guards the adapter does; undefined for the workflow. */
function says(path: string): string | undefined {
  if (path.endsWith('guard.sh')) return 'judges it';
  if (path.endsWith('signprox.json')) return 'says what is judged: add what else you have';
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

/** Writes the files, each made of a file of the package. If that fails, removes those that were written, so that the user can try again. */
async function copy(to: string, files: ReadonlyMap<string, string>, fill: (text: string) => string): Promise<void> {
  const written: string[] = [];
  try {
    for (const [file, from] of files) {
      const target = join(to, file);
      const text = await readFile(join(root, 'fixtures/skeletons', from), 'utf8');
      await makeDirectory(dirname(target));
      await writeFile(target, fill(text), { flag: 'wx' });
      written.push(target);
    }
  } catch (error) {
    for (const file of written) await rm(file);
    throw cannotWrite(to, (error as Error).message);
  }
}
