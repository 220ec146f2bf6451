import { one, type Rational, rational, toDouble, two } from '../../../exact/arithmetic/rational.js';
import { squareRootBelow } from '../../../exact/problem/constants.js';
import { ofDifference } from '../precision.js';
import { anyOf, minusOne } from './expected.js';
import type { Rule } from './observation.js';
import { combination, exactly, type Uncertain } from './uncertain.js';

/** s⁺ = (1 + √(1 + 4s²))/2 to 2⁻⁶⁴, below the rounding of a double. */
const nextInertia = (inertia: Rational): Rational =>
  one.add(squareRootBelow(one.add(rational(4n).mul(inertia).mul(inertia)))).div(two);

export const fista: Rule = ({ u }) => {
  let inertia = one;
  let last: { readonly x: readonly Rational[]; readonly momentum: Rational; readonly t: number } | undefined;
  return ({ x, mean }) => {
    const ahead = x.map((value, i): Uncertain => {
      if (last === undefined) return exactly(value);
      const moved = value.sub(last.x[i]!);
      const y = combination(one, exactly(value), last.momentum, exactly(moved), u);
      // (s_t − 1)/s_{t+1} contains a rounding of every previous iteration.
      return { value: y.value, error: y.error + ofDifference * last.t * u * Math.abs(toDouble(moved)) };
    });
    const next = nextInertia(inertia);
    last = { x, momentum: inertia.sub(one).div(next), t: (last?.t ?? 0) + 1 };
    inertia = next;
    return mean(ahead).map((each) => anyOf([each]));
  };
};

export const proxSvrg: Rule = ({ given, u }) => {
  const epoch = toDouble(given('epoch'));
  let anchor: readonly Rational[] = [];
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
      return combination(one, exactly(value), step.neg(), combination(one, noise, one, slope[i]!, u), u);
    });
    return regularized(forward).map((each) => anyOf([each]));
  };
};
