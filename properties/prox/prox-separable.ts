import fc from 'fast-check';
import { type Judgement, judgeVector } from '../../src/claims/judges/judgement.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { specificationOf } from '../../src/reference/functions/index.js';

/** A specification with infinite bounds as the numbers that generators give: in JSON they are strings, which only a protocol reads. */
const withInfinities = (specification: FunctionSpecification): FunctionSpecification =>
  JSON.parse(JSON.stringify(specification), (_, value: unknown) =>
    value === 'Infinity' || value === '-Infinity' ? Number(value) : value,
  ) as FunctionSpecification;

async function judge({ implementation, target, step, points, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const whole = await prox(y);
  const single = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const coordinate = withInfinities(specificationOf(target.coordinate!(i)));
    single[i] = (await implementation.prox(coordinate, step, Float64Array.of(y[i]!)))[0]!;
  }
  return judgeVector('prox coordinate by coordinate', whole, single, () => error(y));
}

/** The prox of a sum of functions of single coordinates takes each coordinate by itself. */
export const claim = propertyClaim({
  id: 'prox-separable',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'prox_{γr}(y)_i = prox_{γr_i}(y_i) for r(u) = Σr_i(u_i), for every separable function, wrapper and γ',
  method: 'one call with the vector against one call per coordinate',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ separable }) => separable,
      dimension: fc.integer({ min: 2, max: 4 }),
      judge,
    }),
});
