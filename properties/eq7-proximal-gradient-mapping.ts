import { oracleOf } from '../src/claims/oracle.js';
import { parameterMagnitude, unitRoundoff } from '../src/claims/precision.js';
import { problemParts } from '../src/claims/problem-parts.js';
import { propertyClaim } from '../src/claims/property-claim.js';
import { judgeProximalPoint, judgeVector, worstOf } from '../src/claims/proximal-optimality.js';

/**
 * P_k(x) = prox_{γr_k}(x − γ∇d(x)), equation (7): the point x − γ∇d(x) is formed from the gradient of d and P_k(x) is judged as its
 * prox by the variational inequality.
 */
export const claim = propertyClaim({
  id: 'eq7-proximal-gradient-mapping',
  version: 1,
  source: { section: '2.1', equation: '(7)' },
  statement: 'P_k(x) = prox_{γr_k}(x − γ∇d(x)) for every component k',
  method: 'optimality of P_k(x) as the prox of the forward step, for every k of every generated problem',
  requires: { methods: ['proximal-gradient'] },
  success: 'holds',
  parts: (implementation) =>
    problemParts(implementation, async ({ problem, step, x }) => {
      const oracle = oracleOf(problem);
      const y = oracle.forward(step, x);
      const precision = unitRoundoff(implementation.description.dtype);
      const error = oracle.roundingError(step, x, precision);
      const judgements = [];
      for (const [k, target] of oracle.functions.entries()) {
        const u = await implementation.proximalGradient(problem, k, step, x.slice());
        // The forward step carries its own rounding, so optimality is asked to the size of what was added up.
        const magnitude = Math.max(parameterMagnitude(problem), error / (64 * precision));
        judgements.push(judgeProximalPoint({ target, step, y, u, precision, magnitude }));
        if (!implementation.reference) {
          judgements.push(judgeVector(`P_${k}(x)`, u, oracle.proximalGradient(k, step, x), () => error));
        }
      }
      return worstOf(judgements);
    }),
});
