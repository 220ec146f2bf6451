import type { ProblemAtStep } from '../problem/problem.js';
import { requireIterations, requirePoint } from './iteration.js';
import { distance, requireTolerance, type Solution, type SolverOptions } from './solver.js';

/** Options of `runFista`. */
export interface FistaOptions extends SolverOptions {
  /**
   * Restart the momentum whenever it would raise the objective (O'Donoghue and Candès 2015), so that f(x_t) never increases, also for
   * non-convex d. Default true; false is the method as published.
   */
  readonly restart?: boolean;
}

/** Writes y^{t+1} = x^t + ((s_t − 1)/s_{t+1})(x^t − x^{t−1}) to `out`, and returns s_{t+1} = (1 + √(1 + 4s_t²))/2. */
export function extrapolate(x: Float64Array, before: Float64Array, inertia: number, out: Float64Array): number {
  const next = (1 + Math.sqrt(1 + 4 * inertia * inertia)) / 2;
  const momentum = (inertia - 1) / next;
  for (let i = 0; i < x.length; i++) out[i] = x[i]! + momentum * (x[i]! - before[i]!);
  return next;
}

/**
 * FISTA (Beck and Teboulle 2009): proximal-gradient steps from an extrapolated point,
 *
 *     x^t = P(y^t),   s_{t+1} = (1 + √(1 + 4s_t²))/2,   y^{t+1} = x^t + ((s_t − 1)/s_{t+1})(x^t − x^{t−1}),
 *
 * s_1 = 1, y¹ = x⁰. For convex d and γ ≤ 1/L: f(x^t) − f* ≤ 2‖x⁰ − x*‖²/(γ(t + 1)²). The reference solver for f = d + r_γ, e.g. phase retrieval
 * with total variation. An iteration that only restarts leaves x unchanged.
 *
 * @param problem f = d + r_γ at the step γ
 * @param start x⁰, not written to
 * @param options the stopping rule and an observer
 * @throws RangeError unless the start is finite, the iterations a non-negative integer and the tolerance finite and ≥ 0
 * @example
 * const problem = parseProblem({
 *   smooth: { type: 'quadratic', curvature: 1, center: 2 },
 *   functions: [{ type: 'l1', weight: 1 }],
 *   probabilities: [1],
 * });
 * assert.equal(runFista(problem.at(1), Float64Array.of(9), { iterations: 10 }).x[0], 1);
 */
export function runFista(problem: ProblemAtStep, start: Float64Array, options: FistaOptions): Solution {
  const { iterations, tolerance = 0, restart = true, observer, monitor } = options;
  requirePoint('start', start);
  requireIterations(iterations);
  requireTolerance(tolerance);
  let x = start.slice();
  let trial = new Float64Array(start.length);
  const y = start.slice();
  let objective = problem.objective(x);
  let inertia = 1;
  let reason: Solution['reason'] = 'iterations';
  let iteration = 0;
  observer?.(0, x);
  monitor?.(0, objective);
  while (iteration < iterations && reason === 'iterations') {
    problem.mean(y, trial);
    iteration += 1;
    const value = problem.objective(trial);
    if (!restart || value <= objective) {
      if (distance(y, trial) <= tolerance * problem.step) reason = 'tolerance';
      inertia = extrapolate(trial, x, inertia, y);
      const previous = x;
      x = trial;
      trial = previous;
      objective = value;
    } else if (inertia === 1) {
      reason = 'no-descent';
    } else {
      y.set(x);
      inertia = 1;
    }
    observer?.(iteration, x);
    monitor?.(iteration, objective);
  }
  return { x, objective, iterations: iteration, reason };
}
