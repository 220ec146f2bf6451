import { one, toDouble } from '../../../src/exact/arithmetic/rational.js';
import { anyOf, combination, minusOne, type Rule, type Uncertain } from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u }) => {
  const epoch = toDouble(given('epoch'));
  let anchor: readonly Uncertain[] = [];
  let slope: readonly Uncertain[] = [];
  let t = 0;
  return ({ x, step, stochasticGradient, gradient, regularized }) => {
    if (t++ % epoch === 0) {
      anchor = x;
      slope = gradient(x);
    }
    const [here, there] = [stochasticGradient(x), stochasticGradient(anchor)];
    const forward = x.map((value, i) => {
      const noise = combination(one, here[i]!, minusOne, there[i]!, u);
      return combination(one, value, step.neg(), combination(one, noise, one, slope[i]!, u), u);
    });
    return regularized(forward).map((each) => anyOf([each]));
  };
};

/** Prox-SVRG, which takes the noise of a gradient away by that at an anchor. */
export const claim = statefulClaim({
  algorithm: 'prox-svrg',
  version: 2,
  equation: 'Xiao and Zhang 2014',
  statement: 'x ← prox_{γh}(x − γ(∇f̂(x) − ∇f̂(w) + ∇f(w))), w ← x every m iterations',
  rule,
  mustReach: ['an anchor for each step', 'an anchor for several steps'],
});
