import type { BoundRow } from '../../claims/evidence.js';
import { refutingVerdicts, type Verdict } from '../../claims/verdict.js';
import { boundRatio } from '../record/bound-ratio.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { byInstance } from './row-fields.js';

const refuting: readonly Verdict[] = refutingVerdicts;

/** How far a counterexample is beyond the bound that it refutes. */
export interface Refutation {
  readonly claim: ClaimRecord;
  /** The rows of which the ratio is finite, by instance. */
  readonly instances: ReadonlyMap<string, readonly BoundRow[]>;
}

/** The claims that are refuted by left sides above their bounds. */
export function refutations({ claims }: Pick<RunRecord, 'claims'>): Refutation[] {
  return claims.flatMap((claim) => {
    const { verdict, rows = [] } = claim.evidence;
    // Where a bound is 0, no ratio can be drawn.
    const drawable = rows.filter((row) => row.iterations > 0 && Number.isFinite(boundRatio(row)));
    return refuting.includes(verdict) && drawable.length > 0 ? [{ claim, instances: byInstance(drawable) }] : [];
  });
}
