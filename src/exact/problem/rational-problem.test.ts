import test from 'ava';
import { one, rational, two } from '../arithmetic/rational.js';
import { NotRationalError, whereRational } from '../computation.js';
import { linear, q, quadratic, single } from '../exact-instances.test.helper.js';
import { atStep, normalisedProblem, rationalProblem, smoothTerm } from './rational-problem.js';

test('a problem must have probabilities that sum to exactly 1', (t) => {
  const parts = { smooth: quadratic(1), functions: [linear(1), linear(2)] };
  t.throws(() => rationalProblem({ ...parts, probabilities: [1 / 3, 2 / 3] }, 1), { message: /exactly 1/ });
  const { probabilities } = normalisedProblem({ ...parts, probabilities: [0.3, 0.7] }, 1);
  t.true(probabilities[0]!.add(probabilities[1]!).equals(one));
  const quarters = normalisedProblem({ ...parts, probabilities: [2, 6] }, 1).probabilities;
  t.deepEqual(
    quarters.map((theta) => theta.toFraction()),
    ['1/4', '3/4'],
  );
  const outside = single(quadratic(1), [{ type: 'nonnegative' }], one);
  t.is(outside.objective([q('-1')]), undefined);
  t.is(outside.objective([two])!.toFraction(), '2');
});

test('only NotRationalError is returned; every other error is thrown', (t) => {
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

test('a frame turns d against the coordinates of the r_k', (t) => {
  const [c, s] = [rational(3n, 5n), rational(4n, 5n)];
  const json = {
    smooth: { type: 'quadratic', curvature: [1, -3], center: [0.5, 0] },
    functions: [{ type: 'huber', weight: 1, threshold: 1 }],
    probabilities: [1],
  };
  const frame = [
    [c, s],
    [s.neg(), c],
  ];
  const problem = { ...rationalProblem(json, 2), frame };
  const d = smoothTerm(problem);
  const x = [rational(7n, 4n), rational(-2n)];
  const moved = (i: number, by: bigint) => d.value(x.map((entry, j) => (j === i ? entry.add(rational(by)) : entry)));
  // The central difference of a quadratic form is its derivative.
  const gradient = x.map((_, i) => moved(i, 1n).sub(moved(i, -1n)).div(rational(2n)));
  t.deepEqual(
    d.gradient(x).map((entry) => entry.toFraction()),
    gradient.map((entry) => entry.toFraction()),
  );
  const at = atStep(problem, rational(1n, 2n));
  const plain = atStep(
    {
      ...problem,
      frame: [
        [rational(1n), rational(0n)],
        [rational(0n), rational(1n)],
      ],
    },
    at.step,
  );
  t.deepEqual(
    at.literalMapping([rational(1n)], x).map((entry) => entry.toFraction()),
    at.residualMapping([rational(1n)], x).map((entry) => entry.toFraction()),
  );
  t.notDeepEqual(at.objective(x), plain.objective(x));
  t.deepEqual(plain.objective(x), atStep(rationalProblem(json, 2), at.step).objective(x));
});
