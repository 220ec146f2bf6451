import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';

/** The clone: three levels above the compiled test. */
const root = new URL('../../../', import.meta.url);

/** The script is no part of the package, and has no declaration. */
const { testsBeside } = (await import(new URL('src/tools/tests-beside.mjs', root).href)) as {
  testsBeside(file: string, tests: ReadonlyMap<string, string>): string[];
};

const { laneNames, laneOf, idleEntries } = (await import(new URL('src/tools/lanes.mjs', root).href)) as {
  laneNames: readonly string[];
  laneOf(name: string): string;
  idleEntries(names: readonly string[]): string[];
};

test('tests beside a file import it, or stand in its folder or the nearest above that has some', (t) => {
  const tests = new Map([
    ['src/a/one.test.ts', `import { one } from './one.js';`],
    ['src/a/two.test.ts', `import { one } from './one.js';\nimport { deep } from '../a/b/deep.js';`],
    ['src/c/three.test.ts', `const { three } = await import('./three.js');`],
  ]);
  const beside = (file: string): string[] => testsBeside(file, tests);
  t.deepEqual(beside('src/a/one.ts'), ['src/a/one.test.ts', 'src/a/two.test.ts']);
  t.deepEqual(beside('src/a/b/deep.ts'), ['src/a/two.test.ts']);
  t.deepEqual(beside('src/a/b/other.ts'), ['src/a/one.test.ts', 'src/a/two.test.ts']);
  t.deepEqual(beside('src/a/two.test.ts'), ['src/a/two.test.ts']);
  t.deepEqual(beside('src/c/three.ts'), ['src/c/three.test.ts']);
  t.deepEqual([beside('src/d/none.ts'), beside('README.md')], [[], []]);
});

const runner = fileURLToPath(new URL('src/tools/run-tests.mjs', root));

