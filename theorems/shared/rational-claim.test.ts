import test from 'ava';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { one, two } from '../../src/exact/arithmetic/rational.js';
import { prepareBound } from '../../src/theory/theorem/prepare-bound.js';
import type { BoundInstance } from '../../src/theory/theorem/theorem.js';
import { theorem1, theorem1Rational } from '../theorem-1/theorem-1.js';
import { theorem2, theorem2Rational } from '../theorem-2/theorem-2.js';
import {
  gemanMcClureQuadratics,
  matchedQuadratics,
  severalHubers,
  theorem2Instances,
  threeSlopes,
  twoCoordinates,
} from './instances.js';
import { rationalClaim, rationalRow } from './rational-claim.js';

const budget = quickBudget();
const matched2 = theorem2Instances.at(-1)!;

test('a rational row with a smaller bound is violated, or undecided if the constants are only ends', (t) => {
  const half = (form: typeof theorem1Rational) => ({
    ...form,
    bound: (...given: Parameters<typeof form.bound>) => form.bound(...given).div(two),
  });
  const quarter = (form: typeof theorem1Rational) => half(half(form));
  const row1 = (instance: BoundInstance, iterations: number, form: typeof theorem1Rational) =>
    rationalRow({ theorem: theorem1, form }, instance, iterations).row;
  t.is(row1(matchedQuadratics, 9, theorem1Rational).verdict, 'proved-exactly');
  t.is(row1(matchedQuadratics, 9, quarter(theorem1Rational)).verdict, 'violated');
  t.is(row1(gemanMcClureQuadratics, 4, half(quarter(theorem1Rational))).verdict, 'inconclusive');
  const sharper = { ...theorem1Rational, sharp: () => one.div(two) };
  t.is(row1(matchedQuadratics, 9, sharper).verdict, 'violated');
  const { sharp: _, ...paper } = theorem1Rational;
  t.is(row1(matchedQuadratics, 9, paper).sharpBound, undefined);
  const row2 = rationalRow({ theorem: theorem2, form: half(quarter(theorem2Rational)) }, matched2, 16).row;
  t.is(row2.verdict, 'violated');
});

test('the rational form of a theorem is the theorem', (t) => {
  let compared = 0;
  const close = (a: number, b: number, name: string, below = 1e-9) =>
    t.true(a <= b * (1 + 1e-9) && a >= b * (1 - below), `${name}: ${a}, ${b}`);
  for (const [theorem, form, instance] of [
    [theorem1, theorem1Rational, matchedQuadratics],
    [theorem1, theorem1Rational, severalHubers],
    [theorem2, theorem2Rational, matched2],
    [theorem2, theorem2Rational, twoCoordinates],
    [theorem2, theorem2Rational, threeSlopes],
  ] as const) {
    for (const iterations of [1, 4]) {
      const { row } = rationalRow({ theorem, form }, instance, iterations);
      const prepared = prepareBound(theorem, instance, iterations);
      if ('silent' in prepared) return t.fail(prepared.silent);
      const name = `${theorem.id}, ${instance.name}, T = ${iterations}`;
      t.is(row.miniBatch, prepared.schedule.miniBatch);
      close(row.step, prepared.schedule.step, `step, ${name}`);
      if (!row.reason.includes('all constants exact')) continue;
      compared++;
      // A certified supremum of σ is up to a thousandth too large, and c = 0.30028… of 2♯ is rounded down to 0.3.
      close(row.bound, prepared.lowerBound, `bound, ${name}`, 1e-3);
      close(row.sharpBound!, prepared.sharpBound!, `sharpened bound, ${name}`, 1e-3);
    }
  }
  t.true(compared >= 8, `${compared} bounds`);
  t.throws(() => rationalRow({ theorem: theorem1, form: theorem1Rational }, matchedQuadratics, 5), {
    message: /T must be a perfect square/,
  });
});

test('a planted noise term makes the whole claim fail, and a claim without a short row shows no fraction', async (t) => {
  const claim = (form: typeof theorem1Rational, instance: BoundInstance) =>
    rationalClaim({
      id: 'test',
      version: 1,
      statement: 'planted',
      method: 'planted',
      theorem: theorem1,
      form,
      instances: [{ instance, iterations: { quick: [4], standard: [4], deep: [4] } }],
    });
  // No factor 3 and no L: the bound of a theorem that is false on the tight instance.
  const { sharp: _, ...paper } = theorem1Rational;
  const planted = { ...paper, bound: (root: typeof one, { gap }: Parameters<typeof paper.bound>[1]) => gap.div(root) };
  const failed = await claim(planted, matchedQuadratics).check(reference, budget);
  t.is(failed.verdict, 'violated');
  t.regex(failed.exact!.left, /^\d+\/\d+$/);
  const long = await claim(theorem1Rational, gemanMcClureQuadratics).check(reference, budget);
  t.is(long.verdict, 'proved-exactly');
  t.is(long.exact, undefined);
});
