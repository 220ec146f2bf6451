import test from 'ava';
import { rational } from '../../../exact/arithmetic/rational.js';
import { parseExpression } from '../certificates/expression.js';
import { format } from '../certificates/polynomial.js';
import {
  cancelled,
  composed,
  fitted,
  highestFirst,
  isNonNegative,
  isSame,
  ofSquare,
  reduced,
  signAtRoot,
  valueAt,
  valueAtRoot,
  withoutFactors,
} from './rational-function.js';

const quotient = (numerator: string, denominator = '1') => ({
  numerator: parseExpression(numerator),
  denominator: parseExpression(denominator),
});
const points = (f: ReturnType<typeof quotient>, count: number) =>
  Array.from({ length: count }, (_, k) => {
    const x = rational(BigInt(k + 1));
    return [x, valueAt(f.numerator, x).div(valueAt(f.denominator, x))] as const;
  });

test('a rational function is found from its values, with points to spare', (t) => {
  for (const f of [
    quotient('3'),
    quotient('s − 1/2'),
    quotient('1', 's²'),
    quotient('2s + 1', '2s² − s'),
    quotient('0'),
  ]) {
    const found = fitted('s', points(f, 12))!;
    for (const [x, y] of points(f, 20)) {
      t.true(valueAt(found.numerator, x).div(valueAt(found.denominator, x)).equals(y), format(f.numerator));
    }
  }
  // Two values that lie on no common function of low degree.
  const spoiled = points(quotient('s'), 7).map(
    ([x, y], k) => [x, k === 6 ? y.add(rational(1n, 10n ** 9n)) : y] as const,
  );
  t.is(fitted('s', spoiled), undefined);
  // Four points determine a line with none to spare beyond two.
  t.is(fitted('s', points(quotient('s'), 4)), undefined);
});

test('a function is shown to be ≥ 0 from 1 on only if it is', (t) => {
  for (const [f, sign] of [
    [quotient('s − 1'), true],
    [quotient('s − 1', 's − 1/2'), true],
    [quotient('1 − s', '1 − 2s'), true],
    [quotient('0'), true],
    [quotient('s − 2'), false],
    [quotient('1 − s'), false],
    [quotient('1', 's − 1'), false],
    [quotient('1', '2 − s'), false],
    [quotient('s² − 3s + 1'), false],
    [quotient('−1'), false],
  ] as const) {
    t.is(isNonNegative(f, 's'), sign, `${format(f.numerator)} over ${format(f.denominator)}`);
  }
  t.false(isNonNegative(quotient('s − 1'), 's', true));
  t.false(isNonNegative(quotient('0'), 's', true));
  t.true(isNonNegative(quotient('s'), 's', true));
});

test('a polynomial of a quotient is a quotient', (t) => {
  const inner = quotient('1', 's');
  const { numerator, denominator } = composed(parseExpression('a − 1/2 a²'), 'a', inner);
  for (const [x, y] of points(quotient('2s − 1', '2s²'), 6)) {
    t.true(valueAt(numerator, x).div(valueAt(denominator, x)).equals(y));
  }
});

test('the sign of a function of √T is that at one T', (t) => {
  for (const [f, square, sign] of [
    [quotient('s − 1'), 2, 1],
    [quotient('3 − 2s'), 2, 1],
    [quotient('2s − 3'), 2, -1],
    [quotient('10s − 14', 's − 2'), 2, -1],
    [quotient('99s − 140'), 2, 1],
    [quotient('s² − 2'), 2, 0],
    [quotient('s³ − 2s'), 2, 0],
    [quotient('s − 3'), 9, 0],
    [quotient('−s − 1'), 3, -1],
    [quotient('1', 's − 3'), 9, undefined],
    [quotient('1', 's² − 2'), 2, undefined],
    [quotient('s + L'), 2, undefined],
  ] as const)
    t.is(signAtRoot(f, 's', square), sign, `${format(f.numerator)} over ${format(f.denominator)} at ${square}`);
});

test('a symbol is replaced by its square, or left out as a factor', (t) => {
  const is = (found: ReturnType<typeof quotient> | undefined, wanted: ReturnType<typeof quotient>) =>
    t.true(found && isSame(found, wanted), found && format(found.numerator));
  is(ofSquare(quotient('s⁴ − L', 's²'), 's'), quotient('s² − L', 's'));
  t.is(ofSquare(quotient('s⁴ − s', 's²'), 's'), undefined);
  is(withoutFactors(quotient('s²L − sL²', 'sL³'), ['L']), quotient('s² − sL', 's'));
  is(withoutFactors(quotient('s²L − s'), ['L']), quotient('s²L − s'));
});

test('a quotient is written in lowest terms, and has a value where √T is a number', (t) => {
  for (const [f, numerator, denominator] of [
    [quotient('2s² − 2', '4s + 4'), '1/2 s − 1/2', '1'],
    [quotient('s³ + s', '2s⁵ + 2s³'), '1/2', 's²'],
    [quotient('0', 's + 1'), '0', '1'],
    [quotient('s + 1', '2s − 1'), '1/2 s + 1/2', 's − 1/2'],
  ] as const) {
    const found = reduced(f, 's');
    t.deepEqual(
      [found.numerator, found.denominator].map((p) => format(highestFirst(p))),
      [numerator, denominator].map((text) => format(highestFirst(parseExpression(text)))),
    );
  }
  const known = cancelled(quotient('s²L + sL²', 'sLD'));
  t.true(isSame(known, quotient('s + L', 'D')) && known.numerator.size === 2 && format(known.denominator) === 'D');
  const ends = (f: ReturnType<typeof quotient>, square: number) => valueAtRoot(f, 's', square);
  t.is(ends(quotient('s³ + 1', 's'), 9)?.lower.toFraction(), '28/3');
  const { lower, upper } = ends(quotient('s − 1', 's'), 2)!;
  t.true(lower.lt(upper) && upper.sub(lower).lt(rational(1n, 10n ** 15n)));
  t.is(ends(quotient('sL'), 2), undefined);
});
