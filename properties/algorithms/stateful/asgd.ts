import { fromDouble, one, toDouble } from '../../../src/exact/arithmetic/rational.js';
import { ofDifference } from '../../../src/judging/judges/precision.js';
import {
  anyOf,
  combination,
  exactly,
  minus,
  product,
  type Rule,
  type Uncertain,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u }) => {
  const [lambda, decay, alpha] = [given('lambda'), given('weightDecay'), toDouble(given('alpha'))];
  let t = 0;
  return ({ x, step, stochasticGradient }) => {
    // The power is irrational for most α, and known to a few roundings.
    const shrunk = toDouble(step) / (1 + toDouble(lambda) * toDouble(step) * t) ** alpha;
    const own: Uncertain = { value: fromDouble(shrunk), error: 2 * ofDifference * (1 + alpha) * u * shrunk };
    t += 1;
    const slopes = stochasticGradient(x).map((g, i) => withDecay(g, decay, x[i]!, u));
    const kept = minus(exactly(one), product(exactly(lambda), own, u), u);
    return x.map((value, i) => {
      const shorter = product(kept, value, u);
      return anyOf([combination(one, shorter, one.neg(), product(own, slopes[i]!, u), u)]);
    });
  };
};

/** The iterates of averaged SGD, whose step decays. */
export const claim = statefulClaim({
  algorithm: 'asgd',
  version: 1,
  equation: 'Polyak and Juditsky 1992; torch.optim.ASGD',
  statement: 'x ← (1 − λη)x − η(∇f̂(x) + μx) with η = γ/(1 + λγ(t − 1))^α and the weight decay μ',
  rule,
  mustReach: ['weight decay'],
});
