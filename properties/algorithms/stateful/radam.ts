import { one, type Rational, rational, two, zero } from '../../../src/exact/arithmetic/rational.js';
import {
  adaptiveDivisor,
  anyOf,
  complementOfPower,
  decoupledStep,
  exactly,
  fromNothing,
  isDecoupled,
  meanOfSquares,
  minus,
  powersOf,
  product,
  quotient,
  type Rule,
  remembering,
  root,
  type Uncertain,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const four = rational(4n);

const rule: Rule = (followed) => {
  const { given, u, conventions } = followed;
  const [beta1, beta2, decay] = [given('beta1'), given('beta2'), given('weightDecay')];
  const epsilon = exactly(given('epsilon'));
  const decoupled = isDecoupled(followed);
  const means = remembering(fromNothing(beta1, u));
  const squares = meanOfSquares(beta2, u);
  const most = two.div(one.sub(beta2)).sub(one);
  const threshold = rational(conventions.rectified === 'ρ > 5' ? 5n : 4n);
  const [powers1, powers2] = [powersOf(beta1, u), powersOf(beta2, u)];
  let t = 0n;
  return ({ x, step, stochasticGradient }) => {
    t += 1n;
    const [power1, power2] = [powers1(), powers2()];
    const [correction1, correction2] = [complementOfPower(power1, u), complementOfPower(power2, u)];
    const slopes = stochasticGradient(x).map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u)));
    const [mean, square] = [means(slopes), squares(slopes)];
    // ρ = ρ_∞ − 2tβ₂^t/(1 − β₂^t).
    const lost = quotient(product(exactly(two.mul(rational(t))), power2, u), correction2, u);
    const length = minus(exactly(most), lost, u);
    const less = (by: Rational): Uncertain => minus(length, exactly(by), u);
    const isLong = !length.value.sub(threshold).lt(zero) && !length.value.equals(threshold);
    const rectified = (): Uncertain => {
      const above = product(product(less(four), less(two), u), exactly(most), u);
      const below = product(exactly(most.sub(four).mul(most.sub(two))), length, u);
      return root(quotient(above, below, u), u);
    };
    if (!isLong && conventions.unrectified === 'no step') return x.map((value) => anyOf([value]));
    /** √(1 − β₂^t)/(√v + ε), or 1/(√v̂ + ε) of the corrected mean. */
    const reciprocal = (v: Uncertain): Uncertain =>
      conventions.rectifiedEpsilon === 'before the correction'
        ? quotient(root(correction2, u), adaptiveDivisor(v, epsilon, conventions, u), u)
        : quotient(exactly(one), adaptiveDivisor(quotient(v, correction2, u), epsilon, conventions, u), u);
    return x.map((value, i) => {
      const corrected = quotient(mean[i]!, correction1, u);
      const direction = isLong ? product(product(corrected, rectified(), u), reciprocal(square[i]!), u) : corrected;
      return anyOf([decoupledStep({ step, decay: decoupled ? decay : zero, u, conventions }, value, direction)]);
    });
  };
};

/** RAdam: Adam whose first steps are those of SGD with momentum, until the variance of its divisor is known. */
export const claim = statefulClaim({
  algorithm: 'radam',
  version: 1,
  equation: 'Liu et al. 2020; torch.optim.RAdam',
  statement:
    'x ← x − γm̂ r√(1 − β₂^t)/(√v + ε) where ρ > 5, and x − γm̂ before; ρ = ρ_∞ − 2tβ₂^t/(1 − β₂^t), r² = (ρ − 4)(ρ − 2)ρ_∞/((ρ_∞ − 4)(ρ_∞ − 2)ρ)',
  rule,
  open: ['decay', 'coupling', 'epsilon', 'rectified', 'unrectified', 'rectifiedEpsilon'],
  // ρ > 4 from the fifth iteration on, and ρ > 5 from the sixth, if β₂ is near to 1.
  iterations: 7,
  classify: ({ hyperparameters }) => [Number(hyperparameters['beta2']) > 0.5 ? 'rectified' : 'never rectified'],
  mustReach: ['rectified', 'never rectified', 'weight decay', 'decoupled decay'],
});
