import test from 'ava';
import { parseProblem } from '../../../src/reference/problem/create-problem.js';
import { prepareBound } from '../../../src/theory/theorem/prepare-bound.js';
import { convexInstances, convexSpgm } from './convex-spgm.js';

test('the summand is the gap of the objective at P(x), found by inverting the average there, and what ‖G‖² adds', (t) => {
  for (const { instance } of Object.values(convexInstances)) {
    const problem = parseProblem(instance.problem).at(1 / 2);
    const { upper } = problem.infimum(instance.start.length)!;
    const lipschitz = instance.problem.smooth.type === 'zero' ? 0 : 1;
    for (const scale of [-1.5, 0.25, 1]) {
      const x = Float64Array.from(instance.start, (entry) => scale * (entry + 0.125));
      const squared = problem.gradientMapping(x).reduce((sum, entry) => sum + entry ** 2, 0);
      const expected = problem.objective(problem.mean(x)) - upper + (1 / 4) * (1 - lipschitz / 2) * squared;
      const term = convexSpgm.term as (at: typeof problem, point: Float64Array) => number;
      t.true(Math.abs(term(problem, x) - expected) < 1e-8, `${instance.name} at ${x}: ${term(problem, x)}`);
    }
  }
});

test('the theorem is silent where d is not convex, or the step too long', (t) => {
  const { instance } = convexInstances.kinked;
  const silence = (smooth: typeof instance.problem.smooth): string => {
    const prepared = prepareBound(convexSpgm, { ...instance, problem: { ...instance.problem, smooth } }, 4);
    return 'silent' in prepared ? prepared.silent : 'speaks';
  };
  t.is(silence({ type: 'quadratic', curvature: 1, center: 0 }), 'speaks');
  t.regex(silence({ type: 'cosine', weight: 1 }), /d = cosine is not known to be convex/);
  t.regex(silence({ type: 'quadratic', curvature: 4, center: 0 }), /γL = 2/);
});
