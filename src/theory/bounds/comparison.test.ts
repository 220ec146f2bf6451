import test from 'ava';
import { rational } from '../../exact/arithmetic/rational.js';
import type { ExactLeft } from '../left-side/exact-engine.js';
import type { Prepared } from '../theorem/prepare-bound.js';
import { compareDirectly, inPlaceOfSampling, withoutRoom } from './comparison.js';

const boundOf = (lowerBound: number, upperBound = lowerBound, sharpBound?: number) =>
  ({ relation: 'at-most', lowerBound, upperBound, ...(sharpBound !== undefined && { sharpBound }) }) as Prepared;
const leftOf = (lower: number, upper: number, exact = false) =>
  ({
    engine: 'lattice',
    interval: [lower, upper],
    ...(exact && { exact: rational(1n) }),
  }) as ExactLeft;

test('an enclosed left side holds by its upper end and is violated by its lower one, against the ends of the bound that are farthest', (t) => {
  const verdict = (left: ExactLeft, bound: Prepared) => inPlaceOfSampling(left, bound).verdict;
  for (const exact of [false, true]) {
    t.is(verdict(leftOf(0.8, 0.9, exact), boundOf(1)), exact ? 'proved-exactly' : 'holds');
    t.is(verdict(leftOf(0.9, 1.1, exact), boundOf(1)), 'inconclusive');
    t.is(verdict(leftOf(1.1, 1.2, exact), boundOf(1)), 'violated');
    t.is(verdict(leftOf(1.1, 1.2, exact), boundOf(1, 1.3)), 'inconclusive');
    t.is(verdict(leftOf(0.9, 1.1, exact), boundOf(1, 1.3)), 'inconclusive');
    t.is(verdict(leftOf(1, 1, exact), boundOf(1)), 'holds', 'equal to within rounding');
  }
});

test('a bound from below is met from above', (t) => {
  const atLeast = (lowerBound: number, upperBound = lowerBound): Prepared => ({
    ...boundOf(lowerBound, upperBound),
    relation: 'at-least',
  });
  const verdicts = (left: ExactLeft, bound: Prepared) =>
    [inPlaceOfSampling, withoutRoom].map((compare) => compare(left, bound).verdict);
  t.deepEqual(verdicts(leftOf(1.1, 1.2), atLeast(1)), ['holds', 'holds']);
  t.deepEqual(verdicts(leftOf(0.9, 1.1), atLeast(1)), ['inconclusive', 'inconclusive']);
  t.deepEqual(verdicts(leftOf(0.8, 0.9), atLeast(1)), ['violated', 'violated']);
  t.deepEqual(verdicts(leftOf(1.1, 1.2), atLeast(1, 1.3)), ['inconclusive', 'inconclusive']);
  t.is(inPlaceOfSampling(leftOf(1, 1), atLeast(1)).verdict, 'holds', 'equal to within rounding');
  t.is(compareDirectly([0.9, 0.9], atLeast(1), 'T = 1').verdict, 'violated');
  t.is(compareDirectly([1, 1], atLeast(1), 'T = 1').verdict, 'holds');
});

test('without room for rounding the sharper of two bounds decides', (t) => {
  const verdict = (left: ExactLeft, bound: Prepared) => withoutRoom(left, bound).verdict;
  t.is(verdict(leftOf(0.9, 1), boundOf(1)), 'holds');
  t.is(verdict(leftOf(0.9, 1.1), boundOf(1)), 'inconclusive');
  t.is(verdict(leftOf(1.1, 1.2), boundOf(1)), 'violated');
  t.is(verdict(leftOf(0.8, 0.9), boundOf(1, 1, 0.9)), 'holds');
  t.is(verdict(leftOf(0.8, 0.9), boundOf(1, 1, 0.85)), 'inconclusive');
  t.is(verdict(leftOf(0.8, 0.9), boundOf(1, 1, 0.7)), 'violated');
});

test('a left side above the sharper bound refutes it', (t) => {
  for (const verdict of [
    (left: number, bound: Prepared) => inPlaceOfSampling(leftOf(left, left), bound).verdict,
    (left: number, bound: Prepared) => compareDirectly([left, left], bound, 'T = 1').verdict,
  ]) {
    t.is(verdict(0.8, boundOf(1, 1, 0.8)), 'holds');
    t.is(verdict(0.8, boundOf(1, 1, 0.79)), 'violated');
    t.is(verdict(0.8, boundOf(1, 1, -1)), 'violated');
    t.is(verdict(1.1, boundOf(1, 1.2, 1.15)), 'inconclusive');
  }
});

test('a left side without noise is compared with both ends of the bound', (t) => {
  const verdict = (left: number, bound: Prepared) => compareDirectly([left, left], bound, 'T = 1').verdict;
  t.is(verdict(1, boundOf(1)), 'holds');
  t.is(verdict(1.001, boundOf(1)), 'violated');
  t.is(verdict(1.1, boundOf(1, 1.2)), 'inconclusive');
  t.is(verdict(1.3, boundOf(1, 1.2)), 'violated');
});
