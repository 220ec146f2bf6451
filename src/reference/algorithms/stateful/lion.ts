import { decayRate, tried, weightDecay } from './hyperparameters.js';
import { defineAlgorithm, movedBy, withHyperparameters, withSign, writtenFirst } from './stateful-algorithm.js';

/**
 * Lion (Chen et al., 2023), whose weight decay λ stands outside of the sign:
 *
 *     x^t = (1 − γλ)x^{t−1} − γ sgn(β₁m^{t−1} + (1 − β₁)g),   m^t = β₂m^{t−1} + (1 − β₂)g,   g = ∇f̂(x^{t−1}), m⁰ = 0.
 *
 * Since a step adds at most γ, ‖x^t‖_∞ − 1/λ ≤ (1 − γλ)^t(‖x⁰‖_∞ − 1/λ) for γλ ≤ 1.
 */
export const lion = defineAlgorithm<{ readonly mean: Float64Array }>()({
  name: 'lion',
  takes: 'gradients',
  parameters: { beta1: decayRate, beta2: tried(decayRate, [0, 0.5, 0.99]), weightDecay },
  signs: true,
  signOfMean: { direction: 'beta1', memory: 'beta2' },
  references: { paper: { source: 'Chen et al. 2023, Algorithm 2' } },
  update({ x, stochasticGradient, step, memory, hyperparameters, conventions, sign }) {
    const { beta1, beta2, weightDecay } = hyperparameters;
    const gradient = stochasticGradient(x);
    const next = new Float64Array(x.length);
    const mean = new Float64Array(x.length);
    const before = memory?.mean;
    for (let i = 0; i < x.length; i++) {
      const [m, g] = [before?.[i] ?? 0, gradient[i]!];
      const move = step * sign(beta1 * m + (1 - beta1) * g);
      next[i] = movedBy(1 - step * weightDecay, x[i]!, move, conventions);
      mean[i] = beta2 * m + (1 - beta2) * g;
    }
    return { x: next, memory: { mean } };
  },
  errors: {
    'the sign and the memory share one rate': withHyperparameters(({ beta1 }) => ({ beta2: beta1 })),
    'the two rates are swapped': withHyperparameters(({ beta1, beta2 }) => ({ beta1: beta2, beta2: beta1 })),
    'sgn(0) is 1': withSign((value) => (value >= 0 ? 1 : -1)),
    'the memory is written before the sign is taken of it': writtenFirst,
    'the weight decay is not multiplied by the step': withHyperparameters(({ weightDecay: decay }, { step }) => ({
      weightDecay: decay / step,
    })),
  },
});
