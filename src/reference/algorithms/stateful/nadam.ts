import { weight } from '../../functions/parameters/index.js';
import { decayRate, epsilon, form, squareDecayRate, tried, weightDecay } from './hyperparameters.js';
import {
  adaptiveDivisor,
  averaged,
  countingFrom,
  decayedGradient,
  defineAlgorithm,
  isDecoupled,
  losing,
  movedBy,
  sharing,
  withHyperparameters,
} from './stateful-algorithm.js';

type NadamMemory = {
  /** Iterations so far. */
  readonly count: number;
  /** The product of their momenta μ. */
  readonly product: number;
  readonly mean: Float64Array;
  readonly square: Float64Array;
};

/**
 * NAdam (Dozat, 2016), as PyTorch has it: Adam with Nesterov's momentum μ^t = β₁(1 − ½·0.96^{tψ}), and a weight decay λ. With the means m and v
 * and v̂ = v^t/(1 − β₂^t) of Adam and with π^t = μ¹⋯μ^t,
 *
 *     x^t = x^{t−1} − γ[(1 − μ^t)/(1 − π^t) g + μ^{t+1}/(1 − π^{t+1}) m^t]/(√v̂ + ε).
 *
 * A decoupled decay has (1 − γλ)x^{t−1} for x^{t−1} there; another one is in g = ∇f̂(x^{t−1}) + λx^{t−1}.
 */
export const nadam = defineAlgorithm<NadamMemory>()({
  name: 'nadam',
  takes: 'gradients',
  parameters: {
    beta1: decayRate,
    beta2: squareDecayRate,
    epsilon,
    // PyTorch; Keras; and optax, whose momentum is always β₁: 0.96 to this power is 0.
    momentumDecay: tried(weight, [0, 0.004, 1], [0.004, 1, 2 ** 20]),
    weightDecay,
    decoupled: form,
  },
  references: {
    pytorch: { source: 'torch.optim.NAdam 2.6' },
    heavyball: { source: 'heavyball.NAdam 3', conventions: { epsilon: 'as the least root' } },
  },
  update(input) {
    const { x, step, memory, hyperparameters, conventions = {} } = input;
    const { beta1, beta2, epsilon, momentumDecay, weightDecay } = hyperparameters;
    const decoupled = isDecoupled(input);
    const g = decayedGradient(input, decoupled ? 0 : weightDecay);
    const kept = decoupled ? 1 - step * weightDecay : 1;
    const count = (memory?.count ?? 0) + 1;
    const momentumAt = (t: number): number => beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));
    const [now, next] = [momentumAt(count), momentumAt(count + 1)];
    const product = (memory?.product ?? 1) * now;
    const mean = averaged(beta1, memory?.mean, g);
    const square = averaged(
      beta2,
      memory?.square,
      g.map((v) => v * v),
    );
    const [ofGradient, ofMean] = [(1 - now) / (1 - product), next / (1 - product * next)];
    const moved = x.map((v, i) => {
      const divisor = adaptiveDivisor(square[i]! / (1 - beta2 ** count), epsilon, conventions);
      return movedBy(kept, v, (step * (ofGradient * g[i]! + ofMean * mean[i]!)) / divisor, conventions);
    });
    return { x: moved, memory: { count, product, mean, square } };
  },
  errors: {
    'the square is not corrected, nor is the decay of the momentum counted': countingFrom(1000),
    'every iteration is the first in the correction': losing<NadamMemory>('count'),
    'the product of the momenta is lost': losing<NadamMemory>('product'),
    'the mean of the gradients is lost': losing<NadamMemory>('mean'),
    'the mean of the squares is lost': losing<NadamMemory>('square'),
    'all coordinates share a mean of squares': sharing('square'),
    'the momentum does not decay': withHyperparameters(() => ({ momentumDecay: 0 })),
    'a decoupled decay is added to the gradient': withHyperparameters(() => ({ decoupled: false })),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
  },
});
