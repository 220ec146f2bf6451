import { one, type Rational, rational } from '../../../src/exact/arithmetic/rational.js';
import {
  adaptiveDivisor,
  anyOf,
  combination,
  exactly,
  plus,
  product,
  quotient,
  type Rule,
  remembering,
  withDecay,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u, conventions }) => {
  const [epsilon, stepDecay, decay] = [given('epsilon'), given('stepDecay'), given('weightDecay')];
  const sums = remembering((before = exactly(given('initialSum')), squared) => plus(before, squared, u));
  let t = 0n;
  return ({ x, step, stochasticGradient }) => {
    const slopes = stochasticGradient(x).map((g, i) => withDecay(g, decay, x[i]!, u));
    const sum = sums(slopes.map((g) => product(g, g, u)));
    const shrunk: Rational = one.add(rational(t).mul(stepDecay));
    t += 1n;
    return x.map((value, i) => {
      const divisor = product(exactly(shrunk), adaptiveDivisor(sum[i]!, exactly(epsilon), conventions, u), u);
      return anyOf([combination(one, value, step.neg(), quotient(slopes[i]!, divisor, u), u)]);
    });
  };
};

/** Adagrad, whose steps are divided by the root of a sum of squares. */
export const claim = statefulClaim({
  algorithm: 'adagrad',
  version: 1,
  equation: 'Duchi, Hazan and Singer 2011; torch.optim.Adagrad',
  statement: 'g = ∇f̂(x) + λx, s ← s + g², x ← x − γ/(1 + (t − 1)η) · g/(√s + ε)',
  rule,
  open: ['epsilon'],
  mustReach: ['weight decay'],
});
