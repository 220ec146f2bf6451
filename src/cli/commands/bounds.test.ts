import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { finished, program, startCommand } from '../command-process.test.helper.js';
import { commandRunner, type Finished, inFolder, type Words, words, wordsOf } from '../command-runner.test.helper.js';
import { bounds, directory } from './problem-commands.test.helper.js';

const run = commandRunner();

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
const rowsOf = ({ stdout }: Pick<Finished, 'stdout'>): Row[] => (JSON.parse(stdout) as { rows: Row[] }).rows;

/** A folder with the example problems and other files, and what asks for rows there. */
async function asking(t: ExecutionContext, files: Readonly<Record<string, unknown>> = {}) {
  const folder = inFolder(t, run, await directory(t, files));
  const rows = async (command: Words): Promise<Row[]> =>
    rowsOf(await folder.ends([...wordsOf(command), '--format', 'json']));
  /** Runs the command of a row again. */
  const again = async ({ reproduce }: Row): Promise<Row[]> =>
    rowsOf(await folder.ends(reproduce.replace('signprox ', '')));
  return { ...folder, rows, again };
}

test.serial('bounds: rows of every engine agree with Monte Carlo and with the formulas of the bounds', async (t) => {
  const { rows } = await asking(t);
  const by = (engine: string, ...asked: readonly [name: string, theorem: string, iterations: string]) =>
    rows(bounds(...asked, '--engine', engine, '--workers', '0'));
  const moments = await by('moments', 'matched-quadratics', '1', '64,16');
  const lattice = await by('lattice', 'geman-mcclure-huber', '2', '16');
  const sampledRows = [
    ...(await by('monte-carlo', 'matched-quadratics', '1', '16,64')),
    ...(await by('monte-carlo', 'geman-mcclure-huber', '2', '16')),
  ];
  t.is(sampledRows.length, 3);
  for (const [i, exact] of [...moments, ...lattice].entries()) {
    const sampled = sampledRows[i]!;
    const [from, to] = sampled.leftInterval;
    t.true(from < to && to - from < 0.3 * exact.left, `${from} to ${to}`);
    t.true(from <= exact.left && exact.left <= to, `${exact.left} outside ${from} to ${to}`);
    t.deepEqual([exact['leftIntervalError'], sampled['leftIntervalError']], [0, 1e-3]);
    t.is(sampled['engine'], 'monte-carlo');
    t.is(exact.bound, sampled.bound);
  }
  for (const row of moments) {
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
    moments.map(({ theorem, iterations, miniBatch }) => [theorem, iterations, miniBatch]),
    [
      ['theorem-1', 16, 1],
      ['theorem-1', 64, 1],
    ],
  );
  for (const { verdict } of await by('enumeration', 'geman-mcclure-huber', '1', '1,4')) t.is(verdict, 'proved-exactly');
  const { coordinateL, sigma } = lattice[0]!.constants as Readonly<Record<string, readonly number[]>>;
  t.deepEqual([coordinateL!.length, sigma!.length], [2, 2]);
});

test.serial(
  'bounds: auto falls back to Monte Carlo, workers change nothing, and a row reproduces itself',
  async (t) => {
    const { rows, again } = await asking(t, { 'wrapped.json': { x: [1.25] } });
    const command = bounds('cosine-linear', '1', '1,32', '--seed', '7');
    const [first, second] = (await rows([...command, '--workers', '0'])) as [Row, Row];
    t.deepEqual(await rows([...command, '--workers', '2']), [first, second]);
    t.deepEqual([first['engine'], second['engine']], ['paths', 'monte-carlo']);
    t.deepEqual(await again(second), [second]);
    const wrapped = command.map((word) => (word === 'cosine-linear.start.json' ? 'wrapped.json' : word));
    t.is((await rows(wrapped))[1]!.left, second.left);
    t.not((await rows(bounds('cosine-linear', '1', '32', '--seed', '8')))[0]!.left, second.left);
  },
);

