// npm run check [-- <revision>]: builds what changed, lints, and runs the tests beside what changed since the revision. Without one, that is
// since the last commit, or in the last commit when nothing changed since.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { argv, execPath, exit } from 'node:process';
import { longTests } from './long-tests.mjs';
import { importsOf } from './rooms.mjs';

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).split('\n').filter(Boolean);
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
run('npm', 'run', '--silent', 'lint');

const rooms = ['src', 'properties', 'theorems'];
const tests = rooms
  .flatMap((room) => readdirSync(room, { recursive: true }).map((name) => join(room, name).replaceAll('\\', '/')))
  .filter((name) => name.endsWith('.test.ts'));
const imports = new Map(tests.map((test) => [test, importsOf(test, readFileSync(test, 'utf8'))]));

/** The test file itself or those that import the file, else those in its folder or the nearest above that has some. */
function testsBeside(file) {
  if (!file.endsWith('.ts') || !rooms.includes(file.split('/')[0])) return [];
  const direct = tests.filter((test) => test === file || imports.get(test).includes(file));
  for (let folder = dirname(file); direct.length === 0 && folder !== '.'; folder = dirname(folder)) {
    direct.push(...tests.filter((test) => dirname(test) === folder));
  }
  return direct;
}

const beside = [...new Set(changed.flatMap(testsBeside))].map((test) => test.replace(/\.ts$/, ''));
const isLong = (test) => longTests.includes(test) && !changed.includes(`${test}.ts`);
const short = beside.filter((test) => !isLong(test));
if (short.length > 0) run('npx', 'ava', ...short.map((test) => `dist/${test}.js`));

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
const left = beside.filter(isLong);
console.log(
  `${changed.length} files changed, ${short.length} test files run${left.length > 0 ? `; left to npm test: ${left.join(', ')}` : ''}`,
);
