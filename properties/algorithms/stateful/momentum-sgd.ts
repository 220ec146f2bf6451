import { worstOf } from '../../../src/claims/judges/judgement.js';
import { judgeNext } from '../../../src/claims/judges/next-iterate.js';
import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulInvariant, statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** SGD with momentum as PyTorch has it; without, it is SGD. */
export const claim = propertyClaim({
  id: 'momentum-sgd',
  version: 2,
  source: { section: 'beyond the paper', equation: 'torch.optim.SGD' },
  statement: 'b ← μb + (1 − τ)(∇f̂(x) + λx), x ← x − γb, with look-ahead and decoupled decay; at μ = 0 it is SGD',
  method: 'every iterate of 12 to 16 against the rule in rationals, from the own iterates before; two runs by turns',
  requires: { algorithms: ['momentum-sgd'] },
  success: 'holds',
  effort: 0.3,
  parts: async (implementation) => [
    ...(await statefulParts(implementation, 'momentum-sgd', {
      mustReach: ['momentum', 'dampening', 'nesterov', 'weight decay', 'decoupled decay'],
    })),
    ...statefulInvariant(implementation, 'momentum-sgd', {
      name: 'without momentum it is SGD',
      change: (input) => ({ ...input, hyperparameters: { momentum: 0 }, batches: input.batches.slice(0, 2) }),
      judge: ({ problem, step, x, batches }, iterates) =>
        worstOf(
          iterates.map((next, t) => {
            const request = { problem, step, x: iterates[t - 1] ?? x, indices: batches[t]! };
            return judgeNext(implementation, { algorithm: 'sgd', ...request }, next);
          }),
        ),
    }),
  ],
});
