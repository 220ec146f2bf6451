import { errorFeedback } from '../../../src/judging/judges/stateful/error-feedback.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

/** signSGD with error feedback; with one coordinate nothing is left out, and it is SGD. */
export const claim = statefulClaim({
  algorithm: 'error-feedback-sign-sgd',
  version: 3,
  equation: 'Karimireddy et al. 2019',
  statement: 'm = e + γ∇f̂(x), x ← x − C(m), e ← m − C(m) with C(m) = (‖m‖₁/n) sgn m and e⁰ = 0; for n = 1 it is SGD',
  rule: errorFeedback(({ x, stochasticGradient }) => stochasticGradient(x)),
  long: false,
});
