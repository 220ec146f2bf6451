import { mappingTolerance } from '../../src/claims/judges/declared-accuracy.js';
import { judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { oracleOf } from '../../src/claims/judges/oracle.js';
import { judgeProximalPoint } from '../../src/claims/judges/proximal-optimality.js';
import { problemPartsOfAnySize } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

/**
 * P_k(x) = prox_{γr_k}(x − γ∇d(x)), equation (7): the point x − γ∇d(x) is formed from the gradient of d and P_k(x) is judged as its
 * prox by the variational inequality.
 */
export const claim = propertyClaim({
  id: 'eq7-proximal-gradient-mapping',
  version: 2,
  source: { section: '2.1', equation: '(7)' },
  statement: 'P_k(x) = prox_{γr_k}(x − γ∇d(x)) for every component k',
  method: 'optimality of P_k(x) as the prox of the forward step, for every k of every generated problem',
  requires: { methods: ['proximal-gradient'] },
  success: 'holds',
  parts: (implementation) =>
    problemPartsOfAnySize(implementation, async ({ problem, step, x }) => {
      const oracle = oracleOf(problem);
      const y = oracle.forward(step, x);
      const judgements = [];
      for (const [k, target] of oracle.functions.entries()) {
        const u = await implementation.proximalGradient(problem, k, step, x.slice());
        const alone = oracle.functions.map((_, j) => (j === k ? 1 : 0));
        const tolerance = mappingTolerance(implementation, problem, step, x, alone);
        judgements.push(judgeProximalPoint({ target, step, y, u, ...tolerance }));
        if (!implementation.reference) {
          judgements.push(judgeVector(`P_${k}(x)`, u, oracle.proximalGradient(k, step, x), () => tolerance.error));
        }
      }
      return worstOf(judgements);
    }),
});
