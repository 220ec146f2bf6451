import { decayRate, epsilon, form, squareDecayRate, weightDecay } from './hyperparameters.js';
import {
  adaptiveDivisor,
  averaged,
  countingFrom,
  decayedGradient,
  defineAlgorithm,
  losing,
  movedBy,
  type StatefulInput,
  type StatefulPoint,
  sharing,
  withHyperparameters,
} from './stateful-algorithm.js';

/** What Adam and AdamW remember. */
export type AdamMemory = {
  /** Iterations so far. */
  readonly count: number;
  /** Mean of the gradients, and that of their squares; neither is corrected for its start at 0. */
  readonly mean: Float64Array;
  readonly square: Float64Array;
  /** The largest mean of squares so far, entry by entry. */
  readonly largest: Float64Array;
};

/** The hyperparameters of Adam and AdamW. */
export const adamParameters = { beta1: decayRate, beta2: squareDecayRate, epsilon, amsgrad: form, weightDecay };

interface AdamHyperparameters {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;
  readonly weightDecay: number;
}

/** One step with the gradient g, where a decoupled decay keeps a share of x; the mean of the squares may be left uncorrected, which is wrong. */
export function adamStep(
  { x, step, memory, hyperparameters, conventions = {} }: StatefulInput<AdamHyperparameters, AdamMemory>,
  kept: number,
  g: Float64Array,
  isCorrected = true,
): StatefulPoint<AdamMemory> {
  const { beta1, beta2, epsilon, amsgrad } = hyperparameters;
  const count = (memory?.count ?? 0) + 1;
  const mean = averaged(beta1, memory?.mean, g);
  const square = averaged(
    beta2,
    memory?.square,
    g.map((v) => v * v),
  );
  const [correction1, correction2] = [1 - beta1 ** count, isCorrected ? 1 - beta2 ** count : 1];
  const { maximum, epsilonScale, epsilon: place } = conventions;
  const isLargestOfCorrected = maximum === 'after the correction';
  const largest = square.map((v, i) => Math.max(isLargestOfCorrected ? v / correction2 : v, memory?.largest[i] ?? 0));
  // ε beside a mean that is not corrected is larger beside the corrected one.
  const scale = place === 'inside the root' ? correction2 : Math.sqrt(correction2);
  const own = epsilonScale === 'before the correction' ? epsilon / scale : epsilon;
  const next = x.map((v, i) => {
    const slope = mean[i]! / correction1;
    const divisor = amsgrad ? largest[i]! : square[i]!;
    const corrected = amsgrad && isLargestOfCorrected ? divisor : divisor / correction2;
    return movedBy(kept, v, (step * slope) / adaptiveDivisor(corrected, own, conventions), conventions);
  });
  return { x: next, memory: { count, mean, square, largest } };
}

/** Wrong forms of Adam that are also those of AdamW. */
export const adamErrors = {
  'the biases are not corrected': countingFrom(1000),
  'iterations are counted from 1': countingFrom(1),
  'every iteration is the first in the correction': losing<AdamMemory>('count'),
  'the mean of the gradients is lost': losing<AdamMemory>('mean'),
  'the mean of the squares is lost': losing<AdamMemory>('square'),
  'all coordinates share a mean of squares': sharing('square'),
  'both means have one rate': withHyperparameters<AdamHyperparameters, AdamMemory>(({ beta1 }) => ({ beta2: beta1 })),
  'ε is squared': withHyperparameters<AdamHyperparameters, AdamMemory>(({ epsilon: e }) => ({ epsilon: e * e })),
  'AMSGrad is ignored': withHyperparameters<AdamHyperparameters, AdamMemory>(() => ({ amsgrad: false })),
  'AMSGrad forgets its maximum': losing<AdamMemory>('largest'),
  'the weight decay is ignored': withHyperparameters<AdamHyperparameters, AdamMemory>(() => ({ weightDecay: 0 })),
};

/** Younger ones. */
export const adamLaterErrors = {
  'the weight decay has the wrong sign': withHyperparameters<AdamHyperparameters, AdamMemory>(
    ({ weightDecay: decay }) => ({ weightDecay: -decay }),
  ),
};

/**
 * Adam (Kingma and Ba, 2015), with AMSGrad (Reddi et al., 2018) and a weight decay λ as PyTorch has them:
 *
 *     g = ∇f̂(x^{t−1}) + λx^{t−1},   m^t = β₁m^{t−1} + (1 − β₁)g,   v^t = β₂v^{t−1} + (1 − β₂)g²,   m⁰ = v⁰ = 0,
 *     x^t = x^{t−1} − γ m̂/(√v̂ + ε),   m̂ = m^t/(1 − β₁^t),   v̂ = v^t/(1 − β₂^t),
 *
 * entry by entry. With AMSGrad, the largest v^s of s ≤ t takes the place of v^t in v̂.
 */
export const adam = defineAlgorithm<AdamMemory>()({
  name: 'adam',
  takes: 'gradients',
  parameters: adamParameters,
  references: {
    paper: { source: 'Kingma and Ba 2015, Algorithm 1' },
    pytorch: { source: 'torch.optim.Adam 2.6' },
    tensorflow: { source: 'keras.optimizers.Adam 3', conventions: { epsilonScale: 'before the correction' } },
    optax: { source: 'optax.adam, optax.amsgrad', conventions: { maximum: 'after the correction' } },
  },
  update: (input) => adamStep(input, 1, decayedGradient(input, input.hyperparameters.weightDecay)),
  errors: {
    ...adamErrors,
    'the weight decay is decoupled': (update) => (input) => {
      const { step, x, hyperparameters } = input;
      const { weightDecay: decay } = hyperparameters;
      const next = update({ ...input, hyperparameters: { ...hyperparameters, weightDecay: 0 } });
      return { ...next, x: next.x.map((v, i) => v - step * decay * x[i]!) };
    },
  },
  laterErrors: {
    ...adamLaterErrors,
    'only the second mean is not corrected': () => (input) =>
      adamStep(input, 1, decayedGradient(input, input.hyperparameters.weightDecay), false),
  },
});
