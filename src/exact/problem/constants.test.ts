import test from 'ava';
import fc from 'fast-check';
import { one, type Rational, rational, square, sum, toDouble, zero } from '../arithmetic/rational.js';
import { linear, q, quadratic, single } from '../exact-instances.test.helper.js';
import type { Specification } from '../functions/parameters.js';
import {
  coordinateInfimum,
  coordinateLipschitz,
  coordinateVariance,
  lowerConstants,
  squareRootBelow,
} from './constants.js';
import { componentMappings } from './rational-problem.js';

const huberAt = (shift: number, weight: number, threshold: number): Specification => ({
  type: 'translated',
  shift: [shift],
  inner: { type: 'huber', weight, threshold },
});

test('Lipschitz constants, and functions that have none', (t) => {
  const { problem } = single({ type: 'geman-mcclure', weight: 1, scale: 1 }, [huberAt(1, 1.5, 1), linear(1)], one);
  t.deepEqual(coordinateLipschitz(problem).map(toDouble), [2]);
  const smoothed = single({ type: 'zero' }, [huberAt(1, 1.5, 1), quadratic(3)], one);
  t.deepEqual(coordinateLipschitz(smoothed.problem).map(toDouble), [3]);
  for (const bad of [
    { type: 'l1', weight: 1 },
    { type: 'nonnegative' },
    { type: 'box', lower: '-Infinity', upper: 0 },
  ]) {
    t.throws(() => coordinateLipschitz(single({ type: 'zero' }, [bad], one).problem), { message: /differentiable/ });
  }
});

test('the variance is the largest over all x, and an unbounded one is refused', (t) => {
  const mixed = single(quadratic(0.5), [huberAt(1, 1, 1), huberAt(-2, 0.5, 2)], q('1/4'), [0.625, 0.375]);
  const sigma2 = coordinateVariance(mixed, 0, zero);
  const varianceAt = (x: Rational) => {
    const values = componentMappings(mixed.coordinates[0]!, mixed.step, x);
    const center = sum(values.map((value, k) => mixed.problem.probabilities[k]!.mul(value)));
    return sum(values.map((value, k) => mixed.problem.probabilities[k]!.mul(square(value.sub(center)))));
  };
  let largest = zero;
  for (let j = -400; j <= 400; j++) {
    const here = varianceAt(rational(BigInt(j), 40n));
    t.true(here.lte(sigma2));
    if (here.gt(largest)) largest = here;
  }
  t.true(largest.gt(sigma2.mul(q('99/100'))), 'nearly attained on a grid');
  const additive = single(quadratic(1), [linear(1), linear(-3)], q('1/4'), [0.75, 0.25]);
  t.is(coordinateVariance(additive, 0, one).toFraction(), '3');
  const curvatures = single(quadratic(1), [quadratic(1), quadratic(2)], q('1/4'));
  t.throws(() => coordinateVariance(curvatures, 0, one), { message: /not uniformly bounded/ });
  // γL = 1: y = x − γ∇d(x) is the centre of d whatever x is, and only there is the variance taken.
  const still = single(quadratic(1), [huberAt(0, 1, 1), linear(0)], one);
  t.is(coordinateVariance(still, 0, q('5')).toFraction(), '0');
});

test('the infimum is the smallest over all pieces, and a decreasing line has none', (t) => {
  // Huber of threshold 1 and the slope ∓½: u²/2 ∓ u/2 is least at ±½, in the second of three pieces, whatever the first has.
  for (const slope of [-0.5, 0.5]) {
    const problem = single({ type: 'huber', weight: 1, threshold: 1 }, [linear(slope)], one);
    t.is(coordinateInfimum(problem, 0, zero).upper.toFraction(), '-1/8');
  }
  for (const slope of [-2, 2]) {
    const falling = single({ type: 'huber', weight: 1, threshold: 1 }, [linear(slope)], one);
    t.throws(() => coordinateInfimum(falling, 0, zero), { message: /unbounded below/ });
  }
});

test('the infimum is exact for piecewise quadratics and an upper bound otherwise', (t) => {
  // ½x² + |x − 3| regularised by nothing: minimum 5/2 at x = 1.
  const kinked = single(quadratic(1), [{ type: 'translated', shift: [3], inner: { type: 'l1', weight: 1 } }], one);
  t.deepEqual({ ...coordinateInfimum(kinked, 0, zero) }, { upper: q('5/2'), exact: true });
  const bounded = single(
    { type: 'zero' },
    [{ type: 'tilted', slope: [-1], inner: { type: 'box', lower: -2, upper: 3 } }],
    one,
  );
  t.is(coordinateInfimum(bounded, 0, zero).upper.toFraction(), '-3');
  const flat = single({ type: 'zero' }, [{ type: 'zero' }], one);
  t.is(coordinateInfimum(flat, 0, one).upper.toFraction(), '0');
  // −½x² inside a box: concave, least at the end that is farther from 0.
  const concave = single(quadratic(-1), [{ type: 'box', lower: -2, upper: 3 }], q('1/2'));
  t.is(coordinateInfimum(concave, 0, zero).upper.toFraction(), '-9/2');
  for (const [smooth, component] of [
    [{ type: 'zero' }, linear(1)],
    [{ type: 'zero' }, linear(-1)],
    [quadratic(-1), { type: 'zero' }],
    [quadratic(-1), { type: 'nonnegative' }],
  ] as const) {
    t.throws(() => coordinateInfimum(single(smooth, [component], q('1/2')), 0, zero), { message: /unbounded below/ });
  }
  // x²/(1 + x²) + ½(x − 2)²: the descent ends within rounding of the least value on a fine grid.
  const rugged = single({ type: 'geman-mcclure', weight: 1, scale: 1 }, [quadratic(1, 2)], q('1/2'));
  const { upper, exact } = coordinateInfimum(rugged, 0, one);
  t.false(exact);
  let least = Number.POSITIVE_INFINITY;
  for (let x = -1; x < 3; x += 1e-3) least = Math.min(least, (x * x) / (1 + x * x) + (x - 2) ** 2 / 2);
  t.true(Math.abs(toDouble(upper) - least) < 1e-5, `${toDouble(upper)} against ${least}`);
  const constants = lowerConstants(rugged, [one]);
  t.false(constants.exact);
  t.is(constants.gap.toFraction(), one.sub(upper).toFraction());
});

test('roots are exact for squares and lower bounds otherwise', (t) => {
  t.is(squareRootBelow(q('9/16')).toFraction(), '3/4');
  t.is(squareRootBelow(zero).toFraction(), '0');
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 9n }), (n, d) => {
      const value = rational(n, d);
      const root = squareRootBelow(value);
      return square(root).lte(value) && square(root.add(rational(1n, 2n ** 63n))).gt(value);
    }),
  );
});
