import { weight } from '../../functions/parameters/index.js';
import { tried, weightDecay } from './hyperparameters.js';
import { countingFrom, decayedGradient, defineAlgorithm, losing, withHyperparameters } from './stateful-algorithm.js';

/**
 * The iterates of averaged SGD (Polyak and Juditsky, 1992), as PyTorch's ASGD has them, with the decay λ and the power α of the step:
 *
 *     η^t = γ/(1 + λγ(t − 1))^α,   x^t = (1 − λη^t)x^{t−1} − η^t(∇f̂(x^{t−1}) + μx^{t−1}),   μ the weight decay.
 *
 * The average of the iterates is no part of x^t.
 */
export const asgd = defineAlgorithm<{ readonly count: number }>()({
  name: 'asgd',
  takes: 'gradients',
  parameters: {
    lambda: tried(weight, [0, 1e-4, 0.5], [1e-4]),
    alpha: tried(weight, [0, 0.75, 1], [0.75]),
    weightDecay,
  },
  // PyTorch computes the next step length at the end of an iteration.
  keepsFirstStep: true,
  update(input) {
    const { x, step, memory, hyperparameters } = input;
    const { lambda, alpha, weightDecay } = hyperparameters;
    const count = memory?.count ?? 0;
    const g = decayedGradient(input, weightDecay);
    const own = step / (1 + lambda * step * count) ** alpha;
    return { x: x.map((v, i) => (1 - lambda * own) * v - own * g[i]!), memory: { count: count + 1 } };
  },
  errors: {
    'iterations are counted from 1': countingFrom(1),
    'the step does not decay': losing<{ readonly count: number }>('count'),
    'λ is ignored': withHyperparameters(() => ({ lambda: 0 })),
    'λ decays x alone': withHyperparameters(() => ({ alpha: 0 })),
    'the power of the step is 1': withHyperparameters(() => ({ alpha: 1 })),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
    'the weight decay has the wrong sign': (update) => (input) => {
      const { hyperparameters, step, x } = input;
      const { weightDecay: decay } = hyperparameters;
      const without = update({ ...input, hyperparameters: { ...hyperparameters, weightDecay: 0 } });
      return { ...without, x: without.x.map((v, i) => v + step * decay * x[i]!) };
    },
  },
});
