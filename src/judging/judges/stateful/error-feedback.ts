import { type Dtype, largestFinite, unitRoundoff } from '../../../claims/implementation/dtype.js';
import { one, rational, sum, toDouble } from '../../../exact/arithmetic/rational.js';
import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import { type Judgement, worstOf } from '../judgement.js';
import type { Direction } from '../next-iterate.js';
import { maximumNorm, ofFormula } from '../precision.js';
import {
  anyOf,
  closest,
  combination,
  minusOne,
  nothing,
  type Observation,
  type Rule,
  signsOf,
  type Uncertain,
} from './rule.js';

/** m = e + γd, x⁺ = x − C(m), e⁺ = m − C(m) with C(m) = (‖m‖₁/n) sgn m. */
export const errorFeedback =
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
        anyOf(signsOf(m).map((sign) => combination(one, x[i]!, sign.neg(), { value, error }, u))),
      );
      // If either sign is right, the remainder follows the implementation's choice.
      left = message.map((m, i) => {
        const sent = x[i]!.value.sub(closest(expected[i]!.values, next[i]!));
        return combination(one, m, minusOne, { value: sent, error }, u);
      });
      return expected;
    };
  };

/** Size of an iterate beyond which a run is not followed further. */
const largest = 2 ** 40;

/**
 * Judges the error of error feedback: ‖e_t‖₂ ≤ γΣ_{s<t} ρ^{t−s}‖d_s‖₂, ρ² = 1 − 1/n, with the directions d_s, because C(m) omits at most ρ‖m‖ of
 * m = e + γd. It is computed as e_t = x_t − x_0 + γΣ_{s<t} d_s.
 */
export function judgeErrorBound(
  { step, x: start, batches }: StatefulCase,
  iterates: readonly Float64Array[],
  directionAt: (x: Float64Array, indices: readonly number[]) => Direction,
  dtype: Dtype,
): Judgement {
  const u = unitRoundoff(dtype);
  const n = start.length;
  const contraction = Math.sqrt(1 - 1 / n);
  const meant = new Float64Array(n);
  let [bound, allowed] = [0, 0];
  const judgements: Judgement[] = [{ ratio: 0 }];
  for (const [t, next] of iterates.entries()) {
    const from = iterates[t - 1] ?? start;
    if (!(maximumNorm(from) <= largest)) break;
    const { direction, error } = directionAt(from, batches[t]!);
    direction.forEach((d, i) => {
      meant[i]! += step * d;
    });
    bound = contraction * (bound + step * Math.hypot(...direction));
    const size = maximumNorm(next) + maximumNorm(start) + maximumNorm(meant) + step * maximumNorm(direction);
    if (!(maximumNorm(start) + maximumNorm(meant) + bound < largestFinite(dtype) / 2)) break;
    allowed += Math.sqrt(n) * (step * error + ofFormula * u * size);
    const left = Math.hypot(...next.map((value, i) => value - start[i]! + meant[i]!));
    const excess = left - bound;
    judgements.push({
      ratio: excess <= 0 ? 0 : excess / allowed,
      explanation: () => `‖e_${t + 1}‖ = ${left}, at most ${bound} is right`,
    });
  }
  return worstOf(judgements);
}
