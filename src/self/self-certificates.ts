import type { Certificate, Stage } from '../claims/certificate.js';
import { checkCertificate } from '../claims/proofs/certificates/check-certificate.js';
import { plant, selfClaim } from './planted.js';

type Check = typeof checkCertificate;

/** V − e² ≥ 0 in expectation, where V bounds the variance of e. */
const stage: Stage = {
  ...{ name: 'one step', kind: 'expectation', statement: '' },
  symbols: { a: '', b: '', e: '', V: '', r: '', 'r′': '', p: '', q: '' },
  ...{ positive: ['a', 'V'], nonNegative: ['b'], random: ['e'] },
  functions: {
    r: { convex: true, modulus: '1', values: { x: 'r', y: 'r′' }, gradients: { x: 'p', y: 'q' } },
    d: { convex: false, modulus: '1', values: { x: 'r', y: 'r′' }, gradients: { x: 'p', y: 'q' } },
  },
  points: { x: '0', y: 'b' },
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
    refused('a scale that may vanish', { cases: [{ scale: 'b', terms: [{ multiplier: 'b', inequality: variance }] }] }),
    refused('a sum that differs from the goal', { goal: 'V − 2e²' }),
    refused('a remainder that may be negative', { goal: '−b', cases: [{ terms: [{ remainder: '−b' }] }] }),
    refused('convexity of a function that is not convex', {
      goal: 'r′ − r − pb',
      cases: [{ terms: [{ multiplier: '1', inequality: { kind: 'convexity', of: 'd', from: 'x', to: 'y' } }] }],
    }),
    refused('an expectation along one path', { kind: 'pathwise' }),
    plant<Check>({
      name: 'a checker that refuses everything',
      piece: checkCertificate,
      wrong: (certificate) => checkCertificate(certificate).map((result) => ({ ...result, problem: 'refused' })),
      finds: (check) => (isAccepted(check, proof()) ? undefined : 'a right certificate is refused'),
    }),
  ],
});
