import type { ProblemCase } from '../../src/claims/arbitraries/problem-case.js';
import { oracleOf } from '../../src/claims/judges/oracle.js';
import { maximumNorm, parameterMagnitude, unitRoundoff } from '../../src/claims/judges/precision.js';
import { judgeSignStep } from '../../src/claims/judges/sign-step.js';
import { differentiableTypes, problemPartsOfAnySize } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { type Direction, tinySignParts } from '../../src/claims/properties/sign-parts.js';

/** ∇f̂(x) of the mini-batch, and what rounding may do to it. */
function batchGradient({ problem, step, x, indices }: ProblemCase, precision: number): Direction {
  const oracle = oracleOf(problem);
  const weights = problem.probabilities.map((_, k) => indices.filter((index) => index === k).length / indices.length);
  const error =
    (oracle.roundingError(step, x, precision) / step + 64 * precision * (1 + maximumNorm(x))) *
    Math.max(1, parameterMagnitude(problem));
  return { direction: oracle.gradient(weights, x)!, error };
}

/** x⁺ = x − γ sgn(∇f̂(x)), equation (5). */
export const claim = propertyClaim({
  id: 'eq5-sign-sgd',
  version: 2,
  source: { section: '1', equation: '(5)' },
  statement: 'x⁺ = x − γ sgn(∇f̂(x))',
  method:
    'every coordinate moves by exactly γ against the sign of the mini-batch gradient; either sign where it is rounding',
  requires: { methods: ['step'], algorithms: ['sign-sgd'] },
  success: 'holds',
  parts: (implementation) => {
    const precision = unitRoundoff(implementation.description.dtype);
    const next = ({ problem, step, x, indices }: ProblemCase): Promise<Float64Array> =>
      implementation.step({ algorithm: 'sign-sgd', problem, step, x: x.slice(), indices });
    const directionOf = (input: ProblemCase): Direction => batchGradient(input, precision);
    return [
      ...problemPartsOfAnySize(
        implementation,
        async (input) => {
          const { x, step } = input;
          return judgeSignStep({
            ...{ name: 'signSGD', x, step, precision },
            next: await next(input),
            ...directionOf(input),
          });
        },
        { functionTypes: differentiableTypes },
      ),
      ...tinySignParts(implementation, {
        name: 'signSGD',
        functionTypes: differentiableTypes,
        directionOf,
        next,
      }),
    ];
  },
});
