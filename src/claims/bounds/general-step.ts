import type { Claim } from '../claim.js';
import { type ClaimOf, claimOf } from '../claim-mutant.js';
import type { BoundRow } from '../evidence.js';
import { executorReplicates } from '../left-side/replicate-sources.js';
import type { BoundInstance } from '../theorems/bound-instance.js';
import type { Schedule, Theorem } from '../theorems/theorem.js';
import { evidenceOfRows } from './bound-evidence.js';
import { decideRow } from './bound-row.js';

/** A schedule other than the paper's. */
export interface GeneralSchedule {
  /** Shown with the instance, e.g. `γ = 1.5/L, B = 4`. */
  readonly name: string;
  readonly schedule: (paper: Schedule, iterations: number) => Schedule;
}

export interface GeneralStepClaim extends Omit<Claim, 'check' | 'requires' | 'hypotheses'> {
  readonly theorem: Theorem;
  /** URL of the module that exports `replicate` for this theorem. */
  readonly module: string;
  readonly schedules: readonly GeneralSchedule[];
  readonly instances: readonly BoundInstance[];
}

const iterationsByDepth = { quick: [4], standard: [4, 16, 64], deep: [4, 16, 64, 256] } as const;

/** Wraps a theorem whose bound holds for any step and mini-batch into a claim: one row per schedule, instance and T. */
export function generalStepClaim(data: GeneralStepClaim): ClaimOf<GeneralStepClaim> {
  return claimOf(data, makeGeneralStepClaim);
}

function makeGeneralStepClaim(claim: GeneralStepClaim): Claim {
  const { theorem, module, schedules, instances, ...rest } = claim;
  return {
    ...rest,
    hypotheses: theorem.hypotheses,
    requires: { referenceOnly: true },
    async check(_implementation, budget) {
      const rows: BoundRow[] = [];
      for (const { name, schedule } of schedules) {
        const general: Theorem = {
          ...theorem,
          schedule: (iterations, constants) => schedule(theorem.schedule(iterations, constants), iterations),
        };
        for (const instance of instances) {
          for (const iterations of iterationsByDepth[budget.depth]) {
            budget.signal?.throwIfAborted();
            budget.progress?.(`${instance.name}, ${name}, T = ${iterations}`);
            rows.push(
              await decideRow({
                ...{ claim: claim.id, version: claim.version, theorem: general, iterations, budget },
                instance: { ...instance, name: `${instance.name}, ${name}` },
                replicates: executorReplicates(budget.executor, module),
              }),
            );
          }
        }
      }
      return evidenceOfRows(rows);
    },
  };
}
