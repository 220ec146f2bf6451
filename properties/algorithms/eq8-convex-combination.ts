import { enumerateBatches } from '../../src/claims/arbitraries/problem-case.js';
import { differenceTolerance, mappingTolerance } from '../../src/claims/judges/declared-accuracy.js';
import { judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { oracleOf } from '../../src/claims/judges/oracle.js';
import { problemPartsOfAnySize } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

/**
 * P(x) = E[P_k(x)] = Σ_k θ_k P_k(x), equation (8). P is read off the gradient mapping, P(x) = x − γG(x); the P_k are the
 * implementation's own, and both are also held against the formula evaluated by the suite.
 */
export const claim = propertyClaim({
  id: 'eq8-convex-combination',
  version: 2,
  source: { section: '2.1', equation: '(8)' },
  statement: 'P(x) = E[P_k(x)] = Σ θ_k P_k(x)',
  method: 'x − γG(x) against the θ-weighted sum of the P_k and against the exact expectation over one draw',
  requires: { methods: ['proximal-gradient', 'gradient-mapping'] },
  success: 'holds',
  parts: (implementation) =>
    problemPartsOfAnySize(implementation, async ({ problem, step, x }) => {
      const oracle = oracleOf(problem);
      const { error } = differenceTolerance(implementation, problem, step, x);
      const own = mappingTolerance(implementation, problem, step, x).declared;
      const mapping = await implementation.gradientMapping(problem, step, x.slice());
      const mean = x.map((value, i) => value - step * mapping[i]!);
      const sum = new Float64Array(x.length);
      const expectation = new Float64Array(x.length);
      for (const [k, probability] of problem.probabilities.entries()) {
        const mapped = await implementation.proximalGradient(problem, k, step, x.slice());
        mapped.forEach((value, i) => {
          sum[i]! += probability * value;
        });
      }
      for (const { indices, probability } of enumerateBatches(problem.probabilities, 1)) {
        oracle.miniBatch(indices, step, x).forEach((value, i) => {
          expectation[i]! += probability * value;
        });
      }
      return worstOf([
        judgeVector('P(x) against Σ θ_k P_k(x)', mean, sum, () => error + own),
        judgeVector('P(x) against E[P_k(x)]', mean, expectation, () => error),
      ]);
    }),
});
