import { type Dtype, largestFinite } from '../../claims/implementation/dtype.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/text.js';
import type { AlgorithmName } from '../../reference/algorithms/algorithm.js';
import { manyCoordinates } from '../arbitraries/basic-functions.js';
import { drawable, type ProblemCase } from '../arbitraries/problem-case.js';
import { type Judgement, showComparison, worstOf } from '../judges/judgement.js';
import { judgeNext } from '../judges/next-iterate.js';
import { oracleOf } from '../judges/oracle.js';
import { farthest, maximumNorm, showVector } from '../judges/precision.js';
import { type ProblemPartsOptions, problemPartsOfAnySize } from './problem-parts.js';
import type { PropertyPart } from './property-part.js';

/** Iterations of a run that is judged step by step from its own iterates: more in a larger problem, for what begins late. */
const iterationsOf = ({ x }: ProblemCase): number => (x.length < manyCoordinates ? 4 : 12);

/**
 * Mini-batches of a run: the batch of the case first, then batches that walk through the components, so that all differ. Fewer where the
 * run diverges.
 */
function batchesOf(input: ProblemCase, algorithm: AlgorithmName, dtype: Dtype): number[][] {
  const { problem, indices, step, x } = input;
  const allowed = drawable(problem.probabilities);
  const batches: number[][] = [];
  let state = x;
  for (let t = 0; t < iterationsOf(input) && maximumNorm(state) <= farthest(dtype); t++) {
    const batch = indices.map((k, b) => (t === 0 ? k : allowed[(allowed.indexOf(k) + t * (b + 1)) % allowed.length]!));
    if (algorithm === 'spgm') state = oracleOf(problem).miniBatch(batch, step, state);
    if (maximumNorm(state) < largestFinite(dtype) / 2) batches.push(batch);
  }
  return batches;
}

/**
 * Parts that judge an algorithm by its single step and, where the implementation offers `run`, others that judge it by every iterate of a
 * trajectory: each iterate from the implementation's own one before, so that rounding does not accumulate and a stale iterate shows.
 */
export function algorithmParts(
  implementation: Implementation,
  algorithm: AlgorithmName,
  options: ProblemPartsOptions = {},
): PropertyPart[] {
  const judgeOne = (input: ProblemCase, from: Float64Array, batch: readonly number[], next: Float64Array): Judgement =>
    judgeNext(implementation, { algorithm, problem: input.problem, step: input.step, x: from, indices: batch }, next);
  const judgeStep = async (input: ProblemCase): Promise<Judgement> => {
    const { problem, step, x, indices } = input;
    return judgeOne(
      input,
      x,
      indices,
      (await implementation.ask({ method: 'step', algorithm, problem, step, x: x.slice(), indices })).x,
    );
  };
  const judgeRun = async (input: ProblemCase): Promise<Judgement> => {
    const { problem, step, x } = input;
    const judgements: Judgement[] = [];
    const batches = batchesOf(input, algorithm, implementation.description.dtype);
    const reply = await implementation.ask({ method: 'run', algorithm, problem, step, x: x.slice(), indices: batches });
    if (reply.trajectory === undefined) {
      // Without a trajectory the end of the run is compared with the implementation's own steps, bit for bit.
      let state: Float64Array = x.slice();
      for (const batch of batches) {
        state = (
          await implementation.ask({ method: 'step', algorithm, problem, step, x: state.slice(), indices: batch })
        ).x;
      }
      judgements.push(judgeSame('the end of the run', reply.x, state));
      return worstOf(judgements);
    }
    if (reply.trajectory.length !== batches.length) {
      return {
        ratio: Number.POSITIVE_INFINITY,
        explanation: () =>
          `a run of ${plural(batches.length, 'iteration')} returned ${plural(reply.trajectory!.length, 'iterate')}`,
      };
    }
    for (const [t, batch] of batches.entries()) {
      judgements.push(judgeOne(input, reply.trajectory[t - 1] ?? x, batch, reply.trajectory[t]!));
      // Nothing is right after an iterate that is not finite: the one that made it so is shown.
      if (!(judgements.at(-1)!.ratio < Number.POSITIVE_INFINITY)) return worstOf(judgements);
    }
    judgements.push(judgeSame('the end of the run', reply.x, reply.trajectory.at(-1)!));
    return worstOf(judgements);
  };
  return stepAndRun(implementation, { judgeStep, judgeRun }, options);
}

/** Parts on problems of any size by a single step, and by `run` if that is offered: an error of one is not blamed on the other. */
function stepAndRun(
  implementation: Implementation,
  judges: Readonly<Record<'judgeStep' | 'judgeRun', (input: ProblemCase) => Promise<Judgement>>>,
  options: ProblemPartsOptions = {},
): PropertyPart[] {
  const steps = problemPartsOfAnySize(implementation, judges.judgeStep, options);
  if (!implementation.description.methods.includes('run')) return steps;
  const runs = problemPartsOfAnySize(implementation, judges.judgeRun, options);
  return [...steps, ...runs.map((part) => ({ ...part, name: `${part.name}, run` }))];
}

/** Equality bit for bit, up to the sign of zero; all NaN are equal. */
export function judgeSame(name: string, actual: Float64Array, expected: Float64Array): Judgement {
  const same =
    actual.length === expected.length &&
    actual.every((value, i) => value === expected[i] || Object.is(value, expected[i]));
  return {
    ratio: same ? 0 : Number.POSITIVE_INFINITY,
    explanation: () =>
      showComparison(`${name}, bit for bit`, actual, expected, (i) => Math.abs(actual[i]! - expected[i]!)),
  };
}

/** Whether an argument is after the call what it was before. */
export function judgeKept(name: string, after: Float64Array, before: Float64Array): Judgement {
  const { ratio } = judgeSame(name, after, before);
  const explanation = () =>
    `${name} was overwritten: after the call it is ${showVector(after)}, before it was ${showVector(before)}`;
  return { ratio, explanation };
}
