import test from 'ava';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { carriedSize, entrySizeOf } from './entry-size.js';
import { ratioAt } from './moved-prox.test.helper.js';

const rounding = 2 ** -53;

test('an entry next to 0 is a difference of places, and has only their roundings', (t) => {
  const shifted = { type: 'translated', shift: [-3.4375], inner: { type: 'log-cosh', weight: 0.375, scale: 0.25 } };
  const y = Float64Array.of(-3.142062908162139e-8);
  t.true(ratioAt(shifted, 2 ** -10, y, [0]) <= 1);
  for (const sign of [1, -1]) {
    const ratio = (roundings: number): number => ratioAt(shifted, 2 ** -10, y, [sign * roundings * rounding * 3.4375]);
    t.true(ratio(10) <= 1);
    t.true(ratio(350) > 1);
    t.true(ratio(1e-6 / rounding) > 1e6);
  }
});

test('if r is so steep that the roundings of an entry change it by much, it is allowed that change and no more', (t) => {
  // The prox is 20.3: of numbers of 10¹⁷, which lie 16 apart, it is the difference.
  const exponential = { type: 'conjugate', inner: { type: 'entropy', weight: 0.5 } };
  t.true(ratioAt(exponential, 1, Float64Array.of(1e17), [0]) <= 1);
  t.true(ratioAt(exponential, 1, Float64Array.of(1e17), [32]) <= 1);
  t.true(ratioAt(exponential, 1, Float64Array.of(1e17), [-32]) <= 1);
  t.true(ratioAt(exponential, 1, Float64Array.of(1e12), [1e12 * rounding]) <= 1);
  for (const error of [1, -1]) t.true(ratioAt(exponential, 1, Float64Array.of(1e12), [error]) > 10, `${error}`);
});

test('the places of an entry do not count for another entry', (t) => {
  const shifted = { type: 'translated', shift: [0, -3.4375], inner: { type: 'l1', weight: 0.375 } };
  const y = Float64Array.of(2 ** -6, 2 ** -6);
  const error = -10 * rounding * 3.4375;
  t.true(ratioAt(shifted, 2 ** -10, y, [0, error]) <= 1);
  t.true(ratioAt(shifted, 2 ** -10, y, [error, 0]) > 1);
});

test('places are those that each wrapper moves the entry to, in units of the entry', (t) => {
  const l1 = { type: 'l1', weight: 1 };
  const far = { type: 'translated', shift: [0, 8], inner: l1 };
  const entry = { step: 0.5, y: 1, u: -0.25 };
  const place = (specification: FunctionSpecification): number => entrySizeOf(specification, 1, entry);
  t.is(place(l1), 0.25);
  t.is(place(far), 8.25);
  t.is(entrySizeOf(far, 0, entry), 0.25);
  t.is(place({ type: 'scaled', factor: 3, inner: far }), 8.25);
  t.is(place({ type: 'tilted', slope: [0, 6], inner: l1 }), 3);
  t.is(place({ type: 'scaled', factor: 4, inner: { type: 'tilted', slope: [0, 6], inner: l1 } }), 12);
  t.is(place({ type: 'precomposed', factor: -4, inner: far }), 7 / 4);
  t.is(place({ type: 'precomposed', factor: 4, inner: { type: 'tilted', slope: [0, 6], inner: l1 } }), 12);
  // z lies ½ of the way from y = 1 to the center.
  t.is(place({ type: 'regularized', weight: 2, center: [0, 9], inner: l1 }), 4);
  t.is(place({ type: 'regularized', weight: 2, center: 9, inner: far }), 8.25);
  // The prox of the inner function is (y − u)/γ = 2.5, which the shift takes to −5.5.
  t.is(place({ type: 'conjugate', inner: far }), 0.5 * 5.5);
  // The prox of the inner function at γ + μ = 2 is y − 4(y − u) = −4, which the shift takes to −12.
  t.is(place({ type: 'moreau-envelope', smoothing: 1.5, inner: far }), 12 / 4);
  const blocks = [
    { length: 1, function: l1 },
    { length: 2, function: { type: 'translated', shift: [8, 0], inner: l1 } },
  ];
  t.is(place({ type: 'separable-sum', blocks }), 8.25);
  t.is(entrySizeOf({ type: 'separable-sum', blocks }, 2, entry), 0.25);
});

test('total variation is allowed the roundings of a sum over a segment only where it is longer than those of any function', (t) => {
  const specification = { type: 'total-variation-1d', weight: 3 };
  const ones = (n: number): Float64Array => new Float64Array(n).fill(-1);
  t.is(carriedSize(specification, 0.5, ones(4)), 1 + 3);
  t.is(carriedSize(specification, 0.5, ones(64)), 1 + 3);
  t.is(carriedSize(specification, 0.5, ones(128)), 2 + 3);
  t.is(carriedSize({ type: 'scaled', factor: 2, inner: specification }, 0.5, ones(1)), 1 + 6);
  t.is(carriedSize({ type: 'l1', weight: 3 }, 0.5, ones(4)), 0);
});
