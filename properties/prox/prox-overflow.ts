import { type OverflowCase, overflowCases } from '../../src/claims/arbitraries/overflow.js';
import { judgeVector } from '../../src/claims/judges/judgement.js';
import { ofAnything, unitRoundoff } from '../../src/claims/judges/precision.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';

/** Roundings of each entry, relative to itself: neither y nor its norm is rounded against anything larger. */
const roundings = ofAnything;

/**
 * Proxes at points of which a formula that squares them or takes their exponential gives 0, an infinity or NaN, although the result is an
 * ordinary number. What a library puts in the place of NaN, such as 0, is as wrong.
 */
export const claim = propertyClaim({
  id: 'prox-overflow',
  version: 1,
  source: { section: 'beyond the paper', equation: 'IEEE 754' },
  statement: 'a prox is right if squares or exponentials of its argument overflow, or absorb their summands',
  method: 'points with results by formulas in which nothing overflows, to a few units of rounding of each entry',
  requires: { methods: ['prox'] },
  success: 'holds',
  effort: 0.1,
  parts: (implementation) => {
    const { functions, dtype, accuracy = {} } = implementation.description;
    return [...overflowCases]
      .filter(([type]) => functions.includes(type) && !Object.hasOwn(accuracy, type))
      .map(([type, cases]) =>
        propertyPart<OverflowCase>({
          name: type,
          arbitrary: cases(dtype),
          judge: async ({ specification, step, y, result }) =>
            judgeVector(
              'prox_{γr}(y)',
              await implementation.prox(specification, step, y.slice()),
              result,
              (i) => roundings * unitRoundoff(dtype) * Math.abs(result[i]!),
            ),
        }),
      );
  },
});
