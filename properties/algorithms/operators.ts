import { claimOf } from '../../src/claims/claim-mutant.js';
import { problemAt, reference } from '../../src/claims/implementation/reference.js';
import { countBatches, enumerateBatches } from '../../src/judging/arbitraries/problem-case.js';
import { mappingTolerance, sharesOf } from '../../src/judging/judges/declared-accuracy.js';
import { judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { oracleOf } from '../../src/judging/judges/oracle.js';
import { judgeProximalPoint } from '../../src/judging/judges/proximal-optimality.js';
import { judgePhantomBatch, phantomPart } from '../../src/judging/parts/phantom-parts.js';
import { directFunctionTypes, problemPartsOfAnySize } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim } from '../../src/judging/parts/property-claim.js';
import { proximalAverage } from '../../src/reference/functions/index.js';
import type { ProblemAtStep, ProblemSpecification } from '../../src/reference/problem/problem.js';

/** P_k, P̂ and G of a problem at a step. */
export type Operators = Pick<ProblemAtStep, 'proximalGradient' | 'miniBatch' | 'gradientMapping'>;

/** The operators that the claims about them are about: those of the reference. Others have none, only steps. */
export const operatorsOf = {
  operatorsAt: (problem: ProblemSpecification, step: number): Operators => problemAt(problem, step),
};

/** The allowed error of Σ_k w_k P_k(x): w = θ for P, the shares of a mini-batch for P̂. */
export const toleranceAt = (
  problem: ProblemSpecification,
  step: number,
  x: Float64Array,
  weights?: readonly number[],
) => mappingTolerance(reference, problem, step, x, weights);

/** The most mini-batches over which an expectation is taken in full. */
export const maximumBatches = 81;

/**
 * P_k(x) = prox_{γr_k}(x − γ∇d(x)), equation (7): the point x − γ∇d(x) is formed from the gradient of d and P_k(x) is judged as its
 * prox by the variational inequality.
 */
export const eq7ProximalGradientMappingClaim = claimOf(operatorsOf, ({ operatorsAt }) =>
  propertyClaim({
    id: 'eq7-proximal-gradient-mapping',
    version: 2,
    source: { section: '2.1', equation: '(7)' },
    statement: 'P_k(x) = prox_{γr_k}(x − γ∇d(x)) for every component k',
    method: 'optimality of P_k(x) as the prox of the forward step, for every k of every generated problem',
    requires: { referenceOnly: true },
    success: 'holds',
    parts: (implementation) =>
      problemPartsOfAnySize(implementation, ({ problem, step, x }) => {
        const oracle = oracleOf(problem);
        const y = oracle.forward(step, x);
        return worstOf(
          oracle.functions.map((target, k) => {
            const u = operatorsAt(problem, step).proximalGradient(k, x);
            const alone = oracle.functions.map((_, j) => (j === k ? 1 : 0));
            return judgeProximalPoint({ target, step, y, u, ...toleranceAt(problem, step, x, alone) });
          }),
        );
      }),
  }),
);

/** P(x) = E[P_k(x)] = Σ_k θ_k P_k(x), equation (8). P is read off the gradient mapping, P(x) = x − γG(x). */
export const eq8ConvexCombinationClaim = claimOf(operatorsOf, ({ operatorsAt }) =>
  propertyClaim({
    id: 'eq8-convex-combination',
    version: 2,
    source: { section: '2.1', equation: '(8)' },
    statement: 'P(x) = E[P_k(x)] = Σ θ_k P_k(x)',
    method: 'x − γG(x) compared with the θ-weighted sum of the P_k and with the exact expectation over one draw',
    requires: { referenceOnly: true },
    success: 'holds',
    parts: (implementation) =>
      problemPartsOfAnySize(implementation, ({ problem, step, x }) => {
        const { error } = toleranceAt(problem, step, x);
        const at = operatorsAt(problem, step);
        const mapping = at.gradientMapping(x);
        const mean = x.map((value, i) => value - step * mapping[i]!);
        const sum = new Float64Array(x.length);
        problem.probabilities.forEach((probability, k) => {
          at.proximalGradient(k, x).forEach((value, i) => {
            sum[i]! += probability * value;
          });
        });
        const expectation = new Float64Array(x.length);
        for (const { indices, probability } of enumerateBatches(problem.probabilities, 1)) {
          oracleOf(problem)
            .miniBatch(indices, step, x)
            .forEach((value, i) => {
              expectation[i]! += probability * value;
            });
        }
        return worstOf([
          judgeVector('P(x) against Σ θ_k P_k(x)', mean, sum, () => error),
          judgeVector('P(x) against E[P_k(x)]', mean, expectation, () => error),
        ]);
      }),
  }),
);

/**
 * P̂(x) = (1/B) Σ_b P_{k_b}(x), equation (10): against the average written out, as the prox of the proximal average r̂ with the
 * empirical weights of the batch, and in exact expectation, E[P̂(x)] = P(x), over all K^B draws.
 */
export const eq10MiniBatchClaim = claimOf(operatorsOf, ({ operatorsAt }) =>
  propertyClaim({
    id: 'eq10-mini-batch',
    version: 2,
    source: { section: '2.1', equation: '(10)' },
    statement: 'P̂(x) = (1/B) Σ_b P_{k_b}(x) is prox_{γr̂} of one convex r̂, and E[P̂(x)] = P(x)',
    method:
      'the average, computed term by term; optimality for the proximal average of the batch; expectation over every possible batch',
    requires: { referenceOnly: true },
    success: 'holds',
    effort: 0.5,
    parts: (implementation, budget) => [
      ...problemPartsOfAnySize(
        implementation,
        ({ problem, step, x, indices }) => {
          const oracle = oracleOf(problem);
          const shares = sharesOf(indices, oracle.functions.length);
          const tolerance = toleranceAt(problem, step, x, shares);
          const at = operatorsAt(problem, step);
          const batch = at.miniBatch(indices, x);
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
            const expectation = new Float64Array(x.length);
            for (const { indices: draw, probability } of enumerateBatches(problem.probabilities, size)) {
              at.miniBatch(draw, x).forEach((entry, i) => {
                expectation[i]! += probability * entry;
              });
            }
            const { error } = toleranceAt(problem, step, x);
            judgements.push(judgeVector('E[P̂(x)]', expectation, oracle.mean(step, x), () => error));
          }
          return worstOf(judgements);
        },
        { functionTypes: directFunctionTypes, maximumComponents: 3 },
      ),
      ...phantomPart(implementation, budget, judgePhantomBatch),
    ],
  }),
);
