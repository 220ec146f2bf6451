import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { Certificate } from '../../claims/certificate.js';
import { checkCertificate } from '../../theory/proofs/certificates/check-certificate.js';
import type { Proving } from '../../theory/proofs/search/prove.js';
import { commandRunner } from '../command-runner.test.helper.js';
import { directory } from './problem-commands.test.helper.js';

const run = commandRunner();
const fixtures = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const textbook = readFileSync(`${fixtures}theorems/sgd-textbook.mjs`, 'utf8');
/** f(x^T) − f* ≤ factor · LD²/(4T + 2), the exact worst case where the factor is 1. */
const convex = (factor: number): string => `export const theorem = {
  id: 'my-convex',
  statement: 'f(x^T) − f* ≤ ${factor} LD²/(4T + 2) for gradient descent on a convex f with γ = 1/L',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: (T, { lipschitz }) => ({ step: 1 / lipschitz, miniBatch: 1 }),
  term: 'objective-gap',
  onlyLast: true,
  bound: (T, { lipschitz, distance }) => (${factor} * lipschitz * distance.upper ** 2) / (4 * T + 2),
};
`;
const files = {
  'convex.mjs': convex(0.999),
  'convex-1.mjs': convex(1),
  'mine.mjs': textbook,
  'false.mjs': textbook.replace('=> (2', '=> (1.8'),
  // Linear in any orthonormal frame.
  'clipped.mjs': textbook
    .replace(
      "hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance']",
      "hypotheses: ['fixed-bounded-below', 'fixed-smooth']",
    )
    .replace(
      "algorithm: 'sgd'",
      `algorithm: {
        name: 'clipped',
        iterate({ problem, step, x }) {
          const g = problem.gradient(x);
          const size = Math.max(1, Math.hypot(...g));
          return { x: x.map((entry, i) => entry - (step * g[i]) / size) };
        },
      }`,
    ),
  'written-out.mjs': textbook.replace(
    "algorithm: 'sgd'",
    `algorithm: {
      name: 'written out',
      iterate({ problem, step, x, batch }) {
        const g = problem.stochasticGradient(batch, x);
        return { x: x.map((entry, i) => entry - step * g[i]) };
      },
    }`,
  ),
  'fixed-step.mjs': textbook.replace('step: 1 / (lipschitz * Math.sqrt(T))', 'step: 0.5'),
  // True, and more than one step of γL = 1/2 shows.
  'half.mjs': textbook
    .replace(/step: 1 \/ \(lipschitz \* Math\.sqrt\(T\)\)/, 'step: 1 / (2 * lipschitz)')
    .replace('(2 * gap.upper) / (step * T)', '2.1 * lipschitz * gap.upper / T'),
};

test.serial('a proof is written as a certificate and for Coq, and nothing that is not one', async (t) => {
  const cwd = await directory(t, files);
  const proved = await run(cwd, ['prove', 'mine.mjs', '--out', 'proofs']);
  t.is(proved.code, 0, proved.stderr);
  t.regex(proved.stdout, /^sgd-textbook: proved for every T ≥ 1$/m);
  t.regex(proved.stdout, /^bound +read from the file at T = 1–150, 200, 267, /m);
  t.regex(proved.stdout, /^used +fixed-bounded-below, fixed-smooth, fixed-variance$/m);
  const certificate = JSON.parse(readFileSync(join(cwd, 'proofs/sgd-textbook.json'), 'utf8')) as Certificate;
  t.deepEqual(
    checkCertificate(certificate).filter(({ problem }) => problem !== undefined),
    [],
  );
  const coq = await run(cwd, ['prove', 'mine.mjs', '--format', 'coq']);
  t.is(coq.stdout, readFileSync(join(cwd, 'proofs/sgd_textbook.v'), 'utf8'));
  t.regex(coq.stdout, /^Theorem T_steps/m);
  t.false(existsSync(join(cwd, 'proofs/sgd-textbook-worst.json')));
});

