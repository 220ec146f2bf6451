import { appendFile, copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { startCommand } from '../command-process.test.helper.js';
import { commandRunner, type Finished } from '../command-runner.test.helper.js';
import { directory } from '../commands/problem-commands.test.helper.js';
import { progressText } from '../commands/sweep.js';
import { shareOfCells } from './cells.js';

const run = commandRunner();
const problems = ['cosine-linear', 'geman-mcclure-huber'].flatMap((name) => [
  ...['--problem', `${name}.json`],
  ...['--start', `${name}.start.json`],
]);
const grid = ['bounds', ...problems, '--theorem', '1', '--theorem', 'theorem-2-sharp', '--iterations', '1,4,32'];
const rowsIn = (cwd: string, out = 'reports/sweep'): Promise<string> => readFile(join(cwd, out, 'rows.ndjson'), 'utf8');

interface Row {
  readonly [field: string]: unknown;
  readonly cell: number;
  readonly reproduce: string;
}
const parsed = (text: string): Row[] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as Row);

test.serial('a grid has a row for every problem, theorem and T, which its own command reproduces', async (t) => {
  const cwd = await directory(t);
  const { code, stdout, stderr } = await run(cwd, grid);
  t.is(code, 0, stderr);
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
    const alone = await run(cwd, row.reproduce.split(' ').slice(1));
    t.deepEqual(JSON.parse(alone.stdout), [row], `${cell} on ${problem}`);
  }
  t.regex(stdout, /^theorem-1 on cosine-linear\.json$/m);
  t.regex(
    stdout,
    /^12 rows: .*; the probability that one of 2 by Monte Carlo\s+is falsely violated is at most 4\.883e−13$/m,
  );
  t.true(stderr.endsWith('signprox report reports/sweep/rows.ndjson --out reports/sweep\n'), stderr);
  const inProcess = await run(cwd, [...grid, '--workers', '0', '--out', 'alone', '--format', 'json']);
  t.is(await rowsIn(cwd, 'alone'), text, 'workers change nothing');
  t.deepEqual(JSON.parse(inProcess.stdout), rows);
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
  await writeFile(join(cwd, 'grid.json'), JSON.stringify(file));
  const { code, stdout } = await run(cwd, ['bounds', '--grid', 'grid.json']);
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
  t.is(code, 1);
  t.regex(stdout, /^silent: .*theorem-1-sharp is about steps below 2 on this\s+problem, got γ = 3 \(2 rows\)$/m);
  const [first] = rows as [Row];
  const [row] = JSON.parse((await run(cwd, first.reproduce.replaceAll("'", '').split(' ').slice(1))).stdout) as [Row];
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
    await writeFile(join(cwd, 'wrong.json'), JSON.stringify({ ...file, ...change }));
    const wrong = await run(cwd, ['bounds', '--grid', 'wrong.json', '--out', 'wrong']);
    t.is(wrong.code, 2);
    t.regex(wrong.stderr, message);
    t.is(wrong.stderr.split('\n').length, 2);
  }
});

