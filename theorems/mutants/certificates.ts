import { type ClaimMutant, type ClaimOf, violated } from '../../src/claims/claim-mutant.js';
import type { CertificateClaim } from '../../src/claims/proofs/certificates/certificate-claim.js';
import { claim as convex } from '../beyond/convex/certificate-convex-spgm.js';
import { claim as errorFeedback } from '../beyond/error-feedback/certificate-error-feedback.js';
import { claim as momentum } from '../beyond/momentum/certificate-momentum.js';
import { claim as certificate1 } from '../proof-of-theorem-1/certificate-theorem-1.js';
import { claim as sharp1 } from '../proof-of-theorem-1/certificate-theorem-1-sharp.js';
import { claim as certificate2 } from '../proof-of-theorem-2/certificate-theorem-2.js';
import { claim as sharp2 } from '../proof-of-theorem-2/certificate-theorem-2-sharp.js';

/** The last goal with a little less than what is proved, and the first term of a proof left out. */
const weakened = (claim: ClaimOf<CertificateClaim>): ClaimMutant[] =>
  violated(claim, {
    'a goal that asks for more': ({ certificate: { stages } }) => {
      const last = stages.at(-1)!;
      return { certificate: { stages: [...stages.slice(0, -1), { ...last, goal: `(${last.goal}) − 1` }] } };
    },
    'a proof with an inequality less': ({ certificate: { stages } }) => {
      const at = stages.findIndex(({ cases }) => cases[0]!.terms.length > 0);
      const [entry, ...others] = stages[at]!.cases;
      const shorter = { ...stages[at]!, cases: [{ ...entry!, terms: entry!.terms.slice(1) }, ...others] };
      return { certificate: { stages: stages.with(at, shorter) } };
    },
  });

export const certificateMutants: readonly ClaimMutant[] = [
  ...[certificate1, certificate2, sharp1, sharp2],
  ...[convex, errorFeedback, momentum],
].flatMap(weakened);
