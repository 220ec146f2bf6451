import fc from 'fast-check';
import { propertyClaim, propertyPart } from '../../judging/parts/property-claim.js';

/** A claim with an error of the suite in its judge, after a right answer of the implementation. */
export const claim = propertyClaim({
  id: 'broken',
  version: 1,
  source: { section: '1' },
  statement: 'nothing',
  method: 'one that breaks',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation) => [
    propertyPart({
      name: 'l1',
      arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }),
      judge: async (y) => {
        (
          await implementation.ask({
            method: 'prox',
            function: { type: 'l1', weight: 1 },
            step: 1,
            x: Float64Array.of(y),
          })
        ).x;
        throw new TypeError('an error of the suite');
      },
    }),
  ],
});
