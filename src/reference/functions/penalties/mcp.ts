import { coordinatewise, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { positiveNumber, weight } from '../parameters/number.js';

/**
 * r(u) = Σ p(u_i), the minimax concave penalty of Zhang (2010): p(u) = w|u| − u²/(2a) for |u| ≤ aw, and aw²/2 beyond. Not convex: for the
 * judges of implementations, no problem takes it. p + u²/(2a) is convex, so for γ < a the prox is one point (firm thresholding): 0 for
 * |y| ≤ γw, a(|y| − γw)/(a − γ) with the sign of y up to aw, y beyond, and ρ(y) = γ(aw − |y|)/(a − γ) between. For γ ≥ a it jumps: 0 for
 * |y| < w√(γa), y for more; at the tie both minimise, for γ = a with all that lies between, and `prox` chooses 0.
 *
 * @example
 * assert.deepEqual([...mcp({ weight: 1, concavity: 2 }).prox(Float64Array.of(0.5, 1.5, 3), 1)], [0, 1, 3]);
 */
export const mcp = defineFunction({
  type: 'mcp',
  formula:
    'sum_i p(u_i), p(u) = weight * |u| - u^2 / (2 concavity) if |u| <= concavity * weight, else concavity * weight^2 / 2',
  parameters: { weight, concavity: positiveNumber },
  traits: { convex: 'no', separable: 'yes', smooth: 'no', conjugate: 'no' },
  examples: [
    { weight: 0.75, concavity: 2 },
    { weight: 1.5, concavity: 0.5 },
    { weight: 0, concavity: 1 },
  ],
  vectors: [
    { parameters: { weight: 0.7, concavity: 2 } },
    { parameters: { weight: 1.5, concavity: 0.25 }, ties: [0.75], tieStep: 1 },
  ],
  mutants: {
    'soft-thresholding': {
      description: 'the prox of w‖u‖₁: large entries are shrunk too',
      prox: ({ weight }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0)),
    },
    'step-into-weight': {
      description: 'the formula of a unit step with γw in place of w: the slope of the penalty is divided by γ too',
      prox: ({ weight, concavity }, step, y) =>
        y.map((v) => {
          const size = Math.abs(v);
          if (size > concavity * step * weight) return v;
          return concavity > 1 ? (Math.sign(v) * Math.max(size - step * weight, 0)) / (1 - 1 / concavity) : 0;
        }),
    },
    'no-jump': {
      description: 'for γ ≥ a the threshold is aw, where the penalty ends, instead of w√(γa)',
      prox: ({ weight, concavity }, step, y) =>
        y.map((v) => {
          const size = Math.abs(v);
          if (size > concavity * weight) return v;
          if (step >= concavity) return 0;
          return (Math.sign(v) * concavity * Math.max(size - step * weight, 0)) / (concavity - step);
        }),
    },
  },
  create({ weight, concavity }, identity): ProximableFunction {
    const end = concavity * weight;
    /** The largest |y| that goes to 0. */
    const zeroedUpTo = (step: number): number =>
      step < concavity ? step * weight : weight * Math.sqrt(step * concavity);

    const proxOf = (y: number, step: number): number => {
      const size = Math.abs(y);
      if (size <= zeroedUpTo(step)) return y - y;
      if (size >= end || step >= concavity) return y;
      const u = (size - step * weight) * (concavity / (concavity - step));
      return y < 0 ? -u : u;
    };
    /** ρ(y)/γ of an entry that does not go to 0: p′ at its prox. */
    const slopeOf = (y: number, step: number): number => {
      if (Math.abs(y) >= end || step >= concavity) return 0;
      const slope = (end - Math.abs(y)) / (concavity - step);
      return y < 0 ? -slope : slope;
    };

    return coordinatewise({
      convex: false,
      ...identity,
      kinks: (step) => [0, -zeroedUpTo(step), zeroedUpTo(step), -end, end],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) {
          const size = Math.min(Math.abs(u[i]!), end);
          sum += size * (weight - size / (2 * concavity));
        }
        return sum;
      },
      prox(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = proxOf(y[i]!, step);
      },
      residual(y, step, out) {
        const zeroed = zeroedUpTo(step);
        for (let i = 0; i < y.length; i++) out[i] = Math.abs(y[i]!) <= zeroed ? y[i]! : step * slopeOf(y[i]!, step);
      },
      dividedResidual(y, step, out) {
        const zeroed = zeroedUpTo(step);
        for (let i = 0; i < y.length; i++) out[i] = Math.abs(y[i]!) <= zeroed ? y[i]! / step : slopeOf(y[i]!, step);
      },
    });
  },
});
