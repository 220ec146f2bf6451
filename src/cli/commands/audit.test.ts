import { readdir } from 'node:fs/promises';
import test from 'ava';
import { auditSchema } from '../../report/formats/audit-report.js';
import { commandRunner, ends } from '../command-runner.test.helper.js';
import { audit, directory, examples } from './problem-commands.test.helper.js';

const run = commandRunner();

test.serial('audit: every example has the verdicts that its table promises', async (t) => {
  const cwd = await directory(t);
  const names = ['cosine-linear', 'matched-quadratics', 'geman-mcclure-huber', 'lasso', 'least-squares-log-cosh'];
  const results = await Promise.all(names.map((name) => run(cwd, audit(name, '--points', '16', '--format', 'json'))));
  const verdicts = results.map(({ stdout }) => {
    const { audits } = auditSchema.parse(JSON.parse(stdout));
    const findings = audits.flatMap((entry) => entry.findings);
    t.is(findings.length, 8);
    return findings.filter(({ verdict }) => verdict === 'violated').map(({ hypothesis }) => hypothesis.slice(-2));
  });
  t.deepEqual(verdicts, [[], [], [], ['1c', '2b', '2c'], ['2b']]);
  t.deepEqual(
    results.map(({ code }) => code),
    [0, 0, 0, 1, 1],
  );
  for (const { stderr } of results) t.is(stderr, '');
  t.is((await readdir(cwd)).length, (await readdir(examples)).length, 'nothing is written');
});

test.serial('audit: the table shows declared, certified and searched constants and the offending pair', async (t) => {
  const cwd = await directory(t, { 'declared.json': { lipschitz: 1.9 } });
  const { stdout } = await ends(
    t,
    run(cwd, audit('matched-quadratics', '--theorem', '1', '--declared', 'declared.json')),
    {
      code: 1,
      stdout: [
        /^✗ Theorem 1 does not apply: ‖∇d\(x\)[^;]* 1\.9,\s+the declared L;/,
        /^ +problem +matched-quadratics\.json: n = 1, γ = 0\.5263$/m,
        /^ +1\(b\) ∇d is L-Lipschitz +✗ violated, declared 1\.9, certified 2, searched 2$/m,
        /^ +1\(c\) r_k smooth, convex +✗ violated, declared 1\.9, certified 2, searched 2$/m,
      ],
    },
  );
  const text = stdout.replaceAll(/\s+/g, ' ');
  t.regex(
    text,
    /searched 2 ‖∇d\(x\) − ∇d\(y\)‖\/‖x − y‖ = 2 at x = \(\S+\), y = \(\S+\) > 1\.9, the declared L 1\(c\) /,
  );
  t.false(stdout.includes('\u001b'));
  await ends(t, run(cwd, audit('matched-quadratics', '--theorem', '1', '--declared', '{"lipschitz": 2, "sigma": 3}')), {
    stdout: [
      /^ +1\(a\) f\* is finite +✓ /m,
      /^ +1\(d\) bounded noise +✓ declared 3, certified 0\.5, searched 0\.5$/m,
      /^✓ Theorem 1 applies: every hypothesis is certified\n/,
    ],
  });
  await ends(t, run(cwd, audit('lasso')), {
    code: 1,
    stdout: /^✗ Theorem 1 does not apply: r_1 is not differentiable at x = \(0, 0\)\n/,
    unwrapped:
      /✗ Theorem 2 does not apply: d is not separable; r_1 is not differentiable at x = \(0, 0\) problem .*exit 1 $/,
  });
});

test.serial('audit: dimension, step and T are options, and ‖L‖₁ = 0 is an error', async (t) => {
  const linear = { smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients: [1] }], probabilities: [1] };
  const ball = { ...linear, functions: [{ type: 'l2-ball', radius: 1 }] };
  const cosine = { ...linear, smooth: { type: 'cosine', weight: 1 }, functions: [{ type: 'squared-l2', weight: 4 }] };
  const cwd = await directory(t, { 'linear.json': linear, 'ball.json': ball, 'cosine.json': cosine });
  const [flat, coupled, three, scheduled] = await Promise.all([
    run(cwd, audit('linear', '--theorem', '2')),
    run(cwd, audit('ball', '--theorem', '2', '--step', '0.5', '--points', '8')),
    run(cwd, audit('cosine', '--theorem', '2', '--dimension', '3', '--points', '8')),
    run(cwd, audit('cosine', '--theorem', '1', '--iterations', '4', '--points', '8')),
  ]);
  t.is(flat.code, 2);
  t.regex(flat.stdout, /^ +2\(b\) ∇d is L_i-Lipschitz +✓ certified \(0\)/m);
  t.regex(
    flat.stderr,
    /^signprox: theorem-2 asks for γ = Infinity .*; L is 0 on this problem: .*; declare larger constants, or give --step\n$/,
  );
  t.is(coupled.code, 1);
  t.regex(coupled.stdout, /n = 2, γ = 0\.5$/m);
  t.is(three.code, 0);
  t.regex(three.stdout, /n = 3, γ = 0\.04167$/m);
  t.regex(scheduled.stdout, /n = 1, γ = 0\.125$/m);
});

test.serial('audit: a certified constant far above the searched one is reported, a close one is not', async (t) => {
  // f̄ is curved by 1 near 0 and near 50, and nowhere by the sum of both, which is what is certified.
  const huber = { type: 'huber', weight: 1, threshold: 0.25 };
  const r = { type: 'translated', shift: [50], inner: huber };
  const cwd = await directory(t, { 'apart.json': { smooth: huber, functions: [r], probabilities: [1] } });
  await ends(t, run(cwd, audit('apart', '--theorem', 'sgd-nonconvex')), {
    unwrapped:
      / L = 2 holds on all of Rⁿ; the search met no more than 1, so L may be up to 2\.00 times too large: bounds with it hold, and may be weaker by as much /,
  });
  const json = await run(cwd, audit('apart', '--theorem', 'sgd-nonconvex', '--format', 'json'));
  const ratios = auditSchema.parse(JSON.parse(json.stdout)).audits[0]!.findings.map(({ loose }) => loose?.toFixed(6));
  t.deepEqual(ratios, [undefined, '2.000000', undefined]);
  const close = await run(cwd, audit('geman-mcclure-huber'));
  t.false(close.stdout.includes('too large'));
});
