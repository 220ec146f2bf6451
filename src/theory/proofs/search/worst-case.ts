import type { BoundRow } from '../../../claims/evidence.js';
import type { FunctionSpecification } from '../../../reference/functions/definition/proximable-function.js';
import { enclosedRow } from '../../bounds/bound-row.js';
import { exactLeft } from '../../left-side/exact-engines.js';
import { ScheduleError } from '../../theorem/audit/audit.js';
import { prepareBound } from '../../theorem/prepare-bound.js';
import type { BoundInstance, ScheduleConstants, Theorem } from '../../theorem/theorem.js';

/** A problem on which an engine computes the left side, without sampling. */
export interface ComputedCase {
  readonly instance: BoundInstance;
  readonly iterations: number;
  readonly row: Pick<BoundRow, 'verdict' | 'leftInterval' | 'bound' | 'engine' | 'reason'> & { readonly left: number };
  /** Hypotheses of the theorem's own that no search refutes and nothing certifies. */
  readonly assumed: readonly string[];
}

/** Two draws of mean 0 and standard deviation σ, or none. */
const noiseOf = (sigma: number): readonly FunctionSpecification[] =>
  sigma === 0
    ? [{ type: 'zero' }]
    : [sigma, -sigma].map((coefficient) => ({ type: 'linear', coefficients: [coefficient] }));

/**
 * Problems of one variable with L = 1 that attain the bounds of gradient methods: ½x², and Huber functions whose slope is 1 for about T, 1 or 2T
 * steps, each without noise and with some of two sizes.
 */
function candidates(iterations: number, step: number): BoundInstance[] {
  const huber = { type: 'huber', weight: 1, threshold: 1 } as const;
  const starts = [2, iterations, iterations + 1, 2 * iterations, 2 * iterations + 1];
  // From there a slope of 1 ends in the parabola after T steps, or meets the minimiser at once.
  const tuned = [1 + step * iterations, 1 + 2 * step * iterations, 1 / Math.max(step, 2 ** -10)];
  const parabola = { type: 'quadratic', curvature: 1, center: 0 } as const;
  const shapes = [
    { name: 'x²/2', smooth: parabola, start: 1 },
    // There the noise alone moves x, and f(x⁰) − f* = 0.
    { name: 'x²/2 from its minimiser', smooth: parabola, start: 0 },
    ...[...new Set([...starts, ...tuned])]
      .filter((start) => start > 1)
      .map((start) => ({ name: `Huber from ${start}`, smooth: huber, start })),
  ];
  return shapes.flatMap(({ name, smooth, start }) =>
    [0, 0.5, 2].map((sigma): BoundInstance => {
      const functions = noiseOf(sigma);
      return {
        name: sigma === 0 ? name : `${name}, σ = ${sigma}`,
        problem: { smooth, functions, probabilities: functions.map(() => 1 / functions.length) },
        start: [start],
      };
    }),
  );
}

/** Runs of which every sequence of draws can be followed. */
const longestWithNoise = 8;

/** Constants by which a step is guessed that candidates are tuned to. */
const typical: ScheduleConstants = {
  ...{ dimension: 1, lipschitz: 1, sigma: 1, gap: { lower: 1, upper: 1 }, distance: { lower: 1, upper: 1 } },
  ...{ coordinateLipschitz: Float64Array.of(1), coordinateSigma: Float64Array.of(1) },
  fixed: () => ({ sigma: 1, coordinateSigma: Float64Array.of(1), gap: 1, growth: 0 }),
};

/** The numbers of a theorem on a problem; undefined where it has no step, as with one tuned to f(x⁰) − f* = 0. */
function preparedOn(theorem: Theorem, instance: BoundInstance, iterations: number) {
  try {
    return prepareBound(theorem, instance, iterations, { why: false });
  } catch (error) {
    if (error instanceof ScheduleError) return undefined;
    throw error;
  }
}

/**
 * Left sides by the exact engines on the candidates, beside the bound.
 *
 * @returns how many were computed, and the one that exceeds its bound by the largest factor, if any does
 */
export async function worstCase(
  theorem: Theorem,
  iterations: readonly number[],
): Promise<{ readonly computed: number; readonly violation: ComputedCase | undefined }> {
  let computed = 0;
  let violation: ComputedCase | undefined;
  for (const T of iterations) {
    const { step } = theorem.schedule(T, typical);
    for (const instance of candidates(T, step)) {
      if (instance.problem.functions.length > 1 && T > longestWithNoise) continue;
      const prepared = preparedOn(theorem, instance, T);
      if (prepared === undefined || 'silent' in prepared) continue;
      const left = await exactLeft('auto', { theorem, instance, iterations: T, schedule: prepared.schedule });
      if (left === undefined) continue;
      const row = enclosedRow({ instance, iterations: T }, prepared, left);
      computed++;
      if (row.verdict !== 'violated') continue;
      const ratio = row.left! / row.bound!;
      if (violation === undefined || ratio > violation.row.left / violation.row.bound!) {
        violation = { instance, iterations: T, row: { ...row, left: row.left! }, assumed: prepared.assumed };
      }
    }
  }
  return { computed, violation };
}
