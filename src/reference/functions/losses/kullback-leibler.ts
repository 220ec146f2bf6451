import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/vectors.js';
import { positiveNumber } from '../parameters/number.js';
import { entry, numberOrVector } from '../parameters/vector.js';
import { entropy } from '../penalties/entropy.js';

const TYPE = 'kullback-leibler';

/**
 * r(u) = w Σ u_i log(u_i/b_i) − u_i + b_i for u ≥ 0, with 0 log 0 = 0: the generalised divergence D(u‖b) of u from b, kl_div(u, b) of cvxpy
 * and KullbackLeiblerCrossEntropy of odl, not the misfit D(b‖u) of counts. prox_{γr}(y)_i is the u > 0 with u + γw log(u/b_i) = y_i, the prox
 * of the entropy at y_i + γw(1 + log b_i); ρ(y)_i/γ = w log(u/b_i). r*(p) = w Σ b_i(exp(p_i/w) − 1).
 *
 * @example
 * const [u] = kullbackLeibler({ weight: 2, prior: 3 }).prox(Float64Array.of(3), 1);
 * assert.ok(Math.abs(u - 3) < 1e-14);
 */
export const kullbackLeibler = defineFunction({
  type: TYPE,
  formula: 'weight * sum_i u_i log(u_i / prior_i) - u_i + prior_i if u_i >= 0 for all i, else Infinity',
  parameters: { weight: positiveNumber, prior: numberOrVector({ exclusiveMinimum: 0 }) },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes' },
  examples: [
    { weight: 1, prior: 1.5 },
    { weight: 2.5, prior: [0.25, 1, 4] },
  ],
  mutants: {
    'directions-swapped': {
      description: 'the prox of D(b‖u), the misfit of counts of a Poisson law',
      prox: ({ weight, prior }, step, y) =>
        y.map((v, i) => {
          const t = step * weight;
          return (v - t + Math.sqrt((v - t) ** 2 + 4 * t * entry(prior, i))) / 2;
        }),
    },
    'of-entropy': {
      description: 'solves u + γw(1 + log(u/b)) = y: without the −u_i of r',
      change: (honest, { weight }) => ({
        prox: (y, step) =>
          honest.prox(
            y.map((v) => v - step * weight),
            step,
          ),
      }),
    },
    'prior-dropped': {
      description: 'the prox for b = 1',
      change: (honest, { weight, prior }) => ({
        prox: (y, step) =>
          honest.prox(
            y.map((v, i) => v - step * weight * Math.log(entry(prior, i))),
            step,
          ),
      }),
    },
    'value-without-mass': {
      description: 'the value is w Σ u_i log(u_i/b_i), which is not 0 at b',
      change: (honest, { weight, prior }) => ({
        value: (u) => honest.value(u) + weight * u.reduce((sum, v, i) => sum + v - entry(prior, i), 0),
      }),
    },
  },
  create({ weight, prior }, identity): ProximableFunction {
    const inner = entropy({ weight });
    const dimension = typeof prior === 'number' ? undefined : prior.length;

    const violation = (u: Float64Array): number => distanceToBox(u, 0, Infinity);
    function finiteValue(u: Float64Array): number {
      let sum = 0;
      for (let i = 0; i < u.length; i++) {
        const b = entry(prior, i);
        sum += u[i]! > 0 ? u[i]! * Math.log(u[i]! / b) - u[i]! + b : b;
      }
      return weight * sum;
    }

    /** prox_{γr}(y). */
    function solve(y: Float64Array, step: number, out: Float64Array): void {
      for (let i = 0; i < y.length; i++) out[i] = y[i]! + step * weight * (1 + Math.log(entry(prior, i)));
      inner.prox(out, step, out);
    }

    /** Writes w log(u_i/b_i) times `factor`, or (y_i − u_i) times factor/γ where that does not cancel, as u_i may be 0. */
    function slopes(y: Float64Array, step: number, factor: number, out: Float64Array): void {
      const u = new Float64Array(y.length);
      solve(y, step, u);
      for (let i = 0; i < y.length; i++) {
        const isSmall = u[i]! < Math.abs(y[i]!) / 2;
        out[i] = isSmall ? (y[i]! - u[i]!) * (factor / step) : factor * weight * Math.log(u[i]! / entry(prior, i));
      }
    }

    return checkedFunction({
      convex: true,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      subgradientRange: [-Infinity, Infinity],
      // The end of the domain and the minimiser.
      kinks: () => [0, ...(typeof prior === 'number' ? [prior] : prior)],
      ...onDomain(violation, finiteValue),
      prox: (y, step, out) => solve(y, step, out),
      residual: (y, step, out) => slopes(y, step, step, out),
      dividedResidual: (y, step, out) => slopes(y, step, 1, out),
      conjugate: () => ({
        value(p) {
          checkVector(TYPE, p, dimension);
          let sum = 0;
          for (let i = 0; i < p.length; i++) sum += entry(prior, i) * Math.expm1(p[i]! / weight);
          return weight * sum;
        },
      }),
      coordinate: (index) => kullbackLeibler({ weight, prior: entry(prior, index) }),
    });
  },
});
