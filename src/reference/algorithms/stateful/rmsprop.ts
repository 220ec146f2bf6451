import { decayRate, epsilon, form, momentumOrNone, tried, weightDecay } from './hyperparameters.js';
import {
  adaptiveDivisor,
  averaged,
  decayedGradient,
  defineAlgorithm,
  forgetting,
  losing,
  sharing,
  withHyperparameters,
  writtenFirst,
} from './stateful-algorithm.js';

type RmspropMemory = {
  /** Mean of the squares of the gradients, and that of the gradients. */
  readonly square: Float64Array;
  readonly mean: Float64Array;
  /** What the momentum keeps of earlier directions. */
  readonly momentum: Float64Array;
};

/**
 * RMSprop (Tieleman and Hinton, 2012), with the centred form of Graves (2013), as PyTorch has it:
 *
 *     g = ∇f̂(x^{t−1}) + λx^{t−1},   v^t = αv^{t−1} + (1 − α)g²,   a^t = αa^{t−1} + (1 − α)g,   v⁰ = a⁰ = b⁰ = 0,
 *     b^t = μb^{t−1} + g/(√v^t + ε),   x^t = x^{t−1} − γb^t,
 *
 * entry by entry; the centred form has v^t − (a^t)² in the root. Where α = 0 that is 0, whatever the gradient is.
 */
export const rmsprop = defineAlgorithm<RmspropMemory>()({
  name: 'rmsprop',
  takes: 'gradients',
  parameters: {
    alpha: tried(decayRate, [0.5, 0.9, 0.99], [0.99, 0.9]),
    epsilon,
    momentum: momentumOrNone,
    centered: form,
    weightDecay,
  },
  references: {
    pytorch: { source: 'torch.optim.RMSprop 2.6' },
    tensorflow: {
      source: 'keras.optimizers.RMSprop 3',
      conventions: { epsilon: 'inside the root', remembered: 'moves' },
    },
    tensorflow1: {
      source: 'tf.compat.v1.train.RMSPropOptimizer, timm.optim.RMSpropTF',
      conventions: { epsilon: 'inside the root', remembered: 'moves', initialSquare: '1' },
    },
    optax: { source: 'optax.rmsprop', conventions: { epsilon: 'inside the root', remembered: 'moves' } },
  },
  update(input) {
    const { x, step, memory, hyperparameters, conventions = {} } = input;
    const { remembered, initialSquare } = conventions;
    const { alpha, epsilon, momentum, centered, weightDecay } = hyperparameters;
    const g = decayedGradient(input, weightDecay);
    const mean = averaged(alpha, memory?.mean, g);
    const square = averaged(
      alpha,
      memory?.square ?? (initialSquare === '1' ? x.map(() => 1) : undefined),
      g.map((v) => v * v),
    );
    const [inBuffer, outside] = momentum !== 0 && remembered === 'moves' ? [step, 1] : [1, step];
    const buffer = g.map((v, i) => {
      const variance = centered ? Math.max(0, square[i]! - mean[i]! ** 2) : square[i]!;
      return momentum * (memory?.momentum[i] ?? 0) + (inBuffer * v) / adaptiveDivisor(variance, epsilon, conventions);
    });
    return { x: x.map((v, i) => v - outside * buffer[i]!), memory: { square, mean, momentum: buffer } };
  },
  errors: {
    'nothing is remembered': forgetting,
    'the buffer of the momentum is lost': losing<RmspropMemory>('momentum'),
    'the mean of the squares is lost': losing<RmspropMemory>('square'),
    'all coordinates share a mean of squares': sharing('square'),
    'the centred form is ignored': withHyperparameters(() => ({ centered: false })),
    'the mean of the gradients is lost': losing<RmspropMemory>('mean'),
    'the memory is written before it is read': writtenFirst,
    'ε is squared': withHyperparameters(({ epsilon: e }) => ({ epsilon: e * e })),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
  },
});
