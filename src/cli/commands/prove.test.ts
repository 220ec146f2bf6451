import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Certificate } from '../../claims/certificate.js';
import { parseRunRecord } from '../../report/record/run-record.js';
import { checkCertificate } from '../../theory/proofs/certificates/check-certificate.js';
import type { Proving } from '../../theory/proofs/search/prove.js';
import { commandRunner, type Ending, inFolder, words } from '../command-runner.test.helper.js';
import { fixture } from '../few-functions.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();
const textbook = readFileSync(fixture('theorems/sgd-textbook.mjs'), 'utf8');
/** f(x^T) − f* ≤ factor · LD²/(4T + 2), the exact worst case where the factor is 1. */
const convex = (factor: number): string => `export const theorem = {
  id: 'my-convex',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: { step: '1/L', miniBatch: '1' },
  term: 'objective-gap',
  onlyLast: true,
  bound: '${factor}LD²/(4T + 2)',
};
`;
const files = {
  'convex.mjs': convex(0.999),
  'convex-1.mjs': convex(1),
  'mine.mjs': textbook,
  'false.mjs': textbook.replace('2Δ', '1.8Δ'),
  // Its step is nothing that a model knows.
  'signs.mjs': textbook
    .replace(", 'fixed-variance'", '')
    .replace("algorithm: 'sgd'", "algorithm: { name: 'signs', step: ['x = x − γ sgn(∇f(x))'] }"),
  'written-out.mjs': textbook.replace(
    "algorithm: 'sgd'",
    "algorithm: { name: 'written out', step: ['x = x − γĝ(x)'] }",
  ),
  'functions.mjs': readFileSync(fixture('theorems/sgd-textbook-functions.mjs'), 'utf8'),
  // A T at which no value is read.
  'false-at-171.mjs': textbook.replace("'2Δ/(γT) + γLσ²'", "'0 if T = 171 else 2Δ/(γT) + γLσ²'"),
  // No run of so many iterations ends.
  'late.mjs': textbook.replace("algorithm: 'sgd'", "from: 1e9, algorithm: 'sgd'"),
  'beyond.mjs': textbook.replace("algorithm: 'sgd'", "from: 1e12, algorithm: 'sgd'"),
  'infinite.mjs': textbook.replace(/bound: '.*'/, "bound: '∞'"),
  'never.mjs': textbook.replace(
    "'fixed-variance'",
    "$&, { id: 'never', statement: '0 = 1', search: () => ({ explanation: 'never' }) }",
  ),
  'fixed-step.mjs': textbook.replace('1/(L√T)', '0.5'),
  'wrong.mjs': textbook.replace('(γT)', '(γT'),
  // True, and more than one step of γL = 1/2 shows.
  'half.mjs': textbook.replace('1/(L√T)', '1/(2L)').replace('2Δ/(γT)', '2.1LΔ/T'),
};

const beside = async (t: ExecutionContext, more: Readonly<Record<string, string>> = {}) =>
  inFolder(t, run, await directory(t, { ...files, ...more }));

test.serial('a proof is written as a certificate and for Coq, and nothing that is not one', async (t) => {
  const { cwd, ends } = await beside(t);
  await ends('prove mine.mjs --out proofs', {
    stdout: [
      /^✓ sgd-textbook: proved for every T ≥ 1$/m,
      /^ +slack +T = 1: none; T = 100: 10\/19 of the bound would do$/m,
      /^ +used +fixed-bounded-below, fixed-smooth, fixed-variance$/m,
    ],
  });
  const certificate = JSON.parse(readFileSync(join(cwd, 'proofs/sgd-textbook.json'), 'utf8')) as Certificate;
  t.deepEqual(
    checkCertificate(certificate).filter(({ problem }) => problem !== undefined),
    [],
  );
  const coq = await ends('prove mine.mjs --format coq', { stdout: /^Theorem T_steps/m });
  t.is(coq.stdout, readFileSync(join(cwd, 'proofs/sgd_textbook.v'), 'utf8'));
  t.false(existsSync(join(cwd, 'proofs/sgd-textbook-worst.json')));
});

