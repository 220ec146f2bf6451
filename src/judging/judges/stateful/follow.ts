import { type Dtype, largestFinite, unitRoundoff } from '../../../claims/implementation/dtype.js';
import type { Implementation } from '../../../claims/implementation/implementation.js';
import { fromDouble, toDouble } from '../../../exact/arithmetic/rational.js';
import { stepAt } from '../../arbitraries/run-case.js';
import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import { type Judgement, showComparison, worstOf } from '../judgement.js';
import { largerOrNaN } from '../precision.js';
import { exactOperators } from './operators.js';
import { closest, type Expected, type MemoryConventions, type Rule, usualConventions } from './rule.js';

/** Size of an iterate beyond which a run is not followed further: it diverges, because its step is too long. */
const largest = (dtype: Dtype): number => Math.min(2 ** 40, largestFinite(dtype) / 4);

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
  const most = largest(implementation.description.dtype);
  const judgements: Judgement[] = [{ ratio: 0 }];
  let x = input.x;
  for (const [t, next] of iterates.entries()) {
    const finite = next.every(Number.isFinite);
    if (next.length !== x.length) return worstOf([...judgements, notFinite(t + 1, next)]);
    if (x.some((value) => Math.abs(value) > most)) break;
    const expected = follow({
      x: Array.from(x, fromDouble),
      next: Array.from(finite ? next : x, fromDouble),
      step: fromDouble(stepAt(input, t)),
      ...operatorsOf(batches[t]!, stepAt(input, t)),
    });
    if (!finite) {
      const overflows = expected.some(({ values }) => values.some((value) => Math.abs(toDouble(value)) > most));
      return worstOf([...judgements, ...(overflows ? [] : [notFinite(t + 1, next)])]);
    }
    judgements.push(judgeIterate(`x_${t + 1}`, next, expected));
    // Later iterates follow from a wrong one.
    if (!(judgements.at(-1)!.ratio <= 1)) break;
    x = next;
  }
  return worstOf(judgements);
}
