import test from 'ava';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { prepareBound } from '../../src/theory/theorem/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../src/theory/theorem/theorem.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import {
  gemanMcClureQuadratics,
  matchedQuadratics,
  severalHubers,
  theorem2Instances,
  threeSlopes,
  twoCoordinates,
} from './instances.js';
import { rationalClaim, rationalRow } from './rational-claim.js';
import { written } from './written.js';

const budget = quickBudget();
const matched2 = theorem2Instances.at(-1)!;

/** Another right side, or a sharpened one. */
const stated = (theorem: Theorem, changed: Readonly<Partial<Record<'bound' | 'sharp', string>>>) =>
  written({ ...theorem, ...changed });

test('a rational row with a smaller bound is violated, or undecided if the constants are only ends', (t) => {
  const row1 = (instance: BoundInstance, iterations: number, theorem: Theorem) =>
    rationalRow(theorem, instance, iterations).row;
  const share = (factor: string) => stated(theorem1, { bound: `${factor}(2LΔ + 3σ²)/√T` });
  t.is(row1(matchedQuadratics, 9, theorem1).verdict, 'proved-exactly');
  t.is(row1(matchedQuadratics, 9, share('¼')).verdict, 'violated');
  t.is(row1(gemanMcClureQuadratics, 4, share('0.125')).verdict, 'inconclusive');
  t.is(row1(matchedQuadratics, 9, stated(theorem1, { sharp: '½' })).verdict, 'violated');
  const { sharp: _, ...paper } = theorem1;
  t.is(row1(matchedQuadratics, 9, paper).sharpBound, undefined);
  const row2 = rationalRow(stated(theorem2, { bound: '½(‖L‖₁Δ + ‖σ‖₁ + 1)/√T' }), matched2, 16).row;
  t.is(row2.verdict, 'violated');
  t.throws(() => rationalRow({ ...theorem1, bound: () => 1 }, matchedQuadratics, 4), {
    message: /not made of formulas/,
  });
});

test('the rational form of a theorem is the theorem', (t) => {
  let compared = 0;
  const close = (a: number, b: number, name: string, below = 1e-9) =>
    t.true(a <= b * (1 + 1e-9) && a >= b * (1 - below), `${name}: ${a}, ${b}`);
  for (const [theorem, instance] of [
    [theorem1, matchedQuadratics],
    [theorem1, severalHubers],
    [theorem2, matched2],
    [theorem2, twoCoordinates],
    [theorem2, threeSlopes],
  ] as const) {
    for (const iterations of [1, 4]) {
      const { row } = rationalRow(theorem, instance, iterations);
      const prepared = prepareBound(theorem, instance, iterations);
      if ('silent' in prepared) return t.fail(prepared.silent);
      const name = `${theorem.id}, ${instance.name}, T = ${iterations}`;
      t.is(row.miniBatch, prepared.schedule.miniBatch);
      close(row.step, prepared.schedule.step, `step, ${name}`);
      if (!row.reason.includes('all constants exact')) continue;
      compared++;
      // A certified supremum of σ is up to a thousandth too large.
      close(row.bound, prepared.lowerBound, `bound, ${name}`, 1e-3);
      close(row.sharpBound!, prepared.sharpBound!, `sharpened bound, ${name}`, 1e-3);
    }
  }
  t.true(compared >= 8, `${compared} bounds`);
  t.throws(() => rationalRow(theorem1, matchedQuadratics, 5), {
    message: /T must be a perfect square/,
  });
});

test('a planted noise term makes the whole claim fail, and a claim without a short row shows no fraction', async (t) => {
  const claim = (theorem: Theorem, instance: BoundInstance) =>
    rationalClaim({
      id: 'test',
      version: 1,
      statement: 'planted',
      method: 'planted',
      theorem,
      instances: [{ instance, iterations: { quick: [4], standard: [4], deep: [4] } }],
    });
  // No factor 3 and no L: the bound of a theorem that is false on the tight instance.
  const { sharp: _, ...paper } = theorem1;
  const failed = await claim(stated(paper, { bound: 'Δ/√T' }), matchedQuadratics).check(reference, budget);
  t.is(failed.verdict, 'violated');
  t.regex(failed.exact!.left, /^\d+\/\d+$/);
  const long = await claim(theorem1, gemanMcClureQuadratics).check(reference, budget);
  t.is(long.verdict, 'proved-exactly');
  t.is(long.exact, undefined);
});
