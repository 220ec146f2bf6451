import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { auditSchema } from '../../report/record/audit-schema.js';
import { commandRunner, type Finished } from '../command-runner.test.helper.js';

const run = commandRunner();
const program = fileURLToPath(new URL('../main.js', import.meta.url));
const examples = fileURLToPath(new URL('../../../../fixtures/problems/', import.meta.url));

/** A process of its own, with a text on standard input. */
function runWith(cwd: string, input: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, [program, ...args], { cwd, stdio: 'pipe' });
  child.stdin.end(input);
  return finished(child);
}

function runShell(cwd: string, command: string): Promise<Finished> {
  return finished(spawn('sh', ['-c', command], { cwd, stdio: ['ignore', 'pipe', 'pipe'] }));
}

function finished(child: ChildProcess): Promise<Finished> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr!.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** A directory with the example problems, the other files given, and nothing else. */
async function directory(t: ExecutionContext, files: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'signprox-problem-'));
  t.teardown(() => rm(path, { recursive: true }));
  for (const name of await readdir(examples)) await copyFile(join(examples, name), join(path, name));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

const audit = (name: string, ...more: string[]): string[] => ['audit', '--problem', `${name}.json`, ...more];
const bounds = (name: string, theorem: string, iterations: string, ...more: string[]): string[] => [
  ...['bounds', '--problem', `${name}.json`, '--start', `${name}.start.json`],
  ...['--theorem', theorem, '--iterations', iterations, ...more],
];

interface Row {
  readonly [field: string]: unknown;
  readonly iterations: number;
  readonly left: number;
  readonly leftInterval: readonly [number, number];
  readonly bound: number;
  readonly sharpBound: number;
  readonly ratio: number;
  readonly sharpRatio: number;
  readonly constants: Readonly<Record<string, number | readonly number[]>>;
  readonly reproduce: string;
}
const rowsOf = ({ stdout }: Finished): Row[] => JSON.parse(stdout) as Row[];

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
  const { code, stdout } = await run(cwd, audit('matched-quadratics', '--theorem', '1', '--declared', 'declared.json'));
  t.is(code, 1);
  t.regex(stdout, /^theorem-1 on matched-quadratics\.json: n = 1, γ = 0\.5263$/m);
  t.regex(stdout, /^1\(b\) +violated +1\.9 +2 +2$/m);
  t.regex(stdout, /^1\(c\) +violated +1\.9 +2 +2$/m);
  const text = stdout.replaceAll(/\s+/g, ' ');
  t.regex(text, /1\(b\): ‖∇d\(x\) − ∇d\(y\)‖\/‖x − y‖ = 2 at x = \(\S+\), y = \(\S+\) > 1\.9, the declared L 1\(c\): /);
  t.regex(stdout, /^2 certified, 2 violated$/m);
  t.false(stdout.includes('\u001b'));
  const fine = await run(
    cwd,
    audit('matched-quadratics', '--theorem', '1', '--declared', '{"lipschitz": 2, "sigma": 3}'),
  );
  t.is(fine.code, 0);
  t.regex(fine.stdout, /^1\(d\) +certified +3 +0\.5 +0\.5$/m);
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
  t.regex(flat.stdout, /^2\(b\) +certified +– +\(0\)/m);
  t.regex(
    flat.stderr,
    /^signprox: theorem 2 needs .* ‖L‖₁ > 0, got 0: .*; declare larger constants, or give --step\n$/,
  );
  t.is(coupled.code, 1);
  t.regex(coupled.stdout, /n = 2, γ = 0\.5$/m);
  t.is(three.code, 0);
  t.regex(three.stdout, /n = 3, γ = 0\.04167$/m);
  t.regex(scheduled.stdout, /n = 1, γ = 0\.125$/m);
});

