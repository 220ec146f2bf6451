import type { Budget, Claim } from '../claim.js';
import { type ClaimFacts, claimInPieces } from '../claim-in-pieces.js';
import type { Finding, RowFinding } from '../evidence.js';
import type { Implementation } from '../implementation/implementation.js';
import { decideRow, type PlannedRow } from './bound-row.js';

/** Rows, and the findings when all are decided. */
export interface ConcludedRows {
  /** The rows of a depth. */
  plan(budget: Budget, implementation: Implementation): readonly PlannedRow[];
  /** What they show, in the order of the plan. */
  conclude(
    rows: readonly RowFinding[],
    budget: Budget,
    planned: readonly PlannedRow[],
    implementation: Implementation,
  ): Finding;
}

/** A claim that is judged by rows; each row is a piece. */
export function rowClaim(claim: ClaimFacts, { plan, conclude }: ConcludedRows): Claim {
  return claimInPieces(claim, {
    plan: (implementation, budget) => plan(budget, implementation),
    decide: (row: PlannedRow, _implementation, budget) => {
      tellRow(row, budget);
      return decideRow({ ...row, claim: claim.id, version: claim.version, budget });
    },
    conclude,
  });
}

/** Says which row is decided now. */
export function tellRow({ instance, iterations }: Pick<PlannedRow, 'instance' | 'iterations'>, budget: Budget): void {
  budget.progress?.(`${instance.name}, T = ${iterations}`);
}
