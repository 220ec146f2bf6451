import type { Claim } from '../../claim.js';
import type { Finding } from '../../evidence.js';
import { encodeExact } from '../../exact-encoding.js';

/** A counterexample to a line as printed, whose repaired form is what the claim's parts check. */
export interface Refutation {
  /** What is refuted, e.g. `equality for sgn(0) = 0`. */
  readonly name: string;
  /** What is true in its place. */
  readonly instead: string;
  readonly input: unknown;
  /** How the line fails on the input; undefined when it does not. */
  refuted(): string | undefined;
}

/**
 * The claim with one more part: the counterexample. When everything else holds and the counterexample still refutes the line, the
 * verdict is `misprint`, which is what the ledger then expects; when it does not, the claim is violated.
 */
export function refuteAsPrinted(claim: Claim, refutation: Refutation): Claim {
  return {
    ...claim,
    expected: ['misprint'],
    async check(implementation, budget): Promise<Finding> {
      const evidence = await claim.check(implementation, budget);
      if (budget.replayOnly === true || evidence.verdict !== 'proved-exactly') return evidence;
      const failure = refutation.refuted();
      const reason =
        failure === undefined
          ? 'the counterexample on file no longer refutes the line'
          : `${failure}; ${refutation.instead}`;
      const verdict = failure === undefined ? 'violated' : 'misprint';
      return {
        ...evidence,
        verdict,
        reason: `${refutation.name}: ${reason}. ${evidence.reason}`,
        cases: evidence.cases + 1,
        parts: [...evidence.parts!, { name: refutation.name, verdict, cases: 1, worstRatio: 0, reason }],
        minimal: {
          part: refutation.name,
          ratio: Number.POSITIVE_INFINITY,
          input: encodeExact(refutation.input),
          explanation: reason,
        },
      };
    },
  };
}
