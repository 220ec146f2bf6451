import test from 'ava';
import { alphaPerRun, falseAlarmBudget, slotAlpha, slotCount, spendSlots, sumSpendings } from './budget.js';

test('the budget: fixed slots, shared slots, and the sum at the end of the report', (t) => {
  t.is(slotAlpha * 4096, 1e-9);
  t.true(Math.abs((alphaPerRun(100) * 100) / slotAlpha - 1) < 1e-15);
  t.deepEqual(spendSlots(2), { alpha: 2 * slotAlpha, falseHolds: 2 * slotAlpha, slots: 2 });
  const full = sumSpendings(Array.from({ length: slotCount }, () => spendSlots(1)));
  t.true(full.withinBudget);
  t.is(full.slots, 4096);
  t.true(Math.abs(full.alpha - falseAlarmBudget) < 1e-20);
  t.false(sumSpendings([spendSlots(slotCount), spendSlots(1)]).withinBudget);
  t.false(sumSpendings([{ alpha: 1e-8, falseHolds: 0, slots: 1 }]).withinBudget);
  t.false(sumSpendings([{ alpha: 0, falseHolds: 1e-8, slots: 1 }]).withinBudget);
  t.false(sumSpendings([{ alpha: 0, falseHolds: 0, slots: 4097 }]).withinBudget);
  t.throws(() => alphaPerRun(0), { message: /runs/ });
  t.throws(() => spendSlots(-1), { message: /slots/ });
});
