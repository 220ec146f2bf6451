import test from 'ava';
import fc from 'fast-check';
import {
  bitsOf,
  dtypeNames,
  largestFinite,
  numberOf,
  roundTo,
  smallestNormal,
  smallestPositive,
  unitRoundoff,
} from './dtype.js';

test('unit roundoff and range of each format', (t) => {
  t.deepEqual(dtypeNames.map(unitRoundoff), [2 ** -53, 2 ** -24, 2 ** -11, 2 ** -8]);
  t.deepEqual(dtypeNames.map(smallestNormal), [2 ** -1022, 2 ** -126, 2 ** -14, 2 ** -126]);
  t.deepEqual(dtypeNames.map(smallestPositive), [Number.MIN_VALUE, 2 ** -149, 2 ** -24, 2 ** -133]);
  t.deepEqual(dtypeNames.map(largestFinite), [
    Number.MAX_VALUE,
    (2 - 2 ** -23) * 2 ** 127,
    65504,
    (2 - 2 ** -7) * 2 ** 127,
  ]);
});

test('singles are those of the language', (t) => {
  const view = new DataView(new ArrayBuffer(4));
  const single = fc.nat({ max: 2 ** 32 - 1 }).map((code) => {
    view.setUint32(0, code);
    return { digits: code.toString(16).padStart(8, '0'), value: view.getFloat32(0) };
  });
  fc.assert(
    fc.property(single, fc.double(), ({ digits, value }, double) => {
      t.is(numberOf('f32', digits), value);
      if (!Number.isNaN(value)) t.is(bitsOf('f32', value), digits);
      t.is(roundTo('f32', double), Math.fround(double));
    }),
    { numRuns: 2000 },
  );
  t.is(bitsOf('f32', Number.NaN), '7fc00000');
});

test('every code of 16 bits is a number that has this code', (t) => {
  for (const dtype of ['f16', 'bf16'] as const) {
    for (let code = 0; code < 2 ** 16; code++) {
      const digits = code.toString(16).padStart(4, '0');
      const value = numberOf(dtype, digits);
      if (!Number.isNaN(value) && bitsOf(dtype, value) !== digits) t.fail(`${dtype} ${digits}`);
      // A bfloat16 is the upper half of a single.
      if (dtype === 'bf16' && !Object.is(value, numberOf('f32', `${digits}0000`))) t.fail(`${dtype} ${digits}`);
    }
  }
  const named = {
    '3c00': 1,
    c000: -2,
    '7bff': 65504,
    '0400': 2 ** -14,
    '0001': 2 ** -24,
    '8000': -0,
    '7c00': Infinity,
  };
  for (const [digits, value] of Object.entries(named)) t.is(numberOf('f16', digits), value);
  t.deepEqual([bitsOf('f16', Number.NaN), bitsOf('bf16', Number.NaN)], ['7e00', '7fc0']);
});

test('rounding is to nearest, ties to even, gradual below and infinite above', (t) => {
  const cases = [
    ['f16', 1 + 2 ** -11, 1],
    ['f16', 1 + 3 * 2 ** -11, 1 + 2 ** -9],
    ['f16', 1 + 2 ** -11 + 2 ** -40, 1 + 2 ** -10],
    ['f16', 65519.99, 65504],
    ['f16', -65520, -Infinity],
    ['f16', 2 ** -25, 0],
    ['f16', -(2 ** -25), -0],
    ['f16', 1.01 * 2 ** -25, 2 ** -24],
    ['bf16', 1 + 2 ** -8, 1],
    ['bf16', 1.75 + 3 * 2 ** -8, 1.75 + 2 ** -6],
    // By way of a single it would be a tie, and 1.
    ['bf16', 1 + 2 ** -8 + 2 ** -40, 1 + 2 ** -7],
  ] as const;
  for (const [dtype, value, rounded] of cases) t.is(roundTo(dtype, value), rounded, `${dtype} ${value}`);
});
