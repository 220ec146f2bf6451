import type { ProblemAtStep } from '../problem/problem.js';
import { requireIterations, requirePoint } from './iteration.js';
import { distance, requireTolerance, type Solution, type SolverOptions } from './solver.js';

/**
 * The (full) proximal-gradient method: x^t = P(x^{t−1}) = Σ θ_k prox_{γ r_k}(x^{t−1} − γ∇d(x^{t−1})), equations (8) and (9). For γ ≤ 1/L
 * the objective d + r_γ never increases; a larger γ may diverge, and the method does not stop it.
 *
 * @param problem f = d + r_γ at the step γ
 * @param start x⁰, not written to
 * @param options the stopping rule and an observer
 * @throws RangeError unless the start is finite, the iterations a non-negative integer and the tolerance finite and ≥ 0
 * @example
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * const { x, reason } = runProximalGradient(problem.at(1), Float64Array.of(3), { iterations: 10 });
 * assert.deepEqual([x[0], reason], [0, 'tolerance']);
 */
export function runProximalGradient(problem: ProblemAtStep, start: Float64Array, options: SolverOptions): Solution {
  const { iterations, tolerance = 0, observer, monitor } = options;
  requirePoint('start', start);
  requireIterations(iterations);
  requireTolerance(tolerance);
  let x = start.slice();
  let next = new Float64Array(start.length);
  let reason: Solution['reason'] = 'iterations';
  let iteration = 0;
  observer?.(0, x);
  monitor?.(0, problem.objective(x));
  while (iteration < iterations && reason === 'iterations') {
    problem.mean(x, next);
    iteration += 1;
    if (distance(x, next) <= tolerance * problem.step) reason = 'tolerance';
    const previous = x;
    x = next;
    next = previous;
    observer?.(iteration, x);
    monitor?.(iteration, problem.objective(x));
  }
  return { x, objective: problem.objective(x), iterations: iteration, reason };
}
