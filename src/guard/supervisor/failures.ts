import type { Claim } from '../../claims/claim.js';
import type { Evidence } from '../../claims/evidence.js';
import { ImplementationError } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/text.js';

/** An adapter hung, died or broke the protocol. The process it happened to is ended. */
export class AdapterFailure extends ImplementationError {}

/** Two processes have died over the same subject, so this request is not sent. */
export class NotAsked extends AdapterFailure {
  override readonly asked = false;
  constructor({ kind, message }: AdapterFailure) {
    super(kind, message);
  }
}

/** The command cannot be started: a user's mistake. */
export class CommandError extends AdapterFailure {
  constructor(message: string) {
    super('crash', message);
  }
}

/** Part of a run only if an adapter does not exit as the protocol requires. */
export const shutdownClaim: Pick<Claim, 'id' | 'source' | 'statement' | 'method'> = {
  id: 'guard-shutdown',
  source: { section: 'beyond the paper', equation: 'protocol 2.0' },
  statement: 'the adapter answers bye and exits with code 0 within 5 s, with no process left behind',
  method: 'bye after the last claim; exit code; what is left of its process group and of its descendants',
};

/** Part of a run only if a request ended the adapter's process by a crash. Other claims may allow any answer to it, but not that. */
export const crashesClaim: Pick<Claim, 'id' | 'source' | 'statement' | 'method' | 'expected'> = {
  id: 'guard-crashes',
  source: { section: 'beyond the paper', equation: 'protocol 2.0' },
  statement: 'no request, valid or not, ends the process of the adapter',
  method: 'every process that ended during the run, with what it was asked; shown, and a failure with --strict',
  expected: ['holds', 'illustrated'],
};

/** The evidence that requests crashed an adapter: `crashes` says how, and what was asked. */
export function crashesEvidence(crashes: readonly string[], seed: string, reproduce: string): Evidence {
  // A request alone says more than a batch.
  const [first] = crashes.toSorted((one, other) => one.length - other.length);
  const reason = `${plural(crashes.length, 'process', 'processes')} crashed, e.g. ${first}`;
  return {
    ...{ verdict: 'illustrated', reason, cases: crashes.length, seed, seconds: 0, reproduce },
    // Open, so that `--strict` does not accept it.
    parts: [{ name: 'crashes', verdict: 'inconclusive', cases: crashes.length, worstRatio: 0, reason }],
  };
}

/** The evidence that an adapter did not exit as the protocol requires. */
export function shutdownEvidence(failure: ImplementationError, seed: string, reproduce: string): Evidence {
  const { kind, message } = failure;
  return {
    ...{ verdict: 'inconclusive', reason: message, failure: { kind, message } },
    ...{ cases: 1, seed, seconds: 0, reproduce },
  };
}
