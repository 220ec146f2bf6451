import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { positiveNumber, weight } from '../parameters/number.js';

/**
 * r(u) = w h(‖u‖₂) with h(s) = s²/2 for s ≤ δ and δ(s − δ/2) beyond: Huber's function of the norm, not the sum of those of the entries.
 * HuberLoss of ProximalOperators.jl for mu = w, rho = δ; HuberCircular of pyproximal for w = 1/alpha, δ = alpha.
 * prox_{γr}(y) = y/(1 + γw) for ‖y‖ ≤ δ(1 + γw), else (1 − γwδ/‖y‖)y; ∇r(u) = wu min(1, δ/‖u‖), L = w;
 * r*(p) = ‖p‖²/(2w) for ‖p‖ ≤ wδ, else +∞.
 *
 * @example
 * assert.deepEqual([...huberNorm({ weight: 1, threshold: 5 }).prox(Float64Array.of(12, 16), 1)], [9, 12]);
 */
export const huberNorm = defineFunction({
  type: 'huber-norm',
  formula: 'weight * h(|u|_2), h(s) = s^2/2 if s <= threshold, else threshold * (s - threshold/2)',
  parameters: { weight, threshold: positiveNumber },
  traits: { convex: 'yes', separable: 'no', smooth: 'yes', conjugate: 'yes', placeless: 'yes' },
  overflow: { parameters: (weight) => ({ weight, threshold: 1 }), prox: (y) => y },
  examples: [
    { weight: 1.5, threshold: 0.5 },
    { weight: 0, threshold: 1 },
  ],
  mutants: {
    'by-coordinates': {
      description: 'Huber’s function of every entry',
      prox: ({ weight, threshold }, step, y) =>
        y.map((v) => {
          const inner = v / (1 + step * weight);
          return Math.abs(inner) > threshold ? v - step * weight * threshold * Math.sign(v) : inner;
        }),
    },
    'branch-at-threshold': {
      description: 'branches where ‖y‖ is δ instead of δ(1 + γw)',
      prox({ weight, threshold }, step, y) {
        const norm = Math.hypot(...y);
        return y.map((v) =>
          norm <= threshold ? v / (1 + step * weight) : (1 - (step * weight * threshold) / norm) * v,
        );
      },
    },
    'threshold-not-in-slope': {
      description: 'shrinks by γw instead of γwδ beyond the threshold',
      prox({ weight, threshold }, step, y) {
        const norm = Math.hypot(...y);
        const inside = norm <= threshold * (1 + step * weight);
        return y.map((v) => (inside ? v / (1 + step * weight) : Math.max(0, 1 - (step * weight) / norm) * v));
      },
    },
    'gradient-not-cut': {
      description: '∇r(u) = wu where ‖u‖ is beyond the threshold too',
      change: (_, { weight }) => ({ gradient: (u) => u.map((v) => weight * v) }),
    },
  },
  create({ weight, threshold }, identity): ProximableFunction {
    const steepest = weight * threshold;

    /** Writes `inside` of every entry of y where ‖y‖ ≤ δ(1 + γw), else `outside` of its share y_i/‖y‖ and of ‖y‖. */
    function eachEntry(
      y: Float64Array,
      step: number,
      out: Float64Array,
      inside: (entry: number) => number,
      outside: (share: number, norm: number) => number,
    ): void {
      const norm = euclideanNorm(y);
      const far = norm / (1 + step * weight) > threshold;
      for (let i = 0; i < y.length; i++) out[i] = far ? outside(y[i]! / norm, norm) : inside(y[i]!);
    }

    return checkedFunction({
      convex: true,
      ...identity,
      smooth: { lipschitz: weight },
      kinks(step) {
        const outer = threshold * (1 + step * weight);
        return [-outer, -threshold, 0, threshold, outer];
      },
      value(u) {
        const size = euclideanNorm(u);
        return weight * (size <= threshold ? (size * size) / 2 : threshold * (size - threshold / 2));
      },
      gradient(u, out) {
        const size = euclideanNorm(u);
        for (let i = 0; i < u.length; i++) out[i] = size <= threshold ? weight * u[i]! : steepest * (u[i]! / size);
      },
      prox: (y, step, out) =>
        eachEntry(
          y,
          step,
          out,
          (entry) => entry / (1 + step * weight),
          (share, norm) => (norm - step * steepest) * share,
        ),
      residual: (y, step, out) =>
        eachEntry(
          y,
          step,
          out,
          (entry) => step * weight * (entry / (1 + step * weight)),
          (share) => step * steepest * share,
        ),
      dividedResidual: (y, step, out) =>
        eachEntry(
          y,
          step,
          out,
          (entry) => weight * (entry / (1 + step * weight)),
          (share) => steepest * share,
        ),
      conjugate() {
        const violation = (p: Float64Array): number => Math.max(0, euclideanNorm(p) - steepest);
        const finiteValue = (p: Float64Array): number =>
          weight === 0 ? 0 : Math.min(euclideanNorm(p), steepest) ** 2 / (2 * weight);
        return onDomain(violation, finiteValue);
      },
    });
  },
});
