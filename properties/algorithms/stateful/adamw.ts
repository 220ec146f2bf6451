import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';
import { adamRule } from './adam.js';

/** AdamW: Adam whose weight decay is not in the gradient. */
export const claim = statefulClaim({
  algorithm: 'adamw',
  version: 1,
  equation: 'Loshchilov and Hutter 2019; torch.optim.AdamW',
  statement: 'x ← (1 − γλ)x − γm̂/(√v̂ + ε) with the means m̂ and v̂ of Adam, whose g is ∇f̂(x) without λx',
  rule: adamRule(true),
  open: ['decay', 'epsilon', 'epsilonScale', 'maximum'],
  mustReach: ['AMSGrad', 'weight decay'],
});
