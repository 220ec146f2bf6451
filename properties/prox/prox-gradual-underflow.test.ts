import test from 'ava';
import type { ImplementationDescription } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { claim } from './prox-gradual-underflow.js';

/** The ℓ1 prox of the reference with results below `least` made 0. */
const flushing = (least: number, change: Partial<ImplementationDescription>) =>
  claim.check(
    {
      ...reference,
      description: { ...reference.description, functions: ['l1'], ...change },
      prox: async (...given) => (await reference.prox(...given)).map((value) => (Math.abs(value) < least ? 0 : value)),
    },
    quickBudget(),
  );

test('what is flushed is seen in either precision, unless an accuracy allows it', async (t) => {
  t.is((await flushing(0, {})).verdict, 'holds');
  t.is((await flushing(2 ** -1022, {})).verdict, 'violated');
  t.is((await flushing(2 ** -1022, { dtype: 'f32' })).verdict, 'holds');
  t.is((await flushing(2 ** -126, { dtype: 'f32' })).verdict, 'violated');
  t.is((await flushing(1, { accuracy: { l1: 1e-6 } })).verdict, 'not-applicable');
});
