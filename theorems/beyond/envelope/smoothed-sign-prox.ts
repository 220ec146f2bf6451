import { parseProblem } from '../../../src/library/algorithms.js';
import type { BoundInstance, IterationsByDepth, OwnHypothesis, Theorem } from '../../../src/library/theorems.js';
import { slopes, tilted, translated } from '../../shared/instances.js';
import { shortened } from '../../shared/optimal-step.js';
import { evenBatchFactor, noiseFactor, sharpBound2 } from '../../shared/sharp-bounds.js';
import { type TightSeries, tightnessClaim } from '../../shared/tight-series-claim.js';
import { theorem2 } from '../../theorem-2/theorem-2.js';

/** What a problem with kinks brings to the bound, none of which depends on γ or μ. */
export interface KinkedConstants {
  /** (L_1 … L_n) of d alone. */
  readonly lipschitz: readonly number[];
  /** (M_1 … M_n): every r_k is M_i-Lipschitz in coordinate i. */
  readonly slopes: readonly number[];
  /** An upper end of Δ̄ = f̄(x⁰) − inf f̄ with f̄ = d + Σθ_k r_k. */
  readonly gap: number;
}

/** μ, γ and B. */
export interface SmoothedSchedule {
  readonly smoothing: number;
  readonly step: number;
  readonly miniBatch: number;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const squares = (values: readonly number[]): number => total(values.map((value) => value * value));

/**
 * The constants of a separable problem whose r_k may have kinks.
 *
 * @throws RangeError unless d has Lipschitz constants by coordinate and f̄ a certified infimum
 */
export function kinkedConstants({ problem: specification, start }: BoundInstance): KinkedConstants {
  const problem = parseProblem(specification);
  const { smooth, functions } = problem;
  const x = Float64Array.from(start);
  // r_γ ≤ Σθ_k r_k, so the infimum with any γ is a lower end of that of f̄; at a tiny one next to nothing is lost.
  const infimum = problem.at(2 ** -40).infimum(x.length);
  const bounded = infimum !== undefined && infimum.lower > Number.NEGATIVE_INFINITY;
  if (!problem.separable || !bounded || smooth.lipschitz === undefined) {
    throw new RangeError('problem must be separable, with a certified L and a certified infimum of d + Σθ_k r_k');
  }
  const steepest = (i: number): number =>
    Math.max(...functions.flatMap((r) => r.coordinate!(i).subgradientRange!.map(Math.abs)));
  return {
    lipschitz: Array.from(x, (_, i) => smooth.coordinateLipschitz?.(i) ?? smooth.lipschitz!),
    slopes: Array.from(x, (_, i) => steepest(i)),
    gap: Math.max(0, problem.at(1).fixedObjective(x) - infimum.lower),
  };
}

/**
 * For signProx on the Moreau envelopes of the r_k, any γ, μ and B:
 *
 *     [Δ̄ + ½(γ + μ)‖M‖²]/(γT) + ½γΣ_i(L_i + 1/μ) + (1 − 1/T) Σ_i κ(γ/μ)M_i/√B.
 *
 * @param growth 1/2 of ½(γ + μ)‖M‖², by which Δ may be larger than Δ̄
 */
export function smoothedBound(
  { lipschitz, slopes: steepest, gap }: KinkedConstants,
  iterations: number,
  { smoothing, step, miniBatch }: SmoothedSchedule,
  growth = 1 / 2,
  factor = noiseFactor,
): number {
  return sharpBound2(
    {
      // ½(L_i + 1/μ) in place of max{L_i, 1/μ}: d and r are expanded with constants of their own.
      coordinateLipschitz: lipschitz.map((own) => (own + 1 / smoothing) / 2),
      coordinateSigma: steepest,
      gap: gap + growth * (step + smoothing) * squares(steepest),
      ...{ iterations, step, miniBatch },
    },
    () => factor(step / smoothing),
  );
}

/** μ, γ and B for T iterations, from the constants. */
type Rule = (iterations: number, constants: KinkedConstants) => SmoothedSchedule;

/** The γ and B of Theorem 2 with L_i′ = max{L_i, 1/μ}, and μ = T^(−1/4). */
export const atPapersStep: Rule = (iterations, { lipschitz }) => {
  const smoothing = shortened(iterations ** (-1 / 4), 6);
  const largest = total(lipschitz.map((own) => Math.max(own, 1 / smoothing)));
  return { smoothing, step: shortened(1 / (2 * largest * Math.sqrt(iterations))), miniBatch: iterations };
};

/** μ = T^(−1/3), B = ⌈T^(2/3)⌉ and γ = √(2A/((‖L‖₁ + n/μ)T)) with A = Δ̄ + ½μ‖M‖². */
export const atBestStep: Rule = (iterations, { lipschitz, slopes: steepest, gap }) => {
  const smoothing = shortened(iterations ** (-1 / 3), 6);
  const start = gap + (smoothing * squares(steepest)) / 2;
  const curvature = total(lipschitz) + lipschitz.length / smoothing;
  const step = shortened(Math.sqrt((2 * start) / (curvature * iterations)));
  // T^(2/3) of a cube is an integer up to rounding.
  return { smoothing, step, miniBatch: Math.ceil(iterations ** (2 / 3) - 2 ** -20) };
};

/** The r_k of a problem replaced by their Moreau envelopes. */
export const smoothed = ({ problem, ...rest }: BoundInstance, smoothing: number): BoundInstance => ({
  ...rest,
  problem: {
    ...problem,
    functions: problem.functions.map((inner) => ({ type: 'moreau-envelope', smoothing, inner })),
  },
});

/**
 * What to use where the r_k have kinks: signProx on their Moreau envelopes with parameter μ, whose proxes are prox_{γr^μ}(y) = y + (γ/(γ + μ))(prox_{(γ+μ)r}(y) − y). Under
 * Assumption 2(a),(b) for d and f̄ = d + Σθ_k r_k, with separable convex r_k that are M_i-Lipschitz in coordinate i, for any γ, μ > 0 and B
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ [Δ̄ + ½(γ + μ)‖M‖²]/(γT) + ½γΣ_i(L_i + 1/μ) + (1 − 1/T) Σ_i κ(γ/μ)M_i/√B,   Δ̄ = f̄(x⁰) − inf f̄.
 *
 * The theorem of one problem with kinks, or of one for each T, whose instances are `smoothed`. Its sharpened bound has the Δ and the σ of the envelopes. Proof in PROOFS.md.
 */
export function smoothedSignProx(kinkedOf: (iterations: number) => BoundInstance, rule: Rule): Theorem {
  const known = new Map<number, { readonly constants: KinkedConstants; readonly own: SmoothedSchedule }>();
  const at = (iterations: number) => {
    if (!known.has(iterations)) {
      const constants = kinkedConstants(kinkedOf(iterations));
      known.set(iterations, { constants, own: rule(iterations, constants) });
    }
    return known.get(iterations)!;
  };
  const { hypotheses, algorithm, term, cap } = theorem2;
  return {
    ...{ hypotheses, algorithm, term, cap: cap! },
    id: 'smoothed-sign-prox',
    module: import.meta.url,
    source: { section: 'beyond the paper', equation: 'signProx on Moreau envelopes' },
    statement,
    schedule(iterations) {
      const { smoothing, ...own } = at(iterations).own;
      return { ...own, parameters: { smoothing } };
    },
    bound(iterations) {
      const { constants, own } = at(iterations);
      return smoothedBound(constants, iterations, own);
    },
    sharp(iterations, { coordinateSigma, gap }) {
      const { constants, own } = at(iterations);
      const enveloped = { ...constants, slopes: Array.from(coordinateSigma!), gap: gap.upper };
      const factor = own.miniBatch % 2 === 0 ? evenBatchFactor : noiseFactor;
      return smoothedBound(enveloped, iterations, own, 0, factor);
    },
  };
}

const statement =
  'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ [Δ̄ + ½(γ + μ)‖M‖²]/(γT) + ½γΣ(L_i + 1/μ) + (1 − 1/T)Σκ(γ/μ)M_i/√B for signProx on the Moreau envelopes of M_i-Lipschitz r_k';

const absolute = { type: 'l1', weight: 1 };
const zero = { type: 'zero' };

/** The problem of F8 on which Theorem 2 fails, from any x⁰. */
const kink = (start: number): BoundInstance => ({
  name: `d = 0, r = |u|, x⁰ = ${start}`,
  problem: { smooth: zero, functions: [absolute], probabilities: [1] },
  start: [start],
});

/** The problem of F8 on which Theorem 1 fails at one x⁰ for all T. */
const twoKinds: BoundInstance = {
  name: 'd = 0, r₁ = 2|u|, r₂ = −u, x⁰ = 0',
  problem: { smooth: zero, functions: [{ type: 'l1', weight: 2 }, ...slopes(-1)], probabilities: [0.5, 0.5] },
  start: [0],
};

const hinges: BoundInstance = {
  name: 'quadratic, hinge and pinball r_k',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'hinge', weight: 1 }, translated([-0.25], { type: 'pinball', weight: 1, quantile: 0.25 })],
    probabilities: [0.625, 0.375],
  },
  start: [1],
};

