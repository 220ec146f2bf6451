import fc from 'fast-check';
import { vector } from './basic-functions.js';
import { dyadic, positiveDyadic, smallDimension, stepSize } from './dyadic.js';
import type { ProblemCase } from './problem-case.js';

/** A power of two, so that scaling by it and back is exact, and far below every tolerance that an implementation may have for zeros. */
const scale = 2 ** -40;

/** Parameters of the length of x: with them and x scaled by one factor, gradients and residuals are scaled by it too. */
const lengths: Readonly<Record<string, readonly string[]>> = {
  zero: [],
  linear: ['coefficients'],
  'squared-l2': [],
  quadratic: ['center'],
  l1: ['weight'],
  huber: ['threshold'],
};

/** Types of functions r_k and smooth terms d that `tinyCase` can scale. */
export const scalableTypes: readonly string[] = Object.keys(lengths);

function scaled<T extends { readonly type: string }>(specification: T, factor: number): T {
  const entries = lengths[specification.type]!.map((name) => {
    const value = specification[name as keyof T] as number | readonly number[];
    return [name, typeof value === 'number' ? value * factor : value.map((entry) => entry * factor)];
  });
  return { ...specification, ...Object.fromEntries(entries) };
}

function scaledCase(input: ProblemCase, factor: number): ProblemCase {
  const { smooth, functions, probabilities } = input.problem;
  return {
    ...input,
    problem: {
      smooth: scaled(smooth, factor),
      functions: functions.map((fn) => scaled(fn, factor)),
      probabilities,
    },
    x: input.x.map((value) => value * factor),
  };
}

/** The case with all lengths, and so with Ĝ(x) and ∇f̂(x), times 2⁻⁴⁰: every sign and every relative rounding error stays what it was. */
export const tinyCase = (input: ProblemCase): ProblemCase => scaledCase(input, scale);

/** The case that `tinyCase` made tiny. */
export const magnifiedCase = (input: ProblemCase): ProblemCase => scaledCase(input, 1 / scale);

/** d = 0 with two linear functions whose slopes cancel up to 2⁻²⁶ of them, each drawn once. */
export function cancellingCase(): fc.Arbitrary<ProblemCase> {
  return smallDimension().chain((dimension) =>
    fc
      .record({
        slope: vector(positiveDyadic(), dimension),
        step: stepSize(),
        x: vector(dyadic(), dimension),
        order: fc.constantFrom([0, 1], [1, 0]),
      })
      .map(({ slope, step, x, order: indices }) => ({
        problem: {
          smooth: { type: 'zero' },
          functions: [slope, slope.map((entry) => -entry * (1 + 2 ** -26))].map((coefficients) => ({
            type: 'linear',
            coefficients,
          })),
          probabilities: [0.5, 0.5],
        },
        step,
        x: Float64Array.from(x),
        indices,
      })),
  );
}
