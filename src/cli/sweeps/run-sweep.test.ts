import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { type PlannedIterations, planTable, planTotals } from '../../report/formats/plan-table.js';
import { slotAlpha } from '../../statistics/budget.js';
import { undecidedProbability } from '../../statistics/plan.js';
import { commandRunner, ends, words } from '../command-runner.test.helper.js';
import { directory } from '../commands/problem-commands.test.helper.js';
import { plannedFor } from './row-cost.js';
import { nextToMeasure, spread, sumOf } from './run-sweep.js';

const run = commandRunner();

test('the measured rows are spread evenly and represent the others', (t) => {
  const all = Array.from({ length: 100 }, (_, i) => i);
  const order = [...spread(all)];
  t.deepEqual(
    order.toSorted((a, b) => a - b),
    all,
  );
  for (const period of [2, 5, 10]) {
    const met = new Set(order.slice(0, 12).map((place) => place % period));
    t.true(met.size >= Math.min(period, 6), `${met.size} of ${period}`);
  }
  const few = order.slice(0, 12).toSorted((a, b) => a - b);
  t.true(few.every((place, i) => place - (few[i - 1] ?? 0) <= 20));
  t.deepEqual([...spread(all.slice(0, 3))].toSorted(), [0, 1, 2]);
  const measured = [
    { exact: true, replicates: 0, planned: 0, seconds: 1 },
    { exact: false, replicates: 1000, planned: 3000, seconds: 2 },
    { exact: false, replicates: 2000, planned: undefined, seconds: 6 },
  ];
  t.deepEqual(sumOf(64, 30, measured), {
    ...{ iterations: 64, rows: 30, measured: 3, exact: 1 },
    ...{ replicates: 30_000, planned: 50_000, seconds: 90, longest: 6 },
    // s² = ((1 − 3)² + (2 − 3)² + (6 − 3)²)/2 = 7, so that the variance of the sum is 30·27·7/3.
    error: Math.sqrt(1890),
  });
  t.is(sumOf(64, 3, measured).error, 0);
});

test('rows are measured where they add most to the error, until that is a tenth of the sum', (t) => {
  const part = (rows: number, ...seconds: readonly number[]) => ({
    rows,
    measured: seconds.map((each) => ({ seconds: each })),
  });
  const repeated = (count: number, ...seconds: readonly number[]) =>
    Array.from({ length: count }, () => seconds).flat();
  const even = part(100, ...repeated(12, 1, 1));
  const uneven = part(1000, ...repeated(12, 0.1, 1.9));
  const whole = part(2, 0.1, 5);
  t.is(nextToMeasure([even, part(1000, 1), whole])?.measured.length, 1, 'first some of each');
  t.is(nextToMeasure([even, uneven, whole]), uneven);
  t.is(nextToMeasure([even, whole]), undefined);
  // The standard error of the sum of the uneven ones is 1000·√(1 − n/1000)·0.9/√n, which is 100 with n = 75.
  t.is(nextToMeasure([part(1000, ...repeated(37, 0.1, 1.9))])?.rows, 1000);
  t.is(nextToMeasure([part(1000, ...repeated(38, 0.1, 1.9))]), undefined);
  t.is(nextToMeasure([part(1e6, ...repeated(200, 0, 0), 1e6)]), undefined, 'and no more than 400');
});

test("a row is planned on its mean's side of the bound, and never with fewer replicates than it draws", (t) => {
  const row = { cap: 1, bound: 0.2 };
  for (const [side, left] of [
    ['holds', 0.15],
    ['violated', 0.3],
  ] as const) {
    const planned = plannedFor({ ...row, left }, 10, 0.9)!;
    const situation = { side, ...row, mean: left, alpha: slotAlpha };
    t.true(undecidedProbability(situation, planned) <= 0.1, side);
    t.true(undecidedProbability(situation, planned - 1) > 0.1, side);
    t.is(plannedFor({ ...row, left }, planned + 1, 0.9), planned + 1);
    t.true(plannedFor({ ...row, left }, 10, 0.999)! > planned);
  }
  t.is(plannedFor({ bound: 0.2, left: 0.1 }, 500, 0.9), undefined, 'without a cap there is no plan');
  t.is(plannedFor({ cap: 0.1, bound: 0.2, left: 0.1 }, 500, 0.9), 500, 'decided by the cap');
  t.is(plannedFor({ ...row, left: 0.2 }, 500, 0.9), undefined, 'a mean at the bound is never planned for');
});

