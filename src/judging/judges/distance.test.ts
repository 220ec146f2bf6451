import test from 'ava';
import { showDistance, showFarthest, showInequality, ulp } from './distance.js';

test('an ulp is the distance to the next larger double', (t) => {
  t.is(ulp(1), 2 ** -52);
  t.is(ulp(-1.5), 2 ** -52);
  t.is(ulp(2 ** 52), 1);
  t.is(ulp(0), Number.MIN_VALUE);
  t.is(ulp(Number.MIN_VALUE), Number.MIN_VALUE);
});

test('a distance is reported absolutely, relatively and in ulps', (t) => {
  t.is(showDistance(1, 1), 'exact');
  t.is(showDistance(-0, 0), 'exact');
  t.is(showDistance(1 + 2 ** -51, 1), 'off by 4.44e-16, relative 4.44e-16, 2 ulp');
  t.is(showDistance(3, -2), 'off by 5, relative 2.5, 1.13e+16 ulp');
  t.is(showDistance(0.25, 0), 'off by 0.25');
  t.is(showDistance(Number.NaN, 2), 'is NaN, right is 2');
  t.is(showDistance(Number.NEGATIVE_INFINITY, 2), 'is -Infinity, right is 2');
});

test('the farthest entry is the one with the largest excess, NaN before all', (t) => {
  const far = (returned: number[], right: number[]): string =>
    showFarthest(returned, right, (i) => Math.abs(returned[i]! - right[i]!));
  t.is(far([1, 2], [1, 2]), '');
  t.is(far([1], [0]), 'off by 1');
  t.regex(far([1, 5, 3], [1.5, 2, 3]), /^entry 1 off by 3,/);
  t.regex(far([1, Number.NaN, 9], [1, 2, 3]), /^entry 1 is NaN/);
  t.is(far([1], [1, 2]), '1 entry where 2 are right');
});

test('an inequality reads as holding where it holds, and as broken where it does not', (t) => {
  t.is(showInequality('a', 'b', -3, -0.5), 'a ≤ b, with 3 to spare');
  t.is(showInequality('a', 'b', 0, 0), 'a ≤ b, with 0 to spare');
  t.is(showInequality('a', 'b', 4696667548, 0.25), 'a ≤ b up to rounding: 4.70e+9 of 1.88e+10 allowed');
  t.is(showInequality('a', 'b', 3, 6), 'a exceeds b by 3, allowed 0.5');
});
