import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

interface Mutant {
  readonly file: string;
  readonly caughtBy: readonly string[];
  readonly slow: boolean;
  readonly wrong: string;
  readonly from: string;
  readonly to: string;
  readonly equivalent?: string;
}
type Read = (file: string) => string | undefined;

/** The clone: three levels above the compiled test. The scripts are no part of the package, and have no declarations. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const load = (name: string) => import(new URL(`../../../src/tools/mutations/${name}`, import.meta.url).href);
const { mutantsOf, mutated, wrongInTable, shardOf, tenthOf, fingerprint } = (await load('table.mjs')) as {
  mutantsOf(groups: readonly unknown[]): Mutant[];
  mutated(text: string, mutant: Pick<Mutant, 'from' | 'to'>): string;
  wrongInTable(mutants: readonly Mutant[], read: Read): string[];
  shardOf(mutants: readonly Mutant[], part: string): Mutant[] | undefined;
  tenthOf(mutants: readonly Mutant[], date: Date): Mutant[];
  fingerprint(mutant: Mutant, read: Read): string;
};
const { groups } = (await load('tables/index.mjs')) as { readonly groups: readonly unknown[] };
const { Copy } = (await load('copy.mjs')) as {
  readonly Copy: { compiled(text: string): string } & (new (
    root: string,
    limit?: number,
  ) => {
    readonly path: string;
    with<T>(file: string, text: string, run: () => Promise<T>): Promise<T>;
    test(
      names: readonly string[],
      usual?: number,
    ): Promise<{ readonly end: 'passed' | 'failed' | 'hung'; readonly failed?: string }>;
    remove(): void;
  });
};
const { reportOf, isGood } = (await load('report.mjs')) as {
  reportOf(results: readonly { mutant: Mutant; end: string; seconds: number }[]): string;
  isGood(results: readonly { end: string }[]): boolean;
};

test('every planted error changes one place of a file that is there, and names tests that are there', (t) => {
  const read: Read = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);
  const mutants = mutantsOf(groups);
  t.deepEqual(wrongInTable(mutants, read), []);
  t.true(mutants.length >= 250, `${mutants.length}`);
  for (const mutant of mutants) t.notThrows(() => Copy.compiled(mutated(read(mutant.file)!, mutant)), mutant.wrong);
});

const example: Mutant = { file: 'a.ts', caughtBy: ['a.test'], slow: false, wrong: 'w', from: 'a', to: '$&' };
const files: Readonly<Record<string, string>> = { 'a.ts': 'x + a', 'a.test.ts': '', 'twice.ts': 'a + a' };
const readExample: Read = (file) => files[file];

test('what is wrong with an entry is told', (t) => {
  const wrong = (change: Partial<Mutant>) => wrongInTable([{ ...example, ...change }], readExample).join();
  t.is(wrong({}), '');
  t.regex(wrong({ from: 'b' }), /must occur once, found 0 times: b$/);
  t.regex(wrong({ file: 'twice.ts' }), /^twice\.ts: w: .* found 2 times/);
  t.regex(wrong({ file: 'none.ts' }), /there is no such file/);
  t.regex(wrong({ caughtBy: ['b.test'] }), /there is no b\.test\.ts/);
  t.regex(wrong({ caughtBy: [] }), /no test is named/);
  t.regex(wrong({ to: 'a' }), /nothing is changed/);
  t.regex(wrongInTable([example, example], readExample).join(), /another mutant has this name/);
});

test('a replacement is taken as it is written', (t) => t.is(mutated('x + a', example), 'x + $&'));

test('ten days in a row plant every error with a fast test once', (t) => {
  const mutants = Array.from({ length: 57 }, (_, k) => ({ ...example, wrong: `${k}`, slow: k % 3 === 0 }));
  const days = Array.from({ length: 10 }, (_, day) => tenthOf(mutants, new Date(Date.UTC(2026, 0, 27 + day))));
  const fast = mutants.filter(({ slow }) => !slow);
  const names = (some: readonly Mutant[]) => some.map(({ wrong }) => wrong).sort();
  t.deepEqual(names(days.flat()), names(fast));
  t.true(days.every(({ length }) => Math.abs(length - fast.length / 10) < 1));
});

test('shards share the errors without rest, and a part that is none is refused', (t) => {
  const mutants = Array.from({ length: 11 }, (_, k) => ({ ...example, wrong: `${k}` }));
  const shards = ['1/3', '2/3', '3/3'].map((part) => shardOf(mutants, part)!);
  t.deepEqual(
    shards.map(({ length }) => length),
    [4, 4, 3],
  );
  t.is(new Set(shards.flat()).size, 11);
  for (const part of ['0/3', '4/3', '1', 'a/b', '1/2/3']) t.is(shardOf(mutants, part), undefined, part);
});

test('a result is that of one change of one text with one test', (t) => {
  const own = fingerprint(example, readExample);
  t.is(fingerprint({ ...example, wrong: 'in other words' }, readExample), own);
  t.not(fingerprint({ ...example, to: 'b' }, readExample), own);
  t.not(
    fingerprint(example, (file) => (file === 'a.ts' ? 'y + a' : readExample(file))),
    own,
  );
  t.not(
    fingerprint(example, (file) => (file === 'a.test.ts' ? 'changed' : readExample(file))),
    own,
  );
});

test('survivors fail a run and stand in its report, those that are equivalent do not', (t) => {
  const result = (end: string) => ({ mutant: example, end, seconds: 1 });
  t.true(isGood(['test', 'hung', 'claim', 'equivalent'].map(result)));
  for (const end of ['survived', 'unexpected', 'syntax', 'untested']) t.false(isGood([result('test'), result(end)]));
  const text = reportOf([result('test'), result('survived')]);
  t.regex(text, /^2 mutants\n +1 {2}caught by the tests beside it\n +1 {2}survived\n\nsurvived:\n {2}a\.ts: w$/);
});

test('a copy runs the tests on the changed file, kills what never ends, and is whole again afterwards', async (t) => {
  const clone = mkdtempSync(join(tmpdir(), 'signprox-clone-'));
  t.teardown(() => rmSync(clone, { recursive: true }));
  mkdirSync(join(clone, 'dist'));
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(clone, 'dist/one.js'), 'export const one = () => 1;');
  writeFileSync(
    join(clone, 'dist/one.test.js'),
    `import test from 'ava';\nimport { one } from './one.js';\ntest('one', (t) => t.is(one(), 1));`,
  );
  // What ends has a minute, however busy the machine is.
  const copy = new Copy(clone, 60_000);
  const brief = new Copy(clone, 5000);
  t.teardown(() => brief.remove());
  const testWith = (text: string, own = copy) => own.with('one.ts', text, () => own.test(['one.test']));
  const wrong = await testWith('export const one = (): number => 2;');
  t.is(wrong.end, 'failed');
  t.regex(wrong.failed!, /one$/);
  t.is((await testWith('export const one = (): number => { for (;;); };', brief)).end, 'hung');
  await t.throwsAsync(testWith('export const one = ('));
  t.deepEqual(await copy.test(['one.test']), { end: 'passed', failed: undefined });
  t.is(readFileSync(join(clone, 'dist/one.js'), 'utf8'), 'export const one = () => 1;');
  copy.remove();
  t.false(existsSync(copy.path));

  const impatient = new Copy(clone, 1);
  t.teardown(() => impatient.remove());
  t.is((await impatient.test(['one.test'])).end, 'hung');
  t.is((await impatient.test(['one.test'], 60_000)).end, 'passed', 'what usually takes long is given time');
});
