import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

interface Operator {
  readonly file: string;
  readonly start: number;
  readonly from: string;
  readonly to: string;
  readonly key: string;
}
interface Ranges {
  readonly functions: readonly { readonly ranges: readonly object[] }[];
}
type End = 'passed' | 'failed' | 'hung';

/** The clone: three levels above the compiled test. The scripts are no part of the package, and have no declarations. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const load = (name: string) => import(new URL(`../../../src/tools/${name}`, import.meta.url).href);
const { operatorMutants, withOperator, sampleOf } = (await load('mutations/operators.mjs')) as {
  operatorMutants(file: string, text: string): Operator[];
  withOperator(text: string, mutant: Operator): string;
  sampleOf<T extends { readonly key: string }>(mutants: readonly T[], size: number, seed: string): T[];
};
const { Copy, Graph, rangesRun } = (await load('mutations/copy.mjs')) as {
  rangesRun(scripts: readonly Ranges[]): number[];
  readonly Copy: new (
    root: string,
    limit?: number,
  ) => {
    readonly path: string;
    with<T>(file: string, text: string, run: () => Promise<T>): Promise<T>;
    test(names: readonly string[], usual?: number): Promise<{ readonly end: End; readonly failed?: string }>;
    reach(name: string): Promise<{ readonly passed: boolean; readonly ran: Readonly<Record<string, number[]>> }>;
    remove(): void;
  };
  readonly Graph: new (
    dist: string,
  ) => {
    readonly modules: readonly string[];
    text(file: string): string | undefined;
    distancesTo(file: string): ReadonlyMap<string, number>;
    fingerprint(file: string): string;
  };
};
const { reportOf, isGood } = (await load('mutations/report.mjs')) as {
  reportOf(results: readonly object[]): Promise<string>;
  isGood(results: readonly object[], byAllTests: boolean): Promise<boolean>;
};

const mutantsOf = (text: string) => operatorMutants('a.js', text).map((mutant) => withOperator(text, mutant));

test('operators, constants, signs, conditions, returned values and statements are changed one at a time', (t) => {
  t.deepEqual(mutantsOf('a + b * c;'), [';', 'a - b * c;', 'a + b / c;']);
  t.deepEqual(mutantsOf('v = i < n && !o;'), [';', 'v = i < n || !o;', 'v = i <= n && !o;', 'v = i < n && (o);']);
  t.deepEqual(mutantsOf('const v = Math.min(-a, 0);'), [
    'const v = Math.max(-a, 0);',
    'const v = Math.min((a), 0);',
    'const v = Math.min(-a, 1);',
  ]);
  t.deepEqual(mutantsOf('const e = 1e-9, o = 1, b = 2n, f = true;'), [
    'const e = 1e-8, o = 1, b = 2n, f = true;',
    'const e = 1e-9, o = 0, b = 2n, f = true;',
    'const e = 1e-9, o = 1, b = 3n, f = true;',
    'const e = 1e-9, o = 1, b = 2n, f = false;',
  ]);
  t.deepEqual(mutantsOf('function f() { if (a) throw b; return c; }'), [
    'function f() { if (!(a)) throw b; return c; }',
    'function f() { if (a) ; return c; }',
    'function f() { if (a) throw b; return undefined; }',
  ]);
  t.deepEqual(mutantsOf('s += 2;'), [';', 's -= 2;', 's += 3;']);
  t.deepEqual(mutantsOf('const g = () => a;'), ['const g = () => undefined;']);
});

test('text, imports, lists of numbers and specifications stay as they are', (t) => {
  const text =
    "import { a } from './1.js';\nconst t = 'a' + b, u = `1` + d, list = [1, -2, 3], o = { 1: e };\nconst r = { type: 'l1', weight: 3, center: -1 };";
  t.deepEqual(mutantsOf(text), []);
});

test('a sample is of the size asked, has the seed alone, and stays the same when a file moves', (t) => {
  const text = 'let s = 0;\nfor (let i = 0; i < 9; i++) s += i * 2 - 1;';
  const [here, there] = ['x/a.js', 'y/z/a.js'].map((file) => sampleOf(operatorMutants(file, text), 4, '1'));
  t.is(here!.length, 4);
  const names = (some: readonly Operator[]) => some.map(({ from, to }) => `${from} → ${to}`);
  t.deepEqual(names(here!), names(there!));
  t.notDeepEqual(names(here!), names(sampleOf(operatorMutants('x/a.js', text), 4, '2')));
});

test('mutants that show that more than a fifth of all survive fail a run of all tests', async (t) => {
  const operators = (survivors: number) =>
    Array.from({ length: 10 }, (_, k) => ({
      mutant: { name: 'a.ts: w' },
      end: k < survivors ? 'survived' : (['test', 'claim', 'timeout'][k % 3] as string),
    }));
  // With 5 of 10 killed the upper end of the interval is 0.813, with 4 it is 0.738.
  t.true(await isGood(operators(5), true));
  t.false(await isGood(operators(6), true));
  t.true(await isGood(operators(6), false), 'by the closest tests alone');
  const text = await reportOf(operators(1));
  t.regex(text, /^10 operator mutants\n +3 {2}killed by a test\n +3 {2}killed by a claim only\n +3 {2}never ended/);
  // 1 of 10 has the two-sided Clopper–Pearson interval [0.0025, 0.4451].
  t.regex(text, /90\.0 % of 10 killed \(95 % interval 55\.5 % to 99\.7 %\)\nsurvived:\n {2}a\.ts: w$/);
});

test('what any of several processes ran has been run, but for blocks that none of them did', (t) => {
  const range = (startOffset: number, endOffset: number, count: number) => ({ startOffset, endOffset, count });
  const one = { functions: [{ ranges: [range(0, 20, 1)] }, { ranges: [range(2, 10, 1), range(4, 6, 0)] }] };
  const other = { functions: [{ ranges: [range(0, 20, 1)] }, { ranges: [range(2, 10, 0)] }] };
  t.deepEqual(rangesRun([one]), [0, 4, 6, 20]);
  t.deepEqual(rangesRun([one, other]), [0, 4, 6, 20]);
  t.deepEqual(rangesRun([other]), [0, 2, 10, 20]);
});

test('a copy runs the tests on the changed file, kills what never ends, and is whole again afterwards', async (t) => {
  const clone = mkdtempSync(join(tmpdir(), 'signprox-clone-'));
  t.teardown(() => rmSync(clone, { recursive: true }));
  mkdirSync(join(clone, 'dist'));
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
  const original = 'export const one = () => 1;\nexport const two = () => 2;';
  writeFileSync(join(clone, 'dist/one.js'), original);
  writeFileSync(
    join(clone, 'dist/one.test.js'),
    `import test from 'ava';\nimport { one } from './one.js';\ntest('one', (t) => t.is(one(), 1));`,
  );

  const graph = new Graph(join(clone, 'dist'));
  t.deepEqual(graph.modules, ['one.js']);
  t.deepEqual(
    [...graph.distancesTo('one.js')],
    [
      ['one.js', 0],
      ['one.test.js', 1],
    ],
  );
  t.not(graph.fingerprint('one.js'), graph.fingerprint('one.test.js'));

  // What ends has a minute, however busy the machine is.
  const copy = new Copy(clone, 60_000);
  const brief = new Copy(clone, 5000);
  t.teardown(() => brief.remove());
  const testWith = (text: string, own = copy) => own.with('one.js', text, () => own.test(['one.test.js']));
  const wrong = await testWith('export const one = () => 2;');
  t.is(wrong.end, 'failed');
  t.regex(wrong.failed!, /one$/);
  t.is((await testWith('export const one = () => { for (;;); };', brief)).end, 'hung');
  t.deepEqual(await copy.test(['one.test.js']), { end: 'passed', failed: undefined });
  t.is(readFileSync(join(clone, 'dist/one.js'), 'utf8'), original);

  const { passed, ran } = await copy.reach('one.test.js');
  t.true(passed);
  const [first, end, again] = ran['one.js']!;
  t.is(first, 0);
  t.is(original.slice(end, again), '() => 2', 'only the function that no test calls is not reached');
  copy.remove();
  t.false(existsSync(copy.path));

  const impatient = new Copy(clone, 1);
  t.teardown(() => impatient.remove());
  t.is((await impatient.test(['one.test.js'])).end, 'hung');
  t.is((await impatient.test(['one.test.js'], 60_000)).end, 'passed', 'what usually takes long is given time');
});