test('the threads share the work, and each of them starts', (t) => {
  const cost = { measured: 8, exact: 2, replicates: 1000, planned: 2000 };
  const costs: PlannedIterations[] = [
    { ...cost, iterations: 4, rows: 10, seconds: 3, error: 0.6, longest: 0.5 },
    { ...cost, iterations: 16, rows: 10, seconds: 9, error: 0.8, longest: 1 },
  ];
  const plan = { costs, power: 0.99, workers: 4, startSeconds: 0.5 };
  t.deepEqual(planTotals(plan), { processor: 14.5, uncertainty: 2, clock: 4 });
  t.deepEqual(planTotals({ ...plan, workers: 0 }), { processor: 12.5, uncertainty: 2, clock: 12.5 });
  t.deepEqual(
    planTotals({ ...plan, workers: 100 }),
    { processor: 12 + 0.5 * 21, uncertainty: 2, clock: 1 + 1 },
    'no sooner than the longest row',
  );
  t.regex(planTable(plan), /^16 +10 +25 % +1000 +2000 +9 s$/m);
  t.regex(planTable(plan), /^20 rows: about 15 s of the processor, and 4 s of the clock on 4 threads/m);
  t.regex(planTable(plan), /^16 rows measured: known to ± 14 %, two standard errors$/m);
  t.notRegex(planTable({ ...plan, costs: costs.map((each) => ({ ...each, measured: 10 })) }), /measured/);
});

test.serial('--plan counts the replicates that the sweep then draws, and decides nothing', async (t) => {
  const cwd = await directory(t);
  const problem = ['--problem', 'cosine-linear.json', '--start', 'cosine-linear.start.json'];
  const grid = [
    'bounds',
    ...problem,
    '--theorem',
    '1',
    '--theorem',
    '2',
    '--iterations',
    '1,16,64',
    '--format',
    'json',
  ];
  const sampled = [...grid, '--engine', 'monte-carlo'];
  const { stdout } = await ends(t, run(cwd, [...sampled, '--plan']));
  t.false(existsSync(join(cwd, 'reports')));
  const { costs, processor } = JSON.parse(stdout) as { costs: PlannedIterations[]; processor: number };
  const { rows } = JSON.parse((await run(cwd, sampled)).stdout) as {
    rows: { iterations: number; replicates: number }[];
  };
  t.deepEqual(
    costs.map(({ iterations, rows: count, measured, replicates }) => [iterations, count, measured, replicates]),
    [1, 16, 64].map((T) => {
      const own = rows.filter(({ iterations }) => iterations === T);
      return [T, 2, 2, own.reduce((sum, { replicates }) => sum + replicates, 0)];
    }),
    'each of these rows is decided before it has drawn what it draws in any case',
  );
  t.is(costs[0]!.replicates, 2, 'at T = 1 all replicates are the same');
  t.true(processor > 0);
  const exact = JSON.parse((await run(cwd, [...grid.toSpliced(5, 2), '--plan'])).stdout);
  t.deepEqual(
    (exact.costs as PlannedIterations[]).map((each) => [each.exact, each.replicates]),
    [
      [1, 0],
      [1, 0],
      [1, 0],
    ],
  );
  await ends(t, run(cwd, words`${grid} --plan --power 1`), {
    code: 2,
    stderr: /a probability is a number between 0 and 1/,
  });
});
