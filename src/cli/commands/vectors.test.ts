import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { VectorFile } from '../../guard/vectors/vector-schema.js';
import { commandRunner, ends } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const command = commandRunner();

test('export, answer, check: exit codes 0, 1, 4 and 6', async (t) => {
  const cwd = await directory(t);
  const run = (...args: readonly string[]) => command(cwd, ['vectors', ...args]);
  const answer = (outputs: object): void => writeFileSync(join(cwd, 'outputs.json'), JSON.stringify(outputs));

  await ends(t, run('export', '--out', 'mine'), { stdout: /^\d+ vectors in \d+ files written to mine\n$/, stderr: '' });
  t.is((await run('check', '--vectors', 'mine')).code, 0);
  t.is((await run('check')).code, 0);

  const read = (name: string): VectorFile =>
    JSON.parse(readFileSync(join(cwd, 'mine/vectors', `${name}.json`), 'utf8')) as VectorFile;
  const right = Object.fromEntries(read('prox-l1').vectors.map(({ id, accepted }) => [id, accepted[0]!.bits]));
  const tied = read('step-sign-prox').vectors.find(({ flags }) => flags.includes('sgn(0)'))!;
  answer({ ...right, [tied.id]: tied.accepted[1]!.bits });
  const passed = await ends(t, run('check', 'outputs.json', '--vectors', 'mine'), { stderr: '' });
  t.regex(
    passed.stdout,
    new RegExp(`^prox-l1 +${Object.keys(right).length} of ${Object.keys(right).length} pass`, 'm'),
  );
  t.regex(passed.stdout, /^prox-huber +n\/a: no answers$/m);
  t.regex(passed.stdout, /^step-sign-prox +1 of \d+ pass, worst 0.0 of its tolerance, \d+ without an answer$/m);
  t.regex(passed.stdout, /^sgn\(0\) is positive$/m);

  answer(Object.fromEntries(Object.entries(right).map(([id, values]) => [id, values.map(() => 7)])));
  await ends(t, run('check', 'outputs.json'), {
    code: 1,
    stdout: [
      /^fail prox-l1-[0-9a-f]{8} \([\d.e+]+ times its tolerance\): prox of .* ulp$/m,
      /^and \d+ more failures$/m,
    ],
  });
  const json = JSON.parse((await run('check', 'outputs.json', '--format', 'json')).stdout) as { outcome: string }[];
  t.is(json.filter(({ outcome }) => outcome === 'fail').length, Object.keys(right).length);

  answer({});
  t.is((await run('check', 'outputs.json')).code, 6);
  answer({ unknown: [1] });
  await ends(t, run('check', 'outputs.json'), {
    code: 4,
    stdout: '',
    stderr: /^signprox: outputs.json: there is no vector "unknown": [^\n]+\n$/,
  });
  t.is((await run('check', '--vectors', 'nowhere')).code, 4);
  t.is((await run('check', '--format', 'xml')).code, 2);
  t.is((await run('export', '--out', 'outputs.json')).code, 2);
});
