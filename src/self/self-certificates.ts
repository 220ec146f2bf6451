import type { Certificate, Stage } from '../claims/certificate.js';
import { checkCertificate } from '../theory/proofs/certificates/check-certificate.js';
import { plant, selfClaim } from './planted.js';

type Check = typeof checkCertificate;

/** V − e² ≥ 0 in expectation, where V bounds the variance of e. */
const stage: Stage = {
  ...{ name: 'one step', kind: 'expectation', statement: '' },
  symbols: { e: '', V: '' },
  ...{ positive: ['V'], nonNegative: [], random: ['e'], functions: {}, points: {} },
  goal: 'V − e²',
  cases: [{ terms: [{ multiplier: '1', inequality: { kind: 'variance', of: 'e', bound: 'V' } }] }],
};
const proof = (change: Partial<Stage> = {}): Certificate => ({ stages: [{ ...stage, ...change }] });
const variance = { kind: 'variance', of: 'e', bound: 'V' } as const;

const isAccepted = (check: Check, certificate: Certificate): boolean =>
  check(certificate).every(({ problem }) => problem === undefined);

/** A checker that accepts what it is given. */
const everything: Check = (certificate) => checkCertificate(certificate).map(({ problem: _, ...result }) => result);

/** A false certificate, which must be refused while the true one is accepted. */
const refused = (name: string, change: Partial<Stage>) =>
  plant<Check>({
    name,
    piece: checkCertificate,
    wrong: everything,
    finds: (check) => {
      if (!isAccepted(check, proof())) return 'a right certificate is refused';
      return isAccepted(check, proof(change)) ? 'it is accepted' : undefined;
    },
  });

export const claim = selfClaim({
  id: 'self-certificates',
  about: 'checker of certificates',
  plants: [
    refused('a negative multiplier', {
      goal: 'e² − V',
      cases: [{ terms: [{ multiplier: '−1', inequality: variance }] }],
    }),
    refused('a sum that differs from the goal', { goal: 'V − 2e²' }),
    refused('an expectation along one path', { kind: 'pathwise' }),
    plant<Check>({
      name: 'a checker that refuses everything',
      piece: checkCertificate,
      wrong: (certificate) => checkCertificate(certificate).map((result) => ({ ...result, problem: 'refused' })),
      finds: (check) => (isAccepted(check, proof()) ? undefined : 'a right certificate is refused'),
    }),
  ],
});
