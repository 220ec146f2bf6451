import { averageMap } from '../functions/calculus/average-map.js';
import { occurring, type ProblemTerms } from './distinct-coordinates.js';
import type { Interval } from './interval.js';

/** Iterations of the proximal-gradient method; the enclosure covers whatever gap remains. */
const LARGEST_ITERATIONS = 20_000;
/** Width of the enclosure relative to |f|, at which the method stops. */
const RELATIVE_WIDTH = 2 ** -40;
const ROUNDING = 2 ** -46;

/**
 * inf f over Rⁿ for f = d + r_γ with a strongly convex d, separable or not: for any û and any g ∈ ∂f(û),
 *
 *     f(û) − ‖g‖²/(2μ) ≤ f* ≤ f(û).
 *
 * û = P⁰(y) and g = ∇d(û) + (y − û)/γ come from proximal-gradient steps; the enclosure holds wherever these end. Undefined when d has
 * no modulus of strong convexity, or a component is only accurate to a declared accuracy.
 */
export function stronglyConvexInfimum(terms: ProblemTerms, step: number, dimension: number): Interval | undefined {
  const { smooth } = terms;
  const { strongConvexity: modulus, lipschitz } = smooth;
  const components = occurring(terms);
  if (modulus === undefined || lipschitz === undefined) return undefined;
  if (components.some(({ function: fn }) => (fn.accuracy ?? 0) > 0)) return undefined;
  const average = averageMap(
    components.map(({ function: fn }) => fn),
    components.map(({ probability }) => probability),
    step,
    0,
  );
  // The fixed points of x ↦ P⁰(x − γ∇d(x)) minimise f for every γ, but the map only contracts for γ < 2/L: it is relaxed beyond.
  // Where the r_k are smooth it may go on by 1/L in all, which at a tiny step is many times what the map moves.
  const curvature = Math.max(...components.map(({ function: fn }) => fn.smooth?.lipschitz ?? Number.POSITIVE_INFINITY));
  const relaxation = Math.max(Math.min(1, 1 / (step * lipschitz)), 1 / (step * (lipschitz + curvature)));
  const gradient = new Float64Array(dimension);
  const y = new Float64Array(dimension);
  const slope = new Float64Array(dimension);
  const u = new Float64Array(dimension);
  let x = new Float64Array(dimension);
  let best: Interval = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  for (let iteration = 0; iteration < LARGEST_ITERATIONS; iteration++) {
    smooth.gradient(x, gradient);
    for (let i = 0; i < dimension; i++) y[i] = x[i]! - step * gradient[i]!;
    average.mean('dividedResidual', y, slope);
    average.mean('prox', y, u);
    smooth.gradient(u, gradient);
    const value = smooth.value(u) + average.valueAtPreimage(y);
    let squared = 0;
    let size = Math.abs(value);
    for (let i = 0; i < dimension; i++) {
      const entry = Math.abs(gradient[i]! + slope[i]!) + ROUNDING * (Math.abs(gradient[i]!) + Math.abs(slope[i]!));
      squared += entry * entry;
      size += Math.abs(gradient[i]! * u[i]!) + Math.abs(slope[i]! * u[i]!);
    }
    const rounding = ROUNDING * size;
    best = {
      lower: Math.max(best.lower, value - squared / (2 * modulus) - rounding),
      upper: Math.min(best.upper, value + rounding),
    };
    if (best.upper - best.lower <= RELATIVE_WIDTH * Math.abs(value) + 2 * rounding) break;
    x = x.map((entry, i) => entry + relaxation * (u[i]! - entry));
  }
  // Values beyond the doubles leave an end open, which encloses nothing.
  return Number.isFinite(best.lower) && Number.isFinite(best.upper) ? best : undefined;
}
