import { zero } from '../../../src/exact/arithmetic/rational.js';
import {
  adaptiveDivisor,
  anyOf,
  complementOfPower,
  decoupledStep,
  exactly,
  fromNothing,
  isSet,
  largerOf,
  meanOfSquares,
  powersOf,
  quotient,
  type Rule,
  remembering,
  root,
  type Uncertain,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

/** The rule of Adam, and with a decoupled decay that of AdamW. */
export const adamRule =
  (decoupled: boolean): Rule =>
  ({ given, u, conventions }) => {
    const [beta1, beta2, epsilon, decay] = [given('beta1'), given('beta2'), given('epsilon'), given('weightDecay')];
    const means = remembering(fromNothing(beta1, u));
    const squares = meanOfSquares(beta2, u);
    const largest = remembering((before: Uncertain | undefined, v) => (before ? largerOf(before, v) : v));
    const [power1, power2] = [powersOf(beta1, u), powersOf(beta2, u)];
    return ({ x, step, stochasticGradient }) => {
      const [correction1, correction2] = [complementOfPower(power1(), u), complementOfPower(power2(), u)];
      const corrected = (v: Uncertain): Uncertain => quotient(v, correction2, u);
      const slopes = stochasticGradient(x).map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u)));
      const [mean, square] = [means(slopes), squares(slopes)];
      const divisorsOf = (): readonly Uncertain[] => {
        if (!isSet(given('amsgrad'))) return square.map(corrected);
        if (conventions.maximum === 'before the correction') return largest(square).map(corrected);
        return largest(square.map(corrected));
      };
      const divisors = divisorsOf();
      // ε beside a mean that is not corrected is larger beside the corrected one.
      const scaled = {
        'after the correction': exactly(epsilon),
        'before the correction': quotient(
          exactly(epsilon),
          conventions.epsilon === 'inside the root' ? correction2 : root(correction2, u),
          u,
        ),
      }[conventions.epsilonScale];
      return x.map((value, i) => {
        const divisor = adaptiveDivisor(divisors[i]!, scaled, conventions, u);
        const direction = quotient(quotient(mean[i]!, correction1, u), divisor, u);
        return anyOf([decoupledStep({ step, decay: decoupled ? decay : zero, u, conventions }, value, direction)]);
      });
    };
  };

/** Adam, whose steps are divided by the root of a mean of squares. */
export const claim = statefulClaim({
  algorithm: 'adam',
  version: 1,
  equation: 'Kingma and Ba 2015; torch.optim.Adam',
  statement:
    'g = ∇f̂(x) + λx, m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², x ← x − γm̂/(√v̂ + ε) with m̂ = m/(1 − β₁^t), v̂ = v/(1 − β₂^t)',
  rule: adamRule(false),
  open: ['epsilon', 'epsilonScale', 'maximum'],
  mustReach: ['AMSGrad', 'weight decay'],
});