test.serial('bounds: rows of every engine agree with Monte Carlo and with the formulas of the bounds', async (t) => {
  const cwd = await directory(t);
  const json = ['--format', 'json', '--workers', '0'];
  const [moments, momentsSampled, lattice, latticeSampled, small] = await Promise.all([
    run(cwd, bounds('matched-quadratics', '1', '64,16', '--engine', 'moments', ...json)),
    run(cwd, bounds('matched-quadratics', '1', '16,64', '--engine', 'monte-carlo', ...json)),
    run(cwd, bounds('geman-mcclure-huber', '2', '16', '--engine', 'lattice', ...json)),
    run(cwd, bounds('geman-mcclure-huber', '2', '16', '--engine', 'monte-carlo', ...json)),
    run(cwd, bounds('geman-mcclure-huber', '1', '1,4', '--engine', 'enumeration', ...json)),
  ]);
  for (const result of [moments, momentsSampled, lattice, latticeSampled, small]) t.is(result.code, 0, result.stderr);
  const pairs = [
    ...rowsOf(moments).map((row, i) => [row, rowsOf(momentsSampled)[i]!] as const),
    [rowsOf(lattice)[0]!, rowsOf(latticeSampled)[0]!] as const,
  ];
  t.is(pairs.length, 3);
  for (const [exact, sampled] of pairs) {
    const [from, to] = sampled.leftInterval;
    t.true(from < to && to - from < 0.3 * exact.left, `${from} to ${to}`);
    t.true(from <= exact.left && exact.left <= to, `${exact.left} outside ${from} to ${to}`);
    t.deepEqual([exact['leftIntervalError'], sampled['leftIntervalError']], [0, 1e-3]);
    t.is(sampled['engine'], 'monte-carlo');
    t.is(exact.bound, sampled.bound);
  }
  for (const row of rowsOf(moments)) {
    const { iterations: T, constants } = row;
    // L = 2, and P_k − P = ±γ·½: σ is ½ whatever γ is not in the curvature: 2·½/(1 + 2γ).
    const step = 1 / (2 * Math.sqrt(T));
    const sigma = 1 / (1 + 2 * step);
    t.deepEqual(Object.keys(constants), ['L', 'sigma', 'startObjective', 'infimumInterval']);
    t.is(constants['L'], 2);
    t.true(Math.abs((constants['sigma'] as number) - sigma) < 1e-12);
    t.true(Math.abs((row['step'] as number) - step) < 1e-15);
    const infimum = constants['infimumInterval'] as readonly number[];
    const gap = (constants['startObjective'] as number) - infimum[0]!;
    t.true(Math.abs(row.bound * Math.sqrt(T) - (4 * gap + 3 * sigma ** 2)) < 1e-9);
    t.true(Math.abs(row.sharpBound * (Math.sqrt(T) - 0.5) - (2 * gap + (1 - 1 / T) * sigma ** 2)) < 1e-9);
    t.is(row.ratio, row.left / row.bound);
    t.is(row.sharpRatio, row.left / row.sharpBound);
    t.true(row.sharpRatio < 1 && row.ratio < 0.5);
  }
  t.deepEqual(
    rowsOf(moments).map(({ theorem, iterations, miniBatch }) => [theorem, iterations, miniBatch]),
    [
      ['theorem-1', 16, 1],
      ['theorem-1', 64, 1],
    ],
  );
  t.deepEqual(
    rowsOf(small).map(({ verdict }) => verdict),
    ['proved-exactly', 'proved-exactly'],
  );
  t.is((rowsOf(lattice)[0]!.constants['coordinateL'] as readonly number[]).length, 2);
  t.is((rowsOf(lattice)[0]!.constants['sigma'] as readonly number[]).length, 2);
});

test.serial(
  'bounds: auto falls back to Monte Carlo, workers change nothing, and a row reproduces itself',
  async (t) => {
    const cwd = await directory(t, { 'wrapped.json': { x: [1.25] } });
    const command = bounds('cosine-linear', '1', '1,16', '--seed', '7', '--format', 'json');
    const [alone, together] = await Promise.all([
      run(cwd, [...command, '--workers', '0']),
      run(cwd, [...command, '--workers', '2']),
    ]);
    t.is(alone.code, 0);
    t.is(alone.stdout, together.stdout);
    const [first, second] = rowsOf(alone) as [Row, Row];
    t.deepEqual([first['engine'], second['engine']], ['monte-carlo', 'monte-carlo']);
    t.deepEqual(first.leftInterval, [first.left, first.left], 'T = 1 is deterministic');
    const again = await run(cwd, second.reproduce.split(' ').slice(1));
    t.deepEqual(rowsOf(again), [second]);
    const wrapped = command.map((word) => (word === 'cosine-linear.start.json' ? 'wrapped.json' : word));
    t.is(rowsOf(await run(cwd, wrapped))[1]!.left, second.left);
    const other = await run(cwd, bounds('cosine-linear', '1', '16', '--seed', '8', '--format', 'json'));
    t.not(rowsOf(other)[0]!.left, second.left);
  },
);

