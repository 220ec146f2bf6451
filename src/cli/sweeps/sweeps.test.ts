import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { startCommand } from '../command-process.test.helper.js';
import { commandRunner, ends, type Finished, inFolder, words } from '../command-runner.test.helper.js';
import { directory } from '../commands/problem-commands.test.helper.js';
import { progressText } from '../commands/sweep.js';
import { write } from '../run-directory.test.helper.js';

const run = commandRunner();
const problems = ['cosine-linear', 'geman-mcclure-huber'].flatMap((name) => [
  ...['--problem', `${name}.json`],
  ...['--start', `${name}.start.json`],
]);
const grid = words`bounds ${problems} --theorem 1 --theorem theorem-2-sharp --iterations 1,4,32`;
const slow = words`${grid} --engine monte-carlo --depth deep`;
const rowsIn = (cwd: string, out = 'reports/sweep'): Promise<string> => readFile(join(cwd, out, 'rows.ndjson'), 'utf8');

interface Row {
  readonly [field: string]: unknown;
  readonly cell: number;
  readonly reproduce: string;
}
/** The command that reproduces a row. */
const again = ({ reproduce }: Pick<Row, 'reproduce'>): string => reproduce.replace('signprox ', '');
const parsed = (text: string): Row[] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as Row);

test.serial('a grid has a row for every problem, theorem and T, which its own command reproduces', async (t) => {
  const cwd = await directory(t);
  const { stdout, stderr } = await ends(t, run(cwd, grid));
  const text = await rowsIn(cwd);
  const rows = parsed(text);
  t.deepEqual(
    rows.map(({ cell, problem, theorem, iterations }) => [cell, problem, theorem, iterations]),
    ['cosine-linear.json', 'geman-mcclure-huber.json'].flatMap((problem, p) =>
      ['theorem-1', 'theorem-2-sharp'].flatMap((theorem, j) =>
        [1, 4, 32].map((T, i) => [6 * p + 3 * j + i, problem, theorem, T]),
      ),
    ),
  );
  t.true(rows.some(({ engine }) => engine === 'monte-carlo'));
  for (const { cell, problem, ...row } of rows) {
    const alone = await ends(t, run(cwd, again(row)));
    t.deepEqual(JSON.parse(alone.stdout).rows, [row], `${cell} on ${problem}`);
  }
  t.regex(stdout, /^theorem-1 on cosine-linear\.json$/m);
  const [, counts] = /^✓ (12 rows: .*)\n/.exec(stdout)!;
  t.regex(
    stdout,
    /^The probability that one of 2 rows by Monte Carlo is falsely\s+violated is at most\s+4\.883e−13\.$/m,
  );
  t.true(stderr.endsWith('signprox report reports/sweep/rows.ndjson --out reports/sweep\n'), stderr);
  const inProcess = await run(cwd, words`${grid} --workers 0 --out alone --format json`);
  t.is(await rowsIn(cwd, 'alone'), text, 'workers change nothing');
  t.deepEqual(JSON.parse(inProcess.stdout), { verdict: counts, rows });
});

