import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test from 'ava';

/** The clone: three levels above the compiled test. */
const root = new URL('../../../', import.meta.url);

/** The script is no part of the package, and has no declaration. */
const { testsBeside } = (await import(new URL('src/tools/tests-beside.mjs', root).href)) as {
  testsBeside(file: string, tests: ReadonlyMap<string, string>): string[];
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

test('the slowest tests are told on stderr, and stdout stays TAP', async (t) => {
  const ava = ['src/tools/run-tests.mjs', '--tap'];
  const env = { ...process.env, NODE_V8_COVERAGE: '' };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [...ava, 'dist/src/exact/arithmetic/sine.test.js'],
    { cwd: fileURLToPath(root), env },
  );
  const passed = stdout.match(/^ok \d+ - /gm)!.length;
  t.notRegex(stdout, /slowest/);
  t.regex(
    stderr,
    new RegExp(
      `^\\nThe slowest of ${passed} tests:\\n( +\\d+\\.\\d s {2}src/exact/arithmetic/sine: .*\\n){${passed}}$`,
    ),
  );
});
