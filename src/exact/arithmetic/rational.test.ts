import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {
  bitLength,
  enclosingDoubles,
  fromDouble,
  greatestCommonDivisor,
  isAtMost,
  maximum,
  minimum,
  neighbour,
  one,
  parseRational,
  QuotientSum,
  type Rational,
  rational,
  square,
  sum,
  toDouble,
  two,
  writtenOut,
  zero,
} from './rational.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Rationals of every size, some of them near or half way between doubles. */
const rationals: fc.Arbitrary<Rational> = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), fc.bigInt({ min: 1n, max: 2n ** 200n }))
    .map(([n, d]) => rational(n, d)),
  fc
    .tuple(finite, fc.integer({ min: 1, max: 1200 }), fc.constantFrom(-1n, 0n, 1n))
    .map(([value, digits, sign]) => fromDouble(value).add(rational(sign, 2n ** BigInt(digits)))),
  finite
    .filter((value) => value !== 0 && Math.abs(value) < Number.MAX_VALUE)
    .map((value) =>
      fromDouble(value)
        .add(fromDouble(neighbour(value, 1)))
        .div(two),
    ),
);

test('fromDouble reads the bits, and guesses no decimal', (t) => {
  t.is(fromDouble(0.1).toFraction(), '3602879701896397/36028797018963968');
  t.is(fromDouble(2 ** -60).toFraction(), `1/${2n ** 60n}`);
  t.is(fromDouble(-0).toFraction(), '0');
  t.is(fromDouble(Number.MIN_VALUE).toFraction(), `1/${2n ** 1074n}`);
  t.is(fromDouble(Number.MAX_VALUE).n, (2n ** 53n - 1n) << 971n);
  t.is(fromDouble(-6.5).toFraction(), '-13/2');
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    t.throws(() => fromDouble(value), { instanceOf: RangeError, message: /finite/ });
  }
});

test('sums, products and quotients are right and in lowest terms, whether or not denominators are powers of two', (t) => {
  const whole = ({ s, n }: Rational): bigint => s * n;
  /** Numerator and denominator from the rules of arithmetic, in any terms. */
  const rules = {
    add: (x: Rational, y: Rational) => [whole(x) * y.d + whole(y) * x.d, x.d * y.d],
    sub: (x: Rational, y: Rational) => [whole(x) * y.d - whole(y) * x.d, x.d * y.d],
    mul: (x: Rational, y: Rational) => [whole(x) * whole(y), x.d * y.d],
    div: (x: Rational, y: Rational) => [whole(x) * y.d * y.s, x.d * y.n],
  } as const;
  fc.assert(
    fc.property(rationals, rationals, (a, b) => {
      const pairs = [
        [a, b],
        [a, a],
        [a, a.neg()],
        [a, zero],
        [zero, b],
        [a, two],
        [one, a],
        [a, rational(3n)],
      ] as const;
      for (const [x, y] of pairs) {
        for (const name of ['add', 'sub', 'mul', 'div'] as const) {
          if (name === 'div' && y.equals(zero)) continue;
          const [found, [n, d]] = [x[name](y), rules[name](x, y)];
          t.is(whole(found) * d!, n! * found.d);
          t.is(greatestCommonDivisor(found.n, found.d), 1n);
          t.true(
            (found.s === 1n || found.s === -1n) && found.n >= 0n && found.d > 0n && (found.n > 0n || found.s === 1n),
          );
        }
        t.is(Math.sign(x.compare(y)), Number(whole(x.sub(y)) > 0n) - Number(whole(x.sub(y)) < 0n));
        t.is(x.equals(y), x.sub(y).n === 0n);
      }
      t.is(whole(a.neg()), -whole(a));
      t.is(whole(a.abs()), a.n);
    }),
  );
});

