import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding } from '../../../src/claims/evidence.js';
import { additiveRow, marginBound } from '../../shared/additive-run.js';
import { slopeRun, tightFinding, tightIterations } from './tight-families.js';
import { unimodalTerm } from './unimodal-noise.js';

/**
 * The theorem of `unimodal-noise` cannot be improved: where uniform noise decides the sign, its margin is |G|/√(3v), which at |G| = (2/3)√(3v) is also the 2/3
 * of far G, and Δ/(γT) is nearly everything.
 */
export const claim = claimOf({ scale: 1, three: 3, far: 2 / 3 }, ({ scale, ...constants }) => ({
  id: 'unimodal-noise-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise' },
  statement: 'the bound Δ/(γT) + γ‖L‖₁ of unimodal noise is asymptotically attained, where |G_i|/√(3v_i) = 2/3',
  method: 'the law of the iterate on x⁰ + γZ under uniform noise, as an enclosure; increasing in T',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'] as const,
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const rows = tightIterations[depth].map((iterations) => {
      const run = slopeRun('(2/3)√(3v)', 2 / 3, 2 / 3, iterations);
      return additiveRow({ ...run, term: unimodalTerm(constants) }, scale * marginBound(run));
    });
    return tightFinding([{ rows, atLeast: { 1024: 0.97, 4096: 0.98, 16384: 0.99 } }]);
  },
}));
