import { optional, weight } from '../../functions/parameters/index.js';
import { epsilon, tried, weightDecay } from './hyperparameters.js';
import {
  adaptiveDivisor,
  decayedGradient,
  defineAlgorithm,
  losing,
  sharing,
  withHyperparameters,
} from './stateful-algorithm.js';

type AdagradMemory = {
  /** Iterations so far. */
  readonly count: number;
  /** Sum of the squares of the gradients, and what it began with. */
  readonly sum: Float64Array;
};

/**
 * Adagrad (Duchi, Hazan and Singer, 2011), as PyTorch has it, with a decay η of the step and a first sum s⁰ ≥ 0:
 *
 *     g = ∇f̂(x^{t−1}) + λx^{t−1},   s^t = s^{t−1} + g²,   x^t = x^{t−1} − γ/(1 + (t − 1)η) · g/(√s^t + ε).
 */
export const adagrad = defineAlgorithm<AdagradMemory>()({
  name: 'adagrad',
  takes: 'gradients',
  parameters: {
    epsilon,
    stepDecay: tried(optional(weight, 0), [0, 0.125, 2]),
    initialSum: tried(optional(weight, 0), [0, 0.1, 8]),
    weightDecay,
  },
  references: {
    paper: { source: 'Duchi, Hazan and Singer 2011' },
    pytorch: { source: 'torch.optim.Adagrad 2.6' },
    tensorflow: { source: 'keras.optimizers.Adagrad 3', conventions: { epsilon: 'inside the root' } },
  },
  update(input) {
    const { x, step, memory, hyperparameters, conventions } = input;
    const { epsilon, stepDecay, initialSum, weightDecay } = hyperparameters;
    const g = decayedGradient(input, weightDecay);
    const count = (memory?.count ?? 0) + 1;
    const sum = g.map((v, i) => (memory?.sum[i] ?? initialSum) + v * v);
    const own = step / (1 + (count - 1) * stepDecay);
    const divisors = sum.map((v) => adaptiveDivisor(v, epsilon, conventions));
    return { x: x.map((v, i) => v - (own * g[i]!) / divisors[i]!), memory: { count, sum } };
  },
  errors: {
    'the sum of the squares is lost': losing<AdagradMemory>('sum'),
    'all coordinates share a sum of squares': sharing('sum'),
    'the sum begins with 0': withHyperparameters(() => ({ initialSum: 0 })),
    'the decay of the step counts from 1': (update) => (input) => {
      const { step, memory, hyperparameters } = input;
      const count = memory?.count ?? 0;
      const { stepDecay: decay } = hyperparameters;
      return update({ ...input, step: (step * (1 + count * decay)) / (1 + (count + 1) * decay) });
    },
    'the step does not decay': withHyperparameters(() => ({ stepDecay: 0 })),
    'ε is squared': withHyperparameters(({ epsilon: e }) => ({ epsilon: e * e })),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
    'the first gradient is not in the sum': (update) => (input) => {
      const { x, memory } = update(input);
      return {
        x,
        memory: input.memory ? memory : { ...memory, sum: memory.sum.map(() => input.hyperparameters.initialSum) },
      };
    },
  },
});
