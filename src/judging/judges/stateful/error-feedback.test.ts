import test from 'ava';
import { judgeErrorBound } from './error-feedback.js';

/** d = (3, −1) at every x, with γ = ½ and x⁰ = 0. */
const input = {
  problem: { smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients: [3, -1] }], probabilities: [1] },
  step: 0.5,
  x: Float64Array.of(0, 0),
  batches: [[0], [0], [0]],
  hyperparameters: {},
};
const judge = (...iterates: [number, number][]): number =>
  judgeErrorBound(
    input,
    iterates.map((iterate) => Float64Array.from(iterate)),
    () => ({ direction: Float64Array.of(3, -1), error: 2 ** -50 }),
    'f64',
  ).ratio;

test('the remainder is at most the largest that the compression allows', (t) => {
  // m = (3/2, −½), C = (1, −1); then m = (2, 0), C = (1, 0) with sgn 0 = 0.
  t.is(judge([-1, 1], [-2, 1]), 0);
  // ‖e_1‖ ≤ √½·½√10 = 1.118, and nothing sent leaves ½√10.
  t.true(judge([0, 0]) > 1e6);
  t.is(judge([-0.5, 0]), 0, '‖e‖ = √(1 + ¼) = 1.118');
  t.true(judge([-0.5 + 2 ** -30, 0]) > 1);
  // ‖e_2‖ ≤ √½(1.118 + ½√10) = 1.908.
  t.is(judge([-0.5, 0], [-1.2, 0.4]), 0, '‖(1.8, −0.6)‖ = 1.897');
  t.true(judge([-0.5, 0], [-1.1, 0.2]) > 1e6, '‖(1.9, −0.8)‖ = 2.06');
  t.true(judge([-1, 1], [-1, 1], [-1, 1]) > 1e6);
});
