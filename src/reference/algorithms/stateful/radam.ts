import { decayRate, epsilon, form, tried, weightDecay } from './hyperparameters.js';
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

type RadamMemory = {
  /** Iterations so far. */
  readonly count: number;
  readonly mean: Float64Array;
  readonly square: Float64Array;
};

/**
 * RAdam (Liu et al., 2020), as PyTorch has it, with a weight decay λ. With the means m and v and m̂ = m^t/(1 − β₁^t) of Adam, with
 * ρ_∞ = 2/(1 − β₂) − 1 and ρ = ρ_∞ − 2tβ₂^t/(1 − β₂^t),
 *
 *     x^t = x^{t−1} − γ m̂ · r √(1 − β₂^t)/(√v^t + ε) where ρ > 5,   and   x^t = x^{t−1} − γ m̂ where it is not,
 *     r² = (ρ − 4)(ρ − 2)ρ_∞/((ρ_∞ − 4)(ρ_∞ − 2)ρ).
 *
 * A decoupled decay has (1 − γλ)x^{t−1} for x^{t−1} there; another one is in g = ∇f̂(x^{t−1}) + λx^{t−1}.
 */
export const radam = defineAlgorithm<RadamMemory>()({
  name: 'radam',
  takes: 'gradients',
  parameters: {
    beta1: decayRate,
    beta2: tried(decayRate, [0, 0.9, 0.99], [0.999, 0.99, 0.9]),
    epsilon,
    weightDecay,
    decoupled: form,
  },
  references: {
    paper: { source: 'Liu et al. 2020, Algorithm 2', conventions: { rectified: 'ρ > 4' } },
    pytorch: { source: 'torch.optim.RAdam 2.6' },
    optimi: { source: 'optimi.RAdam 0.3', conventions: { rectifiedEpsilon: 'after the correction' } },
  },
  update(input) {
    const { x, step, memory, hyperparameters, conventions = {} } = input;
    const { beta1, beta2, epsilon, weightDecay } = hyperparameters;
    const { rectified: from, unrectified, rectifiedEpsilon } = conventions;
    const decoupled = isDecoupled(input);
    const g = decayedGradient(input, decoupled ? 0 : weightDecay);
    const kept = decoupled ? 1 - step * weightDecay : 1;
    const count = (memory?.count ?? 0) + 1;
    const mean = averaged(beta1, memory?.mean, g);
    const square = averaged(
      beta2,
      memory?.square,
      g.map((v) => v * v),
    );
    const correction = 1 - beta2 ** count;
    const most = 2 / (1 - beta2) - 1;
    const length = most - (2 * count * beta2 ** count) / correction;
    const isLong = length > (from === 'ρ > 4' ? 4 : 5);
    const rectified = Math.sqrt(((length - 4) * (length - 2) * most * correction) / ((most - 4) * (most - 2) * length));
    if (!isLong && unrectified === 'no step') return { x, memory: { count, mean, square } };
    // r√(1 − β₂^t)/(√v + ε), or r/(√v̂ + ε).
    const scale = rectifiedEpsilon === 'after the correction' ? correction : 1;
    const moved = x.map((v, i) => {
      const divisor = adaptiveDivisor(square[i]! / scale, epsilon, conventions);
      const factor = isLong ? rectified / Math.sqrt(scale) / divisor : 1;
      return movedBy(kept, v, (step * mean[i]! * factor) / (1 - beta1 ** count), conventions);
    });
    return { x: moved, memory: { count, mean, square } };
  },
  errors: {
    'no bias is corrected, and every step is rectified': countingFrom(1000),
    'iterations are counted from 1': countingFrom(1),
    'no step is rectified': losing<RadamMemory>('count'),
    'the mean of the gradients is lost': losing<RadamMemory>('mean'),
    'the mean of the squares is lost': losing<RadamMemory>('square'),
    'all coordinates share a mean of squares': sharing('square'),
    'a decoupled decay is added to the gradient': withHyperparameters(() => ({ decoupled: false })),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
  },
});
