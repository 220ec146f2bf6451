import test from 'ava';
import { l1, l1Ball, l2, logCosh, moreauEnvelope } from '../../src/reference/functions/index.js';
import { isDifferentiable } from './is-differentiable.js';

const envelope = moreauEnvelope({ smoothing: 2.125, inner: l1Ball({ radius: 0.125 }) });

test('where two kinks meet a prox is not differentiable, however little its slopes differ', (t) => {
  for (const step of [1e-3, 0.1, 1, 3]) {
    t.false(isDifferentiable(envelope, Float64Array.of(0.25, -0.125, -0.125), step));
    t.true(isDifferentiable(envelope, Float64Array.of(0.25, -0.1875, -0.125), step));
  }
});

test('differences tell a kink on an axis and the apex of a cone from a smooth place', (t) => {
  t.false(isDifferentiable(l1({ weight: 1 }), Float64Array.of(3, -1), 1));
  t.true(isDifferentiable(l1({ weight: 1 }), Float64Array.of(3, -1.5), 1));
  t.false(isDifferentiable(l2({ weight: 1 }), Float64Array.of(1 + 1e-6, 0), 1));
  t.false(isDifferentiable(l2({ weight: 1e-6 }), Float64Array.of(0, 0), 1));
  t.true(isDifferentiable(l2({ weight: 1 }), Float64Array.of(3, 4), 1));
  for (const size of [1e-3, 1, 1e3])
    t.true(isDifferentiable(logCosh({ weight: 3, scale: 1 }), Float64Array.of(size, -size), 2));
});
