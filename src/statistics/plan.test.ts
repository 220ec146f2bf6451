import test from 'ava';
import { slotAlpha } from './budget.js';
import { type EProcess, holdsProcessWithCap, violationProcess } from './e-process.js';
import { crossings, type Law, rateIsAbove, twoPoint, uniform } from './laws.test.helper.js';
import { detectableMean, type PlanSituation, plannedReplicates, undecidedProbability } from './plan.js';

test('the plan bounds the undecided runs for every law, and is not vacuous', (t) => {
  const alpha = 0.01;
  const paths = 400;
  const judged = (situation: PlanSituation, make: () => EProcess, law: Law) => {
    const n = plannedReplicates(situation, 0.1)!;
    t.true(undecidedProbability(situation, n) <= 0.1);
    t.true(undecidedProbability(situation, n - 1) > 0.1);
    const undecided = paths - crossings(make, law, paths, n, alpha);
    t.false(rateIsAbove(0.1, undecided, paths), `${situation.side}, ${law.name}: ${undecided} of ${paths} after ${n}`);
    return n;
  };
  for (const law of [twoPoint(1, 0.5), uniform(1)]) {
    const above = { side: 'violated', bound: 0.25, cap: 1, mean: 0.5, alpha } as const;
    const n = judged(above, () => violationProcess(0.25), law);
    // Within a factor 5 of what half of the paths of the worst law need.
    t.true(crossings(() => violationProcess(0.25), twoPoint(1, 0.5), paths, Math.ceil(n / 5), alpha) < paths / 2);
    judged({ ...above, side: 'holds', bound: 0.7 }, () => holdsProcessWithCap(0.7, 1), law);
  }
  // A mean of 0 and a mean of M leave no chance: every replicate moves S_j the right way.
  t.is(undecidedProbability({ side: 'holds', bound: 0.5, cap: 1, mean: 0, alpha }, 1000), 0);
  t.is(undecidedProbability({ side: 'violated', bound: 0.5, cap: 1, mean: 1, alpha }, 1000), 0);
  // A mean at the bound is never planned for.
  t.is(plannedReplicates({ side: 'violated', bound: 0.5, cap: 1, mean: 0.5, alpha }, 0.1), undefined);
});

test('the plan is the minimum of its formula over bets and exponents', (t) => {
  const [b, cap, mean, alpha, n] = [0.25, 1.5, 0.4, 1e-3, 600];
  const p = mean / cap;
  const formula = (stake: number, s: number, zero: number, top: number) =>
    (24 / alpha) ** s * ((1 - p) * (1 + stake * zero) ** -s + p * (1 + stake * top) ** -s) ** n;
  let [violated, holds] = [1, 1];
  for (let j = 0; j < 24; j++) {
    const bet = 0.001 * 999 ** (j / 23);
    for (let s = 0.005; s < 4; s += 0.005) {
      violated = Math.min(violated, formula(bet / b, s, -b, cap - b));
      holds = Math.min(holds, formula(bet / (cap - 0.6), s, 0.6, 0.6 - cap));
    }
  }
  for (const [situation, grid] of [
    [{ side: 'violated', bound: b, cap, mean, alpha }, violated],
    [{ side: 'holds', bound: 0.6, cap, mean, alpha }, holds],
  ] as const) {
    const value = undecidedProbability(situation, n);
    t.true(grid < 0.9, 'the situation is not trivial');
    t.true(value <= grid * (1 + 1e-9) && value > grid * 0.99, `${value} against ${grid} on the grid`);
  }
});

test('the detectable mean inverts the plan', (t) => {
  const check = { bound: 0.1, cap: 1, alpha: slotAlpha };
  const mean = detectableMean(check, 2000, 0.99)!;
  t.true(undecidedProbability({ ...check, side: 'violated', mean }, 2000) <= 0.01);
  t.true(undecidedProbability({ ...check, side: 'violated', mean: mean - 1e-3 }, 2000) > 0.01);
  t.true(detectableMean(check, 20_000, 0.99)! < mean);
  t.is(detectableMean({ ...check, bound: 0.999 }, 10, 0.99), undefined);
  for (const [option, call] of [
    ['bound', () => detectableMean({ ...check, bound: 0 }, 10, 0.9)],
    ['cap', () => detectableMean({ ...check, cap: 0.1 }, 10, 0.9)],
    ['cap', () => detectableMean({ ...check, cap: Number.POSITIVE_INFINITY }, 10, 0.9)],
    ['mean', () => undecidedProbability({ ...check, side: 'holds', mean: 2 }, 10)],
    ['alpha', () => undecidedProbability({ ...check, side: 'holds', mean: 0, alpha: 1 }, 10)],
    ['power', () => detectableMean(check, 10, 1)],
    ['undecided', () => plannedReplicates({ ...check, side: 'holds', mean: 0 }, Number.NaN)],
  ] as const) {
    t.throws(call, { instanceOf: RangeError, message: new RegExp(`^${option}`) });
  }
});

test('a plan with an unknown option is a TypeError', (t) => {
  const situation = { side: 'holds', bound: 0.2, cap: 1, mean: 0.1, alpha: 1e-6, apha: 1 } as PlanSituation;
  const thrown = { instanceOf: TypeError, message: /"apha" \(did you mean alpha\?\)/ };
  t.throws(() => undecidedProbability(situation, 10), thrown);
  t.throws(() => plannedReplicates(situation, 0.1), thrown);
  t.throws(() => detectableMean(situation, 10, 0.9), thrown);
});
