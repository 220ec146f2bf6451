import type { Implementation } from '../../../claims/implementation/implementation.js';
import { fromDouble, toDouble } from '../../../exact/arithmetic/rational.js';
import { stepAt } from '../../arbitraries/run-case.js';
import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import { type Judgement, showComparison, worstOf } from '../judgement.js';
import { largerOrNaN, unitRoundoff } from '../precision.js';
import { exactOperators } from './operators.js';
import { closest, type Expected, type MemoryConventions, type Rule, usualConventions } from './rule.js';

/** Size of an iterate beyond which a run is not followed further: it diverges, because its step is too long. */
const largest = 2 ** 40;

const notFinite = (t: number, answer: Float64Array): Judgement => ({
  ratio: Number.POSITIVE_INFINITY,
  answer,
  explanation: () => `x_${t} is not finite`,
});

/** Judges x_t by its allowed values. */
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
    answer: next,
    explanation: () => showComparison(name, next, right, (i) => excesses[i]!),
  };
}

/**
 * Judges the iterates x_1, x_2, … of a run of an algorithm with memory by its update rule in rationals, each from the implementation's own previous
 * ones: the memory follows from these, and for a sign that rounding may change, the implementation's choice counts.
 */
export function judgeRun(
  implementation: Implementation,
  rule: Rule,
  input: StatefulCase,
  iterates: readonly Float64Array[],
  conventions: MemoryConventions = usualConventions,
): Judgement {
  const { hyperparameters, batches } = input;
  const operatorsOf = exactOperators(implementation, input);
  const follow = rule({
    given: (name) => fromDouble(Number(hyperparameters[name] ?? 0)),
    u: unitRoundoff(implementation.description.dtype),
    conventions,
  });
  const judgements: Judgement[] = [{ ratio: 0 }];
  let x = input.x;
  for (const [t, next] of iterates.entries()) {
    if (next.length !== x.length || !next.every(Number.isFinite))
      return worstOf([...judgements, notFinite(t + 1, next)]);
    if (x.some((value) => Math.abs(value) > largest)) break;
    const expected = follow({
      x: Array.from(x, fromDouble),
      next: Array.from(next, fromDouble),
      step: fromDouble(stepAt(input, t)),
      ...operatorsOf(batches[t]!, stepAt(input, t)),
    });
    judgements.push(judgeIterate(`x_${t + 1}`, next, expected));
    // Later iterates follow from a wrong one.
    if (!(judgements.at(-1)!.ratio <= 1)) break;
    x = next;
  }
  return worstOf(judgements);
}
