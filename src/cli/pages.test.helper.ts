import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { commandRunner, type Finished } from './command-runner.test.helper.js';

/** The package as it is shipped: three levels above the compiled test. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Every page that people read first, relative to the root. */
export const pages: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

export const pageText = (page: string): string => readFileSync(join(root, page), 'utf8');

export interface Block {
  readonly language: string;
  readonly text: string;
}

/** The code blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  return [...pageText(page).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    language: language!,
    text: text!,
  }));
}

/** The lines of shell in some blocks. */
export const linesIn = (blocks: readonly Block[]): string[] =>
  blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'));

/** A directory in which `npx signprox` is this program, `import` finds its library, and AVA and TensorFlow.js are installed beside it. */
function installed(t: ExecutionContext): string {
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-page-'));
  t.teardown(() => rmSync(cwd, { recursive: true }));
  symlinkSync(join(root, 'fixtures'), join(cwd, 'fixtures'));
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
  symlinkSync(root, join(cwd, 'node_modules/signprox'));
  for (const name of ['ava', '@tensorflow']) {
    symlinkSync(join(root, 'node_modules', name), join(cwd, 'node_modules', name));
  }
  symlinkSync('../ava/entrypoints/cli.mjs', join(cwd, 'node_modules/.bin/ava'));
  symlinkSync(join(root, 'dist/src/cli/main.js'), join(cwd, 'node_modules/.bin/signprox'));
  writeFileSync(join(cwd, 'package.json'), '{}');
  return cwd;
}

/** Runs a line of shell in a directory, holds its end to what it promises, `# exit 1` at its end or else 0, and returns what it prints. */
export type RunLine = (t: ExecutionContext, cwd: string, line: string) => Promise<string>;

/** A line that is nothing but one command of this program, with its words. */
const alone = /^npx (?:--no-install )?signprox ([^|<>;&]*?)(?: +#.*)?$/;

/** The words of a line as a shell reads them. */
const wordsOf = (line: string): string[] =>
  spawnSync('bash', ['--norc', '-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .stdout.split('\0')
    .slice(0, -1);

/**
 * Runs the lines of a test file. Those that are one command of this program alone run in one process, as if each had one of its own; the rest is
 * for the shell.
 */
export function lineRunner(): RunLine {
  const command = commandRunner();
  return async (t, cwd, line) => {
    const own = alone.exec(line);
    const finished = own ? await command(cwd, wordsOf(own[1]!)) : inShell(cwd, line);
    requireEnd(t, line, finished);
    return finished.stdout;
  };
}

/** Runs every line in a shell, as a user does, with variables in its environment; a warning of Node fails the test. */
export const shellRunner =
  (variables: NodeJS.ProcessEnv): RunLine =>
  async (t, cwd, line) => {
    const finished = inShell(cwd, line, variables);
    requireEnd(t, line, finished);
    t.notRegex(finished.stderr, /^\(node:\d+\)/m, line);
    return finished.stdout;
  };

function requireEnd(t: ExecutionContext, line: string, { code, stdout, stderr }: Finished): void {
  t.is(code, Number(/# exit (\d+)/.exec(line)?.[1] ?? 0), `${line}\n${stdout}${stderr}`);
}

function inShell(cwd: string, line: string, variables?: NodeJS.ProcessEnv) {
  // What runs as a user runs it is no part of the coverage of the suite: writing it takes longer than most commands.
  const env = { ...process.env, ...variables, NODE_V8_COVERAGE: '' };
  // A bash whose input is a socket, as Node makes it, may take itself for a remote one and read ~/.bashrc, which can change the PATH.
  const { status, ...printed } = spawnSync('bash', ['--norc', '-c', line], { cwd, env, encoding: 'utf8' });
  return { ...printed, code: status };
}

/**
 * Writes the files of a page into a folder, runs its commands there but those that run elsewhere, and holds what it says that these print to
 * what they print.
 */
export async function follow(
  t: ExecutionContext,
  run: RunLine,
  page: string,
  { elsewhere = [], cwd = installed(t) }: { readonly elsewhere?: readonly string[]; readonly cwd?: string } = {},
): Promise<string> {
  const outputs: string[] = [];
  const blocks = blocksOf(page);
  for (const { language, text } of blocks) {
    if (['python', 'js', 'toml'].includes(language)) {
      // The first line says where the file goes.
      const path = join(cwd, /^(?:#|\/\/) (\S+)\n/.exec(text)![1]!);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    for (const line of linesIn([{ language, text }])) {
      if (!elsewhere.includes(line)) outputs.push(`$ ${line}\n${await run(t, cwd, line)}`);
    }
  }
  const all = outputs.join('\n');
  for (const { language, text } of blocks) {
    if (language === 'text') t.true(all.includes(text.trim()), `${page}: ${text}\n---\n${all}`);
  }
  return all;
}

/** What the build, lint and the tests of a clone read. */
const tree = [
  '.gitignore',
  'ava.config.js',
  'bench',
  'biome.json',
  'docs',
  'fixtures',
  'package.json',
  'properties',
  'python',
  'src',
  'theorems',
  'tsconfig.json',
];

/** A new folder with a copy of the clone, and its packages. */
export function copyOfClone(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-clone-'));
  // The packages that write the pages of the API are installed in `src`.
  const filter = (from: string): boolean => !from.endsWith('/node_modules');
  for (const name of tree) cpSync(join(root, name), join(cwd, name), { recursive: true, filter });
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
  return cwd;
}
