import test from 'ava';
import { ordinaryInputs, simplerInputs } from './shrink-failing.js';

test('shrinking simplifies one number at a time, the simplest first, and keeps places and lengths', (t) => {
  const input = {
    specification: { type: 'l1', weight: 2.625 },
    step: 1,
    y: Float64Array.of(0, -3),
    indices: [7],
    shape: [4, 6],
  };
  const simpler = [...simplerInputs(input)] as (typeof input)[];
  t.deepEqual(simpler[0], { ...input, specification: { type: 'l1', weight: 0 } });
  t.deepEqual(simpler[1], { ...input, specification: { type: 'l1', weight: 1 } });
  t.true(simpler.every(({ indices, shape }) => indices[0] === 7 && shape[0] === 4));
  t.true(simpler.some(({ y }) => y[1] === 3));
  t.true(simpler.some(({ specification }) => specification.weight === 2.6));
  t.false(
    simpler.some(({ y }) => y[0] !== 0),
    '0 is as simple as it gets',
  );
  t.is(input.y[1], -3, 'the input is left as it is');
});

test('probabilities become uniform together', (t) => {
  t.deepEqual([...simplerInputs({ probabilities: [0.25, 0.75] })], [{ probabilities: [0.5, 0.5] }]);
  t.deepEqual([...simplerInputs({ probabilities: [0.5, 0.5] })], []);
});

test('an extreme input is tried at small integers, the step 1 and parameters of 1, at the same shape', (t) => {
  const vector = Float64Array.of(2 ** -30, 0, 0, 0, 0, 0);
  const specification = { type: 'nuclear-norm', weight: 0, shape: [2, 3] };
  const input = { specification, placed: [{ step: 0.7, points: [vector, vector] }] };
  for (const ordinary of ordinaryInputs(input) as Iterable<typeof input>) {
    t.deepEqual(ordinary.specification, { ...specification, weight: 1 });
    const [{ step, points }] = ordinary.placed as [(typeof input.placed)[0]];
    t.is(step, 1);
    t.true(points.every((point) => point.every((entry) => Number.isInteger(entry) && entry !== 0)));
    t.notDeepEqual(points[0], points[1], 'two points stay two');
  }
});
