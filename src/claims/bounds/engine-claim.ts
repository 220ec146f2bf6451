import type { Budget, Claim, Depth } from '../claim.js';
import { type ClaimOf, claimOf } from '../claim-mutant.js';
import { eventLoopTurns } from '../event-loop-turn.js';
import type { BoundRow } from '../evidence.js';
import type { ExactEngineName } from '../left-side/exact-engine.js';
import { exactEngines } from '../left-side/exact-engines.js';
import type { BoundInstance } from '../theorems/bound-instance.js';
import { describeConstants, prepareBound } from '../theorems/prepare-bound.js';
import type { Theorem } from '../theorems/theorem.js';
import { evidenceOfRows } from './bound-evidence.js';

export interface EngineClaim extends Omit<Claim, 'check' | 'requires' | 'hypotheses'> {
  readonly theorem: Theorem;
  readonly engine: ExactEngineName;
  readonly instances: readonly BoundInstance[];
  readonly iterations: Readonly<Record<Depth, readonly number[]>>;
}

/** A theorem checked on instances by one engine: rows of left sides without sampling error against certified bounds. */
export function engineClaim(data: EngineClaim): ClaimOf<EngineClaim> {
  return claimOf(data, makeEngineClaim);
}

function makeEngineClaim(claim: EngineClaim): Claim {
  const { theorem, engine: _, instances, iterations, ...rest } = claim;
  return {
    ...rest,
    hypotheses: theorem.hypotheses,
    requires: { referenceOnly: true },
    async check(_implementation, budget) {
      const turn = eventLoopTurns();
      const rows: BoundRow[] = [];
      for (const instance of instances) {
        for (const T of iterations[budget.depth]) {
          budget.progress?.(`${instance.name}, T = ${T}`);
          await turn();
          budget.signal?.throwIfAborted();
          rows.push(engineRow(claim, instance, T, budget));
        }
      }
      return evidenceOfRows(rows);
    },
  };
}

/**
 * One row: the upper end of the left side must not exceed the bound with the lower end of f(x⁰) − f*, nor the sharpened bound.
 * @throws Error where the theorem or the engine does not apply to the instance
 */
export function engineRow(
  { id, theorem, engine }: Pick<EngineClaim, 'id' | 'theorem' | 'engine'>,
  instance: BoundInstance,
  iterations: number,
  budget: Budget,
): BoundRow {
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) throw new Error(`${theorem.id} is silent on ${instance.name}: ${prepared.silent}`);
  const { schedule, lowerBound, upperBound, sharpBound } = prepared;
  const request = { theorem, instance, iterations, schedule, signOfZero: instance.signOfZero ?? 'zero' } as const;
  const answer = exactEngines[engine](request);
  if ('inapplicable' in answer) throw new Error(`${engine} does not apply to ${instance.name}: ${answer.inapplicable}`);
  const [lower, upper] = answer.interval;
  const holds = upper <= lowerBound && (sharpBound === undefined || upper <= sharpBound);
  const refuted = lower > upperBound || (sharpBound !== undefined && lower > sharpBound);
  return {
    instance: instance.name,
    iterations,
    ...schedule,
    engine,
    left: lower / 2 + upper / 2,
    leftInterval: answer.interval,
    bound: upperBound,
    ...(sharpBound !== undefined && { sharpBound }),
    verdict: holds ? 'holds' : refuted ? 'violated' : 'inconclusive',
    reason: `the left side is enclosed to within ${(upper - lower).toExponential(1)}, the bound is certified`,
    trivial: false,
    replicates: 1,
    constants: describeConstants(prepared),
    seed: budget.seed,
    reproduce: budget.reproduce(id),
  };
}
