import { worstOf } from '../../../src/claims/judges/judgement.js';
import { batchGradient, judgeNext } from '../../../src/claims/judges/next-iterate.js';
import { unitRoundoff } from '../../../src/claims/judges/precision.js';
import { judgeErrorBound } from '../../../src/claims/judges/stateful/error-bound.js';
import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulInvariant, statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** signSGD with error feedback; with one coordinate nothing is left out, and it is SGD. */
export const claim = propertyClaim({
  id: 'error-feedback-sign-sgd',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Karimireddy et al. 2019' },
  statement:
    'm = e + γ∇f̂(x), x ← x − C(m), e ← m − C(m) with C(m) = (‖m‖₁/n) sgn m and e⁰ = 0; for n = 1 it is SGD; ‖e_t‖ ≤ γΣ_s ρ^{t−s}‖∇f̂_s‖, ρ² = 1 − 1/n',
  method:
    'every iterate of 12 to 16 against the rule in rationals, from the own iterates before, either sign where it is rounding; two runs by turns',
  requires: { algorithms: ['error-feedback-sign-sgd'] },
  success: 'holds',
  effort: 0.3,
  parts: async (implementation) => [
    ...(await statefulParts(implementation, 'error-feedback-sign-sgd', { mustReach: [] })),
    ...statefulInvariant(implementation, 'error-feedback-sign-sgd', {
      name: 'the error stays in its bound',
      change: (input) => input,
      judge: (input, iterates) =>
        judgeErrorBound(
          input,
          iterates,
          (x, indices) =>
            batchGradient({ ...input, algorithm: 'sgd', x, indices }, unitRoundoff(implementation.description.dtype)),
          unitRoundoff(implementation.description.dtype),
        ),
    }),
    ...statefulInvariant(implementation, 'error-feedback-sign-sgd', {
      name: 'with one coordinate it is SGD',
      // Two steps: some d make longer runs of SGD grow without end.
      change: (input) => ({ ...input, batches: input.batches.slice(0, 2) }),
      judge: ({ problem, step, x, batches }, iterates) =>
        worstOf([
          { ratio: 0 },
          ...(x.length > 1 ? [] : iterates).map((next, t) => {
            const request = { problem, step, x: iterates[t - 1] ?? x, indices: batches[t]! };
            return judgeNext(implementation, { algorithm: 'sgd', ...request }, next);
          }),
        ]),
    }),
  ],
});
