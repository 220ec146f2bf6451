import { unitRoundoff } from '../../claims/implementation/dtype.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/text.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { differenceTolerance, sharesOf } from './declared-accuracy.js';
import type { Judgement } from './judgement.js';
import { oracleOf } from './oracle.js';
import { showVector } from './precision.js';
import { judgeSignStep } from './sign-step.js';

/**
 * One step by vote: every coordinate moves by γ against the sign of the sum of the workers' signs. A worker whose direction is
 * rounding may vote either way or abstain; if a sum of 0 is then possible, so are all three moves (the result of a tie is a convention).
 */
export function judgeVote(
  implementation: Implementation,
  { problem, step }: { readonly problem: ProblemSpecification; readonly step: number },
  x: Float64Array,
  workers: readonly (readonly number[])[],
  next: Float64Array,
): Judgement {
  const oracle = oracleOf(problem);
  const precision = unitRoundoff(implementation.description.dtype);
  const sum = new Float64Array(x.length);
  const uncertain = new Float64Array(x.length);
  for (const indices of workers) {
    const batch = oracle.miniBatch(indices, step, x);
    const { error } = differenceTolerance(implementation, problem, step, x, sharesOf(indices, oracle.functions.length));
    for (let i = 0; i < x.length; i++) {
      const direction = x[i]! - batch[i]!;
      if (Math.abs(direction) <= error) uncertain[i]!++;
      else sum[i]! += Math.sign(direction);
    }
  }
  // The step is judged on the sum of votes, with an "error" that makes a sum of 0 possible if and only if uncertain votes do.
  let ratio = 0;
  let explanation: Judgement['explanation'];
  for (let i = 0; i < x.length; i++) {
    const judgement = judgeSignStep({
      name: `vote of ${plural(workers.length, 'worker')} in coordinate ${i}`,
      step,
      precision,
      x: x.subarray(i, i + 1),
      next: next.subarray(i, i + 1),
      direction: sum.subarray(i, i + 1),
      error: uncertain[i]!,
    });
    if (judgement.ratio > ratio || Number.isNaN(judgement.ratio)) ({ ratio, explanation } = judgement);
  }
  if (next.length !== x.length) ratio = Number.POSITIVE_INFINITY;
  return { ratio, explanation: explanation ?? (() => `the vote from ${showVector(x)} returned ${showVector(next)}`) };
}
