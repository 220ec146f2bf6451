import { sendScaledSign } from '../scaled-sign.js';
import { signRule } from '../sign.js';
import { defineAlgorithm, forgetting } from './stateful-algorithm.js';

/**
 * signSGD with error feedback (Karimireddy et al., 2019). What C(m) = (‖m‖₁/n) sgn m leaves out of m is added to the next message:
 *
 *     m = e^{t−1} + γ∇f̂(x^{t−1}),   x^t = x^{t−1} − C(m),   e^t = m − C(m),   e⁰ = 0.
 *
 * For n = 1, C(m) = m and it is SGD.
 */
export const errorFeedbackSignSgd = defineAlgorithm<{ readonly error: Float64Array }>()({
  name: 'error-feedback-sign-sgd',
  takes: 'gradients',
  parameters: {},
  signs: true,
  update({ x, stochasticGradient, step, memory, options }) {
    const next = new Float64Array(x.length);
    const error = stochasticGradient(x).map((g, i) => (memory?.error[i] ?? 0) + step * g);
    sendScaledSign(x, error, signRule(options), next);
    return { x: next, memory: { error } };
  },
  errors: {
    'the error is never read': forgetting,
    'what was sent stays in the error': (update) => (input) => {
      const { x, memory } = update(input);
      return { x, memory: { error: memory.error.map((e, i) => e + input.x[i]! - x[i]!) } };
    },
    'the error is what is left out of the gradient alone': (update) => (input) => ({
      x: update(input).x,
      memory: forgetting(update)(input).memory,
    }),
    '‖m‖₁ in place of ‖m‖₁/n': (update) => (input) => {
      const { x, memory } = update(input);
      const sent = x.map((value, i) => input.x[i]! - value);
      return {
        x: input.x.map((value, i) => value - x.length * sent[i]!),
        memory: { error: memory.error.map((e, i) => e + (1 - x.length) * sent[i]!) },
      };
    },
  },
});
