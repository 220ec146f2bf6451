import test from 'ava';
import { answering, type Implementation } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import { quickBudget } from '../../claims/registry-tests.test.helper.js';
import { outcomeOf, successVerdicts, userVerdicts } from '../../report/record/outcome.js';
import { slotAlpha } from '../../statistics/budget.js';
import { plannedReplicates } from '../../statistics/plan.js';
import { times } from '../theorem/changed-theorem.js';
import { cosineLinear, signRate, spgmRate } from '../theorem/example-theorems.test.helper.js';
import type { Theorem } from '../theorem/theorem.js';
import { TheoremError } from '../theorem/theorem-fields.js';
import { boundClaim } from './bound-claim.js';

const { cap: _, ...uncapped } = spgmRate;

/** d = ½x², and Ĝ − G = ±1. */
const parabolas = {
  name: 'a parabola',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

const check = (theorem: Theorem) =>
  boundClaim({
    ...{ id: 'test-bound', version: 1, method: 'm', theorem, instances: [cosineLinear] },
    iterations: { quick: [4, 16], standard: [], deep: [] },
  }).check(reference, quickBudget());

test('a theorem without a cap is not refuted, at the replicates that find twice its bound in the stated family', async (t) => {
  const found = await check(uncapped);
  t.is(found.verdict, 'not-refuted');
  t.is(found.reason, '2 rows: 2 not-refuted; 0 decided by the cap alone');
  for (const row of found.rows!) {
    const planned = plannedReplicates({ side: 'violated', bound: 1, cap: 100, mean: 2, alpha: slotAlpha }, 0.01)!;
    t.is(row.replicates, planned, `T = ${row.iterations}`);
    t.true(row.replicates < 20_000);
    t.true(Math.abs(row.detectable! / row.bound - 2) < 1e-6 && Math.abs(row.familyCap! / row.bound - 100) < 1e-4);
    t.deepEqual([row.assumption, row.cap], ['none', undefined]);
  }
  t.is((await check(spgmRate)).verdict, 'holds', 'the same with its cap');
  t.is((await check(times(0.2)(uncapped))).verdict, 'violated');
});

test('a theorem about sign steps without a cap gets a derived one, with which it holds', async (t) => {
  const { cap: declared, ...bare } = signRate;
  const { verdict, rows } = await check(bare);
  t.is(verdict, 'holds');
  for (const row of rows!) {
    t.is(row.assumption, 'M');
    t.true(row.left < row.cap! && row.replicates < 1000, `${row.cap}, ${row.replicates} replicates`);
  }
  // What the theorem declares is taken where it does.
  const own = await check({ ...bare, cap: (...of) => 1.5 * declared!(...of)! });
  const known = await check(signRate);
  t.deepEqual(
    own.rows!.map(({ cap }) => cap),
    known.rows!.map(({ cap }) => 1.5 * cap!),
  );
});

test('a claim that lists its verdicts, and one that does not, fails where nothing is proved', async (t) => {
  const found = await check(uncapped);
  t.is(outcomeOf(found, undefined), 'fail');
  t.is(outcomeOf(found, successVerdicts), 'fail');
  t.is(outcomeOf(found, userVerdicts), 'expected');
});

test('a bound from below is shown without a cap, with as many replicates as needed, and never refuted', async (t) => {
  const from = (factor: number): Theorem => ({
    ...uncapped,
    relation: 'at-least',
    bound: (...of) => factor * spgmRate.bound(...of),
  });
  const left = (await check(uncapped)).rows!.map((row) => row.left / row.bound);
  const shown = await check(from(Math.min(...left) / 1.3));
  t.is(shown.verdict, 'holds');
  const above = await check(from(2 * Math.max(...left)));
  t.is(above.verdict, 'inconclusive');
  for (const row of above.rows!) {
    t.is(row.reason, 'not shown in 50000 replicates, and without a cap no number of them refutes a bound from below');
    t.deepEqual([row.detectable, row.familyCap], [undefined, undefined]);
  }
});

test('an understated cap is an error of the theorem; a run above a right cap is an error of the implementation', async (t) => {
  const understated: Theorem = { ...signRate, cap: (...of) => 0.3 * signRate.cap!(...of)! };
  const error = await t.throwsAsync(check(understated), { instanceOf: TheoremError });
  t.regex(
    error!.message,
    /^sign-rate: cap is [\d.]+ on .* at T = \d+, and one run has the left side [\d.]+: a cap is a number that no run exceeds; derive a larger one, as docs\/statistics\.md shows, or leave it out$/,
  );
  // Ten steps in the wrong direction at once, on a parabola.
  const { reference: __, ...other } = reference;
  const { methods } = other.description;
  const ascending = answering<Implementation>(
    { ...other, description: { ...other.description, methods: methods.filter((name) => name !== 'run') } },
    {
      async step(question, own) {
        const { x } = await own(question);
        return { x: x.map((v, i) => question.x[i]! - 10 * (v - question.x[i]!)) };
      },
    },
  );
  for (const theorem of [spgmRate, signRate]) {
    const claim = boundClaim({ id: 'test-bound', version: 1, method: 'm', theorem, instances: [parabolas] });
    const { verdict, rows } = await claim.check(ascending, quickBudget());
    t.is(verdict, 'violated');
    const row = rows!.find((each) => each.verdict === 'violated')!;
    t.true(row.left > row.cap!);
    t.regex(
      row.reason,
      /^one run has the left side .* which no run of (spgm|sign-prox) exceeds: it takes other steps$/,
    );
    t.is((await claim.check(other, quickBudget())).verdict, 'holds');
  }
});
