import { differenceTolerance, sharesOf } from '../../../src/judging/judges/declared-accuracy.js';
import { oracleOf } from '../../../src/judging/judges/oracle.js';
import { errorFeedback, judgeErrorBound } from '../../../src/judging/judges/stateful/error-feedback.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

/** signProx with error feedback, as others implement it. */
export const claim = statefulClaim({
  algorithm: 'error-feedback-sign-prox',
  id: 'error-feedback-sign-prox-iterates',
  version: 2,
  equation: 'signProx with error feedback',
  statement:
    'm = e + γĜ(x), x ← x − C(m), e ← m − C(m) with C(m) = (‖m‖₁/n) sgn m and e⁰ = 0; ‖e_t‖ ≤ γΣ_s ρ^{t−s}‖Ĝ_s‖, ρ² = 1 − 1/n',
  rule: errorFeedback(({ x, stochasticMapping }) => stochasticMapping(x)),
  long: false,
  invariant: {
    name: 'the error stays in its bound',
    judge(input, iterates, implementation) {
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
      return judgeErrorBound(input, iterates, directionAt, implementation.description.dtype);
    },
  },
});
