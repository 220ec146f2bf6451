import test from 'ava';
import { encodeExact } from '../../src/claims/exact-encoding.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { claim } from './exact-agreement.js';

test('proximal averages are compared, also where the step of the prox is not theirs', async (t) => {
  const part = 'proximal average, n = 1';
  const specification = {
    type: 'proximal-average',
    functions: [
      { type: 'quadratic', curvature: 3, center: 0.1 },
      { type: 'l1', weight: 0.7 },
    ],
    probabilities: [0.25, 0.75],
    step: 0.7,
  };
  // What is compared with a tolerance is off by some rounding: a ratio of 0 here would mean that nothing was compared.
  for (const sigma of [0.7, 3]) {
    const savedCases = () => [{ part, input: encodeExact({ specification, sigma, y: 2.3 }) }];
    const { verdict, cases, worst } = await claim.check(reference, {
      ...quickBudget(),
      savedCases,
      replayOnly: true,
    });
    t.deepEqual([verdict, cases], ['holds', 1]);
    t.true(worst!.ratio > 0);
  }
});
