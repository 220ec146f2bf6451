import test from 'ava';
import { greatestCommonDivisor, QuotientSum } from './quotient-sum.js';
import { rational } from './rational.js';

test('a sum of quotients of both signs, a factor of it and a divisor', (t) => {
  const sum = new QuotientSum();
  sum.add(rational(1n, 6n));
  sum.add(rational(-3n, 4n));
  // 2/12 − 9/12.
  t.true(rational(-7n, 12n).equals(toRational(sum.dividedBy(1n))));
  sum.multiply(6n);
  t.true(rational(-7n, 2n).equals(toRational(sum.dividedBy(1n))));
  sum.add(rational(9n, 2n));
  t.true(rational(1n, 5n).equals(toRational(sum.dividedBy(5n))));
  sum.add(rational(-1n));
  t.true(rational(0n).equals(toRational(sum.dividedBy(5n))));
});

test('denominators that are too long to be reduced are multiplied', (t) => {
  const long = 3n ** 400n;
  const sum = new QuotientSum();
  sum.add(rational(1n, long));
  sum.add(rational(-2n, long));
  const { s, n, d } = sum.dividedBy(1n);
  t.deepEqual([s * n * long, d], [-d, long * long]);
});

test('the greatest common divisor', (t) => {
  t.is(greatestCommonDivisor(12n, 18n), 6n);
  t.is(greatestCommonDivisor(18n, 12n), 6n);
  t.is(greatestCommonDivisor(35n, 64n), 1n);
  t.is(greatestCommonDivisor(7n, 0n), 7n);
});

function toRational({ s, n, d }: ReturnType<QuotientSum['dividedBy']>) {
  return rational(s * n, d);
}
