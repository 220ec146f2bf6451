import { claimOf } from '../../src/claims/claim-mutant.js';
import { facts, judgeSeeds, type SeedStatement } from './figure-seeds.js';

const ahead: readonly SeedStatement[] = [
  { name: 'signProx ahead under sparse noise', failed: (observed) => (observed & facts.signProxAhead) === 0 },
];

/** The remark of sections 2.2 and 3: signProx outperforms SPGM when the noise is sparse and large. */
export const claim = claimOf({ statements: ahead }, ({ statements }) => ({
  id: 'remark-sparse-noise',
  version: 1,
  source: { section: '2.2', equation: 'after Theorem 2' },
  statement: 'signProx can outperform SPGM when the noise of the proximal-gradient is sparse and large',
  method: 'an e-process over seeds of the noise: signProx ends below SPGM on more than half of all seeds',
  requires: { referenceOnly: true },
  check: (_implementation, budget) => judgeSeeds(statements, budget),
}));
