import type { ProblemCase } from '../../src/claims/arbitraries/problem-case.js';
import { differenceTolerance, sharesOf } from '../../src/claims/judges/declared-accuracy.js';
import { oracleOf } from '../../src/claims/judges/oracle.js';
import { algorithmParts } from '../../src/claims/properties/algorithm-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { inVariants } from '../../src/claims/properties/property-part.js';
import { smallDirectionPart, tinySignParts } from '../../src/claims/properties/sign-parts.js';

/** Algorithm 2: x_t = x_{t−1} − γ sgn(x_{t−1} − P̂_k(x_{t−1})): one bit per element of the update. */
export const claim = propertyClaim({
  id: 'algorithm-2-sign-prox',
  version: 2,
  source: { section: '2.1', equation: 'Algorithm 2' },
  statement: 'signProx: x_t = x_{t−1} − γ sgn(x_{t−1} − P̂_k(x_{t−1}))',
  method:
    'every coordinate of every iterate moves by γ against the sign of x − P̂(x) written out; either sign where it is rounding',
  requires: { methods: ['step'], algorithms: ['sign-prox'] },
  success: 'holds',
  parts: (offered) =>
    inVariants(offered, (implementation) => {
      const next = ({ problem, step, x, indices }: ProblemCase): Promise<Float64Array> =>
        implementation.step({ algorithm: 'sign-prox', problem, step, x: x.slice(), indices });
      return [
        ...algorithmParts(implementation, 'sign-prox'),
        ...tinySignParts(implementation, {
          name: 'signProx',
          directionOf({ problem, step, x, indices }) {
            const oracle = oracleOf(problem);
            const batch = oracle.miniBatch(indices, step, x);
            const shares = sharesOf(indices, oracle.functions.length);
            return {
              direction: x.map((value, i) => value - batch[i]!),
              error: differenceTolerance(implementation, problem, step, x, shares).error,
            };
          },
          next,
        }),
        ...smallDirectionPart(implementation, 'signProx', next),
      ];
    }),
});
