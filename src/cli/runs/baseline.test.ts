import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Baseline } from '../../report/record/baseline.js';
import { commandRunner, ends } from '../command-runner.test.helper.js';
import type { CheckOptions } from '../options/options.js';
import { directory } from '../run-directory.test.helper.js';
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
  const cwd = await directory(t);
  const write = (text: string, name = 'mine.mjs'): void => writeFileSync(join(cwd, name), text);
  const guard = ['guard', '--module', 'mine.mjs', '--claims', 'eq6-prox', '--depth', 'quick'];
  const run = (...args: readonly string[]) => command(cwd, [...guard, ...args]);
  const compare = ['--baseline', 'base.json'];

  write(moduleWith('v'));
  await ends(t, run(...compare), {
    code: 4,
    stdout: '',
    stderr: /^signprox: cannot read the baseline base.json: there is no such file; make one with --update-baseline\n$/,
  });
  t.is((await run('--update-baseline')).code, 2);

  await ends(t, run(...compare, '--update-baseline'), { stdout: /a first baseline\nwrote base.json\n/ });
  await ends(t, run(...compare), { stdout: /against the baseline:\n {2}nothing changed\n/ });

  // 20 roundings are well inside the tolerance of 64 and far above what soft thresholding loses.
  write(moduleWith('v * (1 + 20 * 2 ** -53)'));
  await ends(t, run(...compare), {
    code: 1,
    stdout: [
      /^✗ worse than the baseline: /m,
      /^ {2}worse: prox of l1\/eq6-prox: 0.\d+ of the allowed, 0.\d+ before$/m,
      /^ {2}worse: trajectory trajectory-spgm-[0-9a-f]{8}: x_1\[0\] is /m,
    ],
  });
  const json = await ends(t, run(...compare, '--format', 'json'), { code: 1 });
  t.notThrows(() => JSON.parse(json.stdout));
  t.regex(json.stderr, /^ {2}worse: /m);

  write(moduleWith('v', "functions: ['box', 'l1', 'linear', 'quadratic', 'squared-l2'],"));
  await ends(t, run(...compare), {
    code: 1,
    stdout: /^ {2}missing: cell prox of huber\/eq6-prox was there before$/m,
  });
  await ends(t, run(...compare, '--update-baseline'), {
    stdout: /missing: cell prox of huber[\s\S]*wrote base.json\n/,
  });
  t.is((await run(...compare)).code, 0);

  await ends(t, run(...compare, '--seed', '2'), { code: 2, stderr: /base.json is a run with --seed 1 --depth quick/ });
  write(moduleWith('v', "name: 'somebody-else',"));
  await ends(t, run(...compare), { code: 4, stderr: /is a baseline of "library", not of "somebody-else"/ });
  const byClaim = { ...(JSON.parse(readFileSync(join(cwd, 'base.json'), 'utf8')) as object), schemaVersion: 1 };
  const tolerance = { ratioFactor: 3, ratioFloor: 0.5, trajectoryUlps: 1, why: 'stated' };
  write(JSON.stringify({ ...byClaim, tolerance }), 'old.json');
  write(moduleWith('v'));
  await ends(t, run('--baseline', 'old.json'), {
    code: 4,
    stdout: '',
    stderr:
      /^signprox: old.json lists claims, .*: signprox guard mine.mjs --baseline old.json --update-baseline --depth quick --seed 1\n$/,
  });
  t.is((await run('--baseline', 'old.json', '--update-baseline')).code, 0);
  t.deepEqual((JSON.parse(readFileSync(join(cwd, 'old.json'), 'utf8')) as { tolerance: unknown }).tolerance, tolerance);
  t.is((await run('--baseline', 'old.json')).code, 0);

  const edited = readFileSync(join(cwd, 'base.json'), 'utf8').replace('"holds"', '"fine"');
  for (const text of [edited, '{}', '[', edited.slice(0, 100)]) {
    write(text, 'base.json');
    await ends(t, run(...compare), {
      code: 4,
      stdout: '',
      stderr: /^signprox: base.json is not (a baseline|JSON): [^\n]*\n$/,
    });
  }
});

test('a run of some claims updates those of a baseline, and keeps the others and stated tolerances', async (t) => {
  const cwd = await directory(t);
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