test.serial('a grid in a file equals one given by options; its paths are relative to its folder', async (t) => {
  const cwd = await directory(t);
  const file = {
    problems: [{ problem: 'cosine-linear.json', start: [1.25] }],
    theorems: ['theorem-1-sharp', { theorem: 'theorem-2-sharp' }],
    iterations: [4],
    steps: [0.5, 0.1, 3],
    miniBatches: [8, 1],
  };
  await write(cwd, { 'grid.json': file });
  await ends(t, run(cwd, 'bounds --grid grid.json'), {
    code: 1,
    stdout: /^silent: .*theorem-1-sharp is about steps below 2 on this\s+problem, got γ = 3 \(2 rows\)$/m,
  });
  const rows = parsed(await rowsIn(cwd));
  t.is(rows.length, 12);
  t.deepEqual(
    rows.slice(0, 6).map(({ step, miniBatch, verdict }) => [step, miniBatch, verdict]),
    [
      [0.1, 1, 'holds'],
      [0.1, 8, 'holds'],
      [0.5, 1, 'holds'],
      [0.5, 8, 'holds'],
      [3, 1, 'silent'],
      [3, 8, 'silent'],
    ],
    'theorem 1♯ is about γ < 2/L = 2',
  );
  const [first] = rows as [Row];
  const [row] = JSON.parse((await run(cwd, again(first))).stdout).rows as [Row];
  t.is(row['bound'], first['bound']);
  const { L, sigma, startObjective, infimumInterval } = first['constants'] as Record<string, never>;
  const gap = startObjective - (infimumInterval as readonly number[])[0]!;
  const bound = (gap / (0.1 * 4) + 0.75 * 0.1 * L * (sigma as number) ** 2) / (1 - (0.1 * L) / 2);
  t.true(Math.abs((first['bound'] as number) - bound) < 1e-12, 'Theorem 1♯ at γ = 0.1 and B = 1');

  for (const [change, message] of [
    [{ step: [1] }, /^signprox: wrong\.json: the top level: Unrecognized key: "step"/],
    [{ iterations: [0] }, /wrong\.json: iterations\[0\]: .*, got 0/],
    [{ problems: [{ problem: 'p.json' }] }, /wrong\.json: problems\[0\]\.start/],
    [
      { theorems: ['1'] },
      /theorem-1 is proved at the steps and mini-batches of its schedules alone, .*: give one such as/,
    ],
  ] as const) {
    await write(cwd, { 'wrong.json': { ...file, ...change } });
    await inFolder(t, run, cwd).refuses(['bounds --grid wrong.json --out wrong', message]);
  }
});

/** Ends a sweep by a signal when some of its rows are in the file. */
function stopped(cwd: string, signal: NodeJS.Signals): Promise<Finished> {
  return startCommand(cwd, words`${slow} --workers 1`, (child) => {
    // A second signal would end the process at once, by its own hand.
    let sent = false;
    const poll = setInterval(async () => {
      const text = await rowsIn(cwd).catch(() => '');
      if (!sent && text.split('\n').length >= 5) sent = child.kill(signal);
    }, 5);
    child.on('close', () => clearInterval(poll));
  });
}

test.serial('an interrupted sweep keeps its rows, and --resume completes them to the same bytes', async (t) => {
  const cwd = await directory(t);
  await ends(t, run(cwd, words`${slow} --out whole`));
  const whole = await rowsIn(cwd, 'whole');
  const { stderr } = await ends(t, stopped(cwd, 'SIGTERM'), { code: 143 });
  const [, there, resume] =
    /^signprox: interrupted; (\d+) of 12 rows are in reports\/sweep\/rows\.ndjson; for the rest: node \S+main\.js (.*)$/m.exec(
      stderr,
    )!;
  t.is(parsed(await rowsIn(cwd)).length, Number(there));
  t.true(Number(there) >= 3 && Number(there) < 12);
  t.is(resume, [...slow.slice(0, 1), ...resumeOrder(slow)].join(' '));
  const path = join(cwd, 'reports/sweep/rows.ndjson');
  const [header, ...lines] = whole.trimEnd().split('\n') as [string, ...string[]];
  const starts: readonly (string | undefined)[] = [
    // What the interrupted sweep has left, and then all of it: nothing is left to do.
    undefined,
    undefined,
    // What SIGKILL leaves: rows in the order in which they were done, and a line that is cut off.
    `${[header, lines[7], lines[2]].join('\n')}\n${lines[4]!.slice(0, 100)}`,
    header.slice(0, 20),
  ];
  for (const start of starts) {
    if (start !== undefined) await writeFile(path, start);
    await ends(t, run(cwd, resume!));
    t.is(await rowsIn(cwd), whole);
  }
});

/** The options in the order in which a command is told again. */
function resumeOrder(words: readonly string[]): string[] {
  const of = (name: string): string[] => words.flatMap((word, i) => (word === name ? [word, words[i + 1]!] : []));
  const names = ['--problem', '--theorem', '--iterations', '--start', '--engine'];
  return [...names.flatMap(of), '--seed', '1', ...of('--depth'), '--resume'];
}