test.serial('a false theorem is refuted by a problem on which bounds finds it violated', async (t) => {
  const cwd = await directory(t, files);
  const refuted = await run(cwd, ['prove', 'false.mjs', '--out', 'worst', '--format', 'json']);
  t.is(refuted.code, 1, refuted.stderr);
  const { answer, certificate, worst, again } = JSON.parse(refuted.stdout) as Proving & { readonly again: string };
  t.is(answer, 'false');
  t.is(certificate, undefined);
  t.regex(again, /^signprox bounds --theorem false\.mjs /);
  const { start, problem } = worst!.instance;
  t.deepEqual(JSON.parse(readFileSync(join(cwd, 'worst/sgd-textbook-worst.json'), 'utf8')), problem);
  t.false(existsSync(join(cwd, 'worst/sgd_textbook.v')));
  const bounds = await run(cwd, [
    ...['bounds', '--theorem', 'false.mjs', '--problem', 'worst/sgd-textbook-worst.json'],
    ...['--start', JSON.stringify(start), '--iterations', String(worst!.iterations)],
  ]);
  t.is(bounds.code, 1, bounds.stderr);
  t.regex(bounds.stdout, /violated/);
  const coq = await run(cwd, ['prove', 'false.mjs', '--format', 'coq']);
  t.is(coq.code, 2);
  t.regex(coq.stderr, /there is no proof for Coq/);
});

test.serial('all T steps are refuted by a problem on which bounds finds the theorem violated', async (t) => {
  const cwd = await directory(t, files);
  const refuted = await run(cwd, ['prove', 'convex.mjs', '--iterations', '3', '--out', 'worst', '--format', 'json']);
  t.is(refuted.code, 1, refuted.stderr);
  const { rows, worst } = JSON.parse(refuted.stdout) as Proving;
  // The interpolation conditions of three steps allow it too.
  t.is(rows[0]!.answer, 'false');
  const bounds = await run(cwd, [
    ...['bounds', '--theorem', 'convex.mjs', '--problem', 'worst/my-convex-worst.json'],
    ...['--start', JSON.stringify(worst!.instance.start), '--iterations', '3'],
  ]);
  t.is(bounds.code, 1, bounds.stderr);
  t.regex(bounds.stdout, /violated/);
  const proved = await run(cwd, ['prove', 'convex-1.mjs', '--iterations', '3']);
  t.is(proved.code, 0, proved.stderr);
});

