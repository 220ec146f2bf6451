import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const program = fileURLToPath(new URL('./main.js', import.meta.url));
const mutate = new URL('../../../fixtures/mutants/javascript/mutate.js', import.meta.url).href;

/** The independent implementation with another prox of ℓ1, which depends on how a soft threshold is followed by `after`. */
const moduleWith = (after: string, rest = ''): string => `
import { mutate } from ${JSON.stringify(mutate)};
const honest = mutate({});
export default {
  ...mutate({ functions: (table) => ({ l1: { prox: (F, step, y) => table.l1.prox(F, step, y).map((v) => ${after}) } }) }),
  ${rest}
};
`;

test('a claim that got worse inside its tolerance, a missing part and a moved trajectory fail', (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-baseline-'));
  t.teardown(() => rmSync(cwd, { recursive: true }));
  const write = (text: string, name = 'mine.mjs'): void => writeFileSync(join(cwd, name), text);
  const run = (...args: readonly string[]) =>
    spawnSync(
      process.execPath,
      [program, 'guard', '--module', 'mine.mjs', '--claims', 'eq6-prox', '--depth', 'quick', ...args],
      { cwd, encoding: 'utf8' },
    );
  const compare = ['--baseline', 'base.json'];

  write(moduleWith('v'));
  const absent = run(...compare);
  t.deepEqual([absent.status, absent.stdout], [4, '']);
  t.regex(absent.stderr, /^signprox: cannot read the baseline base.json: make one with --update-baseline\n$/);
  t.is(run('--update-baseline').status, 2);

  const first = run(...compare, '--update-baseline');
  t.is(first.status, 0, first.stderr);
  t.regex(first.stdout, /a first baseline\nwrote base.json\n$/);
  const same = run(...compare);
  t.is(same.status, 0);
  t.regex(same.stdout, /against the baseline:\n {2}nothing changed\n$/);

  // 20 roundings are well inside the tolerance of 64 and far above what soft thresholding loses.
  write(moduleWith('v * (1 + 20 * 2 ** -53)'));
  const worse = run(...compare);
  t.is(worse.status, 1);
  t.regex(worse.stdout, /exit 0: every claim has a verdict that it accepts/);
  t.regex(worse.stdout, /^ {2}worse: eq6-prox, l1: 0.\d+ of the allowed, 0.\d+ before$/m);
  t.regex(worse.stdout, /^ {2}worse: trajectory trajectory-spgm-[0-9a-f]{8}: x_1\[0\] is /m);
  const json = run(...compare, '--format', 'json');
  t.is(json.status, 1);
  t.notThrows(() => JSON.parse(json.stdout));
  t.regex(json.stderr, /^ {2}worse: /m);

  write(
    moduleWith(
      'v',
      "describe: () => ({ ...honest.describe(), functions: honest.describe().functions.filter((type) => type !== 'huber') }),",
    ),
  );
  const missing = run(...compare);
  t.is(missing.status, 1);
  t.regex(missing.stdout, /^ {2}missing: part eq6-prox, huber was there before$/m);
  const accepted = run(...compare, '--update-baseline');
  t.is(accepted.status, 0);
  t.regex(accepted.stdout, /missing: part eq6-prox, huber[\s\S]*wrote base.json\n$/);
  t.is(run(...compare).status, 0);

  const other = run(...compare, '--seed', '2');
  t.is(other.status, 2);
  t.regex(other.stderr, /base.json is a run with --seed 1 --depth quick/);
  write(moduleWith('v', "describe: () => ({ ...honest.describe(), name: 'somebody-else' }),"));
  const foreign = run(...compare);
  t.is(foreign.status, 4);
  t.regex(foreign.stderr, /is a baseline of "plain-arrays-mutant", not of "somebody-else"/);
  const edited = readFileSync(join(cwd, 'base.json'), 'utf8').replace('"holds"', '"fine"');
  for (const text of [edited, '{}', '[', edited.slice(0, 100)]) {
    write(text, 'base.json');
    const invalid = run(...compare);
    t.deepEqual([invalid.status, invalid.stdout], [4, '']);
    t.regex(invalid.stderr, /^signprox: base.json is (no baseline|not JSON): [^\n]*\n$/);
  }
});
