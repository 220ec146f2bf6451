import { errorFeedbackStep, type SignConvention } from '../../../src/library/algorithms.js';
import type { Claim } from '../../../src/library/claims.js';
import {
  claimOf,
  evidenceOfRows,
  rowClaim,
  withBatch,
  withoutGap,
  withoutNoise,
} from '../../../src/library/testing.js';
import {
  type BoundInstance,
  controlClaim,
  type IterationsByDepth,
  type OwnAlgorithm,
  type PlannedRow,
  type PlantedError,
  type Theorem,
  type TheoremConstants,
} from '../../../src/library/theorems.js';
import { cosineLogCosh, matchedQuadratics, tilted } from '../../shared/instances.js';
import { type SharpBound1, sharpBound1 } from '../../shared/sharp-bounds.js';
import { type TightSeries, tightnessClaim } from '../../shared/tight-series-claim.js';
import { theorem1 } from '../../theorem-1/theorem-1.js';

/** What the bound of error feedback depends on, for C(m) = (‖m‖₁/n) sgn m. */
interface ErrorFeedbackBound extends SharpBound1 {
  /** n. */
  readonly dimension: number;
}

/** ρ = √(1 − 1/n), of ‖m − C(m)‖ ≤ ρ‖m‖, and ω = ρ/(1 − ρ). */
export function contractionOf(dimension: number): { readonly rho: number; readonly omega: number } {
  const rho = Math.sqrt(1 - 1 / dimension);
  return { rho, omega: rho / (1 - rho) };
}

/**
 * The theorem of error feedback for any γ with γL(½ + η + ω²/η) < 1 and any mini-batch B:
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 + ρω/η)(1 − 1/T)γLσ²/B] / (1 − γL(½ + η + ω²/η)).
 *
 * For n = 1 it is Theorem 1♯.
 *
 * @param eta η > 0; default: ω
 * @throws RangeError unless the denominator is positive
 */
export function errorFeedbackBound({ dimension, ...sharp }: ErrorFeedbackBound, eta?: number): number {
  if (dimension === 1) return sharpBound1(sharp);
  const { lipschitz, variance, gap, iterations, step, miniBatch } = sharp;
  const { rho, omega } = contractionOf(dimension);
  const [factor, cost] = eta === undefined ? [1 + rho, 2 * omega] : [1 + (rho * omega) / eta, eta + omega ** 2 / eta];
  const denominator = 1 - step * lipschitz * (1 / 2 + cost);
  if (!(denominator > 0)) {
    throw new RangeError(`step must be below 1/(L(½ + η + ω²/η)) with error feedback, got γ = ${step}`);
  }
  const noise = (factor * (1 - 1 / iterations) * step * lipschitz * variance) / miniBatch;
  return (gap / (step * iterations) + noise) / denominator;
}

/**
 * The η with the smallest bound: with A = Δ/(γT) + N, N = (1 − 1/T)γLσ²/B and a = γL the bound is (Aη + Nρω)/((1 − a/2)η − aη² − aω²), whose derivative
 * is 0 where aAη² + 2aNρωη = aAω² + (1 − a/2)Nρω.
 */
function bestEta({ dimension, lipschitz, variance, gap, iterations, step, miniBatch }: ErrorFeedbackBound): number {
  const { rho, omega } = contractionOf(dimension);
  const a = step * lipschitz;
  const noise = ((1 - 1 / iterations) * a * variance) / miniBatch;
  const whole = gap / (step * iterations) + noise;
  if (whole === 0) return omega;
  // Half of the linear coefficient and the absolute one, divided by aA.
  const half = (noise * rho * omega) / whole;
  const constant = omega ** 2 + ((1 - a / 2) * half) / a;
  return constant / (half + Math.sqrt(half ** 2 + constant));
}

/** The bound with the best η; as T → ∞ at γ = 1/(L√T) its constants are those of Theorem 1♯. */
export const bestErrorFeedbackBound = (about: ErrorFeedbackBound): number =>
  errorFeedbackBound(about, about.dimension === 1 ? undefined : bestEta(about));

