import { zero } from '../../../src/exact/arithmetic/rational.js';
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

/** Signum: signSGD with momentum; without, it is signSGD. */
export const claim = statefulClaim({
  algorithm: 'signum',
  version: 3,
  equation: 'Bernstein et al. 2018',
  statement:
    'm ← βm + (1 − β)(∇f̂(x) + λx), x ← x − γ sgn m, with decoupled decay outside of the sign; at β = 0 it is signSGD',
  rule,
  open: ['decay', 'coupling'],
  mustReach: ['momentum', 'weight decay', 'decoupled decay'],
});