/** Ends a sweep by a signal when some of its rows are in the file. */
async function stopped(cwd: string, signal: NodeJS.Signals): Promise<Finished> {
  const slow = [...grid, '--engine', 'monte-carlo', '--depth', 'deep', '--workers', '1'];
  return startCommand(cwd, slow, (child) => {
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
  const slow = [...grid, '--engine', 'monte-carlo', '--depth', 'deep'];
  t.is((await run(cwd, [...slow, '--out', 'whole'])).code, 0);
  const whole = await rowsIn(cwd, 'whole');
  const { code, stderr } = await stopped(cwd, 'SIGTERM');
  t.is(code, 143, stderr);
  const [, there, resume] =
    /^signprox: interrupted; (\d+) of 12 rows are in reports\/sweep\/rows\.ndjson; for the rest: node \S+main\.js (.*)$/m.exec(
      stderr,
    )!;
  t.is(parsed(await rowsIn(cwd)).length, Number(there));
  t.true(Number(there) >= 3 && Number(there) < 12);
  t.is(resume, [...slow.slice(0, 1), ...resumeOrder(slow)].join(' '));
  const rest = await run(cwd, resume!.split(' '));
  t.is(rest.code, 0, rest.stderr);
  t.is(await rowsIn(cwd), whole);
  // Once more: nothing is left to do.
  t.is((await run(cwd, resume!.split(' '))).code, 0);
  t.is(await rowsIn(cwd), whole);

  // What SIGKILL leaves: rows in the order in which they were done, and a line that is cut off.
  const [header, ...lines] = whole.trimEnd().split('\n') as [string, ...string[]];
  const path = join(cwd, 'reports/sweep/rows.ndjson');
  await writeFile(path, `${[header, lines[7], lines[2]].join('\n')}\n${lines[4]!.slice(0, 100)}`);
  t.is((await run(cwd, resume!.split(' '))).code, 0);
  t.is(await rowsIn(cwd), whole);
  await truncate(path, 20);
  t.is((await run(cwd, resume!.split(' '))).code, 0);
  t.is(await rowsIn(cwd), whole);
});

/** The options in the order in which a command is told again. */
function resumeOrder(words: readonly string[]): string[] {
  const of = (name: string): string[] => words.flatMap((word, i) => (word === name ? [word, words[i + 1]!] : []));
  const names = ['--problem', '--theorem', '--iterations', '--start', '--engine'];
  return [...names.flatMap(of), '--seed', '1', ...of('--depth'), '--resume'];
}

test.serial('SIGKILL loses only the rows in progress', async (t) => {
  const cwd = await directory(t);
  const { code } = await stopped(cwd, 'SIGKILL');
  t.is(code, null);
  const there = parsed(await rowsIn(cwd)).length;
  t.true(there >= 3, String(there));
  const slow = [...grid, '--engine', 'monte-carlo', '--depth', 'deep'];
  t.is((await run(cwd, [...slow, '--resume'])).code, 0);
  t.is((await run(cwd, [...slow, '--out', 'whole'])).code, 0);
  t.is(await rowsIn(cwd), await rowsIn(cwd, 'whole'));
});

test.serial('the rows of another sweep are rejected with the difference', async (t) => {
  const cwd = await directory(t);
  const asked = ['bounds', ...problems, '--theorem', '2', '--iterations', '1,4'];
  t.is((await run(cwd, asked)).code, 0);
  const before = await rowsIn(cwd);
  const refused = async (args: readonly string[], message: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await run(cwd, [...args, '--resume']);
    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr, message);
    t.is(stderr.split('\n').length, 2);
  };
  const again = await run(cwd, asked);
  t.is(again.code, 2);
  t.regex(again.stderr, /rows\.ndjson exists: give --resume to continue it, or another --out/);
  await refused(
    [...asked, '--seed', '2'],
    /rows\.ndjson is of another sweep: seed: 1 instead of 2; choose another --out/,
  );
  await refused([...asked, '--depth', 'deep'], /: depth: standard instead of deep;/);
  await refused([...asked, '--engine', 'lattice'], /: --engine: auto instead of lattice;/);
  await refused([...asked.slice(0, -1), '1,16'], /: iterations: 1,4 instead of 1,16;/);
  await refused([...asked, '--theorem', '1'], /: theorems: 2 instead of 2, 1;/);
  await copyFile(join(cwd, 'matched-quadratics.json'), join(cwd, 'geman-mcclure-huber.json'));
  await copyFile(join(cwd, 'matched-quadratics.start.json'), join(cwd, 'geman-mcclure-huber.start.json'));
  await refused(asked, /: content of the problems and starts: /);
  t.is(await rowsIn(cwd), before);
  const path = join(cwd, 'reports/sweep/rows.ndjson');
  await writeFile(path, before.replace('"version":"0.1.0"', '"version":"0.0.9"'));
  await refused(asked, /: version: 0\.0\.9 instead of 0\.1\.0;/);
  await writeFile(path, before);
  await appendFile(path, 'words\n');
  await refused(asked, /rows\.ndjson is not a sweep, line 6: not JSON/);
});

test('shards partition the rows, and share those of the largest T evenly', (t) => {
  const cells = Array.from({ length: 24 }, (_, cell) => ({ cell, iterations: [1, 4, 16][cell % 3]! }));
  for (const of of [1, 3, 5]) {
    const shares = Array.from({ length: of }, (_, place) => shareOfCells(cells, { index: place + 1, of }));
    t.deepEqual(
      shares.flat().toSorted((a, b) => a.cell - b.cell),
      cells,
    );
    for (const share of shares) {
      const longest = share.filter(({ iterations }) => iterations === 16).length;
      t.true(longest >= Math.floor(8 / of) && longest <= Math.ceil(8 / of), `${longest} of 8 among ${of}`);
    }
  }
});

