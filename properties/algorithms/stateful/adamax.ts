import { one } from '../../../src/exact/arithmetic/rational.js';
import {
  anyOf,
  combination,
  complementOfPower,
  exactly,
  fromNothing,
  largerOf,
  nothing,
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

const sizeOf = ({ value, error }: Uncertain): Uncertain => ({ value: value.abs(), error });

const rule: Rule = ({ given, u, conventions: { epsilonOfMaximum: place } }) => {
  const [beta1, beta2, decay] = [given('beta1'), given('beta2'), given('weightDecay')];
  const epsilon = exactly(given('epsilon'));
  const means = remembering(fromNothing(beta1, u));
  const maxima = remembering((before = nothing, newest) => largerOf(product(exactly(beta2), before, u), newest));
  const powers = powersOf(beta1, u);
  return ({ x, step, stochasticGradient }) => {
    const correction = complementOfPower(powers(), u);
    const slopes = stochasticGradient(x).map((g, i) => withDecay(g, decay, x[i]!, u));
    const mean = means(slopes);
    const sizes = slopes.map((g) => (place === 'to the gradient' ? plus(sizeOf(g), epsilon, u) : sizeOf(g)));
    const maximum = maxima(sizes).map((each) => (place === 'to the maximum' ? plus(each, epsilon, u) : each));
    return x.map((value, i) => {
      const direction = quotient(mean[i]!, product(correction, maximum[i]!, u), u);
      return anyOf([combination(one, value, step.neg(), direction, u)]);
    });
  };
};

/** Adamax, whose steps are divided by the largest gradient, which fades. */
export const claim = statefulClaim({
  algorithm: 'adamax',
  version: 1,
  equation: 'Kingma and Ba 2015, Algorithm 2; torch.optim.Adamax',
  statement: 'g = ∇f̂(x) + λx, m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g| + ε), x ← x − γ/(1 − β₁^t) · m/u',
  rule,
  open: ['epsilonOfMaximum'],
  mustReach: ['weight decay'],
});
