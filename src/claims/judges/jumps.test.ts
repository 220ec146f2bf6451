import test from 'ava';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../reference/functions/index.js';
import { jumpWithin } from './jumps.js';
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

test('a jump is as high as the wrappers make it, and seen within the width alone', (t) => {
  const l0 = { type: 'l0', weight: 0.75 };
  const within = (specification: FunctionSpecification, u: number, width = 0.125): number =>
    jumpWithin(specification, 1, u, width);
  t.is(within(l0, 0.125), 0.75);
  t.is(within(l0, -0.125), 0.75);
  t.is(within(l0, 0.25), 0);
  t.is(within(l0, 0), 0, 'r is least there');
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
});
