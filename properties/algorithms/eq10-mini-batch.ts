import { countBatches, enumerateBatches } from '../../src/claims/arbitraries/problem-case.js';
import { mappingTolerance, sharesOf } from '../../src/claims/judges/declared-accuracy.js';
import { judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { oracleOf } from '../../src/claims/judges/oracle.js';
import { judgeProximalPoint } from '../../src/claims/judges/proximal-optimality.js';
import { judgePhantomBatch, phantomPart } from '../../src/claims/properties/phantom-parts.js';
import { directFunctionTypes, problemPartsOfAnySize } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { proximalAverage } from '../../src/reference/functions/index.js';

/** Largest number of batches K^B that is enumerated for E[P̂(x)]. */
const maximumBatches = 81;

/**
 * P̂(x) = (1/B) Σ_b P_{k_b}(x), equation (10): against the average written out, as the prox of the proximal average r̂ with the
 * empirical weights of the batch, and in exact expectation, E[P̂(x)] = P(x), over all K^B draws.
 */
export const claim = propertyClaim({
  id: 'eq10-mini-batch',
  version: 2,
  source: { section: '2.1', equation: '(10)' },
  statement: 'P̂(x) = (1/B) Σ_b P_{k_b}(x) is prox_{γr̂} of one convex r̂, and E[P̂(x)] = P(x)',
  method:
    'average written out; optimality against the proximal average of the batch; expectation over every possible batch',
  requires: { methods: ['mini-batch'] },
  success: 'holds',
  effort: 0.5,
  parts: (implementation, budget) => [
    ...problemPartsOfAnySize(
      implementation,
      async ({ problem, step, x, indices }) => {
        const oracle = oracleOf(problem);
        const shares = sharesOf(indices, oracle.functions.length);
        const tolerance = mappingTolerance(implementation, problem, step, x, shares);
        const batch = await implementation.miniBatch(problem, indices, step, x.slice());
        const judgements = [judgeVector('P̂(x)', batch, oracle.miniBatch(indices, step, x), () => tolerance.error)];

        const used = [...new Set(indices)];
        const average = proximalAverage({
          functions: used.map((k) => oracle.functions[k]!),
          probabilities: used.map((k) => shares[k]!),
          step,
        });
        if (average.coordinate !== undefined) {
          judgements.push(
            judgeProximalPoint({ target: average, step, y: oracle.forward(step, x), u: batch, ...tolerance }),
          );
        }

        const size = indices.length;
        if (countBatches(problem.probabilities, size) <= maximumBatches) {
          const batches = enumerateBatches(problem.probabilities, size);
          const expectation = new Float64Array(x.length);
          for (const { indices: draw, probability } of batches) {
            const value = await implementation.miniBatch(problem, draw, step, x.slice());
            value.forEach((entry, i) => {
              expectation[i]! += probability * entry;
            });
          }
          const { error } = mappingTolerance(implementation, problem, step, x);
          judgements.push(judgeVector('E[P̂(x)]', expectation, oracle.mean(step, x), () => error));
        }
        return worstOf(judgements);
      },
      { functionTypes: directFunctionTypes, maximumComponents: 3 },
    ),
    ...phantomPart(implementation, budget, judgePhantomBatch),
  ],
});
