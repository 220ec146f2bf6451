import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { RunRecord } from '../../report/record/run-record.js';
import { startCommand } from '../command-process.test.helper.js';
import { commandRunner } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const command = commandRunner();

/** The prox of linf by sorting, slow on purpose, and that of l1. */
const library = (linf: string): string => `
const soft = (v, t) => Math.sign(v) * Math.max(Math.abs(v) - t, 0);
const project = (y, t) => {
  if (y.reduce((sum, v) => sum + Math.abs(v), 0) <= t) return y.slice();
  let [sum, level] = [0, 0];
  y.map(Math.abs).sort((a, b) => b - a).forEach((size, j) => {
    sum += size;
    if (size >= (sum - t) / (j + 1)) level = (sum - t) / (j + 1);
  });
  return y.map((v) => soft(v, level));
};
const prox = {
  l1: ({ weight }, step, y) => y.map((v) => soft(v, step * weight)),
  linf: ({ weight }, step, y) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    const rest = project(y, step * weight);
    return y.map((v, i) => ${linf});
  },
};
export default {
  describe: () => ({
    name: 'slow', version: '1', language: 'javascript', dtype: 'f64', methods: ['prox'], functions: ['l1', 'linf'], smooth: [],
    algorithms: [], conventions: { signOfZero: 'unknown', halfInSquaredNorm: true },
  }),
  prox: (F, step, y) => prox[F.type](F, step, y),
};
`;

interface Subjects {
  readonly subjects: readonly {
    readonly subject: string;
    readonly verdict: string;
    readonly thin?: string;
    readonly cases: number;
  }[];
}

const guard = ['guard', '--module', 'slow.mjs', '--claims', 'eq6-prox', '--depth', 'quick', '--format', 'json'];

test('a function beyond its time limit is thin, and a fast one of the same library is right', async (t) => {
  const cwd = await directory(t);
  writeFileSync(join(cwd, 'slow.mjs'), library('v - rest[i]'));
  const { code, stdout } = await command(cwd, [...guard, '--time-per-part', '2000ms']);
  t.is(code, 0);
  const [l1, linf] = ['prox of l1', 'prox of linf'].map((name) =>
    (JSON.parse(stdout) as Subjects).subjects.find(({ subject }) => subject === name),
  );
  t.is(l1!.verdict, 'right');
  t.is(linf!.verdict, 'thin');
  t.regex(linf!.thin!, /^\d+ of \d+ cases in 2 s$/);
  t.true(linf!.cases > 0);
});

test('a wrong function beyond its time limit is wrong, and the command that reproduces it keeps the limit', async (t) => {
  const cwd = await directory(t);
  writeFileSync(join(cwd, 'slow.mjs'), library('v - 2 * rest[i]'));
  const { code, stdout } = await command(cwd, [...guard, '--time-per-part', '1s', '--only', 'prox of linf']);
  t.is(code, 1);
  t.is((JSON.parse(stdout) as Subjects).subjects[0]!.verdict, 'wrong');
  const folder = join(cwd, 'reports', 'selection');
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord;
  for (const line of [record.command, record.claims[0]!.evidence.reproduce])
    t.regex(line, /^signprox guard slow.mjs --only 'prox of linf' --time-per-part 1000ms --claims eq6-prox /);
});

test('time for a subject is shared by all claims about it, each of which still asks, and the others are judged in full', async (t) => {
  const cwd = await directory(t);
  const claims = ['eq6-prox', 'inputs-unchanged', 'nonfinite-entries'];
  const words = [...guard.slice(0, 3), '--claims', claims.join(), '--depth', 'quick', '--time-per-subject', '4s'];
  writeFileSync(join(cwd, 'slow.mjs'), library('v - rest[i]'));
  const { code, stdout } = await command(cwd, [...words, '--ledger']);
  t.is(code, 0);
  const record = JSON.parse(readFileSync(join(cwd, 'reports', 'selection', 'run.json'), 'utf8')) as RunRecord;
  const cells = record.claims.flatMap(({ evidence }) => evidence.cells ?? []);
  const about = (name: string): number[] => cells.filter(({ subject }) => subject === name).map((cell) => cell.cases);
  t.is(about('prox of linf').length, claims.length);
  for (const [i, cases] of about('prox of linf').entries()) t.true(0 < cases && cases < about('prox of l1')[i]!);
  t.regex(stdout.replace(/\s+/g, ' '), /prox of linf \(\d+ of \d+ cases in 4 s for the subject\): γ /);
  t.regex(stdout, /asked in part:\s+prox\s+of\s+linf\s/);

  writeFileSync(join(cwd, 'slow.mjs'), library('v - 2 * rest[i]'));
  const wrong = await command(cwd, words);
  t.is(wrong.code, 1);
  t.regex(wrong.stdout, /^✗ prox of linf is wrong/m);
});

test('the first failure and the verdicts that are known are printed before the run ends', async (t) => {
  const cwd = await directory(t);
  // Each method waits until the test has read on stdout what is known before: without it, no call is answered in time.
  const waiting = (file: string): string =>
    `while (!existsSync('${file}')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);`;
  writeFileSync(
    join(cwd, 'waits.mjs'),
    `import { existsSync } from 'node:fs';
export default {
  describe: () => ({ name: 'waits', version: '1', language: 'js', dtype: 'f64', methods: ['value', 'prox', 'step'],
    functions: ['squared-l2', 'l1'], smooth: ['zero'], algorithms: ['spgm'] }),
  value: ({ type, weight }, x) => x.reduce((sum, v) => sum + (type === 'l1' ? Math.abs(v) * weight * 2 : (weight / 2) * v * v), 0),
  prox({ type, weight }, step, y) {
    ${waiting('first')}
    return y.map((v) => type === 'l1' ? Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0) : v / (1 + step * weight));
  },
  step() {
    ${waiting('rows')}
    throw new Error('none');
  },
};
`,
  );
  const claims = ['--claims', 'function-values,eq6-prox,algorithm-1-spgm'];
  const words = ['guard', '--module', 'waits.mjs', ...claims, '--depth', 'quick', '--seed', '1', '--timeout', '20s'];
  let early = '';
  const { code, stdout, stderr } = await startCommand(cwd, words, (child) => {
    child.stdout!.on('data', (chunk) => {
      early += chunk;
      if (early.includes('first failure: value of l1')) writeFileSync(join(cwd, 'first'), '');
      if (/^l1: prox right, value wrong$/m.test(early)) writeFileSync(join(cwd, 'rows'), '');
    });
  });
  t.is(code, 1, stderr);
  t.regex(
    stdout,
    /^first failure: value of l1\(weight 1\) at .*\n(?: .*\n)*squared-l2: prox right, value right\nl1: prox right, value wrong\nspgm: step raises\n\n✗ \d+ of \d+ fail: /,
  );
  for (const line of stdout.split('\n\n')[0]!.split('\n')) t.true(line.length <= 80, line);
  const again = await startCommand(cwd, words);
  const untimed = (text: string): string => text.replace(/, [\d.]+ m?s\./, '');
  t.is(untimed(again.stdout), untimed(stdout));
  const json = await startCommand(cwd, [...words, '--format', 'json']);
  t.notThrows(() => JSON.parse(json.stdout));
});