test.serial('neither proved nor refuted is a success without --strict; no model is a usage error', async (t) => {
  const cwd = await directory(t, files);
  const half = ['prove', 'half.mjs', '--iterations', '1'];
  const open = await run(cwd, [...half, '--format', 'markdown']);
  t.is(open.code, 0, open.stderr);
  t.regex(open.stdout, /^## sgd-textbook: no proof of this form exists at T = 1$/m);
  t.is((await run(cwd, [...half, '--strict'])).code, 1);
  t.is((await run(cwd, ['prove', 'mine.mjs', '--strict'])).code, 0);
  const fixed = await run(cwd, ['prove', 'fixed-step.mjs']);
  t.is(fixed.code, 2);
  t.regex(fixed.stderr, /^signprox: fixed-step\.mjs: not linear, or no model: /m);
  const clipped = await run(cwd, ['prove', 'clipped.mjs']);
  // It has no model, and an engine refutes it.
  t.is(clipped.code, 1, clipped.stderr);
  t.regex(clipped.stdout, /^sgd-textbook: false, at T = /m);
  t.regex(clipped.stdout, /no proof was\s+looked\s+for:\s+clipped\s+is\s+not\s+linear/);
  t.regex(clipped.stdout, /^again +signprox bounds --theorem clipped\.mjs /m);
  const spent = await run(cwd, ['prove', 'mine.mjs', '--budget', '1e-9']);
  t.is(spent.code, 2);
  t.regex(spent.stderr, /the budget of 1e-9 s is spent/);
});

test.serial('a program that is only compared with a formula is proved for the formula: 1 with --strict', async (t) => {
  const cwd = await directory(t, files);
  const asked = ['prove', 'written-out.mjs'];
  const proved = await run(cwd, asked);
  t.is(proved.code, 0, proved.stderr);
  const title =
    /^(?:## )?sgd-textbook: proved for x⁺ = x − γĝ\(x\), for every T ≥ 1; your code agrees in \d{3,} trials, which is no proof that it is this$/m;
  t.regex(proved.stdout, title);
  t.regex((await run(cwd, [...asked, '--format', 'markdown'])).stdout, title);
  const { answer, compared } = JSON.parse((await run(cwd, [...asked, '--format', 'json'])).stdout) as Proving;
  t.is(answer, 'proved-for-formula');
  t.is(compared!.formula, 'x⁺ = x − γĝ(x)');
  t.is((await run(cwd, [...asked, '--strict'])).code, 1);
});

test.serial('a run of the claims of a theorem ends with the proof in one line', async (t) => {
  const cwd = await directory(t, files);
  const verified = (file: string) =>
    run(cwd, ['verify', '--theorem', file, '--depth', 'quick', '--claims', '*-constants']);
  const ends: Readonly<Record<string, RegExp>> = {
    'mine.mjs': /\nproof: proved for every T ≥ 1; used: fixed-bounded-below, fixed-smooth,\n {2}fixed-variance\n$/,
    'false.mjs':
      /\nproof: false, at T = 1; left\/bound = 1\.11\d* on x²\/2, x⁰ = 1, by\s+the\s+engine\s+\w+\nexit 1: the claims found no counterexample, and the theorem is false\n$/,
    'fixed-step.mjs': /\nproof: not linear, or no model: the step is not a number divided by L: [^\n]*\n( {2}.*\n)?$/,
  };
  for (const [file, end] of Object.entries(ends)) {
    const { code, stdout, stderr } = await verified(file);
    t.is(code, file === 'false.mjs' ? 1 : 0, stderr);
    t.regex(stdout, end);
  }
  const document = await run(cwd, [
    ...['verify', '--theorem', 'false.mjs', '--depth', 'quick', '--claims', '*-constants', '--format', 'json'],
  ]);
  t.is(document.code, 1);
  t.notThrows(() => JSON.parse(document.stdout));
  t.regex(document.stderr, /^proof: false, at T = 1; /m);
});

test.serial('what the claims refute prove does not call proved, and its line says so', async (t) => {
  const cwd = await directory(t, {
    ...files,
    // A textbook step where a trial asks, and none for a log-cosh, of which the proof's own problems have none.
    'log-cosh.mjs': files['written-out.mjs'].replace(
      'const g =',
      `let still = false;
        try {
          still = JSON.stringify(problem.problem.specification).includes('log-cosh');
        } catch {}
        if (still) return { x };
        const g =`,
    ),
    // A control that nothing finds is no counterexample.
    'control.mjs': `${textbook}export const controls = [{ name: 'no error', bound: 2 }];\n`,
  });
  const proved = await run(cwd, ['prove', 'log-cosh.mjs']);
  t.is(proved.code, 1, proved.stderr);
  t.regex(proved.stdout, /^sgd-textbook: false, at T = \d+$/m);
  const again = /^again +signprox (bounds .*)$/m.exec(proved.stdout)![1]!;
  const words = [...again.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);
  const bounds = await run(cwd, words);
  t.is(bounds.code, 1, bounds.stderr);
  const verified = await run(cwd, ['verify', '--theorem', 'log-cosh.mjs', '--depth', 'quick']);
  t.is(verified.code, 1, verified.stderr);
  t.regex(verified.stdout, /\nproof: none: the theorem is false, as the counterexample shows\n$/);
  const document = await run(cwd, ['verify', '--theorem', 'log-cosh.mjs', '--depth', 'quick', '--format', 'json']);
  t.is(document.code, 1);
  t.regex(document.stderr, /^proof: none: the theorem is false/m);
  const missed = await run(cwd, [
    ...['verify', '--theorem', 'control.mjs', '--depth', 'quick', '--claims', '*-controls'],
  ]);
  t.is(missed.code, 1, missed.stderr);
  t.regex(missed.stdout, /\nproof: proved for every T ≥ 1; /);
});
