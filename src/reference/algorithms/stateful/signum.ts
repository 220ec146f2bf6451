import { form, momentum, weightDecay } from './hyperparameters.js';
import {
  defineAlgorithm,
  forgetting,
  isDecoupled,
  movedBy,
  withHyperparameters,
  withSign,
} from './stateful-algorithm.js';

/**
 * Signum, signSGD with momentum β (Bernstein et al., 2018), and weight decay λ:
 *
 *     m^t = βm^{t−1} + (1 − β)(∇f̂(x^{t−1}) + λx^{t−1}),   x^t = x^{t−1} − γ sgn m^t,   m⁰ = 0.
 *
 * Where the decay is decoupled it stands outside of the sign: x^t = (1 − γλ)x^{t−1} − γ sgn m^t with m of ∇f̂ alone. At β = 0 and λ = 0 it is
 * signSGD bit for bit.
 */
export const signum = defineAlgorithm<{ readonly mean: Float64Array }>()({
  name: 'signum',
  takes: 'gradients',
  parameters: { momentum, weightDecay, decoupled: form },
  signs: true,
  signOfMean: { direction: 'momentum', memory: 'momentum' },
  update(input) {
    const { x, stochasticGradient, step, memory, hyperparameters, conventions, sign } = input;
    const { momentum, weightDecay } = hyperparameters;
    const decoupled = isDecoupled(input);
    const gradient = stochasticGradient(x);
    const next = new Float64Array(x.length);
    const mean = new Float64Array(x.length);
    const before = memory?.mean;
    const kept = decoupled ? 1 - step * weightDecay : 1;
    for (let i = 0; i < x.length; i++) {
      const g = decoupled ? gradient[i]! : gradient[i]! + weightDecay * x[i]!;
      mean[i] = momentum * (before?.[i] ?? 0) + (1 - momentum) * g;
      next[i] = movedBy(kept, x[i]!, step * sign(mean[i]!), conventions);
    }
    return { x: next, memory: { mean } };
  },
  errors: {
    'every step is the first': forgetting,
    'sgn(0) is −1': withSign((value) => (value > 0 ? 1 : -1)),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
    'a decoupled decay stands inside of the sign': withHyperparameters(() => ({ decoupled: false })),
    'm ← (1 − β)m + βg': withHyperparameters((given) => ({ momentum: 1 - given.momentum })),
  },
});
