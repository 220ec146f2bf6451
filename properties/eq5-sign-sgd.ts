import { oracleOf } from '../src/claims/oracle.js';
import { maximumNorm, parameterMagnitude, unitRoundoff } from '../src/claims/precision.js';
import { differentiableTypes, problemParts } from '../src/claims/problem-parts.js';
import { propertyClaim } from '../src/claims/property-claim.js';
import { judgeSignStep } from '../src/claims/signs.js';

/** x⁺ = x − γ sgn(∇f̂(x)), equation (5). */
export const claim = propertyClaim({
  id: 'eq5-sign-sgd',
  version: 1,
  source: { section: '1', equation: '(5)' },
  statement: 'x⁺ = x − γ sgn(∇f̂(x))',
  method:
    'every coordinate moves by exactly γ against the sign of the mini-batch gradient; either sign where it is rounding',
  requires: { methods: ['step'], algorithms: ['sign-sgd'] },
  success: 'holds',
  parts: (implementation) =>
    problemParts(
      implementation,
      async ({ problem, step, x, indices }) => {
        const oracle = oracleOf(problem);
        const precision = unitRoundoff(implementation.description.dtype);
        const weights = problem.probabilities.map(
          (_, k) => indices.filter((index) => index === k).length / indices.length,
        );
        return judgeSignStep({
          name: 'signSGD',
          x,
          step,
          next: await implementation.step({ algorithm: 'sign-sgd', problem, step, x: x.slice(), indices }),
          direction: oracle.gradient(weights, x)!,
          error:
            (oracle.roundingError(step, x, precision) / step + 64 * precision * (1 + maximumNorm(x))) *
            Math.max(1, parameterMagnitude(problem)),
          precision,
        });
      },
      { functionTypes: differentiableTypes },
    ),
});
