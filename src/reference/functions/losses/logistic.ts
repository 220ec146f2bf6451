import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { DoubleDouble } from '../numerics/double-double.js';
import { solveTanhEquation } from '../numerics/tanh-equation.js';
import { distanceToBox } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';

/** 1/(1 + exp(−u)). */
const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u));

/** q log q + (1 − q) log(1 − q), 0 at the ends. */
function negativeEntropy(q: number): number {
  return (q > 0 ? q * Math.log(q) : 0) + (q < 1 ? (1 - q) * Math.log1p(-q) : 0);
}

/**
 * r(u) = w Σ log(1 + exp u_i). ∇r(u) = w/(1 + exp(−u)), L = L_i = w/4. prox_{γr}(y)_i is the u with u + γw/(1 + exp(−u)) = y_i,
 * to the last bit or its neighbour; ρ(y)_i/γ = w/(1 + exp(−u)). r*(p) = w Σ q log q + (1 − q) log(1 − q), q = p_i/w, for
 * 0 ≤ p ≤ w.
 *
 * @example
 * const [u] = logistic({ weight: 1 }).prox(Float64Array.of(0.5), 1);
 * assert.ok(Math.abs(u) < 1e-15);
 */
export const logistic = defineFunction({
  type: 'logistic',
  formula: 'weight * sum_i log(1 + exp(u_i))',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'yes' },
  // The slope is 1 far above 0, and 0 far below.
  overflow: {
    entries: 'exponentials',
    parameters: (weight) => ({ weight }),
    at: (size, side, product) => [side * size, side > 0 ? size - product : -size],
  },
  examples: [{ weight: 1 }, { weight: 6.5 }, { weight: 0 }],
  mutants: {
    'one-newton-step': {
      description: 'one step of Newton’s method from y in place of the solution',
      prox: ({ weight }, step, y) =>
        y.map((v) => {
          const s = sigmoid(v);
          return v - (step * weight * s) / (1 + step * weight * s * (1 - s));
        }),
    },
    'label-sign': {
      description: 'log(1 + exp(−u)) instead of log(1 + exp u)',
      change: (honest) => ({
        prox: (y, step) => {
          const mirrored = y.map((v) => -v);
          return honest.prox(mirrored, step).map((v) => -v);
        },
      }),
    },
    'remembers-the-step': {
      description: 'γ of the first call is kept for the later ones',
      change(honest) {
        let kept: number | undefined;
        return {
          prox(y, step, out) {
            kept ??= step;
            return honest.prox(y, kept, out);
          },
        };
      },
    },
    'gradient-of-eight': {
      description: 'a loop over blocks of eight leaves the gradient after the first block 0',
      change: (honest) => ({ gradient: (u) => honest.gradient!(u).map((v, i) => (i < 8 ? v : 0)) }),
    },
  },
  create({ weight }, identity): ProximableFunction {
    const half = new DoubleDouble();
    const target = new DoubleDouble();
    const difference = new DoubleDouble();

    /** Writes prox_{γr}(y): with 1/(1 + exp(−u)) = ½ + ½ tanh(u/2) the equation is u + ½γw tanh(u/2) = y − ½γw, odd in u. */
    function solveAll(y: Float64Array, step: number, out: Float64Array): void {
      half.setProduct(step / 2, weight);
      for (let i = 0; i < y.length; i++) {
        target.set(y[i]!).subtract(half);
        const negative = target.high < 0;
        if (negative) target.negate();
        // The remainder beyond ±½γw: y − γw above, −y below.
        difference.set(negative ? -y[i]! : y[i]!);
        if (!negative) difference.subtract(half).subtract(half);
        const u = solveTanhEquation(target, half, difference, 2);
        out[i] = negative ? -u : u;
      }
    }

    return coordinatewise({
      convex: true,
      ...identity,
      smooth: { lipschitz: weight / 4, coordinateLipschitz: () => weight / 4 },
      subgradientRange: [0, weight],
      // The place where the slope of the prox leaves 1, the smallest slope, and the place where it is 1 again.
      kinks: (step) => [0, (step * weight) / 2, step * weight],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += Math.max(u[i]!, 0) + Math.log1p(Math.exp(-Math.abs(u[i]!)));
        return weight * sum;
      },
      gradient(u, out) {
        for (let i = 0; i < u.length; i++) out[i] = weight * sigmoid(u[i]!);
      },
      prox: (y, step, out) => solveAll(y, step, out),
      residual(y, step, out) {
        solveAll(y, step, out);
        for (let i = 0; i < y.length; i++) out[i] = step * weight * sigmoid(out[i]!);
      },
      dividedResidual(y, step, out) {
        solveAll(y, step, out);
        for (let i = 0; i < y.length; i++) out[i] = weight * sigmoid(out[i]!);
      },
      conjugate() {
        const violation = (p: Float64Array): number => distanceToBox(p, 0, weight);
        const finiteValue = (p: Float64Array): number => {
          let sum = 0;
          if (weight > 0) {
            for (let i = 0; i < p.length; i++) sum += negativeEntropy(Math.max(0, Math.min(1, p[i]! / weight)));
          }
          return weight * sum;
        };
        return onDomain(violation, finiteValue);
      },
    });
  },
});
