import { coordinatewise, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { number, weight } from '../parameters/number.js';

/** Soft thresholding. */
const soft = (y: number, threshold: number): number => Math.sign(y) * Math.max(Math.abs(y) - threshold, 0);

/**
 * r(u) = Σ p(u_i), the smoothly clipped absolute deviation of Fan and Li (2001), a > 2: p(u) = w|u| for |u| ≤ w,
 * (2aw|u| − u² − w²)/(2(a − 1)) up to aw, w²(a + 1)/2 beyond. Not convex: judges of implementations accept it, problems do not.
 * p + u²/(2(a − 1)) is convex, so for γ < a − 1 the prox is one point: soft(y, γw) for |y| ≤ w(1 + γ), ((a − 1)|y| − γaw)/(a − 1 − γ) with the
 * sign of y up to aw, y beyond. For γ ≥ a − 1 it jumps from soft(y, γw) to y, at |y| = w(a + 1 + γ)/2 where that is at least γw, else at
 * w√(γ(a + 1)); at the tie both minimise, for γ = a − 1 with all that lies between, and `prox` chooses the smaller.
 *
 * @example
 * assert.deepEqual([...scad({ weight: 1, concavity: 3 }).prox(Float64Array.of(1.5, 2.5, 4), 1)], [0.5, 2, 4]);
 */
export const scad = defineFunction({
  type: 'scad',
  formula:
    "sum_i p(u_i), p(0) = 0, p'(u) = min(weight, max(0, concavity * weight - u) / (concavity - 1)) for u > 0, p(-u) = p(u)",
  parameters: { weight, concavity: number({ exclusiveMinimum: 2 }) },
  traits: { convex: 'no', separable: 'yes', smooth: 'no', conjugate: 'no' },
  examples: [
    { weight: 0.75, concavity: 3.75 },
    { weight: 1.5, concavity: 2.125 },
    { weight: 0, concavity: 3 },
  ],
  vectors: [
    { parameters: { weight: 0.7, concavity: 3.7 } },
    { parameters: { weight: 0.5, concavity: 2.5 }, ties: [1.625], tieStep: 3 },
    // γ > a + 1, where soft(y, γw) is 0 up to the tie.
    { parameters: { weight: 0.5, concavity: 3.5 }, ties: [6], tieStep: 32 },
  ],
  mutants: {
    'step-into-weight': {
      description: 'the formula of a unit step with γw in place of w: the concave part is divided by γ too',
      prox: ({ weight, concavity }, step, y) =>
        y.map((v) => {
          const [size, own] = [Math.abs(v), step * weight];
          if (size > concavity * own) return v;
          if (size <= 2 * own) return soft(v, own);
          return (Math.sign(v) * ((concavity - 1) * size - concavity * own)) / (concavity - 2);
        }),
    },
    'soft-up-to-2w': {
      description: 'soft thresholding ends at 2w instead of at w(1 + γ)',
      prox: ({ weight, concavity }, step, y) =>
        y.map((v) => {
          const size = Math.abs(v);
          if (size > concavity * weight) return v;
          if (size <= 2 * weight || step >= concavity - 1) return soft(v, step * weight);
          return (Math.sign(v) * ((concavity - 1) * size - step * concavity * weight)) / (concavity - 1 - step);
        }),
    },
    'stays-stationary': {
      description: 'for γ ≥ a − 1 a stationary point in place of the minimiser: soft thresholding as far as it is one',
      prox: ({ weight, concavity }, step, y) =>
        y.map((v) => {
          const size = Math.abs(v);
          if (size <= weight * (1 + step)) return soft(v, step * weight);
          if (size > concavity * weight) return v;
          return (Math.sign(v) * ((concavity - 1) * size - step * concavity * weight)) / (concavity - 1 - step);
        }),
    },
    'tie-of-smaller-steps': {
      description: 'for γ > a + 1 the jump stays at w(a + 1 + γ)/2, as for smaller γ',
      prox: ({ weight, concavity }, step, y) =>
        y.map((v) => {
          const [size, end, width] = [Math.abs(v), concavity * weight, concavity - 1];
          const softUpTo = weight * (step < width ? 1 + step : (concavity + 1 + step) / 2);
          if (size <= softUpTo) return soft(v, step * weight);
          if (step >= width || size >= end) return v;
          return (Math.sign(v) * (width * size - step * end)) / (width - step);
        }),
    },
    'continuity-lost': {
      description: 'the constant in the middle piece of the value is left out',
      value: ({ weight, concavity }, u) =>
        u.reduce((sum, v) => {
          const size = Math.abs(v);
          if (size <= weight) return sum + weight * size;
          if (size > concavity * weight) return sum + (weight * weight * (concavity + 1)) / 2;
          return sum + (2 * concavity * weight * size - size * size) / (2 * (concavity - 1));
        }, 0),
    },
  },
  create({ weight, concavity }, identity): ProximableFunction {
    const end = concavity * weight;
    const width = concavity - 1;
    /** The largest |y| whose prox is soft(y, γw). */
    const softUpTo = (step: number): number => {
      if (step < width) return weight * (1 + step);
      return step <= concavity + 1 ? (weight * (concavity + 1 + step)) / 2 : weight * Math.sqrt(step * (concavity + 1));
    };
    /** The slope of p, which falls from w to 0, at the prox of an entry beyond that. */
    const slopeOf = (y: number, step: number): number => {
      if (Math.abs(y) >= end || step >= width) return 0;
      const slope = (end - Math.abs(y)) / (width - step);
      return y < 0 ? -slope : slope;
    };

    return coordinatewise({
      convex: false,
      ...identity,
      kinks: (step) => [0, ...[step * weight, softUpTo(step), weight, end].flatMap((kink) => [-kink, kink])],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) {
          const size = Math.min(Math.abs(u[i]!), end);
          // Beyond w the slope falls by 1/(a − 1) per unit of length.
          const over = Math.max(size - weight, 0);
          sum += weight * size - (over * over) / (2 * width);
        }
        return sum;
      },
      prox(y, step, out) {
        const softest = softUpTo(step);
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          if (Math.abs(yi) <= softest) out[i] = soft(yi, step * weight);
          else if (Math.abs(yi) >= end || step >= width) out[i] = yi;
          else {
            // aw minus the remaining distance to it.
            const u = end - (end - Math.abs(yi)) * (width / (width - step));
            out[i] = yi < 0 ? -u : u;
          }
        }
      },
      residual(y, step, out) {
        const [softest, threshold] = [softUpTo(step), step * weight];
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          out[i] = Math.abs(yi) <= softest ? Math.max(-threshold, Math.min(threshold, yi)) : step * slopeOf(yi, step);
        }
      },
      dividedResidual(y, step, out) {
        const softest = softUpTo(step);
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          out[i] = Math.abs(yi) <= softest ? Math.max(-weight, Math.min(weight, yi / step)) : slopeOf(yi, step);
        }
      },
    });
  },
});
