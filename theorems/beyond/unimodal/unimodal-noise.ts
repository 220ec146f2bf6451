import { evidenceOfRows } from '../../../src/claims/bounds/bound-evidence.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding } from '../../../src/claims/evidence.js';
import {
  type AdditiveRun,
  type AtPoint,
  additiveRow,
  constantsOf,
  type NoisyProblem,
} from '../../shared/additive-run.js';
import { cosine, huber, matched, near, parabola, single } from '../../shared/noisy-coordinates.js';
import { laplace, normal, spiked, type UnitNoise, uniform } from '../../shared/unit-noise.js';

/** The constants of the theorem, as numbers of their own so that tests can change them. */
interface UnimodalConstants {
  /** 3 of |G|/√(3v), and 2/3. */
  readonly three: number;
  readonly far: number;
  /** 1 of Δ/(γT), and of γ‖L‖₁. */
  readonly gap: number;
  readonly curvature: number;
}

/** |G| min(|G|/√(3v), 2/3). */
export const unimodalTerm =
  ({ three, far }: Pick<UnimodalConstants, 'three' | 'far'>) =>
  ({ size, deviation }: AtPoint): number =>
    size * Math.min(size / (Math.sqrt(three) * deviation), far);

/** d = ½x² and others in one coordinate, and one in two. */
export const unimodalProblems: readonly NoisyProblem[] = [
  single('d = ½x² from 8', { ...parabola, deviation: 8, start: near(8) }),
  single('d = r = ½x² from γ/2, little noise', { ...matched, deviation: 2 ** -10, start: near(0) }),
  single('d = r = ½x² from γ/2', { ...matched, deviation: 1 / 2, start: near(0) }),
  single('d = 1 − cos x from 2', { ...cosine, deviation: 1, start: near(2) }),
  single('d = Huber of slope 4', { ...huber(4), deviation: 3, start: near(6) }),
  {
    name: 'a parabola and a cosine, n = 2',
    coordinates: [
      { ...parabola, deviation: 2, start: near(-3) },
      {
        lipschitz: 1 / 4,
        mapping: (x) => Math.sin(x / 2) / 2,
        gap: (x) => 2 * Math.sin(x / 4) ** 2,
        deviation: 1 / 8,
        start: near(4),
      },
    ],
  },
];

const unimodalNoises: readonly UnitNoise[] = [uniform, normal, laplace, spiked(3 / 4)];

const iterations = { quick: [16, 256], standard: [1, 16, 256, 1024], deep: [1, 16, 64, 256, 1024, 4096] };

/**
 * signProx under additive noise that is symmetric and unimodal, with one draw and no hypothesis about mini-batches: what Gauss's inequality leaves of a sign
 * is enough. Where |G| is large against the noise it bounds ‖G‖₁, and elsewhere its square. A finite sum has no such noise; means of such draws have.
 */
export const claim = claimOf(
  {
    constants: { three: 3, far: 2 / 3, gap: 1, curvature: 1 } as UnimodalConstants,
    noises: unimodalNoises,
  },
  ({ constants, noises }) => ({
    id: 'unimodal-noise',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise' },
    statement:
      'E[(1/T) Σ Σ_i |G_i| min(|G_i|/√(3v_i), 2/3)] ≤ Δ/(γT) + γ‖L‖₁ for signProx with any γ under additive noise that is symmetric and unimodal with variance v_i at most',
    method:
      'the law of the iterate on x⁰ + γZ at γ = 1/(2√T), under uniform, normal, Laplace and spiked uniform noise, for d that is convex or not, in one and two coordinates',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const rows = unimodalProblems.flatMap((problem) =>
        noises.flatMap((noise) =>
          iterations[depth].map((T) => {
            const run: AdditiveRun = {
              problem,
              noise,
              iterations: T,
              step: 1 / (2 * Math.sqrt(T)),
              term: unimodalTerm(constants),
            };
            const { gap, lipschitz } = constantsOf(run);
            return additiveRow(
              run,
              (constants.gap * gap) / (run.step * T) + constants.curvature * run.step * lipschitz,
            );
          }),
        ),
      );
      return evidenceOfRows(rows);
    },
  }),
);