test.serial('bounds: the table; a silent theorem checks nothing and is not a success', async (t) => {
  const { ends } = await asking(t);
  await ends(bounds('matched-quadratics', '2', '4,16'), {
    stdout: [
      /^theorem-2 on matched-quadratics\.json$/m,
      /^ *4 +0\.125 +4 /m,
      /^T = 4: engine enumeration, verdict proved-exactly$/m,
      /^T = 4, 16: the rational left side is at most the bound$/m,
    ],
  });
  await ends(bounds('lasso', '2', '4'), {
    code: 1,
    stdout: [/silent$/m, /2\(b\) is violated: d is not separable: no L_\d serves it/],
    stderr:
      /^signprox: theorem-2 is silent on this problem, nothing was checked: see signprox audit --problem lasso\.json --theorem 2\n$/,
  });
  const json = await ends(bounds('least-squares-log-cosh', '2', '1,4', '--format', 'json'), { code: 1 });
  for (const row of rowsOf(json)) {
    t.is(row['verdict'], 'silent');
    t.deepEqual(row.constants, { coordinateL: null, sigma: null, startObjective: null, infimumInterval: null });
    for (const field of ['left', 'leftInterval', 'bound', 'sharpBound', 'ratio', 'sharpRatio', 'step', 'engine']) {
      t.is(row[field], null, field);
    }
  }
});

test.serial('bounds: the problem and x⁰ may be inline JSON, as in the commands that a search prints', async (t) => {
  const { ends, again } = await asking(t);
  const asked = '--iterations 1,4 --evaluations 10 --format json';
  const rows = [
    ...rowsOf(await ends(`bounds --search --theorem theorem-1-sharp ${asked}`)),
    ...rowsOf(await ends(`bounds --search --theorem theorem-2-sharp ${asked}`)),
  ];
  t.is(rows.length, 4);
  for (const row of rows) {
    const [replayed] = await again({ ...row, reproduce: `${row.reproduce} --format json` });
    t.deepEqual(replayed!.leftInterval, row.leftInterval, row.reproduce);
    t.is(replayed!.bound, row.bound);
  }
});

test.serial('bounds: sgn(0) is a parameter, and an error about malformed JSON names its option', async (t) => {
  const { rows, refuses } = await asking(t);
  // Noise ±1 at T = 4 from the minimizer: Ĝ = 0 has probability 6/16, and only sgn(0) = 0 then stays.
  const problem = JSON.stringify({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.5, 0.5],
  });
  const on = (given: string) => words`bounds --theorem 2 --iterations 4 --start [0] --problem ${given}`;
  const [zero] = await rows(on(problem));
  const [positive] = await rows([...on(problem), '--sign-of-zero', 'positive']);
  t.true(zero!.left < positive!.left);
  t.regex(positive!.reproduce, /--sign-of-zero positive/);
  await refuses(
    [on('{"smooth":'), /^signprox: --problem is not JSON: /],
    [on('{"smooth": 1}'), /^signprox: --problem: /],
  );
});

test.serial('bounds: commands of rows repeat what came from standard input, and rows are plain JSON', async (t) => {
  const { cwd } = await asking(t);
  const piped = (command: Words, input: string) =>
    startCommand(cwd, command, (child) => child.stdin!.end(input), 'pipe');
  const problem = await readFile(join(cwd, 'cosine-linear.json'), 'utf8');
  const sampled = bounds('cosine-linear', '2', '1,9', '--engine', 'monte-carlo', '--format', 'json').with(2, '-');
  const { code, stdout, stderr } = await piped(sampled, problem);
  t.is(code, 0, stderr);
  const rows = rowsOf({ stdout });
  t.deepEqual(
    rows.map(({ leftIntervalError }) => leftIntervalError),
    [0, 1e-3],
  );
  for (const row of rows) {
    // A shell reads the words as they are printed.
    const command = row.reproduce.replace(/^signprox /, `"${process.execPath}" "${program}" `);
    const again = await finished(spawn('sh', ['-c', command], { cwd, stdio: ['ignore', 'pipe', 'pipe'] }));
    t.deepEqual(rowsOf(again), [row]);
  }
  const broken = await piped('audit --problem -', '{');
  t.regex(broken.stderr, /^signprox: standard input is not JSON: .*\n$/);
});

