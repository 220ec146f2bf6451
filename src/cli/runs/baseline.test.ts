import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { Baseline } from '../../report/record/baseline.js';
import { commandRunner } from '../command-runner.test.helper.js';
import type { CheckOptions } from '../options/options.js';
import { settleBaseline } from './baseline.js';

const command = commandRunner();
const mutate = new URL('../../../../fixtures/mutants/library.js', import.meta.url).href;

/**
 * The library with another prox of ℓ1, which depends on how a soft threshold is followed by `after`, and with what
 * `other` changes of its description. It offers the functions of the trajectories and no more: every run judges all that is declared.
 */
const moduleWith = (after: string, other = ''): string => `
import { mutate } from ${JSON.stringify(mutate)};
const description = {
  ...mutate({}).describe(),
  functions: ['box', 'huber', 'l1', 'linear', 'quadratic', 'squared-l2'],
  ${other}
};
export default {
  ...mutate({ functions: (table) => ({ l1: { prox: (F, step, y) => table.l1.prox(F, step, y).map((v) => ${after}) } }) }),
  describe: () => description,
};
`;

test('a claim that got worse inside its tolerance, a missing part and a moved trajectory fail', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-baseline-'));
  t.teardown(() => rmSync(cwd, { recursive: true }));
  const write = (text: string, name = 'mine.mjs'): void => writeFileSync(join(cwd, name), text);
  const guard = ['guard', '--module', 'mine.mjs', '--claims', 'eq6-prox', '--depth', 'quick'];
  const run = (...args: readonly string[]) => command(cwd, [...guard, ...args]);
  const compare = ['--baseline', 'base.json'];

  write(moduleWith('v'));
  const absent = await run(...compare);
  t.deepEqual([absent.code, absent.stdout], [4, '']);
  t.regex(
    absent.stderr,
    /^signprox: cannot read the baseline base.json: there is no such file; make one with --update-baseline\n$/,
  );
  t.is((await run('--update-baseline')).code, 2);

  const first = await run(...compare, '--update-baseline');
  t.is(first.code, 0, first.stderr);
  t.regex(first.stdout, /a first baseline\nwrote base.json\n$/);
  const same = await run(...compare);
  t.is(same.code, 0);
  t.regex(same.stdout, /against the baseline:\n {2}nothing changed\n$/);

  // 20 roundings are well inside the tolerance of 64 and far above what soft thresholding loses.
  write(moduleWith('v * (1 + 20 * 2 ** -53)'));
  const worse = await run(...compare);
  t.is(worse.code, 1);
  t.regex(worse.stdout, /exit 1: worse than the baseline[;\n]/);
  t.regex(worse.stdout, /^ {2}worse: prox of l1\/eq6-prox: 0.\d+ of the allowed, 0.\d+ before$/m);
  t.regex(worse.stdout, /^ {2}worse: trajectory trajectory-spgm-[0-9a-f]{8}: x_1\[0\] is /m);
  const json = await run(...compare, '--format', 'json');
  t.is(json.code, 1);
  t.notThrows(() => JSON.parse(json.stdout));
  t.regex(json.stderr, /^ {2}worse: /m);

  write(moduleWith('v', "functions: ['box', 'l1', 'linear', 'quadratic', 'squared-l2'],"));
  const missing = await run(...compare);
  t.is(missing.code, 1);
  t.regex(missing.stdout, /^ {2}missing: cell prox of huber\/eq6-prox was there before$/m);
  const accepted = await run(...compare, '--update-baseline');
  t.is(accepted.code, 0);
  t.regex(accepted.stdout, /missing: cell prox of huber[\s\S]*wrote base.json\n$/);
  t.is((await run(...compare)).code, 0);

  const other = await run(...compare, '--seed', '2');
  t.is(other.code, 2);
  t.regex(other.stderr, /base.json is a run with --seed 1 --depth quick/);
  write(moduleWith('v', "name: 'somebody-else',"));
  const foreign = await run(...compare);
  t.is(foreign.code, 4);
  t.regex(foreign.stderr, /is a baseline of "library", not of "somebody-else"/);
  const byClaim = { ...(JSON.parse(readFileSync(join(cwd, 'base.json'), 'utf8')) as object), schemaVersion: 1 };
  const tolerance = { ratioFactor: 3, ratioFloor: 0.5, trajectoryUlps: 1, why: 'stated' };
  write(JSON.stringify({ ...byClaim, tolerance }), 'old.json');
  write(moduleWith('v'));
  const old = await run('--baseline', 'old.json');
  t.deepEqual([old.code, old.stdout], [4, '']);
  t.regex(
    old.stderr,
    /^signprox: old.json lists claims, .*: signprox guard --module mine.mjs --baseline old.json --update-baseline --depth quick --seed 1\n$/,
  );
  t.is((await run('--baseline', 'old.json', '--update-baseline')).code, 0);
  t.deepEqual((JSON.parse(readFileSync(join(cwd, 'old.json'), 'utf8')) as { tolerance: unknown }).tolerance, tolerance);
  t.is((await run('--baseline', 'old.json')).code, 0);

  const edited = readFileSync(join(cwd, 'base.json'), 'utf8').replace('"holds"', '"fine"');
  for (const text of [edited, '{}', '[', edited.slice(0, 100)]) {
    write(text, 'base.json');
    const invalid = await run(...compare);
    t.deepEqual([invalid.code, invalid.stdout], [4, '']);
    t.regex(invalid.stderr, /^signprox: base.json is not (a baseline|JSON): [^\n]*\n$/);
  }
});

test('a run of some claims updates those of a baseline, and keeps the others and stated tolerances', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-baseline-'));
  t.teardown(() => rmSync(cwd, { recursive: true }));
  const path = join(cwd, 'base.json');
  const claim = (id: string, cases: number): Baseline['claims'][number] => ({
    ...{ id, version: 1, cases, verdict: 'holds', ratio: 0 },
    ...{ cells: [], parts: [], rows: [] },
  });
  const baseline = (why: string, ...claims: Baseline['claims']): Baseline => ({
    ...{ schemaVersion: 2, suiteVersion: '1', seed: '1', depth: 'quick', trajectories: {}, claims },
    implementation: { name: 'mine', version: '1', language: 'javascript' },
    tolerance: { ratioFactor: 2, ratioFloor: 0, trajectoryUlps: 0, why },
  });
  const before = baseline('stated', claim('first', 10), claim('second', 10));
  const options = { baseline: path, updateBaseline: true } as CheckOptions;
  await settleBaseline(
    { run: before, tolerance: before.tolerance },
    baseline('own', claim('second', 20), claim('third', 20)),
    options,
    0,
    (id) => id !== 'first',
  );
  const { claims, tolerance } = JSON.parse(readFileSync(path, 'utf8')) as Baseline;
  t.deepEqual(
    claims.map(({ id, cases }) => `${id} ${cases}`),
    ['first 10', 'second 20', 'third 20'],
  );
  t.is(tolerance.why, 'stated');
});
