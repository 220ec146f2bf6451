import test from 'ava';
import fc from 'fast-check';
import { rational, square, toDouble, zero } from './rational.js';
import { sine } from './sine.js';

test('sin x to many digits: the nearest double, and the triple angle', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: -21 * 2 ** 20, max: 21 * 2 ** 20 }), (numerator) => {
      const x = rational(BigInt(numerator), 2n ** 20n);
      const s = sine(x, 256);
      const double = Math.sin(numerator / 2 ** 20);
      const cubed = s.mul(square(s));
      const three = rational(3n);
      const difference = three
        .mul(s)
        .sub(rational(4n).mul(cubed))
        .sub(sine(three.mul(x), 256))
        .abs();
      return Math.abs(toDouble(s) - double) <= 2 ** -50 && difference.lt(rational(1n, 2n ** 250n));
    }),
    { numRuns: 100 },
  );
  t.true(sine(zero, 64).equals(zero));
  t.throws(() => sine(rational(-65n), 64), { name: 'RangeError', message: /≤ 64, got -65/ });
});
