import type { Claim } from '../../src/library/claims.js';
import { checkCertificate, claimMaker, plural } from '../../src/library/testing.js';
import type { Certificate } from '../../src/library/theorems.js';

export interface CertificateClaim extends Omit<Claim, 'check' | 'requires' | 'method'> {
  readonly certificate: Certificate;
}

/** A claim whose evidence is a proof: `proved-exactly` when every identity of the certificate holds. */
export const certificateClaim = claimMaker(
  (claim: CertificateClaim): Claim => ({
    ...claim,
    method:
      'a non-negative combination of the inequalities that define the classes plus squares, checked as an identity of polynomials over the rationals',
    requires: { referenceOnly: true },
    async check() {
      const results = checkCertificate(claim.certificate);
      const wrong = results.filter(({ problem }) => problem !== undefined);
      const terms = claim.certificate.stages.flatMap(({ cases }) => cases).flatMap((entry) => entry.terms);
      return {
        verdict: wrong.length === 0 ? 'proved-exactly' : 'violated',
        reason:
          wrong.length === 0
            ? `${plural(results.length, 'identity', 'identities')} in ${plural(claim.certificate.stages.length, 'stage')} hold term by term`
            : wrong.map(({ name, problem }) => `${name}: ${problem}`).join('; '),
        cases: results.length,
        parts: results.map(({ name, problem }) => ({
          name,
          verdict: problem === undefined ? 'proved-exactly' : 'violated',
          cases: 1,
          worstRatio: problem === undefined ? 0 : Number.POSITIVE_INFINITY,
          ...(problem === undefined ? {} : { reason: problem }),
        })),
        measured: { identities: results.length, 'terms of the combinations': terms.length },
      };
    },
  }),
);
