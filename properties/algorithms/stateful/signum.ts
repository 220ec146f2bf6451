import type { StepRequest } from '../../../src/claims/implementation/implementation.js';
import { zero } from '../../../src/exact/arithmetic/rational.js';
import { worstOf } from '../../../src/judging/judges/judgement.js';
import { judgeNext } from '../../../src/judging/judges/next-iterate.js';
import {
  againstSign,
  decoupledStep,
  exactly,
  fromNothing,
  isDecoupled,
  type Rule,
  remembering,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { judgeSame } from '../../../src/judging/parts/algorithm-parts.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = (followed) => {
  const { given, u, conventions, signOfZero } = followed;
  const [decay, decoupled] = [given('weightDecay'), isDecoupled(followed)];
  const means = remembering(fromNothing(given('momentum'), u));
  return ({ x, step, stochasticGradient }) => {
    const now = means(stochasticGradient(x).map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u))));
    const outside = { step, decay: decoupled ? decay : zero, u, conventions };
    return x.map((value, i) =>
      againstSign(now[i]!, signOfZero, (sign) => decoupledStep(outside, value, exactly(sign))),
    );
  };
};

/** Signum: signSGD with momentum; without, it is signSGD bit for bit. */
export const claim = statefulClaim({
  algorithm: 'signum',
  version: 2,
  equation: 'Bernstein et al. 2018',
  statement:
    'm ← βm + (1 − β)(∇f̂(x) + λx), x ← x − γ sgn m, with decoupled decay outside of the sign; at β = 0 it is signSGD',
  method: { besides: 'its own signSGD bit for bit' },
  rule,
  open: ['decay', 'coupling'],
  mustReach: ['momentum', 'weight decay', 'decoupled decay'],
  invariants: [
    {
      name: 'without momentum it is signSGD',
      at: { momentum: 0 },
      change: (input) => ({ ...input, batches: input.batches.slice(0, 2) }),
      async judge({ problem, step, x, batches }, iterates, implementation) {
        const { algorithms, conventions } = implementation.description;
        const same = algorithms.includes('sign-sgd') && conventions.signOfZero !== 'random';
        const judgements = [{ ratio: 0 }];
        for (const [t, next] of iterates.entries()) {
          const request: StepRequest = {
            algorithm: 'sign-sgd',
            problem,
            step,
            x: iterates[t - 1] ?? x,
            indices: batches[t]!,
          };
          judgements.push(judgeNext(implementation, request, next));
          if (!same) continue;
          const own = (await implementation.ask({ method: 'step', ...request, x: request.x.slice() })).x;
          judgements.push(judgeSame('signSGD', next, own));
        }
        return worstOf(judgements);
      },
    },
  ],
});
