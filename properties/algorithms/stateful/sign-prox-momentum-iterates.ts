import { one } from '../../../src/exact/arithmetic/rational.js';
import {
  anyOf,
  combination,
  exactly,
  fromNothing,
  type Rule,
  remembering,
  signsOf,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const rule: Rule = ({ given, u, conventions }) => {
  const momentum = given('momentum');
  const means = remembering((before, g) =>
    before === undefined && conventions.first === 'whole' ? g : fromNothing(momentum, u)(before, g),
  );
  return ({ x, step, stochasticMapping }) => {
    const now = means(stochasticMapping(x));
    return x.map((value, i) =>
      anyOf(signsOf(now[i]!).map((sign) => combination(one, value, step.neg(), exactly(sign), u))),
    );
  };
};

/** signProx with momentum, as others implement it. */
export const claim = statefulClaim({
  algorithm: 'sign-prox-momentum',
  id: 'sign-prox-momentum-iterates',
  version: 2,
  equation: 'signProx with momentum',
  statement: 'm ← βm + (1 − β)Ĝ(x) from m = Ĝ(x⁰), x ← x − γ sgn m',
  rule,
  open: ['first'],
  mustReach: ['momentum'],
});
