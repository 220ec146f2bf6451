import test from 'ava';
import { beyondSingle } from './problem-case.js';

const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : Object.values(value)).flatMap(numbersIn);
};

test('numbers of a case are moved to where single precision holds none of them, and probabilities still add up to 1', (t) => {
  const { problem, x, step, indices } = beyondSingle({
    problem: {
      smooth: { type: 'quadratic', curvature: [2, 0.5], center: 3 },
      functions: [{ type: 'l1', weight: 1 }, { type: 'huber', weight: 0.75, threshold: 0.5 }, { type: 'zero' }],
      probabilities: [0, 0.25, 0.75],
    },
    step: 0.5,
    x: Float64Array.of(1.5, -2),
    indices: [1],
  });
  const [unused, ...positive] = problem.probabilities;
  const numbers = numbersIn([problem.smooth, problem.functions, positive, x]);
  t.is(numbers.length, 10);
  for (const value of numbers) t.not(Math.fround(value), value);
  t.is(unused, 0);
  t.is(positive[0]! + positive[1]!, 1);
  t.deepEqual([step, indices], [0.5, [1]]);
  const alone = beyondSingle({
    problem: { smooth: { type: 'zero' }, functions: [{ type: 'zero' }], probabilities: [1] },
    step: 1,
    x: Float64Array.of(1),
    indices: [0],
  });
  t.deepEqual(alone.problem.probabilities, [1]);
});
