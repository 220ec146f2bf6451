import { statefulAlgorithm } from './stateful-algorithm.js';

/**
 * signSGD with error feedback (Karimireddy et al., 2019). What C(m) = (‖m‖₁/n) sgn m leaves out of m is added to the next message:
 *
 *     m = e^{t−1} + γ∇f̂(x^{t−1}),   x^t = x^{t−1} − C(m),   e^t = m − C(m),   e⁰ = 0.
 *
 * For n = 1, C(m) = m and it is SGD.
 */
export const errorFeedbackSignSgd = statefulAlgorithm({
  parameters: {},
  update({ x, gradient, step, memory, sign }) {
    const message = gradient.map((g, i) => (memory?.['error']?.[i] ?? 0) + step * g);
    const size = message.reduce((sum, m) => sum + Math.abs(m), 0) / x.length;
    const error = message.map((m) => m - size * sign(m));
    return { x: x.map((value, i) => value - size * sign(message[i]!)), memory: { error } };
  },
});
