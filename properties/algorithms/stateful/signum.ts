import type { StepRequest } from '../../../src/claims/implementation/implementation.js';
import { worstOf } from '../../../src/claims/judges/judgement.js';
import { judgeNext } from '../../../src/claims/judges/next-iterate.js';
import { judgeSame } from '../../../src/claims/properties/algorithm-parts.js';
import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulInvariant, statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** Signum: signSGD with momentum; without, it is signSGD bit for bit. */
export const claim = propertyClaim({
  id: 'signum',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Bernstein et al. 2018' },
  statement:
    'm ← βm + (1 − β)(∇f̂(x) + λx), x ← x − γ sgn m, with decoupled decay outside of the sign; at β = 0 it is signSGD',
  method:
    'every iterate of 12 to 16 against the rule in rationals, from the own iterates before, either sign where it is rounding; two runs by turns; ' +
    'its own signSGD bit for bit',
  requires: { algorithms: ['signum'] },
  success: 'holds',
  effort: 0.3,
  parts: async (implementation) => {
    const { algorithms, conventions } = implementation.description;
    const same = algorithms.includes('sign-sgd') && conventions.signOfZero !== 'random';
    return [
      ...(await statefulParts(implementation, 'signum', {
        mustReach: ['momentum', 'weight decay', 'decoupled decay'],
      })),
      ...statefulInvariant(implementation, 'signum', {
        name: 'without momentum it is signSGD',
        change: (input) => ({ ...input, hyperparameters: { momentum: 0 }, batches: input.batches.slice(0, 2) }),
        async judge({ problem, step, x, batches }, iterates) {
          const judgements = [{ ratio: 0 }];
          for (const [t, next] of iterates.entries()) {
            const request: StepRequest = {
              algorithm: 'sign-sgd',
              ...{ problem, step, x: iterates[t - 1] ?? x, indices: batches[t]! },
            };
            judgements.push(judgeNext(implementation, request, next));
            if (!same) continue;
            const own = await implementation.step({ ...request, x: request.x.slice() });
            judgements.push(judgeSame('signSGD', next, own));
          }
          return worstOf(judgements);
        },
      }),
    ];
  },
});
