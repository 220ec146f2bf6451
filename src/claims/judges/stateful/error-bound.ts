import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import { type Judgement, worstOf } from '../judgement.js';
import type { Direction } from '../next-iterate.js';
import { maximumNorm, ofFormula } from '../precision.js';

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
  u: number,
): Judgement {
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
