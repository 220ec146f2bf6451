import test from 'ava';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { lineMutants } from '../mutants/proof-lines.js';

for (const { claim, wrong, verdict: expected, depth } of lineMutants) {
  test(`${claim.id}: ${wrong} is ${expected}`, async (t) => {
    const budget = { ...quickBudget('1', depth), verdictOnly: true };
    const { verdict, reason, worst } = await claim.check(reference, budget);
    t.is(verdict, expected, reason);
    t.regex(worst!.explanation!, /is false$/);
  });
}
