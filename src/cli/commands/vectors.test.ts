import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { FunctionVector, VectorFile } from '../../guard/vectors/vector-file.js';
import { parseFunction } from '../../reference/functions/index.js';
import { commandRunner, ends } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const command = commandRunner();

const shipped = fileURLToPath(new URL('../../../../fixtures/vectors/v1', import.meta.url));

test('check and header: exit codes 0, 1, 2, 4 and 6', async (t) => {
  const cwd = await directory(t);
  const run = (...args: readonly string[]) => command(cwd, ['vectors', ...args]);
  const answer = (answers: unknown): void => writeFileSync(join(cwd, 'answers.json'), JSON.stringify(answers));
  const file = JSON.parse(readFileSync(join(shipped, 'prox-l1.json'), 'utf8')) as VectorFile;
  const asked = (file.vectors as readonly FunctionVector[]).filter(({ answers }) => answers[0]!.f64 !== undefined);
  const answersBy = (prox: (vector: FunctionVector) => readonly number[]) =>
    Object.fromEntries(asked.map((vector) => [vector.id, [prox(vector)]]));
  const soft = ({ function: own, step, x }: FunctionVector) => [
    ...parseFunction(own).prox(Float64Array.from(x as readonly number[]), step!),
  ];

  answer(answersBy(soft));
  const all = `answered {2,}${asked.length} of ${asked.length} vectors`;
  await ends(t, run('check', 'answers.json'), {
    stdout: [/^✓ prox-l1 is right +f64$/m, new RegExp(all), /^ +exit 0$/m],
    stderr: '',
  });
  answer(answersBy((vector) => soft({ ...vector, step: 1 })));
  await ends(t, run('check', 'answers.json'), {
    code: 1,
    stdout: [
      /^✗ prox-l1 is wrong +f64$/m,
      /^ {4}vector +prox-l1-[0-9a-f]{12}$/m,
      /^ {4}returned +x_1\[\d\] = \S+$/m,
      /^ {4}right +\S+ to \S+$/m,
      /^ {4}looks like +the threshold is w instead of γw$/m,
      new RegExp(all),
      /^ +exit 1$/m,
    ],
  });
  const { verdict, subjects } = JSON.parse((await run('check', 'answers.json', '--format', 'json')).stdout);
  t.deepEqual([verdict, subjects[0].verdict], ['prox-l1 is wrong', 'fail']);

  answer({ [asked[0]!.id]: null });
  t.is((await run('check', 'answers.json')).code, 6);
  answer({ 'prox-l1-000000000000': [[1]] });
  await ends(t, run('check', 'answers.json'), {
    code: 4,
    stdout: '',
    stderr: /^signprox: answers.json: there is no vector prox-l1-000000000000[^\n]*\n$/,
  });
  answer({ [asked[0]!.id]: [1] });
  t.is((await run('check', 'answers.json')).code, 4);
  writeFileSync(join(cwd, 'broken.json'), '{');
  await ends(t, run('check', 'broken.json'), { code: 4, stderr: /^signprox: broken\.json is not JSON: [^\n]*\n$/ });
  await ends(t, run('check', 'nowhere.json'), {
    code: 2,
    stderr: 'signprox: cannot read nowhere.json: there is no such file; give a JSON file of answers\n',
  });
  answer(answersBy(soft));
  await ends(t, run('check', 'answers.json', '--follows', 'pytorch'), {
    code: 2,
    stderr: /prox-l1 has the references none/,
  });
  t.is((await run('check', 'answers.json', '--dtype', 'f8')).code, 2);

  await ends(t, run('header', 'lion', '--dtype', 'bf16'), {
    stdout: [
      /^static const struct signprox_vector signprox_lion_bf16\[\] = \{$/m,
      /^static const int signprox_lion_bf16_count = \d+;$/m,
    ],
    stderr: '',
  });
  t.is((await run('header', 'spgm')).code, 2);
  await ends(t, run('header', 'prox-l1'), {
    code: 2,
    stderr: /there are no arrays for prox-l1: choose one of adadelta, /,
  });
});

test('write makes the shipped files again, byte for byte', async (t) => {
  const cwd = await directory(t);
  const run = (...args: readonly string[]) => command(cwd, ['vectors', 'write', ...args]);
  await ends(t, run('--out', 'mine'), { stdout: /^\d+ vectors in \d+ files written to mine\n$/, stderr: '' });
  const names = Object.keys(JSON.parse(readFileSync(join(cwd, 'mine/manifest.json'), 'utf8')).files);
  t.true(names.length > 50);
  for (const name of ['manifest.json', ...names]) {
    t.is(readFileSync(join(cwd, 'mine', name), 'utf8'), readFileSync(join(shipped, name), 'utf8'), name);
  }
  writeFileSync(join(cwd, 'file'), '');
  t.is((await run('--out', 'file')).code, 2);
});
