import { evidenceOfRows } from '../../../src/claims/bounds/bound-evidence.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding } from '../../../src/claims/evidence.js';
import {
  type AdditiveRun,
  additiveRow,
  constantsOf,
  type NoisyCoordinate,
  type NoisyProblem,
} from '../../shared/additive-run.js';
import { cosine, huber, type Plain, parabola, single } from '../../shared/noisy-coordinates.js';
import { laplace, normal, type UnitNoise, uniform } from '../../shared/unit-noise.js';

/** The constants of the bound, as numbers of their own so that tests can change them. */
export interface RateConstants {
  /** 1 of X. */
  readonly first: number;
  /** 3 of √3‖σ‖₁X. */
  readonly three: number;
}

/** φ_M′(0) = M C(M − 1, m) 4^(−m) with m = (M − 1)/2, at least √(2M/π). */
export function voteSlope(workers: number): number {
  let slope = workers;
  for (let k = 1; k < workers; k += 2) slope *= k / (k + 1);
  return slope;
}

type Untuned = Omit<AdditiveRun, 'step' | 'term'>;

/** γ = √(Δ/(‖L‖₁T)) for x⁰ that does not move with it, and the bound X + √(√3‖σ‖₁X/φ_M′(0)). */
export function tuned(run: Untuned, { first, three }: RateConstants): { step: number; bound: number } {
  const { gap, lipschitz, deviation } = constantsOf({ ...run, step: 1 });
  const X = 2 * Math.sqrt((lipschitz * gap) / run.iterations);
  const noise = (Math.sqrt(three) * deviation) / voteSlope(run.workers ?? 1);
  return { step: Math.sqrt(gap / (lipschitz * run.iterations)), bound: first * X + Math.sqrt(noise * X) };
}

/** A coordinate from a certain x⁰. */
export const from = (coordinate: Plain, place: number, deviation: number): NoisyCoordinate => ({
  ...coordinate,
  deviation,
  start: () => place,
});

const problems: readonly NoisyProblem[] = [
  single('d = ½x² from 2, much noise', from(parabola, 2, 64)),
  single('d = ½x² from 2, little noise', from(parabola, 2, 2 ** -10)),
  single('d = 1 − cos x from 2', from(cosine, 2, 1)),
  single('d = Huber of slope 1/4 from 8', from(huber(1 / 4), 8, 4)),
  { name: 'a parabola and a cosine, n = 2', coordinates: [from(parabola, -3, 2), from(cosine, 2, 1 / 8)] },
];

const plans = {
  quick: { workers: [1, 5], iterations: [16, 256] },
  standard: { workers: [1, 5, 101], iterations: [16, 4096] },
  deep: { workers: [1, 3, 25, 101], iterations: [16, 256, 4096, 16_384] },
};

/**
 * The rate of signProx under symmetric unimodal noise, at the step at which the two terms of Δ/(γT) + γ‖L‖₁ are equal: T^(−1/4) for single draws, where Theorem 2 needs mini-batches of
 * T draws. X is what is left without noise. A vote of M workers counts like a mean of φ_M′(0)² draws, which is at least (2/π)M: as for the median of a normal sample.
 */
export const claim = claimOf(
  {
    constants: { first: 1, three: 3 } as RateConstants,
    noises: [uniform, normal, laplace] as readonly UnitNoise[],
  },
  ({ constants, noises }) => ({
    id: 'unimodal-noise-rate',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise, the rate' },
    statement:
      'E[(1/T) Σ ‖G‖₁] ≤ X + √(√3‖σ‖₁X/(φ_M′(0)√B)), X = 2√(‖L‖₁Δ/T), for signProx with γ = √(Δ/(‖L‖₁T)) by the vote of an odd number M of workers, φ_1′(0) = 1 and φ_M′(0) ≥ √(2M/π), under additive noise that is symmetric and unimodal',
    method:
      'the law of the iterate on x⁰ + γZ for B = 1 and up to 101 workers, under uniform, normal and Laplace noise, for d that is convex or not, in one and two coordinates',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const plan = plans[depth];
      const rows = problems.flatMap((problem) =>
        noises.flatMap((noise) =>
          plan.workers.flatMap((workers) =>
            plan.iterations.map((iterations) => {
              const run: Untuned = { problem, noise, workers, iterations };
              const { step, bound } = tuned(run, constants);
              return additiveRow({ ...run, step, term: ({ size }) => size }, bound);
            }),
          ),
        ),
      );
      return evidenceOfRows(rows);
    },
  }),
);