test.serial('the shards of a sweep, merged in any order, give the bytes of a sweep without shards', async (t) => {
  const cwd = await directory(t);
  t.is((await run(cwd, [...grid, '--out', 'whole'])).code, 0);
  const whole = await rowsIn(cwd, 'whole');
  for (const place of ['1/3', '2/3', '3/3']) {
    const { code, stderr } = await run(cwd, [...grid, '--shard', place, '--out', 'parts', '--workers', '0']);
    t.is(code, 0, stderr);
    t.true(stderr.endsWith('for one file of all: signprox merge parts/shard-*-of-3\n'), stderr);
  }
  const part = (index: number): string => `parts/shard-${index}-of-3`;
  const merged = await run(cwd, ['merge', part(3), part(1), `${part(2)}/rows.ndjson`, '--out', 'merged']);
  t.is(merged.code, 0, merged.stderr);
  t.is(await rowsIn(cwd, 'merged'), whole);
  t.regex(merged.stdout, /^12 rows: /m);

  const missing = await run(cwd, ['merge', part(3), part(1), '--out', 'merged']);
  t.is(missing.code, 75);
  t.regex(missing.stdout, /^8 rows of the 12 of the grid: /m);
  const [, command] = /^incomplete: missing 2\/3; for the rest: signprox (.*)$/m.exec(missing.stderr)!;
  const rest = await run(cwd, command!.split(' '));
  t.is(rest.code, 0, rest.stderr);
  t.is(await rowsIn(cwd, 'merged/incomplete'), whole, 'what the shards lack can be run on one machine too');

  const refused = async (directories: readonly string[], message: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await run(cwd, ['merge', ...directories, '--out', 'refused']);
    t.deepEqual([code, stdout], [2, '']);
    t.regex(stderr, message);
    t.is(stderr.split('\n').length, 2);
  };
  await run(cwd, [...grid, '--shard', '2/3', '--seed', '2', '--out', 'seed']);
  await run(cwd, [...grid, '--shard', '2/4', '--out', 'four']);
  await refused(
    [part(1), 'seed/shard-2-of-3'],
    /rows\.ndjson is of another sweep: seed: 2 instead of 1; merge the shards/,
  );
  await refused([part(1), 'four/shard-2-of-4'], /: number of shards: 4 instead of 3;/);
  await refused([part(1), part(1)], /is shard 1\/3, and so is parts\/shard-1-of-3\/rows\.ndjson: give one of them/);
  await refused([part(1), 'whole'], /^signprox: whole\/rows\.ndjson is not a shard of a sweep; give the directories/);
  await refused([part(1), 'nowhere'], /^signprox: cannot read nowhere\/rows\.ndjson: there is no such file/);
  await refused([part(1), '--format', 'junit'], /--format junit is for claims/);
  const text = await rowsIn(cwd, part(2));
  const write = (changed: string): Promise<void> => writeFile(join(cwd, part(2), 'rows.ndjson'), changed);
  const lines = text.trimEnd().split('\n');
  await write(`${lines.slice(0, -1).join('\n')}\n`);
  await refused(
    [part(2)],
    /was interrupted: it has 3 of 4 rows; finish it first: signprox bounds .* --shard 2\/3 --out parts --resume$/m,
  );
  await write(text.replace('"shard":{"index":2,"of":3}', '"shard":{"index":1,"of":3}'));
  await refused([part(2)], /does not hold the rows of shard 1\/3: run that shard again/);
});

test.serial('rows are reported again as tables, as JSON and as a page', async (t) => {
  const cwd = await directory(t);
  const made = await run(cwd, grid);
  const printed = await run(cwd, ['report', 'reports/sweep/rows.ndjson']);
  t.deepEqual([printed.code, printed.stdout], [0, made.stdout]);
  t.is((await run(cwd, ['report', 'reports/sweep'])).stdout, made.stdout);
  const json = await run(cwd, ['report', 'reports/sweep', '--format', 'json']);
  t.deepEqual(JSON.parse(json.stdout), parsed(await rowsIn(cwd)));
  const page = await run(cwd, ['report', 'reports/sweep/rows.ndjson', '--out', 'page']);
  t.is(page.stdout, 'page/index.html\n');
  const html = await run(cwd, ['report', 'reports/sweep', '--format', 'html']);
  t.is(await readFile(join(cwd, 'page/index.html'), 'utf8'), html.stdout);
  t.regex(html.stdout, /<svg .*theorem-2-sharp on geman-mcclure-huber\.json/s);
  for (const [args, message] of [
    [['reports/sweep', '--format', 'junit'], /^signprox: --format junit is for claims, and these are rows of bounds: /],
    [
      ['reports/sweep', 'reports/sweep'],
      /^signprox: rows of bounds are reported one file at a time, and 2 are given: /,
    ],
    [
      ['none.ndjson'],
      /^signprox: cannot read none\.ndjson: there is no such file; give a directory that signprox bounds --out wrote/,
    ],
  ] as const) {
    const { code, stderr } = await run(cwd, ['report', ...args]);
    t.is(code, 2);
    t.regex(stderr, message);
  }
});

test('progress shows the rate of this run and the time left for all rows', (t) => {
  t.is(progressText(0, 100, 0, 3), '0 of 100 rows');
  t.is(progressText(60, 100, 10, 5), '60 of 100 rows, 2.0 a second, about 20 s left');
  t.is(progressText(4, 1000, 4, 120), '4 of 1000 rows, 2.0 a minute, about 8.3 h left');
  t.is(progressText(40, 1000, 40, 80), '40 of 1000 rows, 30.0 a minute, about 32 min left');
});
