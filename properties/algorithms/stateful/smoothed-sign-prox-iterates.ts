import { one } from '../../../src/exact/arithmetic/rational.js';
import { anyOf, combination, exactly, type Rule, signsOf } from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

/** Ĝ is that of the envelopes, whose proxes are found from r* + ½μp² and not by their formula. */
const rule: Rule =
  ({ u }) =>
  ({ x, step, stochasticMapping }) => {
    const now = stochasticMapping(x);
    return x.map((value, i) =>
      anyOf(signsOf(now[i]!).map((sign) => combination(one, value, step.neg(), exactly(sign), u))),
    );
  };

/** signProx on Moreau envelopes, for r_k with kinks. */
export const claim = statefulClaim({
  algorithm: 'smoothed-sign-prox',
  id: 'smoothed-sign-prox-iterates',
  version: 1,
  equation: 'signProx on Moreau envelopes',
  statement: 'x ← x − γ sgn Ĝ(x) with r_k^μ for r_k: prox_{γr^μ}(y) = y + (γ/(γ + μ))(prox_{(γ+μ)r}(y) − y)',
  rule,
});