/** signProx with error feedback: e is the state. */
const errorFeedbackAlgorithm = (signOfZero: Exclude<SignConvention, 'random'>): OwnAlgorithm =>
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
  module: import.meta.url,
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
const acrossTheSlope: BoundInstance = {
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

export const errorFeedbackClaim = claimOf(
  { rows },
  ({ rows: own }): Claim =>
    rowClaim(
      {
        id: 'error-feedback',
        version: 1,
        source: errorFeedback.source,
        statement: errorFeedback.statement,
        hypotheses: theorem1.hypotheses,
        machineChecked: { file: 'error_feedback', theorem: 'error_feedback_scaled_sign' },
        counterexamples: [
          'without feedback, e := 0: d = ¼(x₁ + x₂)², r_k = ±(9/16)(x₁ − x₂), θ = ½, x⁰ = (½, ½): every message is a multiple of (1, −1), so that ‖G‖² = ½ for ever, and the bound tends to 0 (error-feedback-controls)',
        ],
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

// The cap is one on runs with feedback.
const { cap: _, sharp: __, ...shared } = errorFeedback;

/** The theorem of error feedback for e := 0, which is false: what a message leaves out is lost. */
export const withoutErrorFeedback: Theorem = {
  ...shared,
  id: 'without-error-feedback',
  module: import.meta.url,
  statement: 'the bound of error feedback without the feedback, e := 0',
  algorithm: {
    name: 'signProx with scaled signs',
    unordered: true,
    iterate: ({ problem, x, batch }) =>
      errorFeedbackStep(problem, { x, error: new Float64Array(x.length) }, batch, { signOfZero: 'positive' }),
  },
};

/** The theorem with the best η. */
const sharpened: Theorem = { ...errorFeedback, bound: errorFeedback.sharp! };

/** SPGM in place of signProx with error feedback, where every m is a multiple of (1, …, 1): there C(m) = m, nothing is left out, and the two are one. */
const sharpenedSpgm: Theorem = { ...sharpened, algorithm: 'spgm' };

/** d = ½‖x‖² and r_k of the same curvature about ±(1 + γL)/√2 in both coordinates: P_k − P = ±γ(1, 1)/√2, so that σ = 1, from the diagonal or from x*. */
export function diagonal(iterations: number, start: number): Omit<BoundInstance, 'name'> {
  const { step } = errorFeedback.schedule(iterations, { dimension: 2, lipschitz: 1 });
  const center = (1 + step) / Math.SQRT2;
  return {
    problem: {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: [center, -center].map((entry) => ({ type: 'quadratic', curvature: 1, center: [entry, entry] })),
      probabilities: [0.5, 0.5],
    },
    start: [start, start],
  };
}

/** Its left/bound: along the diagonal x⁺ = ρx ± γ with ρ = (1 − γ)/(1 + γ) and G = 2x/(1 + γ), so that E(x^t)² − m shrinks by ρ², m = γ(1 + γ)²/4. */
function diagonalRatio(iterations: number, start: number): number {
  const { step } = errorFeedback.schedule(iterations, { dimension: 2, lipschitz: 1 });
  const squared = ((1 - step) / (1 + step)) ** 2;
  const limit = (step * (1 + step) ** 2) / 4;
  const transient = (1 - squared ** iterations) / (iterations * (1 - squared));
  const left = step + (2 / (1 + step)) ** 2 * transient * (2 * start ** 2 - limit);
  // f = x² on the diagonal of length √2, where r_γ is a parabola too, and f* its value at 0.
  const gap = 2 * start ** 2;
  return (
    left /
    bestErrorFeedbackBound({ ...{ dimension: 2, lipschitz: 1, variance: 1, gap, iterations, step }, miniBatch: 1 })
  );
}

const powers = (...exponents: readonly number[]): number[] => exponents.map((exponent) => 4 ** exponent);

const series: readonly TightSeries[] = [
  {
    name: 'd = ½‖x‖², r = 0, from an axis, n = 2',
    theorem: errorFeedback,
    engine: 'paths',
    iterations: { quick: powers(4, 5), standard: powers(4, 5, 6), deep: powers(4, 5, 6, 7) },
    instance: () => fromAxis(2),
    atLeast: { 1024: 0.85, 4096: 0.93, 16384: 0.965 },
  },
  {
    name: 'on the diagonal, n = 2, all paths',
    theorem: sharpened,
    engine: 'paths',
    iterations: { quick: [4, 8], standard: [4, 8, 10], deep: [4, 8, 12] },
    instance: (iterations) => diagonal(iterations, 1),
    atLeast: {},
    closedForm: (iterations) => diagonalRatio(iterations, 1),
  },
  {
    name: 'on the diagonal, n = 2, where it is SPGM',
    theorem: sharpenedSpgm,
    engine: 'moments',
    iterations: { quick: powers(4, 6, 8), standard: powers(4, 6, 8), deep: powers(4, 6, 8, 10) },
    instance: (iterations) => diagonal(iterations, 1),
    atLeast: { 65536: 0.8 },
    closedForm: (iterations) => diagonalRatio(iterations, 1),
  },
  {
    name: 'on the diagonal from x*, n = 2, where it is SPGM',
    theorem: sharpenedSpgm,
    engine: 'moments',
    iterations: { quick: powers(4, 6, 8), standard: powers(4, 6, 8), deep: powers(4, 6, 8, 10) },
    instance: (iterations) => diagonal(iterations, 0),
    atLeast: { 65536: 0.8 },
    closedForm: (iterations) => diagonalRatio(iterations, 0),
  },
];

/**
 * The leading constants of error feedback are those of Theorem 1♯ and cannot be improved: as T → ∞, left/bound tends to 1 without noise, and with it along the diagonal, where
 * C(m) = m and Theorem 1♯ is attained.
 */
export const errorFeedbackTightClaim = tightnessClaim({
  id: 'error-feedback-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'error feedback' },
  statement:
    'with error feedback the bound is asymptotically attained in both of its terms: sup left/bound → 1 as T → ∞, with the best η where there is noise',
  method:
    'all paths, and second moments in rationals where C(m) = m, on families of instances; increasing in T, and closed forms',
  series,
});

// At the paper's step the theorem has no bound of its own for n = 16.
const { sharp: _sharp, ...stated } = errorFeedback;

/** The bound of Theorem 1♯, which SPGM has at the same step. */
const boundOfSpgm: Theorem = {
  ...stated,
  bound: (iterations, { lipschitz, sigma, gap }, schedule) =>
    sharpBound1({ lipschitz: lipschitz!, variance: sigma! ** 2, gap: gap.upper, iterations, ...schedule }),
};

/** The same at the paper's step γ = 1/(L√T), which is longer for small T. */
const boundOfSpgmAtPaperStep = (signOfZero: 'zero' | 'positive'): Theorem => ({
  ...boundOfSpgm,
  algorithm: errorFeedbackAlgorithm(signOfZero),
  schedule: theorem1.schedule,
});

const planted: readonly PlantedError[] = [
  {
    name: 'e := 0, noise across the slope',
    theorem: withoutErrorFeedback,
    instance: acrossTheSlope,
    iterations: [64, 256],
  },
  {
    name: 'the bound of Theorem 1♯, d = ½‖x‖², n = 16',
    theorem: boundOfSpgm,
    instance: fromAxis(16),
    iterations: [256, 1024],
    engine: 'paths',
  },
  ...(['positive', 'zero'] as const).map(
    (signOfZero): PlantedError => ({
      name: `the bound of Theorem 1♯, d = ½‖x‖², n = 16, γ = 1/(L√T), sgn(0) ${signOfZero}`,
      theorem: boundOfSpgmAtPaperStep(signOfZero),
      instance: fromAxis(16),
      iterations: [1024],
      engine: 'paths',
    }),
  ),
  {
    name: 'no Δ/(γT), d = ½‖x‖², n = 4',
    theorem: withoutGap(errorFeedback),
    instance: fromAxis(4),
    iterations: [16],
    engine: 'paths',
  },
  {
    name: 'no σ, from x*',
    theorem: withoutNoise(errorFeedback),
    instance: { ...diagonal(4, 0), name: 'on the diagonal' },
    iterations: [4],
    engine: 'paths',
  },
];

/**
 * Planted errors for the theorem of error feedback. Without feedback the noise across the slope decides every sign: each message is a multiple of (1, −1), x₁ + x₂ stays, and
 * the left side is ½ for ever. And error feedback is not free: the left side exceeds the bound that SPGM has at the same step, by ½(n − 1)γL of it for sgn(0) = ±1 and by
 * (n − 1)γL for sgn(0) = 0, to first order in γ.
 */
export const errorFeedbackControlsClaim = controlClaim({
  id: 'error-feedback-controls',
  version: 1,
  theorem: errorFeedback,
  method:
    'the same check without feedback, with the bound of SPGM, and without a term of the bound; every row must be violated',
  planted,
});
