import { one, type Rational, rational, toDouble, two } from '../../../src/exact/arithmetic/rational.js';
import { squareRootBelow } from '../../../src/exact/problem/constants.js';
import { ofDifference } from '../../../src/judging/judges/precision.js';
import {
  anyOf,
  combination,
  difference,
  type Rule,
  type Uncertain,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

/** s⁺ = (1 + √(1 + 4s²))/2 to 2⁻⁶⁴, below the rounding of a double. */
const nextInertia = (inertia: Rational): Rational =>
  one.add(squareRootBelow(one.add(rational(4n).mul(inertia).mul(inertia)))).div(two);

const rule: Rule = ({ u }) => {
  let inertia = one;
  let last: { readonly x: readonly Uncertain[]; readonly momentum: Rational; readonly t: number } | undefined;
  return ({ x, mean }) => {
    const ahead = x.map((value, i): Uncertain => {
      if (last === undefined) return value;
      const moved = difference(value, last.x[i]!);
      const y = combination(one, value, last.momentum, moved, u);
      // (s_t − 1)/s_{t+1} contains a rounding of every previous iteration.
      return { value: y.value, error: y.error + ofDifference * last.t * u * Math.abs(toDouble(moved.value)) };
    });
    const next = nextInertia(inertia);
    last = { x, momentum: inertia.sub(one).div(next), t: (last?.t ?? 0) + 1 };
    inertia = next;
    return mean(ahead).map((each) => anyOf([each]));
  };
};

/** FISTA, whose inertia grows from one iteration to the next. */
export const claim = statefulClaim({
  algorithm: 'fista',
  version: 2,
  equation: 'Beck and Teboulle 2009',
  statement:
    'x_t = P(y_t) with y_{t+1} = x_t + ((s_t − 1)/s_{t+1})(x_t − x_{t−1}), s_{t+1} = (1 + √(1 + 4s_t²))/2, s_1 = 1, y_1 = x⁰',
  rule,
});
