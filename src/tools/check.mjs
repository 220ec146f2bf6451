// npm run check [-- <revision>]: builds what changed since the revision, lints it, runs the tests beside it, and judges changed claims, algorithms
// and functions. Without a revision, that is since the last commit, or in the last commit when nothing changed since.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { argv, execPath, exit } from 'node:process';
import { takesLong } from './lanes.mjs';
import { testsBeside } from './tests-beside.mjs';

function git(...args) {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  // git has said what is wrong.
  if (status !== 0) exit(status ?? 1);
  return stdout.split('\n').filter(Boolean);
}

const changedSince = (revision) => [
  ...git('diff', '--name-only', '--no-renames', revision),
  ...git('ls-files', '--others', '--exclude-standard'),
];
const [, , revision] = argv;
const own = changedSince(revision ?? 'HEAD');
const changed = own.length === 0 && revision === undefined ? changedSince('HEAD~1') : own;

function run(program, ...args) {
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) exit(status ?? 1);
}

// tsc writes what changed only, and leaves what was compiled from a file that is gone.
for (const file of changed.filter((name) => name.endsWith('.ts') && !existsSync(name))) {
  for (const end of ['.js', '.js.map', '.d.ts', '.d.ts.map'])
    rmSync(`dist/${file.replace(/\.ts$/, end)}`, { force: true });
}
run('npx', 'tsc', '-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', 'dist/.tsbuildinfo');
run(execPath, 'dist/src/cli/finish-build.js');
// `npm test` lints everything, and looks for what nobody uses.
const there = changed.filter((name) => existsSync(name));
if (there.length > 0) run('npx', 'biome', 'check', '--error-on-warnings', '--no-errors-on-unmatched', ...there);
run(execPath, 'src/tools/rooms.mjs');

const sources = ['src', 'properties', 'theorems'];
const tests = new Map(
  sources
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => [name, readFileSync(name, 'utf8')]),
);
const beside = [...new Set(changed.flatMap((file) => testsBeside(file, tests)))];
const isLong = (test) => takesLong(test.replace(/\.ts$/, '')) && !changed.includes(test);
const short = beside.filter((test) => !isLong(test));
if (short.length > 0) run('npx', 'ava', ...short.map((test) => `dist/${test.replace(/\.ts$/, '.js')}`));

const catalogue = JSON.parse(readFileSync('dist/catalogue.json', 'utf8'));
const claims = catalogue.map(({ id }) => id).filter((id) => changed.some((file) => basename(file) === `${id}.ts`));
if (claims.length > 0) {
  run(
    execPath,
    'dist/src/cli/main.js',
    'verify',
    '--depth',
    'quick',
    '--claims',
    claims.join(),
    '--out',
    'reports/check',
  );
}

/** The functions whose definitions changed: a file has the name of its function. */
const vocabulary = readFileSync('src/reference/functions/vocabulary.ts', 'utf8');
const functions = there
  .filter((file) => file.startsWith('src/reference/functions/') && vocabulary.includes(`/${basename(file, '.ts')}.js'`))
  .map((file) => basename(file, '.ts'));
for (const type of functions) {
  // It loads what has just been built.
  const { wrongInFunction } = await import('./judge-functions.mjs');
  const wrong = await wrongInFunction(type);
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) exit(1);
}

const left = beside.filter(isLong);
console.log(`changed files: ${changed.length}, test files run: ${short.length}`);
if (left.length > 0) console.log(`left to npm test: ${left.join(', ')}`);
