import type { ProblemCase } from './problem-case.js';

/** Small enough that single precision rounds x(1 + ε) to x where x has few digits, and large against the rounding of doubles. */
const epsilon = 2 ** -26;

/** The amount moved from one probability to another: less than half the spacing of singles at 1/16. */
const moved = 2 ** -29;

/** Integers, and labels, which are signs. */
const kept = ['groups', 'length', 'rows', 'columns', 'shape', 'labels'];

function enlarged(value: unknown): unknown {
  if (typeof value === 'number') return value * (1 + epsilon);
  if (value instanceof Float64Array) return value.map((entry) => entry * (1 + epsilon));
  if (Array.isArray(value)) return value.map(enlarged);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, kept.includes(key) ? entry : enlarged(entry)]),
  );
}

/** θ with 2⁻²⁹ moved from its last positive entry to the first, or θ where there is only one. */
function shifted(probabilities: readonly number[]): readonly number[] {
  const positive = (theta: number): boolean => theta > 0;
  const [first, last] = [probabilities.findIndex(positive), probabilities.findLastIndex(positive)];
  if (first === last) return probabilities;
  return probabilities.with(first, probabilities[first]! + moved).with(last, probabilities[last]! - moved);
}

/**
 * The same case of dyadic numbers with x, θ and the parameters of d and r_k a little off, so that single precision holds none of them: an
 * implementation that rounds to it on the way answers another question. Everything that is proportional stays so.
 */
export function beyondSingle(input: ProblemCase): ProblemCase {
  const { problem, x } = input;
  return {
    ...input,
    problem: {
      smooth: enlarged(problem.smooth) as ProblemCase['problem']['smooth'],
      functions: enlarged(problem.functions) as ProblemCase['problem']['functions'],
      probabilities: shifted(problem.probabilities),
    },
    x: enlarged(x) as Float64Array,
  };
}
