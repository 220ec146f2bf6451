import test from 'ava';
import { NotRationalError, whereRational } from './errors.js';
import { linear, q, quadratic, single } from './exact-instances.test.helper.js';
import { one, rational, two } from './rational.js';
import { atStep, rationalProblem } from './rational-problem.js';

test('a problem must have probabilities that sum to exactly 1', (t) => {
  const parts = { smooth: quadratic(1), functions: [linear(1), linear(2)] };
  t.throws(() => rationalProblem({ ...parts, probabilities: [1 / 3, 2 / 3] }, 1), { message: /exactly 1/ });
  const outside = single(quadratic(1), [{ type: 'nonnegative' }], one);
  t.is(outside.objective([q('-1')]), undefined);
  t.is(outside.objective([two])!.toFraction(), '2');
});

test('only what is not rational is an answer, every other error is one', (t) => {
  t.is(
    whereRational(() => 1),
    1,
  );
  t.true(
    whereRational(() =>
      atStep(rationalProblem({ smooth: { type: 'cosine' }, functions: [], probabilities: [1] }, 1), one),
    ) instanceof NotRationalError,
  );
  t.throws(() => whereRational(() => rational(1n, 0n)), { instanceOf: RangeError });
});
