import { one, zero } from '../../../src/exact/arithmetic/rational.js';
import { worstOf } from '../../../src/judging/judges/judgement.js';
import { judgeNext } from '../../../src/judging/judges/next-iterate.js';
import {
  anyOf,
  combination,
  decoupledStep,
  isSet,
  nothing,
  type Rule,
  remembering,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u, conventions }) => {
  const [momentum, decay] = [given('momentum'), given('weightDecay')];
  const [nesterov, decoupled] = [isSet(given('nesterov')), isSet(given('decoupled'))];
  const fresh = one.sub(conventions.buffer === 'mean' ? momentum : given('dampening'));
  const buffers = remembering((before, g) => {
    if (!isSet(momentum)) return g;
    if (before === undefined && conventions.first === 'whole') return g;
    return combination(momentum, before ?? nothing, fresh, g, u);
  });
  return ({ x, step, stochasticGradient }) => {
    const slopes = stochasticGradient(x).map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u)));
    const now = buffers(slopes);
    return x.map((value, i) => {
      const direction = nesterov ? combination(one, slopes[i]!, momentum, now[i]!, u) : now[i]!;
      return anyOf([decoupledStep({ step, decay: decoupled ? decay : zero, u, conventions }, value, direction)]);
    });
  };
};

/** SGD with momentum as PyTorch has it; without, it is SGD. */
export const claim = statefulClaim({
  algorithm: 'momentum-sgd',
  version: 2,
  equation: 'torch.optim.SGD',
  statement: 'b ← μb + (1 − τ)(∇f̂(x) + λx), x ← x − γb, with look-ahead and decoupled decay; at μ = 0 it is SGD',
  rule,
  open: ['first', 'buffer', 'decay'],
  mustReach: ['momentum', 'dampening', 'nesterov', 'weight decay', 'decoupled decay'],
  invariants: [
    {
      name: 'without momentum it is SGD',
      change: (input) => ({ ...input, hyperparameters: { momentum: 0 }, batches: input.batches.slice(0, 2) }),
      judge: ({ problem, step, x, batches }, iterates, implementation) =>
        worstOf(
          iterates.map((next, t) => {
            const request = { problem, step, x: iterates[t - 1] ?? x, indices: batches[t]! };
            return judgeNext(implementation, { algorithm: 'sgd', ...request }, next);
          }),
        ),
    },
  ],
});
