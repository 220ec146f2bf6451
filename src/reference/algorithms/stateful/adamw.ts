import { type AdamMemory, adamErrors, adamParameters, adamStep } from './adam.js';
import { decayedGradient, defineAlgorithm, withHyperparameters } from './stateful-algorithm.js';

/**
 * AdamW (Loshchilov and Hutter, 2019): Adam, whose weight decay λ shrinks x and is not in the gradient. (1 − γλ)x^{t−1} takes the place of
 * x^{t−1} in x^t = x^{t−1} − γ m̂/(√v̂ + ε), and g = ∇f̂(x^{t−1}).
 */
export const adamw = defineAlgorithm<AdamMemory>()({
  name: 'adamw',
  takes: 'gradients',
  parameters: adamParameters,
  references: {
    pytorch: { source: 'torch.optim.AdamW 2.6' },
    tensorflow: { source: 'keras.optimizers.AdamW 3', conventions: { epsilonScale: 'before the correction' } },
    optax: { source: 'optax.adamw' },
    heavyball: { source: 'heavyball.AdamW 3', conventions: { epsilon: 'as the least root' } },
  },
  update(input) {
    const { x, step, stochasticGradient, hyperparameters } = input;
    const kept = 1 - step * hyperparameters.weightDecay;
    return adamStep(
      input,
      x.map((v) => kept * v),
      stochasticGradient(x),
    );
  },
  errors: {
    ...adamErrors,
    'the weight decay is in the gradient': () => (input) =>
      adamStep(input, input.x, decayedGradient(input, input.hyperparameters.weightDecay)),
    'the weight decay is not multiplied by the step': withHyperparameters(({ weightDecay: decay }, { step }) => ({
      weightDecay: decay / step,
    })),
  },
});
