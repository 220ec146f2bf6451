import test from 'ava';
import { fromDouble, isAtMost, one, type Quotient, type Rational, square, sum } from '../arithmetic/rational.js';
import { finish } from '../computation.js';
import { linear, quadratic } from '../exact-instances.test.helper.js';
import type { Specification } from '../functions/parameters.js';
import { atStep, componentMappings, rationalProblem } from '../problem/rational-problem.js';
import { momentsTurns } from './moments.js';

/** The exact left side by second moments. */
function momentsLeft(...given: Parameters<typeof momentsTurns>): Quotient {
  const [lower, upper] = finish(momentsTurns(...given));
  if (lower !== upper) throw new Error('the left side is enclosed only');
  return lower;
}

type Exact = ReturnType<typeof atStep>;
/** a + b for a, b ≥ 0. */
const plus = (a: Quotient, b: Quotient): Quotient => ({ s: 1n, n: a.n * b.d + b.n * a.d, d: a.d * b.d });

test('long sums of moments are enclosed, within the closed form of the geometric sum', (t) => {
  const theta = [0.25, 0.75];
  const parts = { smooth: quadratic(0.75), functions: [quadratic(1, 0.5), quadratic(1, -0.25)], probabilities: theta };
  const [problem, problem2] = [1, 2].map((n) => atStep(rationalProblem(parts, n), fromDouble(0.1))) as [Exact, Exact];
  const [x, y, iterations] = [fromDouble(0.3), fromDouble(-0.7), 1300];
  // In rationals: G is affine of slope g; E[G(x⁺)²] = cE[G(x)²] + v with c = (1 − γg)² and v = (γg)²s².
  const at = (point: Rational): Rational[] => componentMappings(problem.coordinates[0]!, problem.step, point);
  const mean = (values: readonly Rational[]): Rational =>
    sum(values.map((value, k) => fromDouble(theta[k]!).mul(value)));
  const mapping = mean(at(x));
  const moved = problem.step.mul(mean(at(x.add(one))).sub(mapping));
  const c = square(one.sub(moved));
  const v = square(moved).mul(mean(at(x).map((value) => square(value.sub(mapping)))));
  // limit + (E[G(x⁰)²] − limit)(1 − c^T)/((1 − c)T), not reduced: the common divisors of c^T take minutes.
  const limit = v.div(one.sub(c));
  const start = square(mapping).sub(limit);
  const geometric = {
    n: c.d ** BigInt(iterations) - c.n ** BigInt(iterations),
    d: c.d ** BigInt(iterations - 1) * (c.d - c.n) * BigInt(iterations),
  };
  const expected: Quotient = {
    s: 1n,
    n: limit.n * start.d * geometric.d + limit.d * start.s * start.n * geometric.n,
    d: limit.d * start.d * geometric.d,
  };
  const [lower, upper] = finish(momentsTurns(problem, [x], iterations, 1));
  t.not(lower, upper, 'enclosed, not exact');
  t.true(isAtMost(lower, expected) && isAtMost(expected, upper));
  const width = { s: 1n, n: upper.n * lower.d - lower.n * upper.d, d: upper.d * lower.d };
  t.true(width.n > 0n && isAtMost({ ...width, n: width.n << 200n }, expected));
  const [low2, high2] = finish(momentsTurns(problem2, [x, y], iterations, 1));
  const [lowY, highY] = finish(momentsTurns(problem, [y], iterations, 1));
  const same = (a: Quotient, b: Quotient): boolean => isAtMost(a, b) && isAtMost(b, a);
  t.true(same(low2, plus(lower, lowY)) && same(high2, plus(upper, highY)), 'coordinates add up');
  const [, wrong] = finish(momentsTurns(problem, [x], iterations, 2));
  t.true(isAtMost(wrong, expected), 'half of the variance shows');
});

test('moments refuse mappings that are not affine', (t) => {
  const left = (smooth: Specification, functions: Specification[]) =>
    momentsLeft(atStep(rationalProblem({ smooth, functions, probabilities: [0.5, 0.5] }, 1), one), [one], 4, 1);
  t.throws(() => left(quadratic(1), [{ type: 'l1', weight: 1 }, linear(1)]), {
    message: /not every part is a quadratic/,
  });
  t.throws(() => left(quadratic(1), [linear(1), { type: 'nonnegative' }]), {
    message: /not every part is a quadratic/,
  });
  t.throws(() => left({ type: 'huber', weight: 1, threshold: 1 }, [linear(1), linear(0)]), {
    message: /not every part/,
  });
  t.throws(() => left({ type: 'geman-mcclure', weight: 1, scale: 1 }, [linear(1), linear(0)]), {
    message: /not every part/,
  });
  t.throws(() => left(quadratic(1), [quadratic(1), quadratic(2)]), { message: /common curvature/ });
});