test.serial('bounds: the table, and a silent theorem that checks nothing and is no success', async (t) => {
  const cwd = await directory(t);
  const [table, silent, json] = await Promise.all([
    run(cwd, bounds('matched-quadratics', '2', '4,16')),
    run(cwd, bounds('lasso', '2', '4')),
    run(cwd, bounds('least-squares-log-cosh', '2', '1,4', '--format', 'json')),
  ]);
  t.is(table.code, 0);
  t.regex(table.stdout, /^theorem-2 on matched-quadratics\.json$/m);
  t.regex(table.stdout, /^ *4 +0\.125 +4 .* enumeration +proved-exactly$/m);
  t.regex(table.stdout, /^T = 4, 16: the rational left side is at most the bound$/m);
  t.is(silent.code, 1);
  t.regex(silent.stdout, /silent$/m);
  t.regex(silent.stdout, /2\(b\) is violated: no L_\d serves d: it is not separable/);
  t.regex(
    silent.stderr,
    /^signprox: theorem-2 is silent on this problem, nothing was checked: see signprox audit --problem lasso\.json --theorem 2\n$/,
  );
  t.is(json.code, 1);
  for (const row of rowsOf(json)) {
    t.is(row['verdict'], 'silent');
    t.deepEqual(row.constants, { coordinateL: null, sigma: null, startObjective: null, infimumInterval: null });
    for (const field of ['left', 'leftInterval', 'bound', 'sharpBound', 'ratio', 'sharpRatio', 'step', 'engine']) {
      t.is(row[field], null, field);
    }
  }
});

