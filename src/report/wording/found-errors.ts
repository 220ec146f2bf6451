import type { ClaimRecord } from '../record/run-record.js';

/** A planted error that a claim finds. */
export interface FoundError {
  readonly name: string;
  /** Whether this is the claim that must find it. */
  readonly namedFor: boolean;
}

/** The planted errors that a claim of the run finds, as the kill matrix among the claims says; none where it is not among them. */
export function foundErrors(claims: readonly Pick<ClaimRecord, 'evidence'>[], id: string): FoundError[] {
  return claims
    .flatMap(({ evidence }) => evidence.matrix?.mutants ?? [])
    .filter(({ caught }) => caught.includes(id))
    .map(({ name, killedBy }) => ({ name, namedFor: killedBy === id }));
}
