import test from 'ava';
import { box, l1, quadratic } from '../functions/index.js';
import { createProblem, parseProblem } from '../problem/create-problem.js';
import type { ProblemAtStep } from '../problem/problem.js';
import { gemanMcClure, smoothQuadratic } from '../smooth/index.js';
import { runFista } from './fista.js';
import { runProximalGradient } from './proximal-gradient.js';
import type { Solution, SolverOptions } from './solver.js';

const vector = (...entries: number[]) => Float64Array.from(entries);

/** ½Σ a_i(x_i − c_i)² + w‖x‖₁, ill-conditioned; minimised by x_i = soft(c_i, w/a_i). */
const [curvature, center, weight] = [vector(1, 0.1, 0.001, 0.01), vector(2, -30, 500, 0.5), 0.1];
const lasso = createProblem({
  smooth: smoothQuadratic({ curvature, center }),
  functions: [l1({ weight })],
  probabilities: [1],
});
const minimizer = center.map((c, i) => Math.sign(c) * Math.max(0, Math.abs(c) - weight / curvature[i]!));
const objective = (x: Float64Array) =>
  x.reduce((sum, value, i) => sum + 0.5 * curvature[i]! * (value - center[i]!) ** 2 + weight * Math.abs(value), 0);
const optimum = objective(minimizer);
const start = new Float64Array(4);

const solvers: [string, (at: ProblemAtStep, x: Float64Array, options: SolverOptions) => Solution][] = [
  ['proximal gradient', runProximalGradient],
  ['FISTA', runFista],
  ['FISTA without restart', (at, x, options) => runFista(at, x, { ...options, restart: false })],
];

test('solvers find the known minimizer and report its objective and the reason to stop', (t) => {
  for (const [name, solve] of solvers) {
    const solution = solve(lasso.at(1), start, { iterations: 40_000, tolerance: 1e-9 });
    t.is(solution.reason, 'tolerance', name);
    t.true(solution.iterations < 40_000);
    // ‖G‖ ≤ 10⁻⁹ puts x within 10⁻⁹ over the smallest curvature.
    solution.x.forEach((value, i) => {
      t.true(Math.abs(value - minimizer[i]!) < 1e-5, `${name}: ${value} against ${minimizer[i]}`);
    });
    t.true(Math.abs(solution.objective - optimum) < 1e-9);
    t.true(Math.abs(objective(solution.x) - solution.objective) < 1e-9);
    const short = solve(lasso.at(1), start, { iterations: 3 });
    t.like(short, { reason: 'iterations', iterations: 3 });
    t.deepEqual(start, new Float64Array(4));
  }
});

test('the accelerated rate: FISTA keeps its bound where the plain method does not', (t) => {
  const squaredDistance = minimizer.reduce((sum, value) => sum + value ** 2, 0);
  const broken = (solve: (typeof solvers)[number][1]) => {
    let count = 0;
    solve(lasso.at(1), start, {
      iterations: 400,
      monitor: (iteration, value) => {
        if (iteration > 0 && value - optimum > (2 * squaredDistance) / (iteration + 1) ** 2 + 1e-9) count += 1;
      },
    });
    return count;
  };
  t.is(broken(solvers[2]![1]), 0);
  t.true(broken(runProximalGradient) > 0);
});

test('plain proximal gradient obeys f(x_t) − f* ≤ ‖x_0 − x*‖²/(2γt) and never increases', (t) => {
  const squaredDistance = minimizer.reduce((sum, value) => sum + value ** 2, 0);
  const seen: number[] = [];
  let previous = Number.POSITIVE_INFINITY;
  runProximalGradient(lasso.at(1), start, {
    iterations: 300,
    observer: (iteration, x) => {
      seen[iteration] = objective(x);
    },
    monitor: (iteration, value) => {
      t.true(value <= previous);
      if (iteration > 0) t.true(value - optimum <= squaredDistance / (2 * iteration));
      t.true(Math.abs(seen[iteration]! - value) < 1e-9);
      previous = value;
    },
  });
});

test('the tolerance is one on ‖G‖, whatever the step', (t) => {
  const at = lasso.at(0.25);
  const tolerance = 1e-3;
  const norms: number[] = [];
  const solution = runProximalGradient(at, start, {
    iterations: 40_000,
    tolerance,
    observer: (_, x) => norms.push(Math.hypot(...at.gradientMapping(x))),
  });
  t.is(solution.reason, 'tolerance');
  // The last step was taken from the first point where G is small enough.
  t.is(
    norms.findIndex((norm) => norm <= tolerance),
    solution.iterations - 1,
  );
  const accelerated = runFista(at, start, { iterations: 40_000, tolerance });
  t.is(accelerated.reason, 'tolerance');
  t.true(Math.hypot(...at.gradientMapping(accelerated.x)) <= tolerance);
});

