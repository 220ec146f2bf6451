import { fromDouble } from '../../src/library/exact.js';
import { describeConstants, exactEngines, prepareBound, type TheoremChange } from '../../src/library/testing.js';
import type { BoundClaim, BoundInstance, ExactEngineName, Theorem } from '../../src/library/theorems.js';
import type { Comparison } from './counterexample-claim.js';
import type { TightSeries } from './tight-series-claim.js';

/** A claim's data with its theorem changed. */
export const ofTheorem =
  (change: TheoremChange) =>
  ({ theorem }: { readonly theorem: Theorem }) => ({ theorem: change(theorem) });

/** The theorem changed, on one of the claim's instances by its place or on another, for one T. */
export const onOne =
  (change: TheoremChange, chosen: number | BoundInstance, iterations: number) =>
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
  (which: number, change: TheoremChange) =>
  ({ series }: { readonly series: readonly TightSeries[] }) => ({
    series: [{ ...series[which]!, theorem: change(series[which]!.theorem) }],
  });

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
    upper: fromDouble(answer.interval[1]),
    bound: fromDouble(upperBound * (1 + 2 ** -40)),
    constants: describeConstants(prepared),
  };
}
