import { readFileSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import { commandRunner, type Ending, inFolder, words } from '../command-runner.test.helper.js';
import { fixture } from '../few-functions.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();
const textbook = readFileSync(fixture('theorems/sgd-textbook-functions.mjs'), 'utf8');
const formulas = readFileSync(fixture('theorems/sgd-textbook.mjs'), 'utf8');
const likely = readFileSync(fixture('theorems/sign-prox-likely.mjs'), 'utf8').replace('sign-prox-likely', 'attained');
const changed = (from: string, to: string): string => textbook.replace(from, to);
const fifth = changed('=> (2', '=> 0.2 * (2').replace('sigma ** 2', '0.2 * sigma ** 2');
const parabola = JSON.stringify({
  smooth: { type: 'quadratic', curvature: 1, center: 0 },
  functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
  probabilities: [0.5, 0.5],
});
const huber = JSON.stringify({
  smooth: { type: 'huber', weight: 1, threshold: 1 },
  functions: [{ type: 'zero' }],
  probabilities: [1],
});
const instances = `export const instances = [{ name: 'parabola', problem: ${parabola}, start: [1] }];\n`;
/** A row of the theorem in a file, on the parabola from 1 or on a Huber function from 9. */
const onParabola = (file: string) => words`bounds --theorem ${file} --problem ${parabola} --start [1] --iterations 4`;
const onHuber = (file: string, iterations: string) =>
  words`bounds --theorem ${file} --problem ${huber} --start [9] --iterations ${iterations}`;

const rowsOf = <Row>({ stdout }: { readonly stdout: string }): [Row, ...Row[]] =>
  (JSON.parse(stdout) as { readonly rows: [Row, ...Row[]] }).rows;

/** A folder with files of theorems, and what runs and judges commands there. */
const beside = async (t: ExecutionContext, files: Readonly<Record<string, string>>) =>
  inFolder(t, run, await directory(t, files));

test.serial('bounds, audit, search and explain treat a theorem in a file like one of the paper', async (t) => {
  const mine = await beside(t, { 'mine.mjs': textbook, 'fifth.mjs': fifth });
  const bounds = await mine.ends(words`${onParabola('mine.mjs')} --format json`);
  const [row] = rowsOf<{ engine: string; verdict: string; bound: number; reproduce: string }>(bounds);
  // Δ = ½, σ = L = 1, γ = ½, T = 4: 2·½/(½·4) + ½ = 1.
  t.true(Math.abs(row.bound - 1) < 1e-6);
  t.deepEqual([row.engine, row.verdict], ['enumeration', 'proved-exactly']);
  t.regex(row.reproduce, /--theorem mine\.mjs /);
  const audit = await mine.ends(words`audit --theorem mine.mjs --problem ${parabola} --format json`);
  const [{ findings }] = JSON.parse(audit.stdout).audits as [{ findings: { name: string; verdict: string }[] }];
  t.deepEqual(
    findings.map(({ name, verdict }) => [name, verdict]),
    ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance'].map((name) => [name, 'certified']),
  );
  await mine.ends('explain --theorem mine.mjs', {
    stdout: [
      /^ {2}sgd-textbook: tested +a theorem of its own, sgd-textbook$/m,
      /signprox verify --theorem mine\.mjs --claims sgd-textbook-hypotheses/,
    ],
  });
  const evaluations = '--iterations 1 --evaluations 20 --format json';
  await mine.ends(`bounds --search --theorem mine.mjs ${evaluations}`);
  await mine.ends(`bounds --search --theorem fifth.mjs ${evaluations}`, { code: 1, stdout: /"verdict": "violated"/ });
  await mine.refuses([
    'bounds --search --theorem nothing.mjs',
    /there is no theorem "nothing\.mjs": give 1, 2, the id/,
  ]);
});

test.serial('a sharper bound that is too sharp is no theorem, however right the bound beside it is', async (t) => {
  const sharpened = (factor: string): string =>
    changed('  bound: ', `  sharp: (T, { gap }, { step }) => ${factor} * gap.upper / (step * T),\n  bound: `);
  const files = { 'sharp.mjs': sharpened('0.5'), 'right.mjs': sharpened('9') };
  const mine = await beside(t, files);
  await mine.ends(onParabola('right.mjs'));
  await mine.ends(onParabola('sharp.mjs'), { code: 1, stdout: /^✗ sgd-textbook is violated at T = 4$/m });
  await mine.ends('verify --theorem sharp.mjs --claims sgd-textbook --depth quick', {
    code: 1,
    stdout: [/^✗ sgd-textbook is false: (?:at least )?\S+ × its sharper bound at T = \d+$/m, /^ +sharper +\S+$/m],
  });
});

/** f(x^T) − f* ≤ L·2²/(4T + 2) from a distance of 2: attained by a Huber d whose slope is 2/(2T + 1). */
const attained = `export const theorem = {
  id: 'attained',
  statement: 'f(x^T) − f* ≤ 4L/(4T + 2) for gradient descent with γ = 1/L from a distance of 2',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: (T, { lipschitz }) => ({ step: 1 / lipschitz, miniBatch: 1 }),
  term: 'objective-gap',
  onlyLast: true,
  bound: (T, { lipschitz }) => (4 * lipschitz) / (4 * T + 2),
};
const problem = { smooth: { type: 'huber', weight: 1, threshold: 2 / 9 }, functions: [{ type: 'zero' }], probabilities: [1] };
export const instances = [{ name: 'slope 2/9', problem, start: [2] }];
`;

test.serial(
  'search tries the listed problems: they alone refute a bound that a thousandth is taken from',
  async (t) => {
    const bound = attained.replace(
      '{ lipschitz }) => (4 *',
      '{ lipschitz, distance }) => (0.999 * distance.upper ** 2 *',
    );
    const less = await beside(t, { 'less.mjs': bound });
    const asked = 'bounds --search --theorem less.mjs --iterations 16 --evaluations 20 --format json';
    const { stdout } = await less.ends(asked, { code: 1 });
    const [{ verdict, reproduce }] = rowsOf<{ verdict: string; reproduce: string }>({ stdout });
    t.is(verdict, 'violated');
    t.regex(reproduce, /"type":"huber"/);
  },
);

test.serial('a bound that is attained, or has a δ, holds in row, sentence and exit code', async (t) => {
  const five = await beside(t, {
    'attained.mjs': attained,
    'less.mjs': attained.replace('(4 * lipschitz)', '(3.999 * lipschitz)'),
    'below.mjs': attained
      .replace('onlyLast', "relation: 'at-least', onlyLast")
      .replace('4 * T + 2)', '16 * T + 8) * (T < 9)'),
    'likely.mjs': likely,
    'twentieth.mjs': likely.replaceAll(/([' ])2\((?=[Δ1])/g, '$10.1('),
  });
  const endings: Readonly<Record<string, Ending>> = {
    'attained.mjs': {
      stdout:
        /^ +tight +the bound is attained at T = 4, on slope 2\/9: no smaller constant is\s+true\n +tested +3 of 3 rows /m,
    },
    'less.mjs': {
      code: 1,
      stdout: /^✗ attained is false: (?:at least )?\(1 \+ 2\.501e−4\) × the bound at T = 4$/m,
    },
    // A left side above a bound from below is what that one says.
    'below.mjs': {
      stdout:
        /^ +tight +the bound is 0\.45 of the left side at T = 1, on slope 2\/9: no\s+constant above\s+2\.222 of it is true/m,
    },
    'likely.mjs': { stdout: /^✓ attained holds on (\d+) of \1 rows .*; not proved$/m },
    'twentieth.mjs': {
      code: 1,
      stdout: /^✗ attained is false: P\(left side > b\) is (?:at least )?\S+, above\s+δ\s+=\s+0\.01, at/m,
    },
  };
  for (const [file, ending] of Object.entries(endings)) {
    await five.ends(`verify --theorem ${file} --claims attained --depth quick --out found`, ending);
  }
});

test.serial('a theorem about starts near a minimiser is tried from such starts, and refuted by no other', async (t) => {
  const near = `{ id: 'near', statement: '|x⁰| ≤ 1, r = 0 and d is minimal at 0', search: ({ problem }, points, start) =>
    Math.abs(start[0]) > 1 || start.length > 1 || problem.functions.length > 1 ? { explanation: 'x⁰ = ' + start } : undefined }`;
  const local = attained
    .replace(/export const instances.+/, '')
    .replace("'d-convex']", `'d-convex', ${near}]`)
    .replace('step: 1 / lipschitz', 'step: 1 / (16 * lipschitz)')
    .replace('(4 * lipschitz) / (4 * T + 2)', 'lipschitz / (T / 4 + 2)');
  const both = await beside(t, { 'local.mjs': local, 'anywhere.mjs': local.replace('> 1', '> 1e9') });
  const asked = '--depth quick --seed 1 --out found';
  await both.ends(`verify --theorem local.mjs ${asked}`, {
    stdout: [/^ +tested +(\d+) of \1 rows/m, /^ +(?:needs +)?near: \S+ × the bound without it/m],
  });
  await both.ends(`verify --theorem anywhere.mjs ${asked}`, { code: 1 });
});

test.serial(
  'an error in a file, or in a value of its functions, gives one line with the file and the field',
  async (t) => {
    const wrong = await beside(t, {
      'misspelt.mjs': changed('bound:', 'bond:'),
      'throws.mjs': changed('{ lipschitz, sigma, gap }', '{ lipschitz: { x: { y } }, sigma, gap }'),
      'nan.mjs': changed('(2 * gap.upper)', 'Number.NaN * (2 * gap.upper)'),
      'broken.mjs': 'export const theorem = {',
    });
    await wrong.refuses(
      [onParabola('misspelt.mjs'), /^signprox: misspelt\.mjs: theorem has no field bond \(did you mean bound\?\)$/],
      [onParabola('throws.mjs'), /^signprox: throws\.mjs: sgd-textbook: bound threw: .*undefined/],
      [
        onParabola('nan.mjs'),
        /^signprox: nan\.mjs: sgd-textbook: bound is NaN at T = 4, where L = [^:]*: it must be a finite number ≥ 0, on .*$/,
      ],
      [onParabola('broken.mjs'), /^signprox: cannot load broken\.mjs:1:\d+: .+; give a JavaScript module/],
      [onParabola('.'), /^signprox: cannot load \.: it is a directory; give a JavaScript module \(\.mjs\)/],
    );
  },
);

test.serial(
  'a bound of ∞ is vacuous: its rows are silent, the others decide, and prove asks for the least T',
  async (t) => {
    const infinite = await beside(t, { 'infinite.mjs': formulas.replace(/(?<=bound: ')/, '∞ if T = 4 else ') });
    const rows = await infinite.run(onParabola('infinite.mjs').with(-1, '1,4'));
    t.regex(rows.stdout, /^T = 4: the bound is ∞: it is vacuous here, and nothing is checked$/m);
    await infinite.ends('verify --theorem infinite.mjs --depth quick --claims sgd-textbook,*-constants');
    await infinite.ends('prove infinite.mjs --strict', {
      code: 1,
      stdout:
        /^! sgd-textbook: vacuous, at T = 4\n[\s\S]*why +the bound has ∞,\s+which says nothing: give the theorem from: T₀/,
    });
  },
);

/** What a theorist may get wrong, and the line that says so before anything is judged. */
const mistakes: readonly [string, string, RegExp][] = [
  ['step: 1 / lipschitz', 'step: -1', /slope 2\/9: attained asks for γ = -1 at T = 1, which is not a step/],
  ['step: 1 / lipschitz', 'step: Number.NaN', /attained asks for γ = NaN at T = 1, which is not a step/],
  ['step: 1 / lipschitz', 'step: 4 - T', /attained asks for γ = 0 at T = 4, which is not a step/],
  ['miniBatch: 1', 'miniBatch: 0', /miniBatch of theorem\.schedule at T = 1 must be an integer B ≥ 1, got 0/],
  ['miniBatch: 1', 'miniBatch: T / 2', /miniBatch of theorem\.schedule at T = 1 must be an integer B ≥ 1, got 0\.5/],
  ['miniBatch: 1', 'miniBatch: Number.NaN', /miniBatch of theorem\.schedule at T = 1 must be .+, got NaN/],
  [
    '(4 * lipschitz)',
    'T > 4 ? undefined : (4 * lipschitz)',
    /attained: bound is undefined at T = 16, where [^:]*: it must be a finite/,
  ],
  ['(4 * lipschitz)', '-(4 * lipschitz)', /attained: bound is -0\.6+7? at T = 1, where [^:]*: it must be a finite/],
  ['(4 * lipschitz) / (4 * T + 2)', '({ upper: 1 })', /attained: bound is \{"upper":1\} at T = 1/],
  ["term: 'objective-gap'", 'term: () => -1', /attained: term is -1 at x = \(2\)/],
  ["algorithm: 'gradient-descent'", "algorithm: { name: 'mine', iterate: () => 1 }", /mine: iterate returned no x/],
  ["  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],\n", '', /theorem\.hypotheses must be an array/],
  ["'d-convex'", "{ id: 'mine', statement: 'mine', search: () => true }", /mine: search must return nothing, or/],
  ["id: 'attained'", "id: 'theorem-1'", /theorem\.id "theorem-1": theorem-1 is a claim of the suite: give another id/],
  ["id: 'attained',", "id: 'attained'", /^signprox: cannot load wrong\.mjs:3:3: Unexpected/],
];

test.serial('a mistake in a theorem is found before it is judged, in one line with exit code 2', async (t) => {
  for (const [from, to, expected] of mistakes) {
    t.true(attained.includes(from), from);
    const wrong = await beside(t, { 'wrong.mjs': attained.replace(from, to) });
    await wrong.refuses(['verify --theorem wrong.mjs --depth quick', expected]);
  }
});

test.serial('a theorem whose hypotheses no drawn problem meets needs instances', async (t) => {
  const nowhere =
    "{ id: 'nowhere', statement: 'x⁰ is nowhere', search: (p, points, start) => ({ explanation: 'x⁰' }) }";
  const found = await beside(t, {
    'nowhere.mjs': attained.replace(/export const instances.+/, '').replace("'d-convex'", nowhere),
  });
  await found.ends('verify --theorem nowhere.mjs --depth quick', {
    code: 2,
    stderr: /^signprox: nowhere\.mjs: attained says something about none of 96 drawn problems .+: give instances .+\n$/,
  });
});

const own = changed("algorithm: 'sgd'", "algorithm: { name: 'mine', iterate: ({ x }) => ({ x }) }");

test.serial(
  'an implementation is checked against the bound of a theorem about an algorithm that it offers',
  async (t) => {
    const files = { 'mine.mjs': `${textbook}${instances}`, 'fifth.mjs': `${fifth}${instances}`, 'own.mjs': own };
    const judging = await beside(t, files);
    const guard = (file: string) =>
      words`guard --theorem ${file} --module ${fixture('mutants/library.js')} --depth quick`;
    await judging.ends(guard('mine.mjs'));
    await judging.ends(guard('fifth.mjs'), { code: 1, stdout: /^✗ sgd-textbook: /m });
    await judging.ends(guard('own.mjs'), {
      code: 2,
      stderr: /sgd-textbook is about mine, which is defined only in its own file: use signprox verify --theorem/,
    });
  },
);

test.serial('a value of sgn(0) is rejected if every theorem defines its own algorithm', async (t) => {
  const { ends, run } = await beside(t, { 'mine.mjs': textbook, 'own.mjs': own });
  const signed = (file: string, sign: string) => words`${onParabola(file)} --sign-of-zero ${sign}`;
  await ends(signed('own.mjs', 'positive'), {
    code: 2,
    stderr:
      'signprox: --sign-of-zero positive has no effect on an algorithm that a theorem defines itself (mine): leave it out, and set sgn(0) in its iterate\n',
  });
  await ends(words`${signed('own.mjs', 'random')} --iterations 1 --out rows`, { code: 2 });
  t.not((await run(signed('own.mjs', 'zero'))).code, 2);
  await ends(signed('mine.mjs', 'positive'));
});

test.serial('a theorem in a file has its schedules judged, searched and explained too', async (t) => {
  const tuned = textbook
    .replace(
      'schedule: (T, { lipschitz }) => ({',
      'schedule: (T, { lipschitz }, { schedule }) => ({ chosen: "by " + schedule,',
    )
    .replace('1 / (lipschitz * Math.sqrt(T))', "(schedule === 'half' ? 0.5 : 1) / (lipschitz * Math.sqrt(T))")
    .replace('  term:', "  schedules: { half: { statement: 'the same at half the step' } },\n  term:");
  const { ends } = await beside(t, { 'tuned.mjs': `${tuned}${instances}` });
  const half = '--theorem tuned.mjs --schedule half';
  const verified = await ends(`verify ${half} --depth quick --claims sgd-textbook --format json`);
  const { claims } = JSON.parse(verified.stdout) as {
    claims: { statement: string; evidence: { reproduce: string; rows: { step: number; reason: string }[] } }[];
  };
  const [{ statement, evidence }] = claims as [(typeof claims)[number]];
  t.is(statement, 'the same at half the step');
  t.deepEqual(
    evidence.rows.map(({ step }) => step),
    [0.5, 0.25, 0.125],
  );
  for (const { reason } of evidence.rows) t.regex(reason, /; by half$/);
  t.regex(evidence.reproduce, /^signprox verify --theorem tuned\.mjs --schedule half --claims sgd-textbook /);
  await ends(`bounds --search ${half} --iterations 4 --evaluations 20`, {
    stdout: [
      /^sgd-textbook at its schedule half on the tightest instances found$/m,
      /^T = 4: signprox bounds --theorem tuned\.mjs --schedule half --iterations 4 /m,
    ],
  });
  await ends('explain --theorem tuned.mjs', {
    stdout: /^ +schedule half {2}the same at half the step\n +signprox verify --theorem tuned\.mjs --schedule half$/m,
  });
  const alone = 'signprox: --schedule names a schedule of a theorem: give --theorem too\n';
  await ends('verify --schedule half', { code: 2, stderr: alone });
});

/** Gradient descent with γ = 1/L on f that the hypothesis of the file takes for μ-strongly convex: L = 1 and μ = 0.1 for most of the problems. */
const linearRate = (rate: number): string => `const curvature = (problem, x, y) => {
  const [g, h] = [problem.gradient(x), problem.gradient(y)];
  const way = x.map((v, i) => v - y[i]);
  return way.reduce((sum, v, i) => sum + (g[i] - h[i]) * v, 0) / way.reduce((sum, v) => sum + v * v, 0);
};
export const theorem = {
  id: 'linear-rate',
  statement: 'f(x^T) − f* ≤ ${rate}^T (f(x⁰) − f*) for gradient descent on L/10-strongly convex f with γ = 1/L',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex', {
    id: 'strongly-convex',
    statement: 'f is L/10-strongly convex',
    search(problem, points) {
      const L = problem.problem.lipschitz(points[0].length).lipschitz;
      for (const x of points)
        for (const y of points)
          if (x !== y && curvature(problem, x, y) < 0.1 * L * (1 - 1e-9)) return { x, explanation: 'a curvature below L/10' };
    },
  }],
  algorithm: 'gradient-descent',
  schedule: { step: '1/L', miniBatch: '1' },
  term: 'objective-gap',
  onlyLast: true,
  bound: '${rate}^T·Δ',
};
`;

test.serial('a linear rate of strongly convex functions is false where the least curvature is slower', async (t) => {
  const rates = await beside(t, { 'false.mjs': linearRate(0.8), 'true.mjs': linearRate(0.81) });
  const asked = '--iterations 1,4 --evaluations 4 --format json';
  // (1 − 0.1)² = 0.81, and the search says of which curvature and start.
  const refuted = await rates.ends(`bounds --search --theorem false.mjs ${asked}`, {
    code: 1,
    stdout: /"curvature\\?":\[1,0\.1\]/,
  });
  const last = rowsOf<{ left: number; bound: number }>(refuted)[1]!;
  t.true(Math.abs(last.left / last.bound / (0.81 / 0.8) ** 4 - 1) < 1e-9);
  await rates.ends(`bounds --search --theorem true.mjs ${asked}`);
  const proved = await rates.run('prove false.mjs');
  t.regex(
    proved.stdout.replaceAll(/\s+/g, ' '),
    /the left side is 1\.05\d+ × the bound on curvatures 1 and 0\.1 from 0, 1/,
  );
  t.notRegex(proved.stdout, /may be\s+true/);
});

const descent = `export const theorem = {
  id: 'descent',
  statement: '(1/T) Σ ‖∇f(x^{t−1})‖² ≤ 2LΔ/T for gradient descent with γ = 1/L',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
  algorithm: 'gradient-descent',
  schedule: { step: '1/L', miniBatch: '1' },
  term: 'squared-gradient',
  bound: '2LΔ/T',
};
`;
const written = `algorithm: {
    name: 'written out',
    iterate({ problem, step, x }) {
      const g = problem.gradient(x);
      return { x: x.map((v, i) => v - step * g[i]) };
    },
  },`;

test.serial('a bound that is huge at some T, and a run of a million equal steps, end with an answer', async (t) => {
  const huge = '(T, { lipschitz, gap }) => (T < 10 ? Number.MAX_VALUE : (2 * lipschitz * gap.upper) / T)';
  const files = await beside(t, {
    'huge.mjs': descent.replace("'2LΔ/T'", huge),
    'own.mjs': descent.replace("algorithm: 'gradient-descent',", written),
  });
  // Its charts have the bound too.
  await files.ends('verify --theorem huge.mjs --claims descent --depth quick');
  const { stdout } = await files.ends(words`${onHuber('own.mjs', '140000')} --format json`);
  const [{ engine, replicates }] = rowsOf<{ engine: string; replicates: number }>({ stdout });
  // More steps than an engine follows where paths branch: there is one path here.
  t.deepEqual([engine, replicates], ['paths', 0]);
});

test.serial('a theorem about T ≥ 4 is judged from T = 4 on', async (t) => {
  const files = await beside(t, {
    'from.mjs': descent.replace('term:', 'from: 4,\n  term:').replace('Δ/T', 'Δ/(T − 3)'),
    'no.mjs': descent.replace('term:', 'from: 0.5,\n  term:'),
  });
  await files.ends('prove from.mjs', { stdout: /^✓ descent: proved for every T ≥ 4\n/ });
  await files.ends('prove from.mjs --iterations 2', {
    code: 2,
    stderr: /the theorem is about T ≥ 4, and T = 2 was asked for/,
  });
  await files.ends(onHuber('from.mjs', '2,4'), { code: 1, stdout: [/^2 .*silent$/m, /^4 .*holds$/m] });
  await files.ends('prove no.mjs', {
    code: 2,
    stderr: /theorem\.from must be the least T that the theorem is about, an integer ≥ 1, got 0\.5/,
  });
});

test.serial(
  'a cap that a run exceeds is an error of the file, and a bound without x⁰ says how x⁰ is restricted',
  async (t) => {
    const curved = (slope: number) =>
      `{ type: 'tilted', slope: [${slope}], inner: { type: 'log-cosh', weight: 1, scale: 1 } }`;
    const noisy = `export const instances = [{ name: 'noisy', problem: { smooth: { type: 'cosine', weight: 1 },
    functions: [${[1, -1, 0].map(curved).join(', ')}], probabilities: [0.25, 0.25, 0.5] }, start: [1] }];`;
    const files = await beside(t, {
      'cap.mjs': `${changed('bound:', 'cap: () => 2 ** -9,\n  bound:')}${noisy}`,
      'ball.mjs': attained.replace(/const problem[\s\S]*$/, ''),
    });
    await files.ends('verify --theorem cap.mjs --claims sgd-textbook --depth quick', {
      code: 2,
      stderr:
        /cap is 0\.001953125 on noisy at T = 16, and one run has the left side 0\.\d+: a cap is a number that no run exceeds[^\n]*\n$/,
    });
    await files.ends('verify --theorem ball.mjs --claims attained-tightness,attained-constants --depth quick', {
      code: 1,
      unwrapped:
        /it is broken from x⁰ = \d+: the bound sees neither f\(x⁰\) − f\* nor ‖x⁰ − x\*‖, and no hypothesis restricts x⁰/,
    });
  },
);
