import { evidenceOfRows } from '../../../src/claims/bounds/bound-evidence.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding, RowFinding } from '../../../src/claims/evidence.js';
import { gaussMargin, wrongVoteProbability } from '../../majority-vote/vote-coefficients.js';
import { type AdditiveRun, type AtPoint, additiveRow, marginBound } from '../../shared/additive-run.js';
import { laplace, spiked, type UnitNoise, uniform } from '../../shared/unit-noise.js';
import { unimodalProblems } from './unimodal-noise.js';

/** φ_M(δ). */
export const voteMargin = (workers: number, delta: number): number =>
  1 - 2 * wrongVoteProbability(workers, (1 - delta) / 2);

/** One of the two forms of the theorem: what is averaged, and by what the bound of margins is multiplied. */
export interface VoteForm {
  readonly name: string;
  term(point: AtPoint, workers: number): number;
  readonly factor: number;
}

/** |G| φ_M(δ), with Gauss's δ. */
export const byMargin: VoteForm = {
  name: 'φ_M',
  term: ({ size, deviation }, workers) => size * voteMargin(workers, gaussMargin(size / deviation)),
  factor: 1,
};

/** |G| min(√M|G|/√(3v), 1), for M ≥ 3. */
export const byRoot: VoteForm = {
  name: 'min(√M|G|/√(3v), 1)',
  term: ({ size, deviation }, workers) => size * Math.min((Math.sqrt(workers) * size) / (Math.sqrt(3) * deviation), 1),
  factor: 3 / 2,
};

/** The form of the theorem on a run that has workers. */
export function voteRow(form: VoteForm, run: Omit<AdditiveRun, 'term'> & { readonly workers: number }): RowFinding {
  const row = additiveRow({ ...run, term: (point) => form.term(point, run.workers) }, form.factor * marginBound(run));
  return { ...row, instance: `${row.instance}, ${form.name}` };
}

const plans = {
  quick: { workers: [3, 101], iterations: [256] },
  standard: { workers: [3, 101], iterations: [16, 1024] },
  deep: { workers: [3, 5, 25, 1001], iterations: [1, 16, 256, 4096] },
};

/**
 * A majority vote under additive noise that is symmetric and unimodal gains √M without a mini-batch, as a mean would, up to constants: the margin of a vote is φ_M of a worker's margin, and
 * that is at least ⅔ min(√M δ, 1). A worker's noise may have a law of its own; here all have one.
 */
export const claim = claimOf(
  {
    forms: [byMargin, byRoot] as readonly VoteForm[],
    noises: [uniform, laplace, spiked(3 / 4)] as readonly UnitNoise[],
  },
  ({ forms, noises }) => ({
    id: 'unimodal-vote',
    version: 1,
    source: { section: 'beyond the paper', equation: 'majority vote under unimodal noise' },
    statement:
      'E[(1/T) Σ Σ_i |G_i|φ_M(δ(|G_i|/√v_i))] ≤ Δ/(γT) + γ‖L‖₁, and E[(1/T) Σ Σ_i |G_i| min(√M|G_i|/√(3v_i), 1)] ≤ (3/2)[Δ/(γT) + γ‖L‖₁] for M ≥ 3, for the vote of an odd number M of workers under symmetric unimodal noise',
    method:
      'the law of the iterate on x⁰ + γZ at γ = 1/(2√T) for up to 1001 workers, under uniform, Laplace and spiked uniform noise, for d that is convex or not, in one and two coordinates',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const plan = plans[depth];
      const rows = unimodalProblems.flatMap((problem) =>
        noises.flatMap((noise) =>
          plan.workers.flatMap((workers) =>
            plan.iterations.flatMap((iterations) => {
              const run = { problem, noise, workers, iterations, step: 1 / (2 * Math.sqrt(iterations)) };
              return forms.map((form) => voteRow(form, run));
            }),
          ),
        ),
      );
      return evidenceOfRows(rows);
    },
  }),
);
