import test from 'ava';
import { decodeExact } from '../../src/claims/exact-encoding.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { claim } from './eq6-prox.js';

test('an answer that is wrong at the second step of a case says so, and what the case says is the first', async (t) => {
  const { reference: _, functionOf: __, ...answers } = reference;
  let last: { readonly y: string; readonly step: number } | undefined;
  const stale = {
    ...answers,
    description: { ...reference.description, functions: ['l1'] },
    prox: (r: Parameters<typeof reference.prox>[0], step: number, y: Float64Array) => {
      // It keeps the step of the call before where the point is the same.
      const kept = last?.y === y.join() ? last.step : step;
      last = { y: y.join(), step: kept };
      return reference.prox(r, kept, y);
    },
  };
  const [checked] = await runClaims([claim], stale, { ...quickBudget(), asFound: true });
  const failing = (checked!.evidence.cells ?? []).flatMap(({ worstCase }) => worstCase ?? []);
  t.true(failing.length > 0);
  for (const { input, explanation, part } of failing) {
    t.is(part, 'l1, longer vectors');
    const { step } = decodeExact(input) as { readonly step: number };
    t.regex(explanation ?? '', new RegExp(`^asked again at 4γ = ${4 * step}: .* with γ = ${4 * step},`));
  }
});
