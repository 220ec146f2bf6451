import type { IterationsByDepth } from '../../../src/claims/bounds/bound-claim.js';
import { evidenceOfRows } from '../../../src/claims/bounds/bound-evidence.js';
import { type PlannedRow, rowClaim } from '../../../src/claims/bounds/bound-row.js';
import { withoutRoom } from '../../../src/claims/bounds/comparison.js';
import type { Claim } from '../../../src/claims/claim.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { BoundInstance, Theorem } from '../../../src/claims/theorems/theorem.js';
import { withBatch } from '../../shared/changed-theorems.js';
import { parabolas } from '../../shared/functions.js';
import { theorem2 } from '../../theorem-2/theorem-2.js';
import { skewedDraws, sparseDraws } from './sparse-draws.js';
import { type SparseNoise, sparseHypothesis } from './sparse-hypothesis.js';

const { sharp: _, ...paper } = theorem2;

/**
 * signProx under sparse noise. Under Assumption 2(a)–(c), for single draws, any γ > 0 and any value of sgn(0), if Ĝ_i(x) − G_i(x) is symmetric about 0 and
 * differs from 0 with probability ϱ < 1 at most,
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖₁] ≤ [(f(x⁰) − f*)/(γT) + γ‖L‖₁]/(1 − ϱ).
 *
 * The size of the noise does not enter, nor has it to be finite in the mean square. Without symmetry 1 − ϱ becomes 1 − 2ϱ, ϱ < ½.
 *
 * @param margin 1 − ϱ, or 1 − 2ϱ; another in tests
 */
export const sparseNoiseTheorem = (
  noise: SparseNoise,
  margin = 1 - (noise.symmetric ? 1 : 2) * noise.rarity,
): Theorem => ({
  ...withBatch(1)(paper),
  id: 'sparse-noise',
  source: { section: 'beyond the paper', equation: 'Theorem 2 under sparse noise' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ [Δ/(γT) + γ‖L‖₁]/(1 − ϱ) for signProx with B = 1, where Ĝ_i − G_i is symmetric and ≠ 0 with probability ϱ at most; with 1 − 2ϱ without symmetry',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', sparseHypothesis(noise)],
  bound: (iterations, { coordinateLipschitz, gap }, { step }) =>
    (gap.upper / (step * iterations) + step * coordinateLipschitz!.reduce((total, L) => total + L, 0)) / margin,
});

/** What replicates import: they run the left side, which does not depend on ϱ. */
export const sparseNoise: Theorem = sparseNoiseTheorem({ rarity: 1 / 8, symmetric: true });

interface SparseInstance {
  readonly instance: BoundInstance;
  readonly noise: SparseNoise;
}

const parabola = { type: 'quadratic', curvature: 1, center: 0 };

export const sparseInstances = {
  cosine: {
    instance: {
      name: 'cosine, ±16 once in 8 draws',
      problem: { smooth: { type: 'cosine', weight: 1 }, ...sparseDraws(1 / 8, 16) },
      start: [1.25],
    },
    noise: { rarity: 1 / 8, symmetric: true },
  },
  curved: {
    instance: {
      name: 'Geman–McClure, r_k parabolas, ±2¹⁰ once in 4 draws',
      problem: {
        smooth: { type: 'geman-mcclure', weight: 1, scale: 1 },
        functions: parabolas(1, 0, 1024, -1024),
        probabilities: [3 / 4, 1 / 8, 1 / 8],
      },
      start: [1],
    },
    noise: { rarity: 1 / 4, symmetric: true },
  },
  far: {
    instance: {
      name: 'quadratic, ±2²⁰ once in 2 draws',
      problem: { smooth: parabola, ...sparseDraws(1 / 2, 2 ** 20) },
      start: [4],
    },
    noise: { rarity: 1 / 2, symmetric: true },
  },
  fromMinimiser: {
    instance: {
      name: 'quadratic, ±2²⁰ once in 2 draws, x⁰ = x*',
      problem: { smooth: parabola, ...sparseDraws(1 / 2, 2 ** 20) },
      start: [0],
    },
    noise: { rarity: 1 / 2, symmetric: true },
  },
  coordinateByCoordinate: {
    instance: {
      name: 'two curvatures, each coordinate hit once in 8 draws, n = 2',
      problem: {
        smooth: { type: 'quadratic', curvature: [1, 0.5], center: [0, 0.25] },
        functions: [
          [0, 0],
          [64, 0],
          [-64, 0],
          [0, 1],
          [0, -1],
        ].map((coefficients) => ({ type: 'linear', coefficients })),
        probabilities: [3 / 4, 1 / 16, 1 / 16, 1 / 16, 1 / 16],
      },
      start: [1, -0.75],
    },
    noise: { rarity: 1 / 8, symmetric: true },
  },
  skewed: {
    instance: {
      name: 'quadratic, −2¹⁰ or +2¹⁴ in 17 of 64 draws',
      problem: { smooth: parabola, ...skewedDraws(17 / 64, 1024, 16) },
      start: [2],
    },
    noise: { rarity: 17 / 64, symmetric: false },
  },
} satisfies Readonly<Record<string, SparseInstance>>;

/** Rows of the law of the iterate, and of sampled runs where they are long. */
const exactly: IterationsByDepth = {
  quick: [16, 256],
  standard: [1, 4, 16, 64, 256, 1024],
  deep: [1, 4, 16, 64, 256, 1024, 4096],
};
const sampled: IterationsByDepth = { quick: [256], standard: [1024], deep: [4096, 16_384] };

export const claim = claimOf(
  { theoremOf: sparseNoiseTheorem, instances: sparseInstances as Readonly<Record<string, SparseInstance>> },
  ({ theoremOf, instances }): Claim =>
    rowClaim(
      {
        id: 'sparse-noise',
        version: 1,
        source: sparseNoise.source,
        statement: sparseNoise.statement,
        hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'],
        method:
          'the law of the iterate on x⁰ + γZ, exactly or with an enclosure, at γ = 1/(2‖L‖₁√T) under noise of up to 2²⁰; an e-process on long runs',
        requires: { referenceOnly: true },
      },
      {
        plan: ({ depth }) =>
          Object.entries(instances).flatMap(([key, { instance, noise }]): PlannedRow[] => {
            const theorem = theoremOf(noise);
            const exact = { theorem, instance, engine: 'lattice', comparison: withoutRoom } as const;
            const long = { theorem, instance: { ...instance, name: `${instance.name}, sampled` } };
            return [
              ...exactly[depth].map((iterations): PlannedRow => ({ ...exact, iterations })),
              ...(key === 'cosine' ? sampled[depth] : []).map((iterations): PlannedRow => ({ ...long, iterations })),
            ];
          }),
        conclude: evidenceOfRows,
      },
    ),
);
