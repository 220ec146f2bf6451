import test from 'ava';
import { nestedMagnitude } from './specification-size.js';

const l1 = { type: 'l1', weight: 0.5 };
const behind = (rows: number, ...data: number[]) => ({
  type: 'semi-orthogonal',
  matrix: { rows, columns: data.length / rows, data },
  inner: { type: 'box', lower: -3, upper: 2 },
});

test('the numbers of the levels are multiplied: those below 1 count as 1, divisors by their inverses', (t) => {
  t.is(nestedMagnitude(l1), 1);
  t.is(nestedMagnitude({ type: 'scaled', factor: 4, inner: { ...l1, weight: 3 } }), 12);
  t.is(nestedMagnitude({ type: 'precomposed', factor: -0.25, inner: { ...l1, weight: 3 } }), 12);
  t.is(nestedMagnitude({ type: 'halfspace', normal: [0.5, 0.25], offset: -2 }), 4);
});

test('a matrix enlarges slopes by what a column of it adds up to, and places by that over the square of a row', (t) => {
  t.is(nestedMagnitude(behind(2, -3, -4, 4, -3)), 3 * 7);
  t.is(nestedMagnitude(behind(1, 1, 0)), 3);
  // Wᵀκ/ν of W = (1/4) is 4κ.
  t.is(nestedMagnitude(behind(1, 0.25)), 3 * 4);
});
