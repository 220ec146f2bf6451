import type { Claim } from '../src/claims/claim.js';
import { facts, judgeSeeds } from '../src/claims/figure-seeds.js';

/** The remark of sections 2.2 and 3: signProx outperforms SPGM when the noise is sparse and large. */
export const claim: Claim = {
  id: 'remark-sparse-noise',
  version: 1,
  source: { section: '2.2', equation: 'after Theorem 2' },
  statement: 'signProx can outperform SPGM when the noise of the proximal-gradient is sparse and large',
  method: 'an e-process over seeds of the noise: signProx ends below SPGM on more than half of all seeds',
  requires: { referenceOnly: true },
  check: (_implementation, budget) =>
    judgeSeeds(
      'remark-sparse-noise',
      [{ name: 'signProx ahead under sparse noise', failed: (observed) => (observed & facts.signProxAhead) === 0 }],
      budget,
    ),
};
