import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { commandRunner, type Finished } from '../command-runner.test.helper.js';
import { audit, bounds, directory } from './problem-commands.test.helper.js';

const run = commandRunner();
const program = fileURLToPath(new URL('../main.js', import.meta.url));

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
    const command = bounds('cosine-linear', '1', '1,32', '--seed', '7', '--format', 'json');
    const [alone, together] = await Promise.all([
      run(cwd, [...command, '--workers', '0']),
      run(cwd, [...command, '--workers', '2']),
    ]);
    t.is(alone.code, 0);
    t.is(alone.stdout, together.stdout);
    const [first, second] = rowsOf(alone) as [Row, Row];
    t.deepEqual([first['engine'], second['engine']], ['paths', 'monte-carlo']);
    const again = await run(cwd, second.reproduce.split(' ').slice(1));
    t.deepEqual(rowsOf(again), [second]);
    const wrapped = command.map((word) => (word === 'cosine-linear.start.json' ? 'wrapped.json' : word));
    t.is(rowsOf(await run(cwd, wrapped))[1]!.left, second.left);
    const other = await run(cwd, bounds('cosine-linear', '1', '32', '--seed', '8', '--format', 'json'));
    t.not(rowsOf(other)[0]!.left, second.left);
  },
);

test.serial('bounds: the table; a silent theorem checks nothing and is not a success', async (t) => {
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
  t.regex(silent.stdout, /2\(b\) is violated: d is not separable: no L_\d serves it/);
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

test.serial('bounds: the problem and x⁰ may be inline JSON, as in the commands that a search prints', async (t) => {
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
});

test.serial('bounds: sgn(0) is a parameter, and an error about malformed JSON names its option', async (t) => {
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

test.serial('bounds: commands of rows repeat what came from standard input, and rows are plain JSON', async (t) => {
  const cwd = await directory(t);
  const problem = await readFile(join(cwd, 'cosine-linear.json'), 'utf8');
  const sampled = ['--engine', 'monte-carlo', '--format', 'json'];
  const piped = await runWith(cwd, problem, bounds('cosine-linear', '2', '1,9', ...sampled).with(2, '-'));
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
});

test.serial(
  'bounds: at its optimal step a theorem has a smaller bound, shown beside the bound at its own step',
  async (t) => {
    const cwd = await directory(t);
    for (const theorem of ['1', 'theorem-1-sharp', '2', 'theorem-2-sharp']) {
      for (const problem of ['cosine-linear', 'geman-mcclure-huber']) {
        const command = bounds(problem, theorem, '4,16', '--schedule', 'optimal', '--format', 'json', '--workers', '0');
        const [tuned, own] = await Promise.all([
          run(cwd, command),
          run(cwd, bounds(problem, theorem, '4,16', '--format', 'json')),
        ]);
        t.is(tuned.code, 0, tuned.stderr);
        const rows = rowsOf(tuned);
        for (const [i, row] of rows.entries()) {
          const { step, miniBatch, bound, schedule } = rowsOf(own)[i]! as Row;
          t.deepEqual([schedule, row['schedule']], ['own', 'optimal']);
          t.deepEqual(row['own'], { step, miniBatch, bound });
          t.true(row.bound < bound, `${theorem} on ${problem}: ${row.bound} against ${bound}`);
          t.is(row['miniBatch'], miniBatch);
          t.regex(
            row['reason'] as string,
            problem === 'cosine-linear' ? /f\* = [\d.]+ and σ ≤ σ₀/ : /f\* ≤ [\d.]+ \+ γ‖σ₀‖²\/2 and/,
          );
        }
        const again = await run(cwd, rows[1]!.reproduce.split(' ').slice(1));
        t.deepEqual(rowsOf(again), [rows[1]!]);
      }
    }
    const table = await run(cwd, bounds('cosine-linear', '1', '4', '--schedule', 'optimal'));
    t.regex(table.stdout, /^theorem-1 at its schedule optimal on cosine-linear\.json$/m);
    t.regex(table.stdout, /^T +own γ +own bound +γ +bound +own\/bound$/m);
  },
);

test.serial('bounds: an unknown schedule gives one line with the known ones', async (t) => {
  const cwd = await directory(t);
  const refused = async (theorem: string, schedule: string): Promise<string> => {
    const { code, stdout, stderr } = await run(cwd, bounds('cosine-linear', theorem, '4', '--schedule', schedule));
    t.deepEqual([code, stdout], [2, '']);
    return stderr;
  };
  t.is(
    await refused('1', 'optimum'),
    'signprox: theorem-1 has no schedule "optimum" (did you mean optimal?): it knows own, optimal\n',
  );
  t.is(
    await refused('theorem-1-fixed-objective', 'optimal'),
    'signprox: theorem-1-fixed-objective has no schedule "optimal": it knows own\n',
  );
  // σ₀ of quadratics of two curvatures is infinite: nothing to tune by, and nothing to say.
  const two = JSON.stringify({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, 2].map((curvature) => ({ type: 'quadratic', curvature, center: 1 })),
    probabilities: [0.5, 0.5],
  });
  const silent = await run(cwd, [
    ...['bounds', '--theorem', '1', '--schedule', 'optimal', '--problem', two, '--start', '[1]', '--iterations', '4'],
  ]);
  t.is(silent.code, 1);
  t.regex(silent.stdout.replaceAll(/\s+/g, ' '), /fixed-variance is violated/);
});

test.serial(
  'bounds: a Lipschitz constant far above the searched one is reported below the rows, a close one is not',
  async (t) => {
    const huber = { type: 'huber', weight: 1, threshold: 0.25 };
    const r = { type: 'translated', shift: [50], inner: huber };
    const cwd = await directory(t, {
      'apart.json': { smooth: huber, functions: [r], probabilities: [1] },
      'apart.start.json': [3],
    });
    const { code, stdout } = await run(cwd, bounds('apart', 'gradient-descent-smallest', '1'));
    t.is(code, 0);
    t.regex(
      stdout.replaceAll(/\s+/g, ' '),
      / fixed-smooth: L = 2 .* L may be up to 2\.00 times too large: bounds with it hold/,
    );
    const close = await run(cwd, bounds('geman-mcclure-huber', '1', '1'));
    t.false(close.stdout.includes('too large'));
  },
);
