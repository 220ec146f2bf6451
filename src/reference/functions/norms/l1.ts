import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import { softThreshold } from '../numerics/thresholds.js';
import { distanceToBox } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';

/** Answers of the mutant that remembers them, by y. */
const remembered = new Map<string, Float64Array>();

/**
 * r(u) = w‖u‖₁ = w Σ|u_i|. prox_{γr}(y)_i = sgn(y_i) max(|y_i| − γw, 0) (soft thresholding), ρ(y)_i = clip(y_i, ±γw),
 * r* = indicator of ‖p‖_∞ ≤ w.
 *
 * @example
 * assert.deepEqual([...l1({ weight: 1 }).prox(Float64Array.of(3, -0.5), 1)], [2, 0]);
 */
export const l1 = defineFunction({
  type: 'l1',
  formula: 'weight * sum_i |u_i|',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  roundings: { prox: 2, slope: 1, why: 'prox: γw, −; slope: y/γ' },
  examples: [{ weight: 0.75 }, { weight: 0 }],
  vectors: [
    { parameters: { weight: 0.7 } },
    { parameters: { weight: 0.7 }, points: [['sparse', (step) => [0.6 * step, -0.5 * step, 2 ** -30]]] },
  ],
  mutants: {
    'weight-dropped': {
      description: 'the threshold is γ instead of γw',
      prox: (_, step, y) => y.map((v) => softThreshold(v, step)),
    },
    'step-dropped': {
      description: 'the threshold is w instead of γw',
      prox: ({ weight }, _, y) => y.map((v) => softThreshold(v, weight)),
    },
    'threshold-doubled': {
      description: 'the threshold is 2γw, as for w‖u‖₁ + ¼‖u − y‖²',
      prox: ({ weight }, step, y) => y.map((v) => softThreshold(v, 2 * step * weight)),
    },
    'step-inverted': {
      description: 'the threshold is w/γ instead of γw',
      prox: ({ weight }, step, y) => y.map((v) => softThreshold(v, weight / step)),
    },
    'thresholds-without-shrinking': {
      description: 'hard thresholding: what is above the threshold is kept as it is',
      prox: ({ weight }, step, y) => y.map((v) => (Math.abs(v) > step * weight ? v : 0)),
    },
    'positive-side-only': {
      description: 'negative entries are shrunk to 0 however large',
      prox: ({ weight }, step, y) => y.map((v) => Math.max(v - step * weight, 0)),
    },
    'under-relaxed': {
      description: 'half of the way from y to the prox',
      prox: ({ weight }, step, y) => y.map((v) => (v + softThreshold(v, step * weight)) / 2),
    },
    reflected: {
      description: 'the reflection 2·prox − y of Douglas and Rachford in place of the prox',
      prox: ({ weight }, step, y) => y.map((v) => 2 * softThreshold(v, step * weight) - v),
    },
    'value-forgets-weight': {
      description: 'r(u) = ‖u‖₁ whatever the weight',
      change: (honest, { weight }) => ({ value: (u) => honest.value(u) / weight }),
    },
    'residual-without-step': {
      description: 'ρ(y) = clip(y, ±w) instead of clip(y, ±γw)',
      ofForms: true,
      change: (_, { weight }) => ({ residual: (y) => y.map((v) => Math.max(-weight, Math.min(weight, v))) }),
    },
    'after-the-eighth': {
      description: 'a loop over blocks of eight leaves the entries after the first block as they are',
      prox: ({ weight }, step, y) => y.map((v, i) => (i < 8 ? softThreshold(v, step * weight) : v)),
    },
    'small-step-skipped': {
      description: 'a step below 2⁻⁹ counts as none',
      prox: ({ weight }, step, y) => y.map((v) => softThreshold(v, step < 2 ** -9 ? 0 : step * weight)),
    },
    'threshold-bounded': {
      description: 'no threshold above 16',
      prox: ({ weight }, step, y) => y.map((v) => softThreshold(v, Math.min(step * weight, 16))),
    },
    'remembers-by-point': {
      description: 'the answer of the last call with the same y, whatever the step and the weight',
      prox({ weight }, step, y) {
        const key = y.join();
        const known = remembered.get(key);
        remembered.clear();
        const u = known ?? y.map((v) => softThreshold(v, step * weight));
        remembered.set(key, u);
        return [...u];
      },
    },
    'value-of-eight': {
      description: 'a loop over blocks of eight leaves the entries after the first block out of the value',
      change: (honest) => ({ value: (u) => honest.value(u.slice(0, 8)) }),
    },
  },
  create: ({ weight }, identity) =>
    coordinatewise({
      convex: true,
      ...identity,
      subgradientRange: [-weight, weight],
      kinks: (step) => [0, -step * weight, step * weight],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += Math.abs(u[i]!);
        return weight * sum;
      },
      prox(y, step, out) {
        const threshold = step * weight;
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          out[i] = yi > threshold ? yi - threshold : yi < -threshold ? yi + threshold : yi - yi;
        }
      },
      residual(y, step, out) {
        const threshold = step * weight;
        for (let i = 0; i < y.length; i++) out[i] = Math.max(-threshold, Math.min(threshold, y[i]!));
      },
      dividedResidual(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = Math.max(-weight, Math.min(weight, y[i]! / step));
      },
      conjugate: () => onDomain((p) => distanceToBox(p, -weight, weight)),
    }),
});
