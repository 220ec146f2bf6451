import { sendScaledSign } from '../error-feedback.js';
import { signRule } from '../sign.js';
import { statefulAlgorithm } from './stateful-algorithm.js';

/**
 * signSGD with error feedback (Karimireddy et al., 2019). What C(m) = (‖m‖₁/n) sgn m leaves out of m is added to the next message:
 *
 *     m = e^{t−1} + γ∇f̂(x^{t−1}),   x^t = x^{t−1} − C(m),   e^t = m − C(m),   e⁰ = 0.
 *
 * For n = 1, C(m) = m and it is SGD.
 */
export const errorFeedbackSignSgd = statefulAlgorithm<{ readonly error: Float64Array }>()({
  parameters: {},
  update({ x, stochasticGradient, step, memory, options }) {
    const next = new Float64Array(x.length);
    const error = stochasticGradient(x).map((g, i) => (memory?.error[i] ?? 0) + step * g);
    sendScaledSign(x, error, signRule(options), next);
    return { x: next, memory: { error } };
  },
});