test.serial('a false theorem is refuted by a problem on which bounds finds it violated', async (t) => {
  const { cwd, ends } = await beside(t);
  const refuted = await ends('prove false.mjs --out worst --format json', { code: 1 });
  const { answer, certificate, worst, again } = JSON.parse(refuted.stdout) as Proving & { readonly again: string };
  t.is(answer, 'false');
  t.is(certificate, undefined);
  t.regex(again, /^signprox bounds --theorem false\.mjs /);
  const { start, problem } = worst!.instance;
  t.deepEqual(JSON.parse(readFileSync(join(cwd, 'worst/sgd-textbook-worst.json'), 'utf8')), problem);
  t.false(existsSync(join(cwd, 'worst/sgd_textbook.v')));
  const on = ['--problem', 'worst/sgd-textbook-worst.json', '--start', JSON.stringify(start)];
  await ends(words`bounds --theorem false.mjs ${on} --iterations ${worst!.iterations}`, {
    code: 1,
    stdout: /violated/,
  });
  await ends('prove false.mjs --format coq', { code: 2, stderr: /there is no proof for Coq/ });
});

test.serial('all T steps are refuted by a problem on which bounds finds the theorem violated', async (t) => {
  const { ends } = await beside(t);
  const refuted = await ends('prove convex.mjs --iterations 3 --out worst --format json', { code: 1 });
  const { rows, worst } = JSON.parse(refuted.stdout) as Proving;
  // The interpolation conditions of three steps allow it too.
  t.is(rows[0]!.answer, 'false');
  const on = ['--problem', 'worst/my-convex-worst.json', '--start', JSON.stringify(worst!.instance.start)];
  await ends(words`bounds --theorem convex.mjs ${on} --iterations 3`, { code: 1, stdout: /violated/ });
  await ends('prove convex-1.mjs --iterations 3');
});

test.serial('neither proved nor refuted is a success without --strict; no model is a usage error', async (t) => {
  const { ends } = await beside(t);
  await ends('prove half.mjs --iterations 1 --format markdown', {
    stdout: /^## sgd-textbook: no proof of this form exists at T = 1$/m,
  });
  await ends('prove half.mjs --iterations 1 --strict', { code: 1 });
  await ends('prove mine.mjs --strict');
  await ends('prove late.mjs --strict --budget 60', { stdout: /^✓ sgd-textbook: proved for every T ≥ 1000000000$/m });
  await ends('prove beyond.mjs --strict', {
    code: 1,
    stdout: /^! sgd-textbook: vacuous, at every T ≥ 1000000000000$/m,
  });
  await ends('prove never.mjs --strict', { code: 1, stdout: /^! sgd-textbook: vacuous, at every T ≥ 1$/m });
  await ends('prove infinite.mjs --strict', { code: 1, stdout: /^! sgd-textbook: vacuous, at T = 1, 2, 3, 4$/m });
  await ends('prove fixed-step.mjs', {
    code: 2,
    stderr: /^signprox: fixed-step\.mjs: not linear, or no model: /m,
  });
  // It has no model, and an engine refutes it.
  await ends('prove signs.mjs', {
    code: 1,
    stdout: [
      /^✗ sgd-textbook: false, at T = /m,
      /no proof was\s+looked\s+for:\s+signs\s+is\s+not\s+linear/,
      /^ +again +signprox bounds --theorem signs\.mjs /m,
    ],
  });
  await ends('prove mine.mjs --budget 1e-9', { code: 2, stderr: /the budget of 1e-9 s is spent/ });
});

test.serial(
  'an algorithm that is written out is proved; a function is refused, and a formula that is none, with the place',
  async (t) => {
    const { ends } = await beside(t);
    await ends('prove written-out.mjs --strict', { stdout: /^✓ sgd-textbook: proved for every T ≥ 1$/m });
    await ends('prove functions.mjs', {
      code: 2,
      stderr:
        /^signprox: functions\.mjs: not linear, or no model: theorem\.schedule is a function, and what is proved is a formula: write schedule: \{ step: '1\/\(L√T\)', miniBatch: '1' \}$/m,
    });
    await ends('prove wrong.mjs', {
      code: 2,
      stderr: /^signprox: wrong\.mjs: theorem\.bound: after "2Δ\/\(γT \+ γLσ²": "\)" is missing, column 14$/m,
    });
    await ends('prove false-at-171.mjs --strict', { code: 1, stdout: /^! sgd-textbook: undecided for every T ≥ 1$/m });
  },
);