test('a number in place of a rational is an error, in the types and at run time', (t) => {
  const error = { instanceOf: TypeError };
  // @ts-expect-error
  t.throws(() => one.add(0.1), error);
  // @ts-expect-error
  t.throws(() => one.sub(0.1), error);
  // @ts-expect-error
  t.throws(() => one.mul(0.1), error);
  // @ts-expect-error
  t.throws(() => one.mul(2), error);
  // @ts-expect-error
  t.throws(() => one.div('1/3'), error);
  // @ts-expect-error
  t.throws(() => one.compare(0.1), error);
  // @ts-expect-error
  t.throws(() => one.equals(1), error);
  // @ts-expect-error
  t.throws(() => one.lt(1.5), error);
  // @ts-expect-error
  t.throws(() => one.add({ s: 1n, n: 1n, d: 2n }), error);
  // @ts-expect-error
  t.throws(() => rational(0.5));
});

test('a rational in place of a number is an error: toDouble is the only way out', (t) => {
  const third = rational(1n, 3n);
  const error = {
    instanceOf: TypeError,
    message: '1/3 is a rational: convert it by toDouble or toFraction, compare it by lt, equals, …',
  };
  t.throws(() => +third, error);
  t.throws(() => Number(third), error);
  t.throws(() => Number(third.valueOf()), error);
  t.throws(() => third < one, error);
  t.throws(() => `${third}`, error);
  t.throws(() => [one, third].sort(), { instanceOf: TypeError });
  // @ts-expect-error
  t.throws(() => third * 2, error);
  // @ts-expect-error
  t.throws(() => Math.max(third, 0), error);
  // @ts-expect-error
  t.throws(() => Float64Array.of(third), error);
  t.throws(() => JSON.stringify(third), { instanceOf: TypeError });
});

test('rationals are independent: they import nothing from outside', async (t) => {
  // The sources: types and what is only loaded later count too.
  const room = new URL('../../../../src/exact/', import.meta.url);
  const files = (await readdir(room, { recursive: true })).filter((name) => /^(?!.*\.test\.).*\.ts$/.test(name));
  t.true(files.length > 20);
  for (const file of files) {
    const text = await readFile(new URL(file, room), 'utf8');
    for (const [, module] of text.matchAll(/\b(?:from\s|import|require)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      const own = module!.startsWith('.') && files.includes(join(dirname(file), module!.replace(/\.js$/, '.ts')));
      t.true(own, `${file} imports ${module}`);
    }
  }
});

test('every double survives the way there and back', (t) => {
  fc.assert(
    fc.property(finite, (value) => toDouble(fromDouble(value)) === value),
    { numRuns: 2000 },
  );
  t.pass();
});

test('toDouble is the nearest double, ties to even', (t) => {
  fc.assert(
    fc.property(rationals, (value) => {
      const rounded = toDouble(value);
      if (!Number.isFinite(rounded)) return value.abs().gte(fromDouble(Number.MAX_VALUE));
      const error = value.sub(fromDouble(rounded)).abs();
      return ([-1, 1] as const).every((direction) => {
        const next = neighbour(rounded, direction);
        if (!Number.isFinite(next)) return true;
        const order = error.compare(value.sub(fromDouble(next)).abs());
        // At a tie the other one has the odd significand.
        return order < 0 || (order === 0 && isEven(rounded) && !isEven(next));
      });
    }),
    { numRuns: 3000 },
  );
  t.pass();
});

function isEven(value: number): boolean {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return (view.getBigUint64(0) & 1n) === 0n;
}

test('toDouble at the ends of the range', (t) => {
  const largest = fromDouble(Number.MAX_VALUE);
  const half = rational(2n ** 970n);
  t.is(toDouble(largest.add(half)), Number.POSITIVE_INFINITY);
  t.is(toDouble(largest.add(half).neg()), Number.NEGATIVE_INFINITY);
  t.is(toDouble(largest.add(half).sub(one)), Number.MAX_VALUE);
  t.is(toDouble(rational(2n ** 5000n)), Number.POSITIVE_INFINITY);
  const smallest = fromDouble(Number.MIN_VALUE);
  t.is(toDouble(smallest.div(two)), 0);
  t.true(Object.is(toDouble(smallest.div(two).neg()), -0));
  t.is(toDouble(smallest.mul(rational(3n, 2n))), 2 * Number.MIN_VALUE);
  t.is(toDouble(smallest.mul(rational(501n, 1000n))), Number.MIN_VALUE);
  t.is(toDouble(rational(1n, 2n ** 5000n)), 0);
  t.is(toDouble(zero), 0);
  // The largest subnormal plus half a unit rounds up to the smallest normal number.
  t.is(toDouble(fromDouble(2 ** -1022).sub(smallest.div(two))), 2 ** -1022);
});

test('toDouble agrees with the correctly rounded quotient of exact doubles', (t) => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1 }),
      (a, b) => toDouble(rational(BigInt(a), BigInt(b))) === a / b || a === 0,
    ),
  );
  t.pass();
});

