import test from 'ava';
import { exponential, logarithm } from './exponential.js';
import { fromDouble, one, rational, toDouble, zero } from './rational.js';

const near = (value: number, right: number): boolean => Math.abs(value - right) <= 2 ** -44 * (1 + Math.abs(right));

test('e^x and log x: the nearest doubles, and each is the inverse of the other to many digits', (t) => {
  for (const x of [-40, -1, -0.3, 2 ** -20, 0.7, 1, 5, 33]) {
    const power = exponential(fromDouble(x), 200);
    t.true(near(toDouble(power), Math.exp(x)), `e^${x}`);
    t.true(
      logarithm(power, 100)
        .sub(fromDouble(x))
        .abs()
        .lt(rational(1n, 1n << 90n)),
      `log e^${x}`,
    );
  }
  for (const x of [2 ** -90, 0.3, 1, 1.5, 2, 1000])
    t.true(near(toDouble(logarithm(fromDouble(x), 60)), Math.log(x)), `log ${x}`);
  t.true(exponential(zero, 60).equals(one));
  t.true(logarithm(one, 60).equals(zero));
  t.true(exponential(rational(-500n), 60).equals(zero));
  t.throws(() => exponential(rational(65n), 60), { name: 'RangeError', message: /≤ 64, got 65/ });
  t.throws(() => logarithm(zero, 60), { name: 'RangeError' });
});
