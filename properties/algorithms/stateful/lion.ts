import {
  againstSign,
  decoupledStep,
  exactly,
  fromNothing,
  type Rule,
  remembering,
  type Uncertain,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u, conventions, signOfZero }) => {
  const [beta1, beta2, decay] = [given('beta1'), given('beta2'), given('weightDecay')];
  const means = remembering(fromNothing(beta2, u));
  let before: readonly Uncertain[] | undefined;
  return ({ x, step, stochasticGradient }) => {
    const gradient = stochasticGradient(x);
    const directions = gradient.map((g, i) => fromNothing(beta1, u)(before?.[i], g));
    before = means(gradient);
    return x.map((value, i) =>
      againstSign(directions[i]!, signOfZero, (sign) =>
        decoupledStep({ step, decay, u, conventions }, value, exactly(sign)),
      ),
    );
  };
};

/** Lion, whose decay is outside of the sign. */
export const claim = statefulClaim({
  algorithm: 'lion',
  version: 3,
  equation: 'Chen et al. 2023',
  statement: 'x ← (1 − γλ)x − γ sgn(β₁m + (1 − β₁)∇f̂(x)), then m ← β₂m + (1 − β₂)∇f̂(x)',
  rule,
  open: ['decay'],
  mustReach: ['weight decay'],
});
