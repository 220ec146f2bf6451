import type { Claim } from '../../src/claims/claim.js';
import type { Finding } from '../../src/claims/evidence.js';
import { unjudged } from './unjudged.js';

/** Names what a reader of the report could take for judged because it is declared. Told, never failed: nobody need stay in the vocabulary. */
export const claim: Claim = {
  id: 'declared-is-judged',
  version: 1,
  source: { section: 'beyond the paper', equation: 'protocol 1.0' },
  statement: 'some claim asks about every function, term, method and algorithm that is declared',
  method: 'what is declared against what the generators of the claims can make of it; nothing is asked',
  requires: {},
  expected: ['holds', 'illustrated'],
  async check({ description }): Promise<Finding> {
    const { methods, functions, smooth, algorithms, unknown } = description;
    const left = unjudged(description);
    const declared = [methods, functions, smooth, algorithms, unknown?.methods ?? [], unknown?.algorithms ?? []];
    const cases = declared.reduce((sum, names) => sum + names.length, 0);
    // Where nothing is judged, no claim applies, and this one must not look like one that did.
    const nothing = methods.every((method) => left.some(({ name }) => name === `method ${method}`));
    const some = left.length === 0 ? 'holds' : 'illustrated';
    return {
      verdict: nothing ? 'not-applicable' : some,
      reason:
        left.length === 0
          ? `all of ${cases} declared things`
          : `not judged: ${left.map(({ name, reason }) => `${name} (${reason})`).join(', ')}`,
      cases,
      parts: left.map((entry) => ({ ...entry, verdict: 'not-applicable', cases: 0, worstRatio: 0 })),
    };
  },
};
