import { fromDouble, toDouble } from '../../../exact/arithmetic/rational.js';
import { rationalGradient } from '../../../exact/problem/rational-gradient.js';
import { batchWeights, normalisedProblem } from '../../../exact/problem/rational-problem.js';
import type { StatefulAlgorithmName } from '../../../reference/algorithms/stateful/names.js';
import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import type { Implementation } from '../../implementation/implementation.js';
import { type Judgement, showComparison, worstOf } from '../judgement.js';
import { batchGradient } from '../next-iterate.js';
import { largerOrNaN, unitRoundoff } from '../precision.js';
import { closest, type Expected, rules } from './rules.js';

/** Size of an iterate after which a run is followed no further: it diverges, as a step that is too long makes it. */
const largest = 2 ** 40;

const notFinite = (t: number): Judgement => ({
  ratio: Number.POSITIVE_INFINITY,
  explanation: () => `x_${t} is not finite`,
});

/** Judges x_t against what it may be. */
function judgeIterate(name: string, next: Float64Array, expected: readonly Expected[]): Judgement {
  const right = Float64Array.from(next);
  const excesses = Array.from(next, (value, i) => {
    const { values, error } = expected[i]!;
    if (values.length === 0) return 0;
    const nearest = closest(values, fromDouble(value));
    right[i] = toDouble(nearest);
    const off = Math.abs(toDouble(fromDouble(value).sub(nearest)));
    return off === 0 ? 0 : off / error;
  });
  return {
    ratio: excesses.reduce(largerOrNaN, 0),
    explanation: () => showComparison(name, next, right, (i) => excesses[i]!),
  };
}

/**
 * Judges the iterates x_1, x_2, … of a run of an algorithm with memory by its update rule in rationals, each from the implementation's own ones
 * before: what is remembered follows from these, and a sign that rounding may have turned is taken as the implementation took it.
 */
export function judgeRun(
  { description }: Implementation,
  algorithm: StatefulAlgorithmName,
  input: StatefulCase,
  iterates: readonly Float64Array[],
): Judgement {
  const { problem, step, hyperparameters, batches } = input;
  const u = unitRoundoff(description.dtype);
  const exact = normalisedProblem(problem, input.x.length);
  const given = (name: string) => fromDouble(Number(hyperparameters[name] ?? 0));
  const follow = rules[algorithm](given, fromDouble(step), u);
  const judgements: Judgement[] = [{ ratio: 0 }];
  let x = input.x;
  for (const [t, next] of iterates.entries()) {
    if (next.length !== x.length || !next.every(Number.isFinite)) return worstOf([...judgements, notFinite(t + 1)]);
    if (x.some((value) => Math.abs(value) > largest)) break;
    const indices = batches[t]!;
    const { error } = batchGradient({ algorithm: 'sgd', problem, step, x, indices }, u);
    const from = Array.from(x, fromDouble);
    const gradient = rationalGradient(exact, batchWeights(indices, problem.functions.length), from);
    const expected = follow({
      x: from,
      gradient: gradient.map((value) => ({ value, error })),
      next: Array.from(next, fromDouble),
    });
    judgements.push(judgeIterate(`x_${t + 1}`, next, expected));
    // What comes after a wrong iterate follows from it.
    if (!(judgements.at(-1)!.ratio <= 1)) break;
    x = next;
  }
  return worstOf(judgements);
}
