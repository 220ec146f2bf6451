import { one, rational, sum, toDouble } from '../../../exact/arithmetic/rational.js';
import { anyOf, closest, minusOne, signsOf } from './expected.js';
import type { Observation, Rule } from './observation.js';
import { combination, exactly, nothing, type Uncertain } from './uncertain.js';

/** m = e + γd, x⁺ = x − C(m), e⁺ = m − C(m) with C(m) = (‖m‖₁/n) sgn m. */
const errorFeedback =
  (directionOf: (observation: Observation) => readonly Uncertain[]): Rule =>
  ({ u }) => {
    let left: readonly Uncertain[] | undefined;
    return (observation) => {
      const { x, next, step } = observation;
      const message = directionOf(observation).map((g, i) => combination(one, left?.[i] ?? nothing, step, g, u));
      const n = rational(BigInt(x.length));
      const value = sum(message.map((m) => m.value.abs())).div(n);
      // ‖m‖₁ is a sum of n terms, each off by its own error, with a rounding for each.
      const error =
        message.reduce((total, m) => total + m.error, 0) / x.length + 2 * (x.length + 1) * u * toDouble(value);
      const expected = message.map((m, i) =>
        anyOf(signsOf(m).map((sign) => combination(one, exactly(x[i]!), sign.neg(), { value, error }, u))),
      );
      // If either sign is right, the remainder follows the implementation's choice.
      left = message.map((m, i) => {
        const sent = x[i]!.sub(closest(expected[i]!.values, next[i]!));
        return combination(one, m, minusOne, { value: sent, error }, u);
      });
      return expected;
    };
  };

export const errorFeedbackSignSgd = errorFeedback(({ x, stochasticGradient }) => stochasticGradient(x));
export const errorFeedbackSignProx = errorFeedback(({ x, stochasticMapping }) => stochasticMapping(x));