const plane: BoundInstance = {
  name: 'Geman–McClure, l1 about two points, n = 2',
  problem: {
    smooth: { type: 'geman-mcclure', weight: 0.5, scale: 1 },
    functions: [
      { type: 'l1', weight: 0.5 },
      translated([0.5, -0.25], { type: 'l1', weight: 1 }),
      tilted([0.25, 0.125], zero),
    ],
    probabilities: [0.5, 0.25, 0.25],
  },
  start: [0.75, -0.5],
};

export const kinkedInstances: readonly BoundInstance[] = [kink(0.3), twoKinds, hinges, plane];

const byDepth: IterationsByDepth = {
  quick: [4, 64, 1024],
  standard: [4, 16, 64, 256, 1024],
  deep: [4, 16, 64, 256, 1024],
};

/** One kinked problem for all T, or one for each, under a rule. */
export function seriesOf(
  name: string,
  kinkedOf: (iterations: number) => BoundInstance,
  rule: Rule,
  more: Partial<TightSeries> = {},
): TightSeries {
  const theorem = smoothedSignProx(kinkedOf, rule);
  const smoothing = (iterations: number): number =>
    theorem.schedule(iterations, { dimension: 1 }).parameters!['smoothing']!;
  return {
    ...{ name, theorem, engine: 'lattice', iterations: byDepth, atLeast: {}, increasing: false },
    instance: (iterations) => smoothed(kinkedOf(iterations), smoothing(iterations)),
    ...more,
  };
}

