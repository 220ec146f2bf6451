import { decayRate, epsilon, tried, weightDecay } from './hyperparameters.js';
import {
  averaged,
  decayedGradient,
  defineAlgorithm,
  forgetting,
  losing,
  sharing,
  withHyperparameters,
} from './stateful-algorithm.js';

type AdadeltaMemory = {
  /** Mean of the squares of the gradients, and that of the squares of the directions. */
  readonly square: Float64Array;
  readonly moved: Float64Array;
};

/**
 * Adadelta (Zeiler, 2012), with the step γ, which is 1 in the paper, and a weight decay λ:
 *
 *     g = ∇f̂(x^{t−1}) + λx^{t−1},   v^t = ρv^{t−1} + (1 − ρ)g²,   Δ^t = √((u^{t−1} + ε)/(v^t + ε)) g,
 *     u^t = ρu^{t−1} + (1 − ρ)(Δ^t)²,   x^t = x^{t−1} − γΔ^t,   v⁰ = u⁰ = 0.
 */
export const adadelta = defineAlgorithm<AdadeltaMemory>()({
  name: 'adadelta',
  takes: 'gradients',
  parameters: { rho: tried(decayRate, [0, 0.5, 0.9], [0.9, 0.95]), epsilon, weightDecay },
  update(input) {
    const { x, step, memory, hyperparameters } = input;
    const { rho, epsilon, weightDecay } = hyperparameters;
    const g = decayedGradient(input, weightDecay);
    const square = averaged(
      rho,
      memory?.square,
      g.map((v) => v * v),
    );
    const direction = g.map(
      (v, i) => (Math.sqrt((memory?.moved[i] ?? 0) + epsilon) / Math.sqrt(square[i]! + epsilon)) * v,
    );
    const moved = averaged(
      rho,
      memory?.moved,
      direction.map((v) => v * v),
    );
    return { x: x.map((v, i) => v - step * direction[i]!), memory: { square, moved } };
  },
  errors: {
    'nothing is remembered': forgetting,
    'the mean of the squares of the directions is lost': losing<AdadeltaMemory>('moved'),
    'the mean of the squares of the gradients is lost': losing<AdadeltaMemory>('square'),
    'all coordinates share a mean of squares': sharing('square'),
    'ε is squared': withHyperparameters(({ epsilon: e }) => ({ epsilon: e * e })),
    'the step is in what it remembers': (update) => (input) => {
      const { x, memory } = update(input);
      const { step, hyperparameters } = input;
      const { rho } = hyperparameters;
      const moved = memory.moved.map((v, i) => {
        const kept = rho * (input.memory?.moved[i] ?? 0);
        return kept + step * step * (v - kept);
      });
      return { x, memory: { ...memory, moved } };
    },
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
  },
});
