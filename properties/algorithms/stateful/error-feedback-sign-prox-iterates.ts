import { differenceTolerance, sharesOf } from '../../../src/claims/judges/declared-accuracy.js';
import { oracleOf } from '../../../src/claims/judges/oracle.js';
import { unitRoundoff } from '../../../src/claims/judges/precision.js';
import { judgeErrorBound } from '../../../src/claims/judges/stateful/error-bound.js';
import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulInvariant, statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** signProx with error feedback, as others implement it. */
export const claim = propertyClaim({
  id: 'error-feedback-sign-prox-iterates',
  version: 2,
  source: { section: 'beyond the paper', equation: 'signProx with error feedback' },
  statement:
    'm = e + γĜ(x), x ← x − C(m), e ← m − C(m) with C(m) = (‖m‖₁/n) sgn m and e⁰ = 0; ‖e_t‖ ≤ γΣ_s ρ^{t−s}‖Ĝ_s‖, ρ² = 1 − 1/n',
  method:
    'every iterate of 12 to 16 against the rule in rationals, from the own iterates before, either sign where it is rounding; two runs by turns',
  requires: { algorithms: ['error-feedback-sign-prox'] },
  success: 'holds',
  effort: 0.3,
  parts: async (implementation) => [
    ...(await statefulParts(implementation, 'error-feedback-sign-prox', { mustReach: [] })),
    ...statefulInvariant(implementation, 'error-feedback-sign-prox', {
      name: 'the error stays in its bound',
      change: (input) => input,
      judge(input, iterates) {
        const { problem, step } = input;
        const oracle = oracleOf(problem);
        const directionAt = (x: Float64Array, indices: readonly number[]) => {
          const mean = oracle.miniBatch(indices, step, x);
          const shares = sharesOf(indices, problem.functions.length);
          return {
            direction: x.map((value, i) => (value - mean[i]!) / step),
            error: differenceTolerance(implementation, problem, step, x, shares).error / step,
          };
        };
        return judgeErrorBound(input, iterates, directionAt, unitRoundoff(implementation.description.dtype));
      },
    }),
  ],
});