/** From x⁰ = γ/2 at the paper's step, where signProx without smoothing steps back and forth across the kink for ever. */
const acrossKink = (iterations: number): BoundInstance => {
  const { step } = atPapersStep(iterations, { lipschitz: [0], slopes: [1], gap: 0 });
  return kink(step / 2);
};

export const series: readonly TightSeries[] = [
  seriesOf('d = 0, r = |u|, x⁰ = γ/2; μ = T^(−1/4)', acrossKink, atPapersStep),
  ...kinkedInstances.flatMap((kinked) => [
    seriesOf(`${kinked.name}; μ = T^(−1/4)`, () => kinked, atPapersStep),
    seriesOf(`${kinked.name}; μ = T^(−1/3)`, () => kinked, atBestStep),
  ]),
];

/** In place of Assumption 2(c). */
const kinks: OwnHypothesis = {
  id: 'Lipschitz r_k',
  statement: 'all r_k are separable, convex and M_i-Lipschitz in coordinate i; they need not be differentiable',
};

const bounded: OwnHypothesis = { id: 'f̄ bounded below', statement: 'f̄ = d + Σθ_k r_k is bounded below' };

/** The theorem on the problems of F8, on which Theorems 1 and 2 fail, on hinges, and in two dimensions. */
export const smoothedSignProxClaim = tightnessClaim({
  id: 'smoothed-sign-prox',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx on Moreau envelopes' },
  statement,
  hypotheses: ['assumption-2b', kinks, bounded],
  machineChecked: {
    file: 'smoothed_sign_prox',
    theorem: 'smoothed_sign_prox',
    covers: 'with γΣ max{L_i, 1/μ} for ½γΣ(L_i + 1/μ), and κ at γ max{L_i, 1/μ}',
  },
  method:
    'the law of the iterate of every coordinate on x⁰ + γZ, exactly or with an enclosure, with both steps; against the sharpened bound too',
  series,
});

