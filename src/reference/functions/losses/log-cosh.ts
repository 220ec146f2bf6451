import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { DoubleDouble } from '../numerics/double-double.js';
import { solveTanhEquation } from '../numerics/tanh-equation.js';
import { distanceToBox } from '../numerics/vectors.js';
import { positiveNumber, weight } from '../parameters/number.js';

/** log cosh a for a ≥ 0: no cancellation for small a, no overflow for large a. */
function logOfCosh(a: number): number {
  return a < 1 ? Math.log1p(Math.sinh(a) ** 2) / 2 : a - Math.LN2 + Math.log1p(Math.exp(-2 * a));
}

/** ½[(1 + q)log(1 + q) + (1 − q)log(1 − q)], the conjugate of log cosh, for |q| ≤ 1. */
function conjugateTerm(q: number): number {
  if (Math.abs(q) < 0.5) return Math.log1p(-q * q) / 2 + q * Math.atanh(q);
  const small = 1 - Math.abs(q);
  return ((2 - small) * Math.log1p(Math.abs(q)) + (small === 0 ? 0 : small * Math.log(small))) / 2;
}

/**
 * r(u) = w Σ s² log cosh(u_i/s), a smooth relative of Huber's loss. ∇r(u) = ws tanh(u/s), L = L_i = w. prox_{γr}(y)_i is the
 * u with u + γws tanh(u/s) = y_i, ρ(y)_i/γ = ws tanh(u/s);
 * r*(p) = ws² Σ ½[(1 + q)log(1 + q) + (1 − q)log(1 − q)], q = p_i/(ws), for ‖p‖_∞ ≤ ws.
 *
 * @example
 * const [u] = logCosh({ weight: 1, scale: 1 }).prox(Float64Array.of(1 + Math.tanh(1)), 1);
 * assert.ok(Math.abs(u - 1) < 1e-15);
 */
export const logCosh = defineFunction({
  type: 'log-cosh',
  formula: 'weight * sum_i scale^2 * log(cosh(u_i / scale))',
  parameters: { weight, scale: positiveNumber },
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'yes' },
  drawn: { weight: 'positive' },
  overflow: {
    entries: 'exponentials',
    parameters: (weight) => ({ weight, scale: 0.5 }),
    at: (size, side, product) => [side * size, side * (size - product / 2)],
  },
  examples: [
    { weight: 1, scale: 1 },
    { weight: 2.5, scale: 0.25 },
    { weight: 0, scale: 2 },
  ],
  mutants: {
    'single-precision': {
      description: 'the result passes through single precision',
      change: (honest) => ({
        prox(y, step, out) {
          const u = honest.prox(y, step, out);
          for (let i = 0; i < u.length; i++) u[i] = Math.fround(u[i]!);
          return u;
        },
      }),
    },
    'as-huber': {
      description: 'the prox of the Huber function of the same curvature and slope',
      prox: ({ weight, scale }, step, y) =>
        y.map((v) => {
          const t = step * weight;
          return Math.abs(v) <= scale * (1 + t) ? v / (1 + t) : v - t * scale * Math.sign(v);
        }),
    },
  },
  create({ weight, scale }, identity): ProximableFunction {
    const steepest = weight * scale;
    const slope = new DoubleDouble().setProduct(weight, scale);
    const coefficient = new DoubleDouble();
    const size = new DoubleDouble();
    const difference = new DoubleDouble();

    /** Writes prox_{γr}(y). */
    function solveAll(y: Float64Array, step: number, out: Float64Array): void {
      coefficient.copy(slope).multiply(step);
      for (let i = 0; i < y.length; i++) {
        size.set(Math.abs(y[i]!));
        const u = solveTanhEquation(size, coefficient, difference.copy(size).subtract(coefficient), scale);
        out[i] = y[i]! < 0 ? -u : u;
      }
    }

    return coordinatewise({
      convex: true,
      ...identity,
      smooth: { lipschitz: weight, coordinateLipschitz: () => weight },
      subgradientRange: [-steepest, steepest],
      // The place where the prox turns from its slope at 0 to slope 1.
      kinks: (step) => [-step * steepest, 0, step * steepest],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += logOfCosh(Math.abs(u[i]! / scale));
        return steepest * (scale * sum);
      },
      gradient(u, out) {
        for (let i = 0; i < u.length; i++) out[i] = steepest * Math.tanh(u[i]! / scale);
      },
      prox: (y, step, out) => solveAll(y, step, out),
      residual(y, step, out) {
        solveAll(y, step, out);
        for (let i = 0; i < y.length; i++) out[i] = step * steepest * Math.tanh(out[i]! / scale);
      },
      dividedResidual(y, step, out) {
        solveAll(y, step, out);
        for (let i = 0; i < y.length; i++) out[i] = steepest * Math.tanh(out[i]! / scale);
      },
      conjugate() {
        const violation = (p: Float64Array): number => distanceToBox(p, -steepest, steepest);
        const finiteValue = (p: Float64Array): number => {
          let sum = 0;
          if (weight > 0) {
            for (let i = 0; i < p.length; i++) sum += conjugateTerm(Math.max(-1, Math.min(1, p[i]! / steepest)));
          }
          return steepest * (scale * sum);
        };
        return onDomain(violation, finiteValue);
      },
    });
  },
});
