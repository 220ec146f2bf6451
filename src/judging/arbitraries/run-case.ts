import fc from 'fast-check';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { guaranteedSteps } from './dyadic.js';
import { drawable, type ProblemCase, type ProblemCaseOptions, problemCase } from './problem-case.js';

/** A problem and the mini-batches of several iterations. */
export interface RunCase extends Omit<ProblemCase, 'indices'> {
  readonly batches: readonly (readonly number[])[];
  /** How γ changes from one iteration to the next; constant if left out. */
  readonly schedule?: Schedule;
}

/** γ of an iteration as a fraction of the run's: powers of two, which no precision rounds. */
export const shares = {
  constant: () => 1,
  'halved half-way': (t: number, count: number) => (2 * t < count ? 1 : 0.5),
  decaying: (t: number) => 2 ** -Math.floor(t / 2),
  'warm-up': (t: number) => 2 ** Math.min(0, t - 6),
} as const;

/** How γ changes within a run. */
export type Schedule = keyof typeof shares;
export const schedules = Object.keys(shares) as readonly Schedule[];

/** γ of iteration t, from 0 on. */
export const stepAt = ({ step, schedule = 'constant', batches }: RunCase, t: number): number =>
  step * shares[schedule](t, batches.length);

/** γ of a run of so many iterations, as a request has it: a list if it changes. */
export const stepsOf = (input: RunCase, count = input.batches.length): { step: number; steps?: readonly number[] } => {
  const steps = Array.from({ length: count }, (_, t) => stepAt(input, t));
  return { step: stepAt(input, 0), ...(input.schedule !== undefined && { steps }) };
};

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

/** The same runs with a γ that changes. */
export const scheduledRunCase = (options: ProblemCaseOptions): fc.Arbitrary<RunCase> =>
  fc
    .tuple(runCase(options), fc.constantFrom(...schedules.filter((schedule) => schedule !== 'constant')))
    .map(([input, schedule]) => ({ ...input, schedule }));

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
