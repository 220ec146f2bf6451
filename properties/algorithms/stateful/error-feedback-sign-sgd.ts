import { unitRoundoff } from '../../../src/claims/implementation/dtype.js';
import { worstOf } from '../../../src/judging/judges/judgement.js';
import { batchGradient, judgeNext } from '../../../src/judging/judges/next-iterate.js';
import { errorFeedback, judgeErrorBound } from '../../../src/judging/judges/stateful/error-feedback.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

/** signSGD with error feedback; with one coordinate nothing is left out, and it is SGD. */
export const claim = statefulClaim({
  algorithm: 'error-feedback-sign-sgd',
  version: 2,
  equation: 'Karimireddy et al. 2019',
  statement:
    'm = e + γ∇f̂(x), x ← x − C(m), e ← m − C(m) with C(m) = (‖m‖₁/n) sgn m and e⁰ = 0; for n = 1 it is SGD; ‖e_t‖ ≤ γΣ_s ρ^{t−s}‖∇f̂_s‖, ρ² = 1 − 1/n',
  rule: errorFeedback(({ x, stochasticGradient }) => stochasticGradient(x)),
  long: false,
  invariants: [
    {
      name: 'the error stays in its bound',
      judge(input, iterates, { description }) {
        const u = unitRoundoff(description.dtype);
        const directionAt = (x: Float64Array, indices: readonly number[]) =>
          batchGradient({ ...input, algorithm: 'sgd', x, indices }, u);
        return judgeErrorBound(input, iterates, directionAt, description.dtype);
      },
    },
    {
      name: 'with one coordinate it is SGD',
      // Two steps: some d make longer runs of SGD grow without end.
      change: (input) => ({ ...input, batches: input.batches.slice(0, 2) }),
      judge: ({ problem, step, x, batches }, iterates, implementation) =>
        worstOf([
          { ratio: 0 },
          ...(x.length > 1 ? [] : iterates).map((next, t) => {
            const request = { problem, step, x: iterates[t - 1] ?? x, indices: batches[t]! };
            return judgeNext(implementation, { algorithm: 'sgd', ...request }, next);
          }),
        ]),
    },
  ],
});
