import type { ProblemCase } from '../../src/claims/arbitraries/problem-case.js';
import { batchGradient, type Direction, judgeNext } from '../../src/claims/judges/next-iterate.js';
import { unitRoundoff } from '../../src/claims/judges/precision.js';
import { differentiableTypes, problemPartsOfAnySize } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { inVariants } from '../../src/claims/properties/property-part.js';
import { tinySignParts } from '../../src/claims/properties/sign-parts.js';

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
  parts: (offered) =>
    inVariants(offered, (implementation) => {
      const precision = unitRoundoff(implementation.description.dtype);
      const next = ({ problem, step, x, indices }: ProblemCase): Promise<Float64Array> =>
        implementation.step({ algorithm: 'sign-sgd', problem, step, x: x.slice(), indices });
      const directionOf = (input: ProblemCase): Direction =>
        batchGradient({ algorithm: 'sign-sgd', ...input }, precision);
      return [
        ...problemPartsOfAnySize(
          implementation,
          async (input) => judgeNext(implementation, { algorithm: 'sign-sgd', ...input }, await next(input)),
          { functionTypes: differentiableTypes },
        ),
        ...tinySignParts(implementation, {
          name: 'signSGD',
          functionTypes: differentiableTypes,
          directionOf,
          next,
        }),
      ];
    }),
});