test('enclosing doubles are neighbours around the value, or the value itself', (t) => {
  fc.assert(
    fc.property(rationals, (value) => {
      const [low, high] = enclosingDoubles(value);
      if (low === high) return fromDouble(low).equals(value);
      const inside =
        (!Number.isFinite(low) || fromDouble(low).lt(value)) && (!Number.isFinite(high) || fromDouble(high).gt(value));
      return inside && (neighbour(low, 1) === high || neighbour(high, -1) === low);
    }),
  );
  t.deepEqual(enclosingDoubles(rational(2n ** 2000n)), [Number.MAX_VALUE, Number.POSITIVE_INFINITY]);
  t.deepEqual(enclosingDoubles(rational(-(2n ** 2000n))), [Number.NEGATIVE_INFINITY, -Number.MAX_VALUE]);
  t.is(neighbour(0, -1), -Number.MIN_VALUE);
});

test('text, order, sums and errors', (t) => {
  t.is(parseRational('-6/4').toFraction(), '-3/2');
  t.is(parseRational('12').toFraction(), '12');
  for (const text of ['0.5', '1/0x', '', '1/-2']) t.throws(() => parseRational(text), { message: /p or p\/q/ });
  t.throws(() => rational(1n, 0n), { instanceOf: RangeError, message: /denominator/ });
  t.is(minimum(one, two), one);
  t.is(maximum(one, two), two);
  t.is(sum([]).toFraction(), '0');
  t.is(square(rational(-2n, 3n)).toFraction(), '4/9');
  t.deepEqual([0n, 1n, 15n, 16n, 255n].map(bitLength), [0, 1, 4, 5, 8]);
  t.true(isAtMost({ s: 1n, n: 2n, d: 4n }, rational(1n, 2n)));
  t.false(isAtMost(rational(1n), rational(-2n)));
  t.is(writtenOut({ s: -1n, n: 2n, d: 4n }), '-1/2');
  t.is(writtenOut({ s: 1n, n: 1n, d: 2n ** 5000n }), undefined);
});

test('a sum without reduction is the sum', (t) => {
  fc.assert(
    fc.property(fc.array(rationals, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (terms, count) => {
      const total = new QuotientSum();
      for (const term of terms) total.add(term);
      const { s, n, d } = total.dividedBy(BigInt(count));
      return rational(s * n, d).equals(sum(terms).div(rational(BigInt(count))));
    }),
  );
  t.pass();
});

test('fractions that round to a power of 2 are rounded at its own last place, not at the finer one below', (t) => {
  for (const power of [2n ** 53n, 2n ** 60n, 1n]) {
    const size = Number(power);
    // Below 2ᵏ doubles are apart by 2ᵏ⁻⁵³, and above by twice that: what is off by less than half of it is 2ᵏ.
    for (let k = -3n; k <= 7n; k++) t.is(toDouble(rational(power * (2n ** 56n + k), 2n ** 56n)), size, `${size}, ${k}`);
    t.is(toDouble(rational(power * (2n ** 56n + 9n), 2n ** 56n)), neighbour(size, 1));
  }
});

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