test.serial(
  'bounds: at its optimal step a theorem has a smaller bound, shown beside the bound at its own step',
  async (t) => {
    const { rows, again, ends } = await asking(t);
    for (const theorem of ['1', 'theorem-1-sharp', '2', 'theorem-2-sharp']) {
      for (const problem of ['cosine-linear', 'geman-mcclure-huber']) {
        const own = await rows(bounds(problem, theorem, '4,16'));
        const tuned = await rows(bounds(problem, theorem, '4,16', '--schedule', 'optimal', '--workers', '0'));
        for (const [i, row] of tuned.entries()) {
          const { step, miniBatch, bound, schedule } = own[i]! as Row;
          t.deepEqual([schedule, row['schedule']], ['own', 'optimal']);
          t.deepEqual(row['own'], { step, miniBatch, bound });
          t.true(row.bound < bound, `${theorem} on ${problem}: ${row.bound} against ${bound}`);
          t.is(row['miniBatch'], miniBatch);
          const reason = problem === 'cosine-linear' ? /f\* = [\d.]+ and σ ≤ σ₀/ : /f\* ≤ [\d.]+ \+ γ‖σ₀‖²\/2 and/;
          t.regex(row['reason'] as string, reason);
        }
        t.deepEqual(await again(tuned[1]!), [tuned[1]!]);
      }
    }
    await ends(bounds('cosine-linear', '1', '4', '--schedule', 'optimal'), {
      stdout: [
        /^theorem-1 at its schedule optimal on cosine-linear\.json$/m,
        /^T +own γ +own bound +γ +bound +own\/bound$/m,
      ],
    });
  },
);

test.serial('bounds: an unknown schedule gives one line with the known ones', async (t) => {
  const { ends, refuses } = await asking(t);
  const at = (theorem: string, schedule: string) => bounds('cosine-linear', theorem, '4', '--schedule', schedule);
  await refuses(
    [at('1', 'optimum'), /: theorem-1 has no schedule "optimum" \(did you mean optimal\?\): it knows own, optimal$/],
    [
      at('theorem-1-fixed-objective', 'optimal'),
      /: theorem-1-fixed-objective has no schedule "optimal": it knows own$/,
    ],
  );
  // σ₀ of quadratics of two curvatures is infinite: nothing to tune by, and nothing to say.
  const two = JSON.stringify({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, 2].map((curvature) => ({ type: 'quadratic', curvature, center: 1 })),
    probabilities: [0.5, 0.5],
  });
  await ends(words`bounds --theorem 1 --schedule optimal --problem ${two} --start [1] --iterations 4`, {
    code: 1,
    unwrapped: /fixed-variance is violated/,
  });
});

test.serial(
  'bounds: a Lipschitz constant far above the searched one is reported below the rows, a close one is not',
  async (t) => {
    const huber = { type: 'huber', weight: 1, threshold: 0.25 };
    const r = { type: 'translated', shift: [50], inner: huber };
    const { ends } = await asking(t, {
      'apart.json': { smooth: huber, functions: [r], probabilities: [1] },
      'apart.start.json': [3],
    });
    await ends(bounds('apart', 'gradient-descent-smallest', '1'), {
      unwrapped: / fixed-smooth: L = 2 .* L may be up to 2\.00 times too large: bounds with it hold/,
    });
    const close = await ends(bounds('geman-mcclure-huber', '1', '1'));
    t.false(close.stdout.includes('too large'));
  },
);
