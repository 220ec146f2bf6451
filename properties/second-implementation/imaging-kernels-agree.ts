import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import {
  judgeAdvance,
  judgeSweep,
  restarts,
  type Sweep,
  type SweepCase,
  sweepOf,
  type TotalVariationCase,
} from '../../src/judging/judges/imaging-kernels.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import { advanceInJavaScript } from '../../src/reference/functions/total-variation/total-variation-fast.js';
import type { Advance } from '../../src/reference/functions/total-variation/total-variation-iteration.js';
import { addRowsInJavaScript } from '../../src/reference/smooth/matrix/sweep.js';

const entry = fc.double({ min: -4, max: 4, noNaN: true });

function totalVariationCase(columns: fc.Arbitrary<number>): fc.Arbitrary<TotalVariationCase> {
  return fc.tuple(fc.integer({ min: 1, max: 9 }), columns).chain(([rows, width]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(width),
      isotropic: fc.boolean(),
      radius: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 3, noNaN: true })),
      iterations: fc.integer({ min: 1, max: 40 }),
      pixels: fc.array(entry, { minLength: rows * width, maxLength: rows * width }),
    }),
  );
}

function totalVariationPart(name: string, advance: Advance, columns: fc.Arbitrary<number>): PropertyPart {
  return propertyPart<TotalVariationCase>({
    name: `total variation, ${name}`,
    arbitrary: totalVariationCase(columns),
    judge: (input) => judgeAdvance(name, advance, input),
    classify: (input) => [
      input.isotropic ? 'isotropic' : 'anisotropic',
      input.radius === 0 ? 'radius 0' : 'radius > 0',
      restarts(input) ? 'restarts' : 'no restart',
    ],
    mustReach: ['isotropic', 'anisotropic', 'radius 0', 'radius > 0', 'restarts', 'no restart'],
  });
}

const sweepCase: fc.Arbitrary<SweepCase> = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }))
  .chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      data: fc.array(entry, { minLength: rows * columns, maxLength: rows * columns }),
      x: fc.array(entry, { minLength: columns, maxLength: columns }),
    }),
  );

function sweepPart(name: string, sweep: Sweep): PropertyPart {
  return propertyPart<SweepCase>({
    name: `matrix sweep, ${name}`,
    arbitrary: sweepCase,
    judge: (input) => judgeSweep(name, sweep, input),
    classify: ({ rows, columns }) => [
      rows >= 16 ? 'a block of sixteen rows' : 'no block of sixteen rows',
      rows % 16 >= 4 ? 'groups of four left over' : 'no group of four left over',
      rows % 4 > 0 ? 'single rows left over' : 'no single row left over',
      columns % 2 === 0 ? 'even' : 'odd',
    ],
    mustReach: [
      'a block of sixteen rows',
      'no block of sixteen rows',
      'groups of four left over',
      'no group of four left over',
      'single rows left over',
      'no single row left over',
      'even',
      'odd',
    ],
  });
}

/**
 * The code that runs differs from the readable code: the inner loops of the total variation and of the sweep over a matrix have fast
 * forms. They round and sum in the order of the readable ones, so the choice between them affects only the time.
 */
export const claim = claimOf({ advance: advanceInJavaScript, addRows: addRowsInJavaScript }, ({ advance, addRows }) =>
  propertyClaim({
    id: 'imaging-kernels-agree',
    version: 2,
    source: { section: '3', equation: 'Figure 1 (numerics)' },
    statement:
      'the fast kernels of the total variation and of Aᵀφ(Ax) agree bit for bit with their readable definitions',
    method:
      'every number of every array after 1 to 40 iterations, and of the sweep, compared as bits, on generated images and matrices',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      totalVariationPart('fast', advance, fc.integer({ min: 1, max: 9 })),
      sweepPart('fast', sweepOf(addRows)),
    ],
  }),
);
