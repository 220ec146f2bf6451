import type { Comparison } from '../../src/claims/bounds/counterexample-claim.js';
import type { ExactEngineName } from '../../src/claims/left-side/exact-engine.js';
import { exactEngines } from '../../src/claims/left-side/exact-engines.js';
import { describeConstants, prepareBound } from '../../src/claims/theorems/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../src/claims/theorems/theorem.js';
import { fromDouble } from '../../src/exact/arithmetic/rational.js';

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
