import test from 'ava';
import { nearbyFraction, solutionsOf, squaresOf } from './elimination.js';
import { parseRational, type Rational, sum } from './rational.js';

const vector = (text: string): Rational[] => text.split(' ').map(parseRational);
const matrix = (text: string): Rational[][] => text.split('; ').map(vector);
const shown = (entries: readonly Rational[]): string => entries.map((entry) => entry.toFraction()).join(' ');
const product = (rows: readonly Rational[][], x: readonly Rational[]): string =>
  shown(rows.map((row) => sum(row.map((entry, i) => entry.mul(x[i]!)))));

test('a system has one solution, a family of them, or none', (t) => {
  const regular = matrix('0 2; 3 1/2');
  const one = solutionsOf(regular, vector('1 -1/3'), 2)!;
  t.is(one.kernel.length, 0);
  t.is(product(regular, one.particular), '1 -1/3');
  const flat = matrix('1 2 3; 2 4 6');
  const family = solutionsOf(flat, vector('1 2'), 3)!;
  t.is(family.kernel.length, 2);
  t.is(product(flat, family.particular), '1 2');
  for (const direction of family.kernel) t.is(product(flat, direction), '0 0');
  t.is(solutionsOf(flat, vector('1 3'), 3), undefined);
  t.is(solutionsOf([], [], 2)!.kernel.length, 2);
});

test('a semidefinite matrix is a sum of squares, and no other one is', (t) => {
  const semidefinite = matrix('4 2 0; 2 1 0; 0 0 3');
  const { pivots, columns } = squaresOf(semidefinite)!;
  const total = semidefinite.map((row, i) =>
    row.map((_, j) => sum(pivots.map((pivot, k) => pivot.mul(columns[k]![i]!).mul(columns[k]![j]!)))),
  );
  t.deepEqual(total.map(shown), semidefinite.map(shown));
  t.is(pivots.length, 2);
  // A smaller diagonal entry by 10⁻³⁰ makes it indefinite, which no double sees.
  const nearly = matrix('4 2; 2 999999999999999999999999999999/1000000000000000000000000000000');
  for (const indefinite of [nearly, matrix('0 1; 1 5'), matrix('-1')]) t.is(squaresOf(indefinite), undefined);
});

test('the fraction near a double is the simplest', (t) => {
  for (const [value, text] of [
    [2 / 3, '2/3'],
    [-5 / 7, '-5/7'],
    [3, '3'],
    [1e-3, '1/1000'],
  ] as const) {
    t.is(nearbyFraction(value, 1e-14, 1e5)?.toFraction(), text);
  }
  t.is(nearbyFraction(Math.SQRT2, 1e-14, 1e5), undefined);
  t.is(nearbyFraction(Number.NaN, 1e-14, 1e5), undefined);
});
