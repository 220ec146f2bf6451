import { fromDouble } from '../../src/library/exact.js';
import { describeConstants, exactEngines, prepareBound } from '../../src/library/testing.js';
import type { BoundClaim, BoundInstance, ExactEngineName, Theorem } from '../../src/library/theorems.js';
import type { Comparison } from './counterexample-claim.js';
import type { TightSeries } from './tight-series-claim.js';

/** A theorem made wrong, which a check must find out. Its id stays, by which the replicates of its left side are found. */
export type Change = (theorem: Theorem) => Theorem;

/** A claim's data with its theorem changed. */
export const ofTheorem =
  (change: Change) =>
  ({ theorem }: { readonly theorem: Theorem }) => ({ theorem: change(theorem) });

/** The theorem changed, on one of the claim's instances by its place or on another, for one T. */
export const onOne =
  (change: Change, chosen: number | BoundInstance, iterations: number) =>
  ({ theorem, instances }: BoundClaim): Partial<BoundClaim> => ({
    theorem: change(theorem),
    instances: [typeof chosen === 'number' ? instances[chosen]! : chosen],
    iterations: { quick: [iterations], standard: [iterations], deep: [iterations] },
  });

/** r is not smooth: Σθ_k r_k has a kink. */
export const kinked: BoundInstance = {
  name: 'quadratic, l1',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'l1', weight: 1 }],
    probabilities: [1],
  },
  start: [2],
};

/** One of the families of a claim that a bound is tight, with its theorem changed. */
export const ofFamily =
  (which: number, change: Change) =>
  ({ series }: { readonly series: readonly TightSeries[] }) => ({
    series: [{ ...series[which]!, theorem: change(series[which]!.theorem) }],
  });

/** A change of the sharpened bound in place of the bound. */
export const sharper =
  (change: Change): Change =>
  (theorem) => ({ ...theorem, sharp: change({ ...theorem, bound: theorem.sharp! }).bound });

/** The rate 1/T in place of 1/√T. */
export const faster: Change = (theorem) => ({
  ...theorem,
  bound: (iterations, ...rest) => theorem.bound(iterations, ...rest) / Math.sqrt(iterations),
});

/** No f(x⁰) − f*. */
export const withoutGap: Change = (theorem) => ({
  ...theorem,
  bound: (iterations, constants, schedule) =>
    theorem.bound(iterations, { ...constants, gap: { lower: 0, upper: 0 } }, schedule),
});

/** Every σ multiplied. */
export const timesNoise =
  (factor: number): Change =>
  (theorem) => ({
    ...theorem,
    bound: (iterations, { sigma, coordinateSigma, ...constants }, schedule) =>
      theorem.bound(
        iterations,
        {
          ...constants,
          ...(sigma !== undefined && { sigma: factor * sigma }),
          ...(coordinateSigma !== undefined && { coordinateSigma: coordinateSigma.map((entry) => factor * entry) }),
        },
        schedule,
      ),
  });

/** No σ. */
export const withoutNoise = timesNoise(0);

/** The bound multiplied. */
export const times =
  (factor: number): Change =>
  (theorem) => ({ ...theorem, bound: (...given) => factor * theorem.bound(...given) });

/** A step that does not decay with T. The cap and the sharpened bound are left out: they are about the theorem's own step. */
export const withStep =
  (step: number): Change =>
  ({ cap: _, sharp: __, ...theorem }) => ({
    ...theorem,
    schedule: (...given) => ({ ...theorem.schedule(...given), step }),
  });

/** A mini-batch of B draws in place of the theorem's own. The cap stays: it holds for any B. */
export const withBatch =
  (miniBatch: number): Change =>
  (theorem) => ({ ...theorem, schedule: (...given) => ({ ...theorem.schedule(...given), miniBatch }) });

/** A lower end of the left side and an upper end of the bound of a theorem on an instance, both from the same problem. */
export function engineComparison(
  theorem: Theorem,
  engine: ExactEngineName,
  instance: BoundInstance,
  iterations: number,
): Comparison {
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) throw new Error(prepared.silent);
  const { schedule, upperBound } = prepared;
  const answer = exactEngines[engine]({ theorem, instance, iterations, schedule });
  if ('inapplicable' in answer) throw new Error(answer.inapplicable);
  return {
    ...{ instance: instance.name, iterations, ...schedule, engine },
    left: fromDouble(answer.interval[0]),
    bound: fromDouble(upperBound * (1 + 2 ** -40)),
    constants: describeConstants(prepared),
  };
}
