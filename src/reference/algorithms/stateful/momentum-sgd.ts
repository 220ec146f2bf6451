import { optional } from '../../functions/parameters/index.js';
import { form, fraction, momentumOrNone, weightDecay } from './hyperparameters.js';
import { defineAlgorithm, forgetting, isDecoupled, movedBy, withHyperparameters } from './stateful-algorithm.js';

/**
 * SGD with momentum μ, dampening τ and weight decay λ, as PyTorch has it:
 *
 *     g = ∇f̂(x^{t−1}) + λx^{t−1},   b^t = μb^{t−1} + (1 − τ)g with b¹ = g,   x^t = x^{t−1} − γb^t,
 *
 * and x^t = x^{t−1} − γ(g + μb^t) with Nesterov's look-ahead, which needs μ > 0 and τ = 0. Where the decay is decoupled, g is ∇f̂(x^{t−1}) and
 * x^{t−1} is (1 − γλ)x^{t−1} in the last formula. At μ = 0 nothing is remembered, whatever τ is: it is SGD.
 */
export const momentumSgd = defineAlgorithm<{ readonly momentum: Float64Array }>()({
  name: 'momentum-sgd',
  takes: 'gradients',
  parameters: {
    momentum: momentumOrNone,
    dampening: optional(fraction, 0),
    nesterov: form,
    weightDecay,
    decoupled: form,
  },
  references: {
    pytorch: { source: 'torch.optim.SGD 2.6' },
    tensorflow: { source: 'keras.optimizers.SGD 3', conventions: { remembered: 'moves' } },
  },
  check({ momentum, dampening, nesterov }, fail) {
    if (!nesterov) return;
    if (momentum === 0) throw fail('momentum', 'positive where nesterov is true');
    if (dampening !== 0) throw fail('dampening', '0 where nesterov is true');
  },
  update(input) {
    const { x, stochasticGradient, step, memory, hyperparameters, conventions = {} } = input;
    const { momentum, dampening, nesterov, weightDecay } = hyperparameters;
    const { buffer: kind, dampened, first, remembered } = conventions;
    const decoupled = isDecoupled(input);
    const isMean = kind === 'mean';
    const withoutMomentum = dampened === 'always' && !isMean ? 1 - dampening : 1;
    const weight = momentum === 0 ? withoutMomentum : 1 - (isMean ? momentum : dampening);
    const [inBuffer, outside] = momentum !== 0 && remembered === 'moves' ? [step, 1] : [1, step];
    const gradient = stochasticGradient(x);
    const next = new Float64Array(x.length);
    const buffer = new Float64Array(x.length);
    const before = memory?.momentum;
    const kept = decoupled ? 1 - step * weightDecay : 1;
    for (let i = 0; i < x.length; i++) {
      const g = inBuffer * (decoupled ? gradient[i]! : gradient[i]! + weightDecay * x[i]!);
      const isWhole = before === undefined ? first !== 'weighted' : momentum === 0 && weight === 1;
      buffer[i] = isWhole ? g : momentum * (before?.[i] ?? 0) + weight * g;
      const direction = nesterov ? g + momentum * buffer[i]! : buffer[i]!;
      next[i] = movedBy(kept, x[i]!, outside * direction, conventions);
    }
    return { x: next, memory: { momentum: buffer } };
  },
  errors: {
    'the buffer is 0 before every step': forgetting,
    'the buffer of the first coordinate is that of all': (update) => (input) => {
      const { x, memory } = update(input);
      return { x, memory: { momentum: memory.momentum.map(() => memory.momentum[0]!) } };
    },
    'a decoupled decay is added to the gradient': withHyperparameters(() => ({ decoupled: false })),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
    'the weight decay has the wrong sign': withHyperparameters((given) => ({ weightDecay: -given.weightDecay })),
    'Nesterov does not look ahead': withHyperparameters(() => ({ nesterov: false })),
  },
});
