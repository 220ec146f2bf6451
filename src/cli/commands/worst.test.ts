import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Certificate } from '../../claims/certificate.js';
import { checkCertificate } from '../../theory/proofs/certificates/check-certificate.js';
import type { Worst } from '../../theory/proofs/search/worst.js';
import { commandRunner, inFolder, words } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();
const convex = `export const theorem = {
  id: 'my-convex',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: { step: '1/L', miniBatch: '1' },
  term: 'objective-gap',
  onlyLast: true,
};
`;
const files = {
  'convex.mjs': convex,
  'noisy.mjs': convex.replace("'gradient-descent'", "'sgd'").replace("'d-convex'", "'d-convex', 'fixed-variance'"),
  'late.mjs': convex.replace('onlyLast: true', 'onlyLast: true, from: 5'),
  'program.mjs': convex.replace("'gradient-descent'", "{ name: 'written out', step: ['x = x − γ∇f(x)'] }"),
  'function.mjs': convex.replace("'gradient-descent'", "{ name: 'written out', iterate: ({ x }) => ({ x }) }"),
};
const beside = async (t: ExecutionContext) => inFolder(t, run, await directory(t, files));

test.serial('the worst case is written as a theorem that bounds attains and prove proves', async (t) => {
  const { cwd, ends } = await beside(t);
  await ends('worst convex.mjs --up-to 3 --out found', {
    stdout: [
      /^✓ my-convex: the worst case of f\(x\^T\) − f\* is exact for T = 1, 2, 3 and γL = 1$/m,
      /^ +3 +1\/14 +0\.07143 +exact +slope 0, 1, 1 at 0, 1, 7, from 7$/m,
      /^ +conjecture +1\/\(4T \+ 2\) for every T: a fit to 3 values/m,
      /^ +again +signprox bounds --theorem found\/my-convex-worst\.json /m,
    ],
  });
  const certificate = JSON.parse(
    readFileSync(join(cwd, 'found/my-convex-worst-certificate.json'), 'utf8'),
  ) as Certificate;
  t.true(checkCertificate(certificate).every(({ problem }) => problem === undefined));
  t.is(certificate.stages.length, 3);
  const picture = (name: string) => readFileSync(join(cwd, `found/my-convex-worst${name}.svg`), 'utf8');
  // A circle for each T, and a cross for each point of the run that attains the last one.
  t.is(picture('').match(/<circle/g)!.length, 3);
  t.regex(picture(''), /^<svg [\s\S]*the run that attains T = 3[\s\S]*<\/svg>$/);
  await ends('worst convex.mjs --up-to 1 --out steps --by-steps', { stdout: /my-convex-worst-by-steps\.svg$/m });
  t.is(readFileSync(join(cwd, 'steps/my-convex-worst-by-steps.svg'), 'utf8').match(/<circle/g)!.length, 31);
  const json = await ends('worst convex.mjs --up-to 3 --out found --format json');
  const { answer, rows, again } = JSON.parse(json.stdout) as Worst & { readonly again: string };
  t.is(answer, 'exact');
  t.deepEqual(
    rows[2]!.attained!.instance.problem,
    JSON.parse(readFileSync(join(cwd, 'found/my-convex-worst-3.json'), 'utf8')),
  );
  // The left side is the bound, and more than a bound that is a thousandth less.
  const command = again.replace(/^signprox /, '');
  await ends(command, { stdout: /^3 +1 +1 +3\.5 +3\.5 +1 .* holds$/m });
  await ends('prove found/my-convex-worst.json --iterations 1,2,3', {
    stdout: /^✓ my-convex-worst: proved for T = 1, 2, 3$/m,
  });
  const bounded = join(cwd, 'found/my-convex-worst.json');
  const less = await directory(t, {
    ...files,
    'found/less.json': readFileSync(bounded, 'utf8').replace('(1/(', '(0.999/('),
  });
  const { ends: endsThere } = await inFolder(t, run, less);
  await endsThere(
    words`bounds --theorem found/less.json --problem ${JSON.stringify(rows[2]!.attained!.instance.problem)} --start [7] --iterations 3`,
    { code: 1, stdout: /violated/ },
  );
  const coq = await ends('worst convex.mjs --up-to 1 --format coq', { stdout: /^Theorem a_run_of_one_step/m });
  t.regex(coq.stdout, /Qed\./);
});

test.serial('what has no worst case here is a usage error of one line; --strict wants an exact value', async (t) => {
  const { ends } = await beside(t);
  await ends('worst noisy.mjs', { code: 2, stderr: /^signprox: noisy\.mjs: no model of its worst case: / });
  await ends('worst late.mjs', { code: 2, stderr: /^signprox: late\.mjs: .* about T ≥ 5: give --up-to 5, or more$/m });
  await ends('worst convex.mjs --strong-convexity 2', {
    code: 2,
    stderr: /a fraction between 0 and 1, such as 1\/10, got 2$/m,
  });
  await ends('worst convex.mjs --up-to 9', { code: 2, stderr: /T is an integer from 1 to 8/ });
  await ends('worst convex.mjs --up-to 1 --budget 1e-9', { code: 2, stderr: /the budget of 1e-9 s is spent/ });
  // Other commands need a bound.
  await ends('prove convex.mjs', {
    code: 2,
    stderr:
      /^signprox: convex\.mjs: theorem\.bound must be a formula or a function, and signprox worst finds the worst case of a theorem without one, got undefined$/m,
  });
  await ends('worst convex.mjs --up-to 1 --strict');
  await ends('worst program.mjs --up-to 1 --strict', {
    unwrapped: /^✓ my-convex: the worst case of f\(x\^T\) − f\* is exact for T = 1 and γL = 1 /,
  });
  await ends('worst function.mjs --up-to 1', {
    code: 2,
    stderr:
      /no model of its worst case: theorem\.algorithm is a function, and what is proved is a formula: write algorithm: \{ name/,
  });
  await ends('worst convex.mjs --up-to 1 --format markdown', {
    stdout: /^\| 1 \| 1\/6 \| 0\.1667 \| exact \| slope /m,
  });
});
