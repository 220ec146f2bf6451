import { fromDouble, one, toDouble, zero } from '../../../src/exact/arithmetic/rational.js';
import { ofDifference } from '../../../src/judging/judges/precision.js';
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
  plus,
  powersOf,
  product,
  quotient,
  type Rule,
  remembering,
  type Uncertain,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = (followed) => {
  const { given, u, conventions } = followed;
  const [beta1, beta2, decay] = [given('beta1'), given('beta2'), given('weightDecay')];
  const [epsilon, momentumDecay] = [exactly(given('epsilon')), toDouble(given('momentumDecay'))];
  const decoupled = isDecoupled(followed);
  const certain = exactly(one);
  /** μ^t = β₁(1 − ½·0.96^{tψ}); the power is irrational and known to a few roundings. */
  const momentumAt = (t: number): Uncertain => {
    const power = 0.96 ** (t * momentumDecay);
    const half: Uncertain = { value: fromDouble(power / 2), error: ofDifference * u * power * (1 + t * momentumDecay) };
    return product(exactly(beta1), minus(certain, half, u), u);
  };
  const means = remembering(fromNothing(beta1, u));
  const squares = meanOfSquares(beta2, u);
  const powers = powersOf(beta2, u);
  let [t, momenta] = [0, certain];
  return ({ x, step, stochasticGradient }) => {
    t += 1;
    const power = powers();
    const [now, next] = [momentumAt(t), momentumAt(t + 1)];
    momenta = product(momenta, now, u);
    const ofGradient = quotient(minus(certain, now, u), minus(certain, momenta, u), u);
    const ofMean = quotient(next, minus(certain, product(momenta, next, u), u), u);
    const slopes = stochasticGradient(x).map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u)));
    const [mean, square] = [means(slopes), squares(slopes)];
    return x.map((value, i) => {
      const corrected = quotient(square[i]!, complementOfPower(power, u), u);
      const numerator = plus(product(ofGradient, slopes[i]!, u), product(ofMean, mean[i]!, u), u);
      const direction = quotient(numerator, adaptiveDivisor(corrected, epsilon, conventions, u), u);
      return anyOf([decoupledStep({ step, decay: decoupled ? decay : zero, u, conventions }, value, direction)]);
    });
  };
};

/** NAdam: Adam with Nesterov's momentum. */
export const claim = statefulClaim({
  algorithm: 'nadam',
  version: 1,
  equation: 'Dozat 2016; torch.optim.NAdam',
  statement:
    'Adam with (1 − μ_t)g/(1 − π_t) + μ_{t+1} m/(1 − π_{t+1}) in place of m̂, π_t = π_{t−1} μ_t, π_0 = 1, μ_t = β₁(1 − ½·0.96^{tψ})',
  rule,
  open: ['decay', 'coupling', 'epsilon'],
  mustReach: ['weight decay', 'decoupled decay'],
});