test.serial('SIGKILL loses only the rows in progress', async (t) => {
  const cwd = await directory(t);
  t.is((await stopped(cwd, 'SIGKILL')).code, null);
  const there = parsed(await rowsIn(cwd)).length;
  t.true(there >= 3, String(there));
  await ends(t, run(cwd, words`${slow} --resume`));
  await ends(t, run(cwd, words`${slow} --out whole`));
  t.is(await rowsIn(cwd), await rowsIn(cwd, 'whole'));
});

test.serial('the rows of another sweep are rejected with the difference', async (t) => {
  const { cwd, ends, refuses } = inFolder(t, run, await directory(t));
  const asked = words`bounds ${problems} --theorem 2 --iterations 1,4`;
  const resumed = (...options: readonly string[]) => [...asked, ...options, '--resume'];
  await ends(asked);
  const before = await rowsIn(cwd);
  await refuses(
    [asked, /rows\.ndjson exists: give --resume to continue it, or another --out/],
    [resumed('--seed', '2'), /rows\.ndjson is of another sweep: seed: 1 instead of 2; choose another --out/],
    [resumed('--depth', 'deep'), /: depth: standard instead of deep;/],
    [resumed('--engine', 'lattice'), /: --engine: auto instead of lattice;/],
    [words`${asked.slice(0, -1)} 1,16 --resume`, /: iterations: 1,4 instead of 1,16;/],
    [resumed('--theorem', '1'), /: theorems: 2 instead of 2, 1;/],
  );
  for (const kind of ['json', 'start.json']) {
    await copyFile(join(cwd, `matched-quadratics.${kind}`), join(cwd, `geman-mcclure-huber.${kind}`));
  }
  await refuses([resumed(), /: content of the problems and starts: /]);
  t.is(await rowsIn(cwd), before);
  const path = join(cwd, 'reports/sweep/rows.ndjson');
  await writeFile(path, before.replace('"version":"0.1.0"', '"version":"0.0.9"'));
  await refuses([resumed(), /: version: 0\.0\.9 instead of 0\.1\.0;/]);
  await writeFile(path, `${before}words\n`);
  await refuses([resumed(), /rows\.ndjson is not a sweep, line 6: not JSON/]);
});

test.serial('rows are reported again as tables, as JSON and as a page', async (t) => {
  const { cwd, ends, refuses } = inFolder(t, run, await directory(t));
  const made = await ends(grid);
  await ends('report reports/sweep/rows.ndjson', { stdout: made.stdout });
  await ends('report reports/sweep', { stdout: made.stdout });
  const json = await ends('report reports/sweep --format json');
  const { verdict, rows } = JSON.parse(json.stdout);
  t.deepEqual(rows, parsed(await rowsIn(cwd)));
  t.true(made.stdout.startsWith(`✓ ${verdict}`), verdict);
  await ends('report reports/sweep/rows.ndjson --out page', { stdout: 'page/index.html\n' });
  const html = await ends('report reports/sweep --format html', {
    stdout: /<svg .*theorem-2-sharp on geman-mcclure-huber\.json/s,
  });
  t.is(await readFile(join(cwd, 'page/index.html'), 'utf8'), html.stdout);
  await refuses(
    ['report reports/sweep --format junit', /^signprox: --format junit is for claims, and these are rows of bounds: /],
    [
      'report reports/sweep reports/sweep',
      /^signprox: rows of bounds are reported one file at a time, and 2 are given: /,
    ],
    [
      'report none.ndjson',
      /^signprox: cannot read none\.ndjson: there is no such file; give a directory that signprox bounds --out wrote/,
    ],
  );
});

test('progress shows the rate of this run and the time left for all rows', (t) => {
  t.is(progressText(0, 100, 0, 3), '0 of 100 rows');
  t.is(progressText(60, 100, 10, 5), '60 of 100 rows, 2.0 a second, about 20 s left');
  t.is(progressText(4, 1000, 4, 120), '4 of 1000 rows, 2.0 a minute, about 8.3 h left');
  t.is(progressText(40, 1000, 40, 80), '40 of 1000 rows, 30.0 a minute, about 32 min left');
});
