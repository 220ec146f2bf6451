import test from 'ava';
import { rational } from '../../../exact/arithmetic/rational.js';
import { parseExpression } from '../certificates/expression.js';
import { format } from '../certificates/polynomial.js';
import { composed, fitted, isNonNegative, valueAt } from './rational-function.js';

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