test.serial('a run of the claims of a theorem begins with what the proof says', async (t) => {
  const { ends } = await beside(t);
  const verified = (file: string) => `verify --theorem ${file} --depth quick --claims *-constants`;
  const endings: Readonly<Record<string, Ending>> = {
    'mine.mjs': {
      stdout:
        /^✓ sgd-textbook is true: proved for every T ≥ 1\n\n +uses +fixed-bounded-below, fixed-smooth, fixed-variance\n[\s\S]*exit 0\n$/,
    },
    'false.mjs': {
      code: 1,
      stdout:
        /^✗ sgd-textbook is false, at T = 1\n[\s\S]*the\s+left\s+side\s+is\s+1\.11\d*\s+×\s+the\s+bound\s+on\s+x²\/2, x⁰ = 1, by\s+the\s+engine\s+\w+\n[\s\S]*the claims found no counterexample; [\s\S]*exit 1\n$/,
    },
    'fixed-step.mjs': {
      unwrapped: / proof none: not linear, or no model: the step is not a number divided by L: .*exit 0 $/,
    },
  };
  for (const [file, ending] of Object.entries(endings)) await ends(verified(file), ending);
  await ends(`${verified('false.mjs')} --format tap`, { code: 1, stderr: /^proof: false, at T = 1; /m });
});

test.serial(
  'JSON has the verdict of the first line, that of the whole where claims and a proof say it together',
  async (t) => {
    const { cwd, ends } = await beside(t);
    const on =
      '--problem \'{"smooth":{"type":"quadratic","curvature":[1],"center":[0]},"functions":[{"type":"zero"}],"probabilities":[1]}\'';
    const commands: readonly (readonly [command: string, code: number])[] = [
      // The claims find nothing, and the search for a proof does.
      ['verify --theorem false.mjs --depth quick --claims *-constants', 1],
      ['verify --theorem mine.mjs --depth quick --claims *-constants', 0],
      ['verify --claims eq5-sign-sgd --depth quick', 0],
      ['prove mine.mjs --iterations 1', 0],
      [`audit --theorem mine.mjs ${on}`, 0],
      [`bounds --theorem mine.mjs ${on} --start [1] --iterations 1,4`, 0],
      [`bounds --theorem mine.mjs --theorem false.mjs ${on} --start [1] --iterations 1,4`, 1],
      ['bounds --search --theorem false.mjs --iterations 1 --evaluations 20', 1],
      ['explain theorem-1', 0],
      ['explain --theorem mine.mjs', 0],
    ];
    for (const [command, code] of commands) {
      const grid = command.split('--theorem').length > 2 ? ' --out' : '';
      const screen = await ends(`${command}${grid && `${grid} a`}`, { code });
      const document = await ends(`${command}${grid && `${grid} b`} --format json`, { code });
      const [first] = screen.stdout.split('\n\n');
      const { verdict } = JSON.parse(document.stdout) as { readonly verdict: string };
      t.is(
        first!
          .replaceAll(/\s+/g, ' ')
          .replace(/^[✓✗!] | /, '')
          .slice(0, verdict.length),
        verdict,
        command,
      );
    }
    // The record and the page are those of the whole too.
    await ends('verify --theorem false.mjs --depth quick --claims *-constants', { code: 1 });
    const saved = 'reports/sgd-textbook/selection';
    const { verdict, exitCode } = parseRunRecord(await readFile(join(cwd, saved, 'run.json'), 'utf8'));
    t.deepEqual([verdict, exitCode], ['sgd-textbook is false, at T = 1', 1]);
    t.regex(await readFile(join(cwd, saved, 'index.html'), 'utf8'), /sgd-textbook is false, at T = 1/);
    await ends(`report ${saved}/run.json`, { stdout: /^✗ sgd-textbook is false, at T = 1\n/ });
  },
);

test.serial('what the claims refute prove does not call proved, and its line says so', async (t) => {
  const { ends } = await beside(t, {
    // A control that nothing finds is no counterexample.
    'control.mjs': `${textbook}export const controls = [{ name: 'no error', bound: 2 }];\n`,
  });
  const none = /^✗ sgd-textbook is false: [\s\S]*exit 1\n$/;
  const verify = 'verify --theorem signs.mjs --depth quick';
  await ends(verify, { code: 1, stdout: none });
  await ends(`${verify} --format json`, { code: 1, stderr: /^proof: none: the theorem is false/m });
  await ends('verify --theorem control.mjs --depth quick --claims *-controls', {
    code: 1,
    stdout: /^✗ sgd-textbook-controls failed\n[\s\S]*^ +uses +fixed/m,
  });
});
