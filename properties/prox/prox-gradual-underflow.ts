import { type SubnormalCase, subnormalCases } from '../../src/claims/arbitraries/subnormal.js';
import { showVector } from '../../src/claims/judges/precision.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';

/** Smallest normal numbers: below them IEEE-754 arithmetic loses digits one by one, and arithmetic that flushes loses all at once. */
const smallestNormal = { f64: 2 ** -1022, f32: 2 ** -126 } as const;

/**
 * Results below the smallest normal number. Each entry may be wrong by half of itself, which no rounding of a number with so many digits
 * left comes near to: only an entry that became 0, or another sign, is seen.
 */
export const claim = propertyClaim({
  id: 'prox-gradual-underflow',
  version: 1,
  source: { section: 'beyond the paper', equation: 'IEEE 754' },
  statement: 'a prox whose result is below the smallest normal number is not flushed to zero',
  method:
    'entrywise proxes at subnormal points and at differences that are subnormal and exact, to within half of each entry',
  requires: { methods: ['prox'] },
  success: 'holds',
  effort: 0.1,
  parts: (implementation) => {
    const { functions, dtype, accuracy = {} } = implementation.description;
    // An error relative to the whole of y may be all of the result.
    return Object.entries(subnormalCases)
      .filter(([type]) => functions.includes(type) && !Object.hasOwn(accuracy, type))
      .map(([type, cases]) =>
        propertyPart<SubnormalCase>({
          name: type,
          arbitrary: cases(smallestNormal[dtype]),
          async judge({ specification, step, y, result }) {
            const prox = await implementation.prox(specification, step, y.slice());
            const ratio = result.reduce(
              (worst, right, i) => Math.max(worst, (2 * Math.abs(prox[i]! - right)) / Math.abs(right)),
              0,
            );
            return {
              ratio,
              explanation: () => `y = ${showVector(y)}: returned ${showVector(prox)}, right is ${showVector(result)}`,
            };
          },
        }),
      );
  },
});
