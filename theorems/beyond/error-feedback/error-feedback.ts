import type { IterationsByDepth } from '../../../src/claims/bounds/bound-claim.js';
import { evidenceOfRows } from '../../../src/claims/bounds/bound-evidence.js';
import { type PlannedRow, rowClaim } from '../../../src/claims/bounds/bound-row.js';
import type { Claim } from '../../../src/claims/claim.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { BoundInstance, Theorem, TheoremConstants } from '../../../src/claims/theorems/theorem.js';
import type { OwnAlgorithm } from '../../../src/claims/theorems/theorem-algorithm.js';
import type { SignConvention } from '../../../src/reference/algorithms/algorithm.js';
import { errorFeedbackStep } from '../../../src/reference/algorithms/stateful/error-feedback-sign-prox.js';
import { withBatch } from '../../shared/changed-theorems.js';
import { tilted } from '../../shared/functions.js';
import { cosineLogCosh, matchedQuadratics } from '../../shared/instances.js';
import { theorem1 } from '../../theorem-1/theorem-1.js';
import {
  bestErrorFeedbackBound,
  contractionOf,
  type ErrorFeedbackBound,
  errorFeedbackBound,
} from './error-feedback-bound.js';

/** signProx with error feedback: e is the state. */
export const errorFeedbackAlgorithm = (signOfZero: Exclude<SignConvention, 'random'>): OwnAlgorithm =>
  ({
    name: 'error-feedback sign-prox',
    unordered: true,
    start: (x0) => new Float64Array(x0.length),
    iterate({ problem, x, state, batch }) {
      const next = errorFeedbackStep(problem, { x, error: state }, batch, { signOfZero });
      return { x: next.x, state: next.error };
    },
  }) satisfies OwnAlgorithm<Float64Array> as OwnAlgorithm;

const numbersOf = (
  iterations: number,
  { dimension, lipschitz, sigma, gap }: TheoremConstants,
  schedule: { readonly step: number; readonly miniBatch: number },
): ErrorFeedbackBound => ({
  ...{ dimension, iterations, lipschitz: lipschitz!, variance: sigma! ** 2, gap: gap.upper },
  ...schedule,
});

/**
 * signProx with error feedback under Assumption 1, for any mini-batch B. Let C(m) = (‖m‖₁/n) sgn m, ρ = √(1 − 1/n) and ω = ρ/(1 − ρ) ≤ 2n − 1. If γL(½ + 2ω) < 1,
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 + ρ)(1 − 1/T)γLσ²/B] / (1 − γL(½ + 2ω)).
 *
 * Here γ = min{1/√T, 1/(1 + 4ω)}/L, at which the denominator is ½ at least for every T, and B = 1. The sharpened bound has η + ω²/η in place of 2ω and 1 + ρω/η in place
 * of 1 + ρ with the best η > 0. For n = 1 all of it is Theorem 1♯. Proof in PROOFS.md.
 */
export const errorFeedback: Theorem = {
  id: 'error-feedback',
  source: { section: 'beyond the paper', equation: 'error feedback' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 + ρ)(1 − 1/T)γLσ²]/(1 − γL(½ + 2ω)) for signProx with error feedback, γ = min{1/√T, 1/(1 + 4ω)}/L, B = 1, ρ² = 1 − 1/n, ω = ρ/(1 − ρ)',
  hypotheses: theorem1.hypotheses,
  algorithm: errorFeedbackAlgorithm('positive'),

  schedule(iterations, constants) {
    const paper = theorem1.schedule(iterations, constants);
    const { omega } = contractionOf(constants.dimension);
    return { ...paper, step: Math.min(paper.step, 1 / ((1 + 4 * omega) * constants.lipschitz!)) };
  },

  term: 'squared-gradient-mapping',
  bound: (iterations, constants, schedule) => errorFeedbackBound(numbersOf(iterations, constants, schedule)),
  sharp: (iterations, constants, schedule) => bestErrorFeedbackBound(numbersOf(iterations, constants, schedule)),

  /**
   * Almost surely ‖Ĝ − G‖ ≤ S. Then ‖e⁺‖ ≤ ρ(‖e‖ + γ‖G‖ + γS), so that with u² = (1/T)Σ‖G‖² and s² = (1 − 1/T)S² the convolution with ρ, ρ², … gives
   * (Σ‖e‖²)^½ ≤ γω√T(u + s). Summed over the run, with the last step without its noise, (7) and the Cauchy–Schwarz inequality are
   * (1 − a/2)u² ≤ Δ/(γT) + 2aω(u + s)² + |1 − a|us + as² for a = γL, and u is at most the larger root of this quadratic.
   */
  cap({ step }, _start, iterations, { dimension, lipschitz, deviation, gap }) {
    if (deviation === undefined || lipschitz === undefined) return undefined;
    const { omega } = contractionOf(dimension);
    const product = step * lipschitz;
    const noise = Math.sqrt(1 - 1 / iterations) * deviation;
    const quadratic = 1 - product * (1 / 2 + 2 * omega);
    if (!(quadratic > 0)) return undefined;
    const linear = (4 * product * omega + Math.abs(1 - product)) * noise;
    const constant = gap.upper / (step * iterations) + product * (1 + 2 * omega) * noise ** 2;
    const root = (linear + Math.sqrt(linear ** 2 + 4 * quadratic * constant)) / (2 * quadratic);
    return root ** 2 * (1 + 2 ** -30);
  },
};

