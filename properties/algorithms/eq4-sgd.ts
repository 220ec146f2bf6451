import { countBatches, enumerateBatches } from '../../src/claims/arbitraries/problem-case.js';
import { judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { oracleOf } from '../../src/claims/judges/oracle.js';
import { maximumNorm, ofAnything, parameterMagnitude, unitRoundoff } from '../../src/claims/judges/precision.js';
import { differentiableTypes, problemPartsOfAnySize } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { inVariants } from '../../src/claims/properties/property-part.js';

const maximumBatches = 81;

/** x⁺ = x − γ∇f̂(x) with ∇f̂ = ∇d + (1/B)Σ_b ∇r_{k_b}, equations (3) and (4), and E[∇f̂] = ∇f over every possible batch. */
export const claim = propertyClaim({
  id: 'eq4-sgd',
  version: 2,
  source: { section: '1', equation: '(3), (4)' },
  statement: 'x⁺ = x − γ∇f̂(x) with ∇f̂ the average over the mini-batch, and E[∇f̂(x)] = ∇f(x)',
  method: 'the formula written out; the mean of x⁺ over all K^B batches against the full gradient step',
  requires: { methods: ['step'], algorithms: ['sgd'] },
  success: 'holds',
  effort: 0.5,
  parts: (offered) =>
    inVariants(offered, (implementation) =>
      problemPartsOfAnySize(
        implementation,
        async ({ problem, step, x, indices }) => {
          const oracle = oracleOf(problem);
          const precision = unitRoundoff(implementation.description.dtype);
          const error =
            (oracle.roundingError(step, x, precision) + step * ofAnything * precision * (1 + maximumNorm(x))) *
            Math.max(1, parameterMagnitude(problem));
          const stepOn = (batch: readonly number[]): Promise<Float64Array> =>
            implementation.step({ algorithm: 'sgd', problem, step, x: x.slice(), indices: batch });
          const move = (weights: readonly number[]): Float64Array => {
            const gradient = oracle.gradient(weights, x)!;
            return x.map((value, i) => value - step * gradient[i]!);
          };
          const empirical = problem.probabilities.map(
            (_, k) => indices.filter((index) => index === k).length / indices.length,
          );
          const judgements = [judgeVector('x⁺', await stepOn(indices), move(empirical), () => error)];
          if (countBatches(problem.probabilities, indices.length) <= maximumBatches) {
            const batches = enumerateBatches(problem.probabilities, indices.length);
            const mean = new Float64Array(x.length);
            for (const { indices: batch, probability } of batches) {
              (await stepOn(batch)).forEach((value, i) => {
                mean[i]! += probability * value;
              });
            }
            judgements.push(judgeVector('E[x⁺]', mean, move(problem.probabilities), () => error));
          }
          return worstOf(judgements);
        },
        { functionTypes: differentiableTypes, maximumComponents: 3 },
      ),
    ),
});
