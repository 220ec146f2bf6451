import test from 'ava';
import { parseProblem } from '../../reference/problem/create-problem.js';
import { gapOf, objectiveInfimum, objectiveLipschitz, objectiveNoise } from './objective-constants.js';

const fixed = { objective: 'fixed' } as const;

test('the constants of d + Σθ_k r_k are those of its gradient', (t) => {
  // f̄ = ½·2x² + ¼·½(x − 1)² + ¾·½·3x²: L = 2 + ¼ + 9/4 = 4.5.
  const problem = parseProblem({
    smooth: { type: 'quadratic', curvature: 2, center: 0 },
    functions: [
      { type: 'quadratic', curvature: 1, center: 1 },
      { type: 'quadratic', curvature: 3, center: 0 },
    ],
    probabilities: [0.25, 0.75],
  });
  const { lipschitz, coordinateLipschitz } = objectiveLipschitz(fixed, problem, 2);
  t.is(lipschitz, 4.5);
  t.deepEqual(Array.from(coordinateLipschitz!), [4.5, 4.5]);
  t.is(objectiveLipschitz({}, problem, 2).lipschitz, 3, 'of Assumption 1: the largest of d and the r_k');
  const kinked = parseProblem({ ...problem.specification, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
  t.deepEqual(objectiveLipschitz(fixed, kinked, 2), {});
});

test('f* and σ of d + Σθ_k r_k: in closed form, and not those of d + r_γ', (t) => {
  // f̄ = ½x² + ½(½(x − 2)² + ½(x + 2)²) = x² + 2, r_γ at γ = 1 has less.
  const problem = parseProblem({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [2, -2].map((center) => ({ type: 'quadratic', curvature: 1, center })),
    probabilities: [0.5, 0.5],
  }).at(1);
  const { lower, upper } = objectiveInfimum(fixed, problem, 1)!;
  t.true(lower <= 2 && 2 <= upper && upper - lower < 1e-9, `[${lower}, ${upper}]`);
  t.true(objectiveInfimum({}, problem, 1)!.upper < 1.6);
  const { sigma } = objectiveNoise(fixed, problem, 1);
  t.true(Math.abs(sigma! - 2) < 1e-12);
  t.true(Math.abs(objectiveNoise({}, problem, 1).sigma! - 1) < 1e-12, 'at γ = 1 half of it');
  t.deepEqual(gapOf(5, { lower: 2, upper: 6 }), { lower: 0, upper: 3 });
  const falling = parseProblem({
    smooth: { type: 'zero' },
    functions: [{ type: 'linear', coefficients: [1] }],
    probabilities: [1],
  }).at(1);
  t.is(objectiveInfimum(fixed, falling, 1)!.upper, Number.NEGATIVE_INFINITY);
});

test('f* of a coupled fixed objective is enclosed closely too', (t) => {
  // f̄ = ½x² + ½(x + y)² + ½(y − 1)², minimised at x = −1/3, y = 2/3: f* = 1/6.
  const problem = parseProblem({
    smooth: {
      type: 'least-squares',
      matrix: { rows: 3, columns: 2, data: [1, 0, 1, 1, 0, 1] },
      target: [0, 0, 1],
    },
    functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope, -slope] })),
    probabilities: [0.5, 0.5],
  }).at(1);
  const { lower, upper } = objectiveInfimum(fixed, problem, 2)!;
  t.true(lower <= 1 / 6 && 1 / 6 <= upper && upper - lower < 1e-7, `[${lower}, ${upper}]`);
});
