import test from 'ava';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../reference/functions/index.js';
import { jumpOfRounding, jumpWithin } from './jumps.js';
import { ratioAt } from './moved-prox.test.helper.js';

test('a point where r jumps may lie between two doubles, either of which is as right', (t) => {
  const inner = { type: 'translated', shift: [1.5625], inner: { type: 'l0', weight: 0.125 } };
  const specification = { type: 'precomposed', factor: 2.75, inner };
  const y = Float64Array.of(-0.5681818181818182);
  const ratio = (moved: number): number => ratioAt(specification, 256, y, [moved]);
  const [u] = parseFunction(specification).prox(y, 256) as unknown as [number];
  t.not(2.75 * u, 1.5625, 'the double nearest to 1.5625/2.75 is on one side of it');
  for (const units of [-1, 0, 1]) t.true(ratio(units * 2 ** -53) <= 1, `${units}`);
  t.true(ratio(1e-6 * u) > 1e6);
  t.true(ratio(y[0]! - u) > 1e6, 'y itself, which is kept only where it is far from the jump');
  // Beyond the threshold y is kept, and the jump is a wrong answer.
  t.true(ratioAt(specification, 0.1, y, [0]) <= 1);
  t.true(ratioAt(specification, 0.1, y, [u - y[0]!]) > 1e6);
});

test('an entry mixed by a matrix is rounded in units of y, even if it is 0', (t) => {
  // Wᵀ(0 − Wy)/ν removes all of y, up to its rounding; each of four coefficients is then 0 or not.
  const data = [1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1].map((entry) => entry / 8);
  const specification = {
    type: 'semi-orthogonal',
    matrix: { rows: 4, columns: 4, data },
    inner: { type: 'l0', weight: 0.125 },
  };
  const y = Float64Array.of(2 ** -26, 0, 0, 0);
  const ratio = (moved: number): number => ratioAt(specification, 1024, y, [0, moved, 0, 0]);
  for (const units of [-8, -1, 0, 1, 8]) t.true(ratio(units * 2 ** -53 * y[0]!) <= 1, `${units}`);
  t.true(ratio(2 ** -40 * y[0]!) > 1e6);
  t.true(ratio(y[0]!) > 1e6);
});

test('a jump has the height that the wrappers give it, and counts only within its width', (t) => {
  const l0 = { type: 'l0', weight: 0.75 };
  // The first entry is 0, and where that is moved far from any jump.
  const within = (specification: FunctionSpecification, u: number, width = 0.125): number =>
    jumpWithin(specification, [0, u], [width, width]);
  t.is(within(l0, 0.125), 0.75);
  t.is(within(l0, -0.125), 0.75);
  t.is(within(l0, 0.25), 0);
  t.is(within(l0, 0), 0, 'r is least there');
  t.is(jumpWithin(l0, [0.125, -0.125], [0.125, 0.125]), 1.5, 'one for each entry');
  t.is(jumpWithin(l0, [0.125, -0.125], [0.125, 0]), 0.75);
  t.is(within({ type: 'l1', weight: 1 }, 0.125), 0);
  const shifted = { type: 'translated', shift: [0, 8], inner: l0 };
  t.is(within(shifted, 8.125), 0.75);
  t.is(within(shifted, 0.125), 0);
  t.is(within({ type: 'tilted', slope: [1, 1], inner: shifted }, 8.125), 0.75);
  t.is(within({ type: 'regularized', weight: 1, center: 0, inner: shifted }, 8.125), 0.75);
  t.is(within({ type: 'scaled', factor: 3, inner: shifted }, 8.125), 2.25);
  const stretched = { type: 'precomposed', factor: -4, inner: shifted };
  t.is(within(stretched, -2.125), 0.75);
  t.is(within(stretched, -2.25), 0);
  const blocks = [
    { length: 1, function: l0 },
    { length: 1, function: { type: 'translated', shift: [8], inner: l0 } },
  ];
  t.is(within({ type: 'separable-sum', blocks }, 8.125), 0.75);
  // u_1 + u_2 and u_1 − u_2 jump at 0, each within twice the width.
  const matrix = { rows: 2, columns: 2, data: [1, 1, 1, -1] };
  const mixed = { type: 'semi-orthogonal', matrix, inner: l0 };
  t.is(jumpWithin(mixed, [3, -2.75], [0.125, 0.125]), 0.75);
  t.is(jumpWithin(mixed, [3, -2.5], [0.125, 0.125]), 0);
  t.is(jumpWithin(mixed, [0.125, 0], [0.125, 0.125]), 1.5);
});

test('a jump across a matrix is between doubles too', (t) => {
  const matrix = { rows: 1, columns: 2, data: [0.6, 0.8] };
  const specification = { type: 'semi-orthogonal', matrix, inner: { type: 'l0', weight: 4 } };
  const y = Float64Array.of(1, 0.7);
  const u = parseFunction(specification).prox(y, 1);
  t.not(0.6 * u[0]! + 0.8 * u[1]!, 0, 'the doubles nearest to the plane are on one side of it');
  t.true(ratioAt(specification, 1, y, [0, 0]) <= 1);
  t.true(ratioAt(specification, 1, y, [1e-6, 0]) > 1e6);
  t.true(ratioAt(specification, 1, y, [y[0]! - u[0]!, y[1]! - u[1]!]) > 1e6, 'y itself');
});

test('a computed argument of l0 may round to 0, a given one may not', (t) => {
  const l0 = { type: 'l0', weight: 0.75 };
  const rounding = 2 ** -48;
  const differs = (specification: FunctionSpecification, ...u: number[]): number =>
    jumpOfRounding(specification, u, rounding);
  t.is(differs(l0, 0, 2 ** -1074, 1), 0);
  t.is(differs({ type: 'translated', shift: [1, 1], inner: l0 }, 1, 1 + 2 ** -52), 0, 'one difference is exact near 0');
  t.is(differs({ type: 'precomposed', factor: 3, inner: l0 }, 0, 2 ** -900), 0);
  const shifted = { type: 'translated', shift: [0.3], inner: l0 };
  t.is(differs({ type: 'precomposed', factor: 3, inner: shifted }, 0.1), 0.75);
  t.is(differs({ type: 'precomposed', factor: 3, inner: shifted }, 0.1 + 1e-9), 0);
  t.is(
    differs({ type: 'translated', shift: [0.1], inner: { type: 'translated', shift: [0.2], inner: l0 } }, 0.3),
    0.75,
  );
  // Three terms that add up to 5.6e-17, or to 0, as they are taken in turn; and a row that is 0, which is so however it is added up.
  const matrix = { rows: 2, columns: 3, data: [1, 1, 1, 0, 0, 0] };
  const mixed = { type: 'semi-orthogonal', matrix, inner: l0 };
  t.is(differs(mixed, 0.1, 0.2, -0.3), 0.75);
  t.is(differs(mixed, 0.1, 0.2, -0.3 - 1e-9), 0);
  t.is(differs({ type: 'scaled', factor: 4, inner: mixed }, 0.1, 0.2, -0.3), 3);
});
