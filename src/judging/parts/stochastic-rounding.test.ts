import test from 'ava';
import fc from 'fast-check';
import { loadStatefulClaims } from '../../../properties/algorithms/stateful-claims.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import type { StatefulCase } from '../arbitraries/stateful-case.js';
import { usualConventions } from '../judges/stateful/rule.js';
import type { PropertyPart } from './property-part.js';
import { statefulTypes } from './stateful-runs.js';
import { stochasticParts } from './stochastic-rounding.js';

test('γ is chosen such that many cases have an entry of x_1 well between two numbers of the dtype', async (t) => {
  const description = { ...reference.description, dtype: 'bf16', stateDtype: 'f32', rounding: 'stochastic' } as const;
  const implementation: Implementation = { ...reference, description };
  const { memory } = (await loadStatefulClaims()).find(({ id }) => id === 'momentum-sgd')!;
  const types = statefulTypes(implementation, memory.algorithm, true)!;
  const [part] = stochasticParts(implementation, memory, types, usualConventions);
  const { arbitrary, classify, mustReach } = part as PropertyPart<StatefulCase>;
  for (const [k, range] of mustReach!.entries()) {
    const inputs = fc.sample([arbitrary].flat()[k]!, { numRuns: 40, seed: 1 });
    const reached = inputs.filter((input) => classify!(input).includes(range)).length;
    // Without a choice of γ it is one or two of them.
    t.true(reached >= 8, `${range}: ${reached} of 40`);
  }
});