/** Where there is no noise the law is the same for every B, and the larger B, the less of the bound is about noise. */
const large = 2 ** 30;

/** μ = 1 and γ = μ/m. */
const fraction =
  (m: (iterations: number) => number, miniBatch = large): Rule =>
  (iterations) => ({ smoothing: 1, step: 1 / m(iterations), miniBatch });

/** d = −u up to 8, and then of a curvature of 2⁻²⁰: f̄ = |u| + d is minimal from 0 to 8, and f on the envelope from μ to 8, lower by ½μ. */
const downhill: BoundInstance = {
  name: 'd = −u, r = |u|, x⁰ = 0',
  problem: {
    smooth: { type: 'piecewise-quadratic', knots: [8, 8 + 2 ** 20], slopes: [-1, 0] },
    functions: [absolute],
    probabilities: [1],
  },
  start: [0],
};

/** The families of the tightness claim, so that tests can hold them against changed bounds. */
export const tightSeries: readonly TightSeries[] = [
  seriesOf(
    'Δ̄: d = 0, r = |u|, x⁰ = (T + 2√T)γ',
    (iterations) => {
      const { step } = atPapersStep(iterations, { lipschitz: [0], slopes: [1], gap: 0 });
      return kink((iterations + 2 * Math.sqrt(iterations)) * step);
    },
    atPapersStep,
    { atLeast: { 1024: 0.88 }, increasing: true },
  ),
  seriesOf(
    '1/μ: d = 0, r = |u|, x⁰ = γ/2, γ = μ/16',
    () => kink(1 / 32),
    fraction(() => 16),
    {
      iterations: { quick: [256, 4096], standard: [256, 1024, 4096], deep: [256, 1024, 4096] },
      ...{ atLeast: { 4096: 0.87 }, increasing: true },
    },
  ),
  seriesOf(
    '½μ‖M‖²: d = −u, r = |u|, x⁰ = 0, γ = μ/T',
    () => downhill,
    fraction((iterations) => iterations),
    {
      ...{ atLeast: { 1024: 0.99 }, increasing: true },
    },
  ),
  seriesOf(
    'M: B = 1, d = ½x², r_k = ±T^{1/4}u/2, x⁰ = T^{1/4}/2 − γ/2',
    (iterations) => {
      const steepest = iterations ** 0.25 / 2;
      return {
        name: 'fair coins',
        problem: {
          smooth: { type: 'quadratic', curvature: 1, center: 0 },
          functions: slopes(steepest, -steepest),
          probabilities: [0.5, 0.5],
        },
        start: [steepest - 1 / (4 * Math.sqrt(iterations))],
      };
    },
    fraction((iterations) => 2 * Math.sqrt(iterations), 1),
    {
      iterations: { quick: [16, 256], standard: [16, 256, 4096], deep: [16, 256, 4096] },
      ...{ atLeast: { 4096: 0.82 }, increasing: true },
    },
  ),
];

/** Each of the terms of the bound is nearly all of it on one family, on which it is attained as T grows. */
export const smoothedSignProxTightClaim = tightnessClaim({
  id: 'smoothed-sign-prox-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx on Moreau envelopes' },
  statement:
    'the bound for signProx on Moreau envelopes is asymptotically attained in Δ̄, in 1/μ, in ½μ‖M‖² and, for B = 1, in M',
  method: 'the law of the iterate on x⁰ + γZ, exactly or with an enclosure, on four families; monotone in T',
  series: tightSeries,
});