/** Exit code and output of the script that `npm test` ends with. */
async function runTests(
  cwd: string,
  ...args: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, NODE_V8_COVERAGE: '' };
  const run = promisify(execFile)(process.execPath, [runner, ...args], { cwd, env });
  return run.then(
    (output) => ({ code: 0, ...output }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

/** A clone with tests of its own. */
function cloneOf(t: ExecutionContext, tests: Readonly<Record<string, string>>): string {
  const clone = mkdtempSync(join(tmpdir(), 'signprox-lanes-'));
  t.teardown(() => rmSync(clone, { recursive: true }));
  symlinkSync(fileURLToPath(new URL('node_modules', root)), join(clone, 'node_modules'));
  writeFileSync(
    join(clone, 'package.json'),
    '{ "type": "module", "ava": { "files": ["dist/**", "dist/.entries/**"], "workerThreads": true } }',
  );
  for (const [name, text] of Object.entries(tests)) {
    const path = join(clone, 'dist', `${name}.js`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return clone;
}

test('every entry of a lane is a test, and what no lane lists is core', (t) => {
  const tests = ['src', 'properties', 'theorems'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true })
      .map((name) => `${folder}/${name}`)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => name.replace(/\.ts$/, '')),
  );
  t.deepEqual(idleEntries(tests), []);
  t.true(idleEntries(tests.filter((name) => !name.startsWith('theorems/coq/'))).includes('theorems/coq'));
  t.is(laneOf('theorems/coq/certificate-coq.test'), 'languages');
  t.is(laneOf('src/exact/arithmetic/sine.test'), 'core');
});

test('a lane that does not exist is refused with the names of those that do', async (t) => {
  for (const [given, wrong] of [
    ['page', 'page'],
    ['languages,page', 'page'],
    ['core,coverage', 'coverage'],
  ] as const) {
    const { code, stderr } = await runTests(fileURLToPath(root), '--lane', given);
    t.is(code, 2);
    t.is(stderr, `--lane must be one of ${laneNames.join(', ')}, got ${wrong}\n`);
    t.true(laneNames.includes('core') && laneNames.includes('coverage'));
  }
});

test('a lane ends like its tests, on standard output as TAP where that is asked for', async (t) => {
  const ending = (result: boolean): string => `import test from 'ava';\ntest('one', (t) => t.true(${result}));`;
  const clone = cloneOf(t, { 'core.test': ending(true), 'src/guard/libraries.test': ending(false) });
  const core = await runTests(clone, '--tap');
  t.is(core.code, 0);
  t.regex(core.stdout, /^TAP version 13\nok 1 - core › one\n\n1\.\.1\n/);
  t.is((await runTests(clone, '--lane', 'libraries')).code, 1);
  t.is((await runTests(clone, '--lane', 'core,libraries')).code, 1);
  const empty = await runTests(clone, '--lane', 'pages', '--tap');
  t.deepEqual([empty.code, empty.stdout], [1, '']);
});

test('each test file is in one entry, or every part of it is, and what is alone stays so', async (t) => {
  const { entriesOf } = (await import(new URL('src/tools/entries.mjs', root).href)) as {
    entriesOf(names: readonly string[]): { names: string[]; alone: boolean; part: number; of: number }[];
  };
  const quick = Array.from({ length: 120 }, (_, k) => `src/exact/${k}.test`);
  const alone = ['src/guard/zoo.process.test', 'src/guard/libraries.test'];
  const entries = entriesOf([...quick, ...alone, 'src/theory/proofs/search/prove.test']);
  const whole = entries.filter(({ of }) => of === 1);
  t.deepEqual(whole.flatMap(({ names }) => names).toSorted(), [...quick, ...alone].toSorted());
  t.deepEqual(
    whole.filter((each) => each.alone).map(({ names }) => names),
    alone.toReversed().map((name) => [name]),
  );
  const parts = entries.filter(({ of }) => of > 1);
  t.deepEqual(
    parts.map(({ names, part, of }) => [names, part, of]),
    parts.map((_, k) => [['src/theory/proofs/search/prove.test'], k, parts.length]),
  );
  t.true(parts.length > 1);
});

test('files of one process are run one after the other, a file that is not loaded or has no test fails, and the others are run', async (t) => {
  const takesTurns = (mine: string): string =>
    `import test from 'ava'; test('first', async (t) => { globalThis.running = '${mine}'; await new Promise((go) => setTimeout(go, 50)); t.is(globalThis.running, '${mine}'); });`;
  const clone = cloneOf(t, {
    'src/a.test': takesTurns('a'),
    'src/b.test': takesTurns('b'),
    'src/broken.test': `import test from 'ava'; test('one', (t) => t.pass()); import './gone.js';`,
    'src/empty.test': `import 'ava';`,
    'src/hook.test': `import test from 'ava'; test.before(() => {}); test('one', (t) => t.pass());`,
    'src/hook.process.test': `import test from 'ava'; let seen = 0; test.before(() => void seen++); test('one', (t) => t.is(seen, 1));`,
  });
  const { code, stdout } = await runTests(clone, '--tap');
  t.is(code, 1);
  t.deepEqual(
    stdout
      .match(/^(?:not )?ok .*$/gm)!
      .map((line) => line.replace(/ \d+ - (?:\d+ › )?/, ' '))
      .toSorted(),
    [
      'not ok src › broken › is loaded',
      'not ok src › empty › has a test',
      'not ok src › hook › is loaded',
      'ok src › a › first',
      'ok src › b › first',
      'ok src › hook.process › one',
    ],
  );
  t.regex(stdout, /Cannot find module .*gone\.js/);
  const some = await runTests(clone, '--tap', '--match', 'first', '--match', 'src › hook.process*');
  t.is(some.stdout.match(/^ok .* › /gm)!.length, 3);
  t.is((await runTests(clone, '--match', 'second')).code, 1, 'no test is no success');
});

test('a run that is interrupted says which files were not run', async (t) => {
  const clone = cloneOf(t, {
    'src/a.test': `import test from 'ava'; test('one', (t) => t.pass());`,
    'src/b.test': `import test from 'ava'; test('one', async (t) => { console.log('waits'); await new Promise((go) => setTimeout(go, 3.6e6)); t.pass(); });`,
    'src/c.test': `import test from 'ava'; test('one', (t) => t.pass());`,
  });
  const env = { ...process.env, NODE_V8_COVERAGE: '' };
  const run = spawn(process.execPath, [runner], { cwd: clone, env });
  let stderr = '';
  run.stderr.on('data', (text) => {
    stderr += text;
    if (text.includes('waits')) run.kill('SIGINT');
  });
  const [code] = await once(run, 'close');
  t.is(code, 130);
  t.deepEqual(
    stderr.match(/^not run.*$/gm),
    ['src/b.test', 'src/c.test'].map((name) => `not run, or not to its end: ${name}`),
  );
  t.deepEqual(readdirSync(join(clone, 'dist/.entries')), []);
});
