import type { Claim } from '../claims/claim.js';
import type { Evidence } from '../claims/evidence.js';
import type { ImplementationError } from '../claims/implementation/implementation.js';

/** Stands in the ledger of a run only when an adapter does not end as the protocol says. */
export const shutdownClaim: Pick<Claim, 'id' | 'source' | 'statement' | 'method'> = {
  id: 'guard-shutdown',
  source: { section: 'beyond the paper', equation: 'protocol 1.0' },
  statement: 'the adapter answers bye and exits with code 0 within 5 s, with no process left behind',
  method: 'bye after the last claim; exit code; what is left of its process group and of its descendants',
};

/** The evidence that an adapter did not end as the protocol says. */
export function shutdownEvidence(failure: ImplementationError, seed: string, reproduce: string): Evidence {
  const { kind, message } = failure;
  return {
    ...{ verdict: 'inconclusive', reason: message, failure: { kind, message } },
    ...{ cases: 1, seed, seconds: 0, reproduce },
  };
}
