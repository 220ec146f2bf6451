import fc from 'fast-check';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { guaranteedSteps } from './dyadic.js';
import { drawable, type ProblemCase, type ProblemCaseOptions, problemCase } from './problem-case.js';

/** A problem and the mini-batches of several iterations. */
export interface RunCase extends Omit<ProblemCase, 'indices'> {
  readonly batches: readonly (readonly number[])[];
}

/** Iterations of every run: more than ten, to find errors that start late. */
const iterations = { min: 12, max: 14 } as const;

/** Runs on problems of one or two coordinates with K components or fewer, whose mini-batches walk through the components. */
export function runCase(options: ProblemCaseOptions): fc.Arbitrary<RunCase> {
  return fc.tuple(problemCase({ ...options, maximumDimension: 2 }), fc.integer(iterations)).map(([input, count]) => {
    const { indices, ...rest } = input;
    const allowed = drawable(input.problem.probabilities);
    const batches = Array.from({ length: count }, (_, t) =>
      indices.map((k, b) => allowed[(allowed.indexOf(k) + t * (b + 1)) % allowed.length]!),
    );
    return { ...rest, batches };
  });
}

/** r with the slope `size` in the direction of x, at every x far from 0. */
const steep: Readonly<Record<string, (side: number, size: number) => FunctionSpecification>> = {
  linear: (side, size) => ({ type: 'linear', coefficients: [side * size] }),
  l1: (_, size) => ({ type: 'l1', weight: size }),
  huber: (_, size) => ({ type: 'huber', weight: 1, threshold: size }),
};

/** Types of r and d in `opposedRun`. */
export const opposedTypes: readonly string[] = Object.keys(steep);
export const opposedTerm = 'quadratic';

/**
 * One component whose slope all but cancels ∇d: 31/32 or 33/32 of it, on the whole way of the run; the curvature of d is a small part of it.
 * A step that is 4 % smaller for one of the two than for the other turns the direction round.
 */
export function opposedRun(types: readonly string[]): fc.Arbitrary<RunCase> {
  return fc
    .record({
      type: fc.constantFrom(...types),
      side: fc.constantFrom(1, -1),
      ratio: fc.constantFrom(1 - 2 ** -5, 1 + 2 ** -5),
      step: fc.constantFrom(...guaranteedSteps),
      count: fc.integer(iterations),
    })
    .map(({ type, side, ratio, step, count }) => {
      // ∇d = −16γ·side at first, and changes by at most γ/64 in an iteration in which x moves by γ.
      const x = side * 64 * (step + step * step);
      const smooth = { type: opposedTerm, curvature: 2 ** -6, center: [x + side * 2 ** 10 * step] };
      const functions = [steep[type]!(side, 16 * step * ratio)];
      return {
        problem: { smooth, functions, probabilities: [1] },
        step,
        x: Float64Array.of(x),
        batches: Array.from({ length: count }, () => [0]),
      };
    });
}
