import { checkVector } from '../definition/arguments.js';
import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { DoubleDouble } from '../numerics/double-double.js';
import { distanceToBox } from '../numerics/vectors.js';
import { positiveNumber } from '../parameters/number.js';

const TYPE = 'entropy';

/** Never reached: Newton's method squares the error. */
const LARGEST_ITERATIONS = 100;

/** y/t beyond which u is y up to a correction that one step finds. */
const LARGEST_QUOTIENT = 2 ** 60;

/** log u of the u with u + t(1 + log u) = y, to a few units in the last place: exp q + q = y/t − 1 − log t with q = log(u/t). */
function roughLog(y: number, t: number): number {
  const logStep = Math.log(t);
  const target = y / t - 1 - logStep;
  if (!(target < LARGEST_QUOTIENT)) return Math.log(y);
  // The left side is convex, so from above Newton's method falls to the solution.
  let q = target > 1 ? Math.log(target) : target;
  for (let iteration = 0; iteration < LARGEST_ITERATIONS; iteration++) {
    const power = Math.exp(q);
    const next = q - (power - (target - q)) / (power + 1);
    if (!(next < q)) break;
    q = next;
  }
  return q + logStep;
}

/** u with u + t(1 + log u) = y for y far above t: log u hardly moves, so the equation taken as a rule gains digits in every round. */
function farProx(y: number, t: number): number {
  let u = y;
  for (let round = 0; round < 40; round++) u = y - t * (1 + Math.log(u));
  return u;
}

/**
 * r(u) = w Σ u_i log u_i for u ≥ 0, with 0 log 0 = 0. prox_{γr}(y)_i is the u > 0 with u + γw(1 + log u) = y_i, which is
 * γw W(exp(y_i/γw − 1)/γw) with Lambert's W, to the last bit or its neighbour, and 0 where it is below the smallest double;
 * ρ(y)_i/γ = w(1 + log u). r*(p) = w Σ exp(p_i/w − 1).
 *
 * @example
 * const [u] = entropy({ weight: 1 }).prox(Float64Array.of(2), 1);
 * assert.ok(Math.abs(u - 1) < 1e-15);
 */
export const entropy = defineFunction({
  type: TYPE,
  formula: 'weight * sum_i u_i log(u_i) if u_i >= 0 for all i, else Infinity',
  parameters: { weight: positiveNumber },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes' },
  overflow: {
    entries: 'exponentials',
    parameters: (weight) => ({ weight }),
    at: (size, _side, product) => [size, farProx(size, product)],
  },
  examples: [{ weight: 1 }, { weight: 2.5 }],
  mutants: {
    'without-one': {
      description: 'solves u + γw log u = y: the derivative of u log u without its 1',
      change: (honest, { weight }) => ({
        prox: (y, step) => {
          const moved = y.map((v) => v + step * weight);
          return honest.prox(moved, step);
        },
      }),
    },
    clipped: {
      description: 'the projection onto the domain in place of the prox',
      prox: (_, __, y) => y.map((v) => Math.max(v, 1e-3)),
    },
  },
  create({ weight }, identity): ProximableFunction {
    const product = new DoubleDouble();
    const logarithm = new DoubleDouble();
    const defect = new DoubleDouble();

    /** prox_{γr}(y) for one y, with γw in `product`. */
    function solve(y: number): number {
      const t = product.high;
      const u = Math.exp(roughLog(y, t));
      if (u === 0 || Number.isNaN(u)) return u;
      // The defect of the equation in double-doubles, and one step of Newton's method.
      defect.set(u).log().add(1).multiply(t, product.low).negate().add(y).add(-u);
      return u + u * (defect.high / (u + t));
    }

    /** 1 + log u, without its cancellation near u = 1/e. */
    const slopeAt = (u: number): number => logarithm.set(u).log().add(1).high;
    /** Whether y − u is y up to a factor of two: then it does not cancel, and u may be 0. */
    const isSmall = (u: number, y: number): boolean => u < Math.abs(y) / 2;

    const violation = (u: Float64Array): number => distanceToBox(u, 0, Infinity);
    const finiteValue = (u: Float64Array): number => {
      let sum = 0;
      for (let i = 0; i < u.length; i++) if (u[i]! > 0) sum += u[i]! * Math.log(u[i]!);
      return weight * sum;
    };
    return coordinatewise({
      convex: true,
      ...identity,
      subgradientRange: [-Infinity, Infinity],
      // The end of the domain, where u = 1/e, the minimiser, and where u = γw, from which on the prox grows like y.
      kinks(step) {
        const size = step * weight;
        return [0, 1 / Math.E, ...(size > 0 ? [size * (2 + Math.log(size))] : [])];
      },
      ...onDomain(violation, finiteValue),
      prox(y, step, out) {
        product.setProduct(step, weight);
        for (let i = 0; i < y.length; i++) out[i] = solve(y[i]!);
      },
      residual(y, step, out) {
        product.setProduct(step, weight);
        for (let i = 0; i < y.length; i++) {
          const u = solve(y[i]!);
          out[i] = isSmall(u, y[i]!) ? y[i]! - u : product.high * slopeAt(u);
        }
      },
      dividedResidual(y, step, out) {
        product.setProduct(step, weight);
        for (let i = 0; i < y.length; i++) {
          const u = solve(y[i]!);
          out[i] = isSmall(u, y[i]!) ? (y[i]! - u) / step : weight * slopeAt(u);
        }
      },
      conjugate: () => ({
        value(p) {
          checkVector(TYPE, p);
          let sum = 0;
          for (let i = 0; i < p.length; i++) sum += Math.exp(p[i]! / weight - 1);
          return weight * sum;
        },
      }),
    });
  },
});
