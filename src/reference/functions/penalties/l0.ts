import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { softThreshold } from '../numerics/thresholds.js';
import { weight } from '../parameters/number.js';

/** A non-convex function whose prox is a set where minimisers tie. */
export interface SetValuedProx extends ProximableFunction {
  /** For every coordinate all u_i of minimisers of ½‖u − y‖² + γr(u), in increasing order: one number, or two at a tie. */
  minimizers(y: Float64Array, step: number): readonly (readonly number[])[];
}

/**
 * r(u) = w·#{i : u_i ≠ 0}, not convex: judges of implementations accept it, problems do not. prox_{γr}(y)_i = y_i for y_i² > 2γw, 0
 * for less (hard thresholding); at the tie y_i² = 2γw both minimise and `prox` chooses 0. ρ(y)_i = y_i − that.
 *
 * @example
 * assert.deepEqual([...l0({ weight: 1 }).prox(Float64Array.of(3, 1), 1)], [3, 0]);
 */
export const l0 = defineFunction({
  type: 'l0',
  formula: 'weight * (the number of u_i other than 0)',
  parameters: { weight },
  traits: { convex: 'no', separable: 'yes', smooth: 'no', conjugate: 'no' },
  examples: [{ weight: 0.75 }, { weight: 2 }, { weight: 0 }],
  mutants: {
    'threshold-without-root': {
      description: 'the threshold is 2γw instead of √(2γw)',
      prox: ({ weight }, step, y) => y.map((v) => (Math.abs(v) > 2 * step * weight ? v : 0)),
    },
    'threshold-of-soft': {
      description: 'the threshold is γw, that of ℓ1',
      prox: ({ weight }, step, y) => y.map((v) => (Math.abs(v) > step * weight ? v : 0)),
    },
    'shrinks-too': {
      description: 'soft instead of hard thresholding',
      prox: ({ weight }, step, y) => y.map((v) => softThreshold(v, Math.sqrt(2 * step * weight))),
    },
  },
  create({ weight }, identity): SetValuedProx {
    const kept = (y: number, step: number): boolean => y * y > 2 * step * weight;
    const self: SetValuedProx = checkedFunction({
      convex: false,
      ...identity,
      kinks: (step) => [0, -Math.sqrt(2 * step * weight), Math.sqrt(2 * step * weight)],
      value(u) {
        let count = 0;
        for (let i = 0; i < u.length; i++) if (u[i] !== 0) count++;
        return weight * count;
      },
      prox(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = kept(y[i]!, step) ? y[i]! : y[i]! - y[i]!;
      },
      residual(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = kept(y[i]!, step) ? 0 : y[i]!;
      },
      dividedResidual(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = kept(y[i]!, step) ? 0 : y[i]! / step;
      },
      minimizers(y, step) {
        const chosen = self.prox(y, step);
        return Array.from(chosen, (u, i) => {
          const tie = y[i] !== 0 && y[i]! * y[i]! === 2 * step * weight;
          return tie ? [0, y[i]!].sort((a, b) => a - b) : [u];
        });
      },
      coordinate: () => self,
    });
    return self;
  },
});
