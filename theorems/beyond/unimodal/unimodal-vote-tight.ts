import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding } from '../../../src/claims/evidence.js';
import { slopeRun, type TightRows, tightFinding, tightIterations } from './tight-families.js';
import { byMargin, byRoot, type VoteForm, voteMargin, voteRow } from './unimodal-vote.js';

/** A form of the theorem with M, and the left/bound to which the family must come. */
interface Family {
  readonly form: VoteForm;
  readonly workers: number;
  readonly atLeast: TightRows['atLeast'];
}

/**
 * The theorem of `unimodal-vote` cannot be improved where φ_M stands in it. With ⅔ min(√M δ, 1) in place of φ_M(δ) what is lost is little: at δ = 1/√M, as M → ∞, 3/2 could be
 * 1/(1 − 2Φ(−1)) = 1.4648.
 */
export const claim = claimOf(
  {
    scale: 1,
    families: [
      { form: byMargin, workers: 101, atLeast: { 1024: 0.95, 4096: 0.97, 16384: 0.985 } },
      { form: byRoot, workers: 1001, atLeast: { 1024: 0.92, 4096: 0.94, 16384: 0.96 } },
    ] as readonly Family[],
  },
  ({ scale, families }) => ({
    id: 'unimodal-vote-tight',
    version: 1,
    source: { section: 'beyond the paper', equation: 'majority vote under unimodal noise' },
    statement:
      'the bound Δ/(γT) + γ‖L‖₁ of a vote under unimodal noise is asymptotically attained by Σ|G_i|φ_M(δ), and 3/2 times it to 0.976 by Σ|G_i| min(√M|G_i|/√(3v_i), 1)',
    method:
      'the law of the iterate on x⁰ + γZ under uniform noise where |G| = √(3v/M), M = 101 and 1001, as an enclosure; increasing in T',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      return tightFinding(
        families.map(({ form, workers, atLeast }) => {
          const delta = 1 / Math.sqrt(workers);
          const rows = tightIterations[depth].map((iterations) => {
            const run = slopeRun('√(3v/M)', delta, voteMargin(workers, delta), iterations);
            return voteRow({ ...form, factor: scale * form.factor }, { ...run, workers });
          });
          return { rows, atLeast };
        }),
      );
    },
  }),
);
