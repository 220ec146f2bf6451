import { decayRate, epsilon, squareDecayRate, weightDecay } from './hyperparameters.js';
import {
  averaged,
  countingFrom,
  decayedGradient,
  defineAlgorithm,
  losing,
  sharing,
  withHyperparameters,
} from './stateful-algorithm.js';

type AdamaxMemory = {
  /** Iterations so far. */
  readonly count: number;
  /** Mean of the gradients, and the largest of them, each multiplied by β₂ in every later iteration. */
  readonly mean: Float64Array;
  readonly largest: Float64Array;
};

/**
 * Adamax (Kingma and Ba, 2015), with a weight decay λ and the ε of PyTorch, which the paper does not have:
 *
 *     g = ∇f̂(x^{t−1}) + λx^{t−1},   m^t = β₁m^{t−1} + (1 − β₁)g,   u^t = max(β₂u^{t−1}, |g| + ε),   m⁰ = u⁰ = 0,
 *     x^t = x^{t−1} − γ/(1 − β₁^t) · m^t/u^t.
 */
export const adamax = defineAlgorithm<AdamaxMemory>()({
  name: 'adamax',
  takes: 'gradients',
  parameters: { beta1: decayRate, beta2: squareDecayRate, epsilon, weightDecay },
  references: {
    paper: { source: 'Kingma and Ba 2015, Algorithm 2', conventions: { epsilonOfMaximum: 'nowhere' } },
    pytorch: { source: 'torch.optim.Adamax 2.6' },
    tensorflow: { source: 'keras.optimizers.Adamax 3', conventions: { epsilonOfMaximum: 'to the maximum' } },
  },
  update(input) {
    const { x, step, memory, hyperparameters, conventions: { epsilonOfMaximum: place } = {} } = input;
    const { beta1, beta2, epsilon, weightDecay } = hyperparameters;
    const [ofGradient, ofMaximum] = [place === undefined || place === 'to the gradient', place === 'to the maximum'];
    const g = decayedGradient(input, weightDecay);
    const count = (memory?.count ?? 0) + 1;
    const mean = averaged(beta1, memory?.mean, g);
    const largest = g.map((v, i) =>
      Math.max(beta2 * (memory?.largest[i] ?? 0), Math.abs(v) + (ofGradient ? epsilon : 0)),
    );
    const own = step / (1 - beta1 ** count);
    return {
      x: x.map((v, i) => v - (own * mean[i]!) / (largest[i]! + (ofMaximum ? epsilon : 0))),
      memory: { count, mean, largest },
    };
  },
  errors: {
    'the bias is not corrected': countingFrom(1000),
    'iterations are counted from 1': countingFrom(1),
    'every iteration is the first in the correction': losing<AdamaxMemory>('count'),
    'the mean of the gradients is lost': losing<AdamaxMemory>('mean'),
    'the largest gradient is forgotten': losing<AdamaxMemory>('largest'),
    'the largest gradient never fades': (update) => (input) => {
      const { memory } = input;
      const { beta2 } = input.hyperparameters;
      if (memory === undefined || beta2 === 0) return update(input);
      return update({ ...input, memory: { ...memory, largest: memory.largest.map((v) => v / beta2) } });
    },
    'all coordinates share the largest gradient': sharing('largest'),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
  },
});