test('with restarts the objective never increases on a non-convex problem, and the limit is a zero of G', (t) => {
  const problem = createProblem({
    smooth: gemanMcClure({ weight: 1, scale: 1 }),
    functions: [quadratic({ curvature: 0.05, center: 3 }), l1({ weight: 0.02 })],
    probabilities: [0.5, 0.5],
  });
  const at = problem.at(0.4);
  const values: number[] = [];
  const iterates: Float64Array[] = [];
  const solution = runFista(at, vector(4, -2, 0.3), {
    iterations: 2000,
    tolerance: 1e-10,
    monitor: (_, value) => values.push(value),
    observer: (_, x) => iterates.push(x.slice()),
  });
  t.true(values.every((value, i) => i === 0 || value <= values[i - 1]!));
  t.is(values.length, solution.iterations + 1);
  t.true(values.every((value, i) => value === at.objective(iterates[i]!)));
  t.true(Math.hypot(...at.gradientMapping(solution.x)) < 1e-6);
});

test('momentum that raises the objective is dropped: restarts happen and help', (t) => {
  const count = (restart: boolean) =>
    runFista(lasso.at(1), start, { iterations: 40_000, tolerance: 1e-9, restart }).iterations;
  t.true(count(true) < count(false));
});

test('a step that is too large ends with no-descent at the best point, or diverges without the monitor', (t) => {
  const steep = createProblem({
    smooth: smoothQuadratic({ curvature: 1, center: 0 }),
    functions: [l1({ weight: 0 })],
    probabilities: [1],
  }).at(2.5);
  const solution = runFista(steep, vector(1), { iterations: 50 });
  t.like(solution, { reason: 'no-descent', iterations: 1, objective: 0.5 });
  t.deepEqual(solution.x, vector(1));
  t.true(Math.abs(runProximalGradient(steep, vector(1), { iterations: 50 }).x[0]!) > 1e6);
});

test('a start outside the domain has objective +∞ and the first step enters it', (t) => {
  const constrained = createProblem({
    smooth: smoothQuadratic({ curvature: 1, center: 2 }),
    functions: [box({ lower: -1, upper: 1 })],
    probabilities: [1],
  }).at(0.5);
  for (const [name, solve] of solvers) {
    const values: number[] = [];
    const solution = solve(constrained, vector(-5), { iterations: 20, monitor: (_, value) => values.push(value) });
    t.is(values[0], Number.POSITIVE_INFINITY, name);
    t.true(Number.isFinite(values[1]));
    t.deepEqual(solution.x, vector(1));
    // An exact fixed point meets even the tolerance 0.
    t.is(solution.reason, 'tolerance');
  }
});

test('bad solver options are refused by name', (t) => {
  for (const [, solve] of solvers) {
    for (const [message, x, options] of [
      [/^start/, vector(), { iterations: 1 }],
      [/^start\[0\]/, vector(Number.NaN), { iterations: 1 }],
      [/^iterations/, start, { iterations: 0.5 }],
      [/^tolerance/, start, { iterations: 1, tolerance: -1 }],
      [/^tolerance/, start, { iterations: 1, tolerance: Number.NaN }],
    ] as const) {
      t.throws(() => solve(lasso.at(1), x, options), { instanceOf: RangeError, message });
    }
  }
});

test('what is returned is the last iterate with its objective, whatever ended the run', (t) => {
  const at = parseProblem({
    smooth: { type: 'quadratic', curvature: 1, center: 2 },
    functions: [{ type: 'l1', weight: 0.5 }],
    probabilities: [1],
  }).at(0.25);
  const start = Float64Array.of(-3);
  for (const options of [{ iterations: 3 }, { iterations: 1000, tolerance: 1e-3 }]) {
    const seen: number[] = [];
    const { x, objective, iterations } = runProximalGradient(at, start, {
      ...options,
      observer: (_, point) => seen.push(point[0]!),
    });
    t.deepEqual([x[0], objective, iterations], [seen.at(-1), at.objective(x), seen.length - 1]);
    t.is(x[0], at.mean(Float64Array.of(seen.at(-2)!))[0]);
  }
});
