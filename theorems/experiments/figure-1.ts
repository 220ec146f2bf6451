import { claimOf } from '../../src/claims/claim-mutant.js';
import { alike, facts, judgeSeeds, type SeedStatement } from './figure-seeds.js';

const oneVariance: readonly SeedStatement[] = [
  { name: 'alike at equal total variance', failed: (observed) => (observed & facts.spgmAlikeTotal) === 0 },
  {
    name: 'apart at equal deviation of the hit entries',
    failed: (observed) => (observed & facts.spgmAlikeEntry) !== 0,
  },
];

/**
 * Figure 1, in what its text says: "the convergence rate of SPGM is the same in both settings". True when the total variance of the
 * noise is kept, ρσ_e² = (γσ)²; not when the deviation of the entries that are hit is kept, σ_e = γσ. The pictures are drawn by
 * `signprox figure`.
 */
export const claim = claimOf({ statements: oneVariance }, ({ statements }) => ({
  id: 'figure-1',
  version: 1,
  source: { section: '3', equation: 'Figure 1' },
  statement:
    'SPGM converges equally under dense and sparse noise of equal total variance, but not if only the hit entries keep their variance',
  method: `e-processes over seeds of the noise: the ends of SPGM's runs within a factor ${alike} on more than half of all seeds (and apart on more than half under the other reading)`,
  requires: { referenceOnly: true },
  check: (_implementation, budget) => judgeSeeds(statements, budget),
}));