test.serial('bad input is one line that names the parameter, its value and what is allowed, and exit 2', async (t) => {
  const problem = (change: object): object => ({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'squared-l2', weight: 1 }],
    probabilities: [1],
    ...change,
  });
  const cwd = await directory(t, {
    'broken.json': '{ "smooth": ',
    'nan.json': '{ "smooth": { "type": "quadratic", "curvature": NaN, "center": 0 } }',
    'huge.json':
      '{ "smooth": { "type": "quadratic", "curvature": 1e999, "center": 0 }, "functions": [], "probabilities": [] }',
    'theta.json': problem({ probabilities: [0.5] }),
    'type.json': problem({ functions: [{ type: 'l3', weight: 1 }] }),
    'weight.json': problem({ functions: [{ type: 'l1', weight: -1 }] }),
    'array.json': [1],
    'keys.json': {
      smooth: { type: 'least-squares', matrix: { rows: 1, column: 1, data: [1] }, target: [1] },
      functions: [
        { type: 'l1', weigth: 1 },
        { type: 'separable-sum', blocks: [{ length: 1, functoin: {}, function: { type: 'zero', zzz: 1 } }] },
        { type: 'scaled', factor: 2, inner: { type: 'huber', wieght: 1, threshold: 1 } },
      ],
      probabilites: [1],
    },
    'theta-misspelt.json': { ...problem({}), probabilities: undefined, probabilites: [1] },
    'flat.json': problem({ smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients: [0] }] }),
    'flat.start.json': [0],
    'steep.json': problem({ smooth: { type: 'quadratic', curvature: 1e308, center: 0 } }),
    'steep.start.json': [1],
    'wide.json': problem({
      smooth: { type: 'geman-mcclure', weight: 1, scale: 1e308 },
      functions: [{ type: 'moreau-envelope', smoothing: 1e308, inner: { type: 'l1', weight: 1e308 } }],
    }),
    'empty.json': [],
    'long.json': [1, 2, 3],
    'object.json': { y: [1] },
  });
  const start = (file: string): string[] => [...bounds('cosine-linear', '1', '4'), '--start', file];
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['audit'], /required option '--problem <file>' not specified: see signprox audit --help$/],
    [
      ['audit', 'lasso.json'],
      /audit takes no word without an option, got lasso\.json \(did you mean --problem lasso\.json\?\): /,
    ],
    [
      ['audit', '--probelm', 'lasso.json'],
      /unknown option --probelm \(did you mean --problem\?\): see signprox audit --help$/,
    ],
    [['bounds', '--problem', 'lasso.json', '2'], /got 2 \(did you mean --theorem 2\?\): see signprox bounds --help$/],
    [audit('missing'), /^signprox: cannot read missing\.json: there is no such file; give a JSON file with smooth, /],
    [['audit', '--problem', '.'], /^signprox: cannot read \.: it is a directory; give a JSON file/],
    [['audit', '--problem', ''], /^signprox: cannot read "": there is no such file; give a JSON file/],
    [audit('broken'), /^signprox: broken\.json is not JSON: /],
    [audit('nan'), /^signprox: nan\.json is not JSON: /],
    [audit('huge'), /^signprox: huge\.json: .*curvature is Infinity; allowed: a finite number/],
    [audit('theta'), /probabilities is \[0\.5\]; allowed: .* sum to 1, not to 0\.5$/],
    [audit('type'), /functions\[0\]\.type is "l3"; allowed: one of /],
    [audit('weight'), /functions\[0\]\.weight is -1; allowed: a finite number >= 0$/],
    [
      audit('keys'),
      /^signprox: keys\.json: unknown keys probabilites \(did you mean probabilities\?\), smooth\.matrix\.column \(did you mean columns\?\), functions\[0\]\.weigth \(did you mean weight\?\), functions\[1\]\.blocks\[0\]\.functoin \(did you mean function\?\), functions\[1\]\.blocks\[0\]\.function\.zzz, functions\[2\]\.inner\.wieght \(did you mean weight\?\)$/,
    ],
    [
      audit('theta-misspelt'),
      /^signprox: theta-misspelt\.json: unknown key probabilites \(did you mean probabilities\?\)$/,
    ],
    [audit('array'), /specification is \[1\]; allowed: an object with smooth, functions and probabilities$/],
    [audit('lasso', '--theorem', '3'), /'3' is invalid: allowed choices are 1, 2$/],
    [audit('lasso', '--dimension', '3'), /^signprox: --dimension is 3, but the problem has 2: leave it out$/],
    [audit('lasso', '--dimension', '0'), /'0' is invalid. the dimension is an integer from 1 to/],
    [audit('lasso', '--step', '-1'), /'-1' is invalid. the step is a finite number > 0$/],
    [audit('lasso', '--points', '1.5'), /'1.5' is invalid. the number of points is an integer from 1/],
    [audit('lasso', '--declared', '{"lipschitz": 0}'), /^signprox: --declared: lipschitz is 0; allowed: .* > 0$/],
    [audit('lasso', '--declared', '{"L": 1}'), /L is 1; allowed: no such constant, only lipschitz, /],
    [audit('lasso', '--declared', '{'), /^signprox: --declared is not JSON: /],
    [
      audit('lasso', '--declared', 'none.json'),
      /^signprox: cannot read none\.json: there is no such file; give a JSON file with/,
    ],
    [audit('lasso', '--declared', 'array.json'), /constants is \[1\]; allowed: an object with any of/],
    [
      audit('lasso', '--declared', '{"coordinateSigma": [1]}'),
      /length of coordinateSigma is 1; allowed: 2, the dimension$/,
    ],
    [['bounds', '--problem', 'lasso.json'], /required option '--/],
    [bounds('cosine-linear', '1', '0'), /'0' is invalid: T is an integer from 1 to 1000000$/],
    [bounds('cosine-linear', '1', '-4'), /'-4' is invalid. T is an integer/],
    [bounds('cosine-linear', '1', '1.5'), /'1.5' is invalid. T is an integer/],
    [bounds('cosine-linear', '1', '4,,9'), /'4,,9' is invalid. T is an integer/],
    [
      bounds('cosine-linear', '1', '4', '--engine', 'exact'),
      /'exact' is invalid.*auto, enumeration, moments, lattice, monte-carlo$/,
    ],
    [
      start('missing.json'),
      /^signprox: cannot read missing\.json: there is no such file; give a JSON file with an array of numbers, or the JSON itself$/,
    ],
    [
      start('empty.json'),
      /^signprox: empty\.json: start: x is \[\]; allowed: a non-empty array, each entry a finite number$/,
    ],
    [start('[]'), /^signprox: --start: x is \[\]; allowed: a non-empty array/],
    [start('long.json'), /^signprox: long\.json: start: length of x is 3; allowed: 1, the dimension of the problem$/],
    [start('object.json'), /x is \{"y":\[1\]\}; allowed: a non-empty array/],
    [
      bounds('steep', '1', '4'),
      /^signprox: steep\.json: theorem-1 asks for γ = 0, which is no step: rescale the problem$/,
    ],
    [
      audit('wide'),
      /^signprox: the numbers of the problem leave the range of doubles: rescale it \(l1: step is Infinity/,
    ],
    [bounds('steep', '2', '4'), /theorem-2 asks for γ = 0/],
    [
      [...bounds('matched-quadratics', '1', '4'), '--start', '[1e308]'],
      /^signprox: matched-quadratics\.json: f\(x⁰\) = Infinity and .* are beyond double precision: rescale the problem or give another x⁰$/,
    ],
    [bounds('flat', '2', '4'), /^signprox: flat\.json: theorem 2 needs .* ‖L‖₁ > 0, got 0: γ = .* is not defined$/],
    [
      bounds('cosine-linear', '1', '4', '--engine', 'lattice'),
      /^signprox: engine lattice does not apply to Theorem 1 at T = 4: .*; give --engine auto, which takes one that applies$/,
    ],
  ];
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await run(cwd, args);
    t.is(code, 2, args.join(' '));
    t.is(stdout, '', args.join(' '));
    t.regex(stderr, /^signprox: [^\n]+\n$/, args.join(' '));
    t.regex(stderr.trimEnd(), message, args.join(' '));
  }
});

