import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import { softThreshold } from '../numerics/thresholds.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';

/**
 * r(u) = w‖u‖₂. prox_{γr}(y) = (1 − γw/‖y‖)y for ‖y‖ > γw, else 0 (block soft thresholding); ρ(y) = γwy/‖y‖ or y;
 * r* = indicator of ‖p‖₂ ≤ w.
 *
 * @example
 * assert.deepEqual([...l2({ weight: 5 }).prox(Float64Array.of(6, 8), 1)], [3, 4]);
 */
export const l2 = defineFunction({
  type: 'l2',
  formula: 'weight * |u|_2',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  overflow: { parameters: (weight) => ({ weight }), prox: (y) => y },
  examples: [{ weight: 0.75 }, { weight: 0 }],
  mutants: {
    'without-positive-part': {
      description: '(1 − γw/‖y‖)y without the maximum with 0: short vectors are turned round',
      prox: ({ weight }, step, y) =>
        y.map((v) => (Math.hypot(...y) === 0 ? 0 : (1 - (step * weight) / Math.hypot(...y)) * v)),
    },
    'squared-norm': {
      description: 'divides by ‖y‖² instead of ‖y‖',
      prox: ({ weight }, step, y) =>
        y.map((v) => (Math.hypot(...y) === 0 ? 0 : Math.max(1 - (step * weight) / Math.hypot(...y) ** 2, 0) * v)),
    },
    'by-coordinates': {
      description: 'soft thresholding of every coordinate by itself',
      prox: ({ weight }, step, y) => y.map((v) => softThreshold(v, step * weight)),
    },
    'residual-not-divided': {
      description: 'the divided residual is the residual itself',
      ofForms: true,
      change: (honest) => ({ dividedResidual: (y, step, out) => honest.residual(y, step, out) }),
    },
    'in-place-corruption': {
      description: 'the norm is taken again for every entry, after the entries before have been written',
      ofForms: true,
      change: (_, { weight }) => ({
        prox(y, step, out = new Float64Array(y.length)) {
          for (let i = 0; i < y.length; i++) {
            const norm = Math.hypot(...y);
            out[i] = norm > step * weight ? (1 - (step * weight) / norm) * y[i]! : 0;
          }
          return out;
        },
      }),
    },
  },
  create: ({ weight }, identity) =>
    checkedFunction({
      convex: true,
      ...identity,
      kinks: (step) => [0, -step * weight, step * weight],
      value: (u) => weight * euclideanNorm(u),
      prox(y, step, out) {
        const norm = euclideanNorm(y);
        const left = norm - step * weight;
        for (let i = 0; i < y.length; i++) out[i] = left > 0 ? left * (y[i]! / norm) : y[i]! - y[i]!;
      },
      residual(y, step, out) {
        const norm = euclideanNorm(y);
        const threshold = step * weight;
        for (let i = 0; i < y.length; i++) out[i] = norm > threshold ? threshold * (y[i]! / norm) : y[i]!;
      },
      dividedResidual(y, step, out) {
        const norm = euclideanNorm(y);
        const threshold = step * weight;
        for (let i = 0; i < y.length; i++) out[i] = norm > threshold ? weight * (y[i]! / norm) : y[i]! / step;
      },
      conjugate() {
        return onDomain((p) => Math.max(0, euclideanNorm(p) - weight));
      },
    }),
});