/** d = ½‖x‖² from one axis: without noise, and yet every message moves all coordinates for the sake of one. */
export const fromAxis = (dimension: number): BoundInstance => ({
  name: `quadratic, r = 0, from an axis, n = ${dimension}`,
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  start: Array.from({ length: dimension }, (_, i) => (i === 0 ? 1 : 0)),
});

/** d = ¼(x₁ + x₂)², and noise along (1, −1) that is larger than the slope along (1, 1): without feedback no sign ever says which way to go. */
export const acrossTheSlope: BoundInstance = {
  name: 'least squares, noise across the slope, n = 2',
  problem: {
    smooth: {
      type: 'least-squares',
      matrix: { rows: 2, columns: 2, data: [0.5, 0.5, 0.5, 0.5] },
      target: [0, 0],
    },
    functions: [0.5625, -0.5625].map((slope) => ({ type: 'linear', coefficients: [slope, -slope] })),
    probabilities: [0.5, 0.5],
  },
  start: [0.5, 0.5],
};

/** Three coordinates, and noise that has the wrong sign three times of four. */
const threeCoordinates: BoundInstance = {
  name: 'cosine, tilted log cosh r_k, n = 3',
  problem: {
    smooth: { type: 'cosine', weight: 0.5 },
    functions: [
      tilted([-0.5, 0.25, 0.5], { type: 'log-cosh', weight: 0.5, scale: 1 }),
      tilted([1.5, -0.75, -1.5], { type: 'log-cosh', weight: 0.25, scale: 1 }),
    ],
    probabilities: [0.75, 0.25],
  },
  start: [1.25, -0.5, 0.25],
};

/** A theorem on one instance, for some T by all paths and for others by sampling. */
interface FeedbackRows {
  readonly theorem: Theorem;
  readonly instance: BoundInstance;
  readonly paths: IterationsByDepth;
  readonly sampled?: IterationsByDepth;
}

const short: IterationsByDepth = { quick: [1, 4], standard: [1, 4, 8], deep: [1, 4, 8, 12] };
const long: IterationsByDepth = { quick: [1, 16, 1024], standard: [1, 16, 256, 4096], deep: [1, 16, 256, 4096, 16384] };

export const rows: readonly FeedbackRows[] = [
  { theorem: errorFeedback, instance: matchedQuadratics, paths: short },
  { theorem: errorFeedback, instance: cosineLogCosh, paths: short },
  { theorem: errorFeedback, instance: threeCoordinates, paths: short },
  {
    ...{ theorem: errorFeedback, instance: acrossTheSlope, paths: short },
    sampled: { quick: [], standard: [64], deep: [64, 256] },
  },
  { theorem: errorFeedback, instance: fromAxis(4), paths: long },
  {
    theorem: withBatch(2)(errorFeedback),
    instance: { ...cosineLogCosh, name: `${cosineLogCosh.name}, B = 2` },
    paths: { quick: [4], standard: [4, 6], deep: [4, 8] },
  },
  ...(['zero', 'negative'] as const).map((signOfZero) => ({
    theorem: { ...errorFeedback, algorithm: errorFeedbackAlgorithm(signOfZero) },
    instance: { ...fromAxis(4), name: `${fromAxis(4).name}, sgn(0) ${signOfZero}` },
    paths: { quick: [64], standard: [64, 1024], deep: [64, 1024] },
  })),
];

export const claim = claimOf(
  { rows },
  ({ rows: own }): Claim =>
    rowClaim(
      {
        id: 'error-feedback',
        version: 1,
        source: errorFeedback.source,
        statement: errorFeedback.statement,
        hypotheses: theorem1.hypotheses,
        method:
          'all sequences of mini-batches in doubles with measured rounding for short runs, two e-processes for long ones',
        requires: { referenceOnly: true },
      },
      {
        plan: ({ depth }) =>
          own.flatMap(({ theorem, instance, paths, sampled }): PlannedRow[] => [
            ...paths[depth].map((iterations): PlannedRow => ({ theorem, instance, iterations, engine: 'paths' })),
            ...(sampled?.[depth] ?? []).map((iterations): PlannedRow => ({ theorem, instance, iterations })),
          ]),
        conclude: evidenceOfRows,
      },
    ),
);