test.serial(
  'bounds: the problem and x⁰ may be the JSON itself, so that the rows of a search are replayed by what they print',
  async (t) => {
    const cwd = await directory(t);
    const searched = await run(cwd, [
      'verify',
      '--claims',
      '*-sharp-tightness-search',
      '--depth',
      'quick',
      '--format',
      'json',
    ]);
    t.is(searched.code, 0);
    const { claims } = JSON.parse(searched.stdout) as { claims: { evidence: { rows: Row[] } }[] };
    const rows = claims.flatMap(({ evidence }) => evidence.rows);
    t.is(rows.length, 4);
    for (const row of rows) {
      const command = row.reproduce.replace(/^signprox /, `"${process.execPath}" "${program}" `);
      const replayed = await runShell(cwd, `${command} --format json`);
      const [again] = rowsOf(replayed);
      t.deepEqual(again!.leftInterval, row.leftInterval, row.reproduce);
      t.is(again!.sharpBound, row.bound);
    }
  },
);

test.serial('bounds: sgn(0) is a parameter, and JSON that is none names its option', async (t) => {
  const cwd = await directory(t);
  // Noise ±1 at T = 4 from the minimizer: Ĝ = 0 has probability 6/16, and only sgn(0) = 0 then stays.
  const problem = JSON.stringify({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.5, 0.5],
  });
  const args = ['bounds', '--theorem', '2', '--iterations', '4', '--start', '[0]', '--format', 'json'];
  const [zero, positive, broken, shape] = await Promise.all([
    run(cwd, [...args, '--problem', problem]),
    run(cwd, [...args, '--problem', problem, '--sign-of-zero', 'positive']),
    run(cwd, [...args, '--problem', '{"smooth":']),
    run(cwd, [...args, '--problem', '{"smooth": 1}']),
  ]);
  t.true(rowsOf(zero)[0]!.left < rowsOf(positive)[0]!.left);
  t.regex(rowsOf(positive)[0]!.reproduce, /--sign-of-zero positive/);
  t.is(broken.code, 2);
  t.regex(broken.stderr, /^signprox: --problem is not JSON: .*\n$/);
  t.is(shape.code, 2);
  t.regex(shape.stderr, /^signprox: --problem: .*\n$/);
});

test.serial(
  'bounds: what came from standard input is repeated by its rows, which are plain JSON and what their command gives',
  async (t) => {
    const cwd = await directory(t);
    const problem = await readFile(join(cwd, 'cosine-linear.json'), 'utf8');
    const sampled = ['--engine', 'monte-carlo', '--format', 'json'];
    const piped = await runWith(cwd, problem, [...bounds('cosine-linear', '2', '1,9', ...sampled), '--problem', '-']);
    t.is(piped.code, 0, piped.stderr);
    const rows = rowsOf(piped);
    t.deepEqual(
      rows.map(({ leftIntervalError }) => leftIntervalError),
      [0, 1e-3],
    );
    for (const row of rows) {
      const again = await runShell(cwd, row.reproduce.replace(/^signprox /, `"${process.execPath}" "${program}" `));
      t.deepEqual(rowsOf(again), [row]);
    }
    const broken = await runWith(cwd, '{', audit('lasso', '--problem', '-'));
    t.regex(broken.stderr, /^signprox: standard input is not JSON: .*\n$/);
  },
);
