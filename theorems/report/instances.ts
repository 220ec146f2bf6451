import { type FindingTable, formatEnclosed, formatNumber, type Kind, kindOf } from '../../src/library/report.js';
import type { BoundRow } from '../../src/library/theorems.js';
import { type Found, largestRow, leftText, measuredOf, ratioText } from './finding-source.js';

/** An instance that a finding quotes: what a reader needs to compute its number again. All of it is in the notation of the findings. */
interface Described {
  /** The claim that has the number. */
  readonly claim: string;
  /** The bound that the number is compared with, or what else it is. */
  readonly of: string;
  /** d and the r_k, with θ where it is not uniform. */
  readonly problem: string;
  /** x⁰. */
  readonly start: string;
  /** The law of Ĝ(x) − G(x) for one draw. */
  readonly noise: string;
  /** L, σ and Δ, where the rows do not have them. */
  readonly constants?: string;
}

/** Rows of its claim, by the name that they have there: T, γ, B, the constants and left/bound are theirs. */
interface OfRows extends Described {
  readonly rows: string;
  /** The row with the most iterations, in place of the one with the largest left/bound. */
  readonly last?: true;
  /** The left side in closed form, if the row samples what is the same in every run. */
  readonly left?: number;
  /** L_i and σ_i, in place of L and ‖σ‖, which Theorem 1 and those like it have. */
  readonly each?: true;
}

/** A figure of its claim, which is no row: so T, γ, B and how it is known are said here. */
interface OfFigure extends Described {
  /** The name of the measured figure; none where the number is in the text alone. */
  readonly figure?: string;
  readonly schedule: string;
  readonly constants: string;
  readonly kind: Kind | 'in doubles' | 'a search' | 'a test';
}

export type FindingInstance = OfRows | OfFigure;

const skewedPair = 'd = ½x², r₁ = −u (θ₁ = 4/5), r₂ = 4u';
const skewedLaw = '−1 (4/5) or +4 (1/5)';
const none = 'none';
const fairSigns = '±1, ½ each';
const rareProblem = 'd = ½x², r₁ = −pRu (θ₁ = 1 − p), r₂ = (1 − p)Ru, (1 − p)^B = 0.6';
const rareLaw = '−pR (1 − p) or (1 − p)R (p), R = σ/√(p(1 − p))';
const axis = 'd = ½‖x‖², r = 0, n = 16';
const fromAxis = '(1, 0, …, 0)';
const spgmAtStep = 'Theorem 1♯ at the same step';
const matchedTwo = 'd = x², r_k = (u ∓ c)², c = ½(1 + 2γ)';

const onEnvelopes = 'the theorem on envelopes';

const miniBatch = (rows: string): FindingInstance => ({
  ...{ claim: 'counterexample-mini-batch', rows: `rare events, ${rows}`, of: `Theorem 2 with ${rows}` },
  ...{ problem: rareProblem, start: '0 = x*', noise: rareLaw },
});

const votes = (noise: string, law: string, workers: number): FindingInstance => ({
  ...{ claim: 'majority-vote-noise', figure: `left/√v, ${noise}, B = 1, T = 400, M = ${workers}` },
  ...{ of: `left side over √v, M = ${workers}`, problem: 'd = ½x², r = 0', start: 'γ/2', noise: law },
  ...{ schedule: 'T = 400, γ = 1/40, B = 1', constants: 'L = 1, σ = 2/5, Δ = ½(x⁰)²', kind: 'enclosed' },
});

const skewedVotes = '−pR (9/16) or (1 − p)R (7/16), p = 7/16, R = σ/√(p(1 − p)), added to Ĝ';
const uniformVotes = 'uniform on [−√3σ, √3σ], added to Ĝ';

const sparse = (figure: string, of: string, step: string, kind: OfFigure['kind'] = 'enclosed'): FindingInstance => ({
  ...{ claim: 'sparse-noise-size', figure, of, problem: 'd = ½x², r = 0', start: '1' },
  ...{ noise: 'N(0, τ²) with probability ⅛, else 0, τ = 4096, added to Ĝ', schedule: `T = 256, ${step}, B = 1` },
  ...{ constants: 'L = 1, σ = τ/√8, Δ = ½', kind },
});

/**
 * The instances that each finding quotes, by its number. A finding that is not about instances says what it is about in place of them. A number in a finding that is of no
 * instance here is one that a reader cannot compute again: `findings-page.test.ts` looks for such numbers.
 */
export const findingInstances: Readonly<Record<number, readonly FindingInstance[] | string>> = {
  1: 'all problems that meet the hypotheses. d, r_k, θ, x⁰, γ, B, σ and Δ of the pairs are in the rows of `theorem-1-exact` and `theorem-2-exact`.',
  2: [
    {
      ...{ claim: 'theorem-1-sharp-tight', rows: 'd = x², r_k of the same curvature, σ = 1, x⁰ = 1', of: 'Theorem 1♯' },
      ...{ problem: matchedTwo, start: '1', noise: fairSigns },
    },
  ],
  3: [
    {
      ...{ claim: 'theorem-2-noise-coefficient', figure: 'E|G|/√v, B = 2²⁰, √v = 0.00390625, fall = 40 rises' },
      of: 'E|G|/√v as T → ∞',
      problem:
        'd periodic, d′ = 0.999pR on a length of 4000pR and −40pR on a shorter one, joined with slopes ±1; r₁ = −pRu (θ₁ = 1 − p), r₂ = (1 − p)Ru, p = 1/(2B)',
      start: 'any',
      noise: '−pR (1 − p) or (1 − p)R (p)',
      schedule: 'T → ∞, γ = 2^−13, B = 2^20',
      constants: 'L = 1, σ = √(B)·2^−8, any Δ',
      kind: 'in doubles',
    },
  ],
  4: [
    ...[
      ['d = x², r_k of the same curvature, σ = 1, x⁰ = x*', matchedTwo, '0 = x*', fairSigns],
      ['d = ½x², r = 0, σ = 0, x⁰ = 1', 'd = ½x², r = 0', '1', none],
      ['γ = 3/(2L), d = ½x², r = 0, σ = 0, x⁰ = 1', 'd = ½x², r = 0', '1', none],
      ['Theorem 1 itself: d = ½x², r = 0, σ = 0, x⁰ = 1', 'd = ½x², r = 0', '1', none],
    ].map(([rows, problem, start, noise]) => ({
      ...{
        claim: 'theorem-1-sharp-tight',
        rows: rows!,
        of: rows!.startsWith('Theorem 1') ? 'Theorem 1' : 'Theorem 1♯',
      },
      ...{ problem: problem!, start: start!, noise: noise!, last: true as const },
    })),
    ...[
      ['Δ: d = ½x², r = 0, x⁰ = (T − ½)γ', 'd = ½x², r = 0', '(T − ½)γ', none],
      ['‖L‖₁: d = r = ½x², x⁰ = γ/2', 'd = r = ½x²', 'γ/2', none],
      ['σ, B = 1: noise ±T^{1/4}/2, x⁰ = σ − γ/2', 'd = ½x², r_k = ±½T^¼u', 'σ − γ/2', '±σ = ±½T^¼, ½ each'],
      [
        'σ, B = T: events of probability 1 − 2^{−1/T}',
        'd = ½x², r₁ = −pRu (θ₁ = 1 − p), r₂ = (1 − p)Ru, p just below 1 − 2^(−1/T), R a power of 2 near T^¾/√p',
        'pR − γ/2',
        '−pR (1 − p) or (1 − p)R (p)',
      ],
      ['Theorem 2 itself: d = ½x², r = 0, x⁰ = (T − ½)γ', 'd = ½x², r = 0', '(T − ½)γ', none],
    ].map(([rows, problem, start, noise]) => ({
      ...{
        claim: 'theorem-2-sharp-tight',
        rows: rows!,
        of: rows!.startsWith('Theorem 2') ? 'Theorem 2' : 'Theorem 2♯',
      },
      ...{ problem: problem!, start: start!, noise: noise!, last: true as const },
    })),
  ],
  5: [
    ['SPGM, ‖G‖², by iterations and by evaluations', 'Theorem 1', ''],
    ['signProx, ‖G‖₁, by iterations', 'Theorem 2', ', sgn(0) = 0'],
  ].map(([rows, of, tie]) => ({
    ...{ claim: 'theorem-2-evaluations', rows: rows!, of: of!, problem: `d = ½x², r_k = ±2u${tie}`, start: '1' },
    noise: '±2, ½ each',
    last: true as const,
  })),
  6: [
    {
      claim: 'theorem-1-optimal-step-minimax',
      figure: 'inf over γ of left/bound, σ²/(LΔ) = 1, T = 1000000',
      of: 'Theorem 1♯ at its best step',
      problem: 'd = ½Lx², r_k = ½L(u ∓ c)², c = (1 + γL)σ/L',
      start: '√(Δ/L)',
      noise: '±σ, ½ each',
      schedule: 'T = 10⁶, B = 1, the γ in (0, 2/L) with the smallest left side',
      constants: 'σ² = LΔ',
      kind: 'lower end',
    },
  ],
  7: [
    {
      claim: 'sign-prox-lower-bound',
      figure: 'least of left/(‖L‖₁Δ‖σ‖₁²/N)^¼',
      of: '(‖L‖₁Δ‖σ‖₁²/N)^¼',
      problem:
        'per coordinate the worst of four: d = Huber of slope g with γ(T − 1)g + ½g² = Δ; d = ½x²; d′ of period γ with triangles of height ±min{√2, γ/4}; d = Huber of slope g just below pR with r₁ = −pRu (θ₁ = 1 − p), r₂ = (1 − p)Ru',
      start: 'in this order: g + γ(T − 1); γ/2; a crest; g',
      noise: 'none in the first three; −pR (1 − p) or (1 − p)R (p), p = z²/(B + z²), z = 0.516 or less',
      schedule:
        'at depth quick T = 1, 4, 64, B = 1, 16, and γ from 2^−6√(2/T) to 2^5√8, times 1/16 to 8 in some coordinates',
      constants: '‖L‖₁ = Δ = 1, Σσ_i²/L_i = B/16, B, 16B at depth quick',
      kind: 'lower end',
    },
  ],
  8: [
    {
      ...{ claim: 'counterexample-smoothness-spgm', rows: 'r_k = 2|u ∓ γ| ∓ u, moving with γ', of: 'Theorem 1' },
      ...{ problem: 'd = 0, r_k = 2|u ∓ γ| ∓ u', start: '0 = x*', noise: fairSigns },
    },
    {
      ...{ claim: 'counterexample-smoothness-spgm', rows: 'r₁ = 2|u|, r₂ = −u, fixed', of: 'Theorem 1' },
      ...{ problem: 'd = 0, r₁ = 2|u|, r₂ = −u', start: '0', noise: '±½|clip(x, ±2γ)/γ + 1|, ½ each' },
    },
    {
      ...{ claim: 'counterexample-smoothness-sign-prox', rows: 'r = |·|, x⁰ = γ/2', of: 'Theorem 2' },
      ...{ problem: 'd = 0, r = |u|', start: 'γ/2', noise: none },
    },
  ],
  28: [
    {
      ...{ claim: 'smoothed-sign-prox', rows: 'd = 0, r = |u|, x⁰ = γ/2; μ = T^(−1/4)', of: onEnvelopes },
      ...{ problem: 'd = 0, r = |u|, μ = 45/256', start: 'γ/2', noise: none, each: true },
    },
    {
      ...{ claim: 'smoothed-sign-prox', rows: 'd = 0, r = |u|, x⁰ = 0.3; μ = T^(−1/3)', of: onEnvelopes },
      ...{ problem: 'd = 0, r = |u|, μ = 25/256', start: '3/10', noise: none, each: true, last: true },
    },
    {
      ...{ claim: 'smoothed-sign-prox-lower-bound', figure: 'least T^(1/3)·max{|G|, |x − x̂|}, T = 64' },
      ...{ of: 'T^(−1/3)', problem: 'the worse of two: d = 0, r = |u|; d = −cu, r = |u|, c < 1', noise: none },
      start: 'in this order: the largest odd multiple of γ/2 up to 1; cμ',
      schedule: 'T = 64, μ and γ from 2^−10 to 2^10 times (2/T)^(1/3) and √(2μ/T)',
      constants: 'M = 1, Δ̄ ≤ 1',
      kind: 'exact',
    },
  ],
  9: [
    {
      ...{ claim: 'counterexample-mini-batch', rows: 'd = ½x², noise −1 (4/5) or +4 (1/5), B = 1' },
      ...{ of: 'Theorem 2 with B = 1', problem: skewedPair, start: '0 = x*', noise: skewedLaw },
    },
    ...['B = 4', 'B = √T', 'B = T/64'].map(miniBatch),
  ],
  10: [
    {
      ...{ claim: 'sign-prox-momentum-single-draws', rows: 'quadratic, noise −1 (4/5) or +4 (1/5)' },
      ...{ of: 'the theorem for momentum', problem: skewedPair, start: '1', noise: skewedLaw },
    },
    {
      ...{ claim: 'sign-prox-momentum-controls', rows: 'α = 1 at the step and against the bound for momentum' },
      ...{ of: 'the theorem for momentum, run with α = 1', problem: skewedPair, start: '1', noise: skewedLaw },
    },
  ],
  11: [
    {
      ...{ claim: 'theorem-2-kept-batch', of: 'the bound with √ln T' },
      problem:
        'd = 0, ½(x − ½)², −⅜x², 1 − cos x, x²/(1 + x²) or log cosh x; r_k = ½(u − c_k)² with |c₁| ≤ 16, |c₂| ≤ 4, θ₁ = 2^−1, …, 2^−10',
      start: 'random in [−4, 4]',
      noise: 'two values, |c₁ − c₂|/(1 + γ) apart; one mini-batch is kept',
      ...{ schedule: 'T = B = 4, 16, γ of Theorem 2', constants: 'those of each case', kind: 'a search' },
    },
    {
      ...{ claim: 'counterexample-fresh-batches', rows: 'Theorem 2♯: 79 bumps, T draws kept', of: 'Theorem 2♯' },
      problem:
        '2^79 functions r_k with a bump of either sign at each of 79 places, d as steep as 1.9σ/√T (PROOFS.md, “A kept mini-batch”)',
      ...{ start: '0', noise: '±σ on the bumps, ½ each; T draws are kept' },
    },
    {
      ...{ claim: 'counterexample-fresh-batches', rows: 'd = ½x², r_k = ±u, k drawn once', of: 'Theorem 1' },
      ...{ problem: 'd = ½x², r_k = ±u', start: '0 = x*', noise: '±1, ½ each; one draw is kept' },
    },
  ],
  12: [
    {
      ...{ claim: 'sparse-noise-tight', rows: 'symmetric, ϱ = 1/8', of: 'the bound of this finding' },
      ...{ problem: 'd = ½x², r_k = 0, τu, −τu with θ = ⅞, 1/16, 1/16', start: '((1 − ϱ)T − ½)γ' },
      noise: '0 (⅞), τ or −τ (1/16 each), τ = 2^20',
    },
    sparse('signProx, normal, τ = 4096', 'left side of signProx', 'γ = 1/32'),
    sparse('bound of signProx', 'its bound', 'γ = 1/32'),
    sparse('SPGM, normal, τ = 4096', 'left side of SPGM, mean of |G|', 'γ = 1/16', 'lower end'),
  ],
  13: [
    {
      ...{ claim: 'unimodal-noise-tight', rows: 'd = Huber of slope (2/3)√(3v), uniform noise' },
      ...{ of: 'the bound of this finding', problem: 'd = Huber of curvature 1 and slope 2, r = 0' },
      ...{ start: '(⅔T + ½)γ, ⅔T rounded', noise: 'uniform on [−3, 3], added to Ĝ' },
    },
    {
      ...{ claim: 'unimodal-vote-tight', rows: 'd = Huber of slope √(3v/M), uniform noise, M = 101, φ_M' },
      ...{ of: 'the same for a vote of M = 101', problem: 'd = Huber of curvature 1 and slope 2, r = 0' },
      ...{ start: '(φ_M(1/√M)T + ½)γ, rounded', noise: 'uniform on [−2√M, 2√M], added to each Ĝ' },
    },
    ...[1, 1001].map((workers) => ({
      ...{ claim: 'counterexample-unimodality', rows: `the rate, M = ${workers}: d = ½x² from σ` },
      ...{
        of: `the rate, M = ${workers}`,
        problem: 'd = ½x², r = 0',
        start: '(1 − 2^−10)σ',
        noise: '±8, ½ each, added to Ĝ',
      },
    })),
  ],
  14: [
    {
      ...{ claim: 'error-feedback-tight', rows: 'on the diagonal, n = 2, where it is SPGM' },
      of: 'the form with the best η',
      problem: 'd = ½‖x‖², r_k = ½‖u ∓ (c, c)‖², c = (1 + γ)/√2, n = 2',
      ...{ start: '(1, 1)', noise: '±(1, 1)/√2, ½ each' },
    },
    {
      ...{ claim: 'error-feedback-controls', rows: 'e := 0, noise across the slope', of: 'the same, run with e := 0' },
      problem: 'd = ¼(x₁ + x₂)², r_k = ±(9/16)(x₁ − x₂)',
      ...{ start: '(½, ½)', noise: '±(9/16)(1, −1), ½ each', left: 1 / 2 },
    },
    ...['', ', γ = 1/(L√T), sgn(0) positive', ', γ = 1/(L√T), sgn(0) zero'].map((rows) => ({
      ...{ claim: 'error-feedback-controls', rows: `the bound of Theorem 1♯, d = ½‖x‖², n = 16${rows}` },
      ...{ of: spgmAtStep, problem: axis, start: fromAxis, noise: none },
    })),
  ],
  15: [
    {
      ...{ claim: 'counterexample-biased-sampling', rows: 'Theorem 1, k drawn uniformly', of: 'Theorem 1' },
      ...{ problem: skewedPair, start: '0 = x*', noise: '−1 or +4, ½ each in place of θ' },
    },
    {
      ...{ claim: 'counterexample-step', rows: 'Theorem 1 with γ = 1/L', of: 'Theorem 1 with γ = 1/L' },
      ...{ problem: 'd = ½x², r_k = ±u', start: '0 = x*', noise: fairSigns },
    },
    {
      ...{ claim: 'counterexample-lipschitz', rows: 'Theorem 1, L/8 declared', of: 'Theorem 1 with L/8' },
      ...{ problem: 'd = ½x², r_k = ½u² ± u', start: '0 = x*', noise: '±1/(1 + γ), ½ each' },
    },
    {
      claim: 'counterexample-variance-spgm',
      rows: 'd = 1 − cos x, noise in the second well only',
      of: 'Theorem 1 with σ = 0, that of x* = arcsin(11/128)',
      problem: 'd = 1 − cos x, r₁ = h(u − 5) + (½ − 11/128)u with h Huber of slope ½, r₂ = −(11/128)u',
      start: '2π − arcsin(53/128), the bottom of the second well',
      noise: '0 near x*, ±½ near x⁰, ½ each',
    },
    {
      claim: 'counterexample-variance-sign-prox',
      rows: 'two wells, rare events in the second',
      of: 'Theorem 2 with σ = 0, that of one of two minimisers',
      problem:
        'd = s²(1 − cos(x/s)), s = eT/4, r₁ = h(u − m) + (½eT − τ)u with h Huber of slope ½eT and m = πs − ½(1 − p)eTγ, r₂ = −τu, θ₁ = p = 19/(64T), e = 43/8, τ = ½peT',
      start: 'the other minimiser, 2πs − s·arcsin(τ/s)',
      noise: '0 near the first; −peT (1 − p) or (1 − p)eT (p) near x⁰',
      constants: 'L = 1, σ = 0 at the first minimiser, Δ = 0',
    },
    {
      ...{ claim: 'counterexample-bounded-below', rows: 'Theorem 1, Δ = 5 declared', of: 'Theorem 1 with Δ = 5' },
      ...{ problem: 'd = 0, r = −u', start: '0', noise: none },
    },
  ],
  16: [
    {
      ...{ claim: 'counterexample-convexity', rows: 'r = −½(1 − ε)u², ε = 1/64', of: 'Theorem 1' },
      ...{ problem: 'd = ½x², r = −½(1 − 1/64)u²', start: '1', noise: none },
    },
    ...[2, 3].map((T) => ({
      ...{ claim: 'counterexample-convexity', rows: `r′ = 1 − γ − u for T steps, T = ${T}`, of: 'Theorem 1' },
      problem: 'd = ½x², r′(u) = 1 − γ − u for u ≥ x⁰ − Tγ, of slope 1 below',
      ...{ start: 'any', noise: none },
    })),
    {
      ...{ claim: 'assumption-c-convexity', of: 'Theorem 1 for T ≥ 4, and Theorem 2' },
      problem: 'd = ½αx², r_k = −½βu² ± su, 0 ≤ β ≤ α ≤ 1',
      ...{ start: 'random in [−4, 4]', noise: '±s/(1 − γβ), ½ each, 0 ≤ s ≤ 4' },
      ...{ schedule: 'γ and B of the theorems, T ≤ 25', constants: 'L = 1, the others of each case', kind: 'a search' },
    },
  ],
  17: 'that of F2, and in F4 the family d = ½x², r = 0, x⁰ = (T − ½)γ, both with convex d and r.',
  18: [
    {
      ...{ claim: 'convex-spgm-tight', rows: 'R: d = 0, r = ½|u|, x⁰ = γT/2', of: 'the theorem for convex d, z = 0' },
      ...{ problem: 'd = 0, r = ½|u|', start: 'γT/2', noise: none, constants: 'L = σ = 0, R = x⁰' },
    },
    {
      ...{
        claim: 'convex-spgm-tight',
        rows: 'σ: d = 0, r_k = |u ∓ γ| ∓ u, x⁰ = 0',
        of: 'the theorem for convex d, z = 0',
      },
      ...{ problem: 'd = 0, r_k = |u ∓ γ| ∓ u', start: '0 = x*', noise: fairSigns, constants: 'L = 0, σ = 1, R = 0' },
    },
    {
      ...{ claim: 'convex-spgm-tight', figure: 'function values alone, T = 4096', of: 'the same without ‖G‖²' },
      problem: 'd = 0, r_k = c|u ∓ 16γc| ∓ 16cu, so that P_k(x) = soft(x, γc) ± 16γc',
      ...{ start: '0 = x*', noise: '±16c, ½ each', schedule: 'T = 4096, every γ, B = 1' },
      ...{ constants: 'L = 0, σ = 16c, R = 0', kind: 'in doubles' },
    },
    {
      ...{ claim: 'convex-fixed-objective-tight', figure: 'left/bound, σ₀ = 8, T = 4096' },
      ...{ of: 'the theorem for the objective of (1), z = 0', problem: 'd = 0, r₁ = 9|u|, r₂ = −7u', start: '0 = x*' },
      noise: 'two values, of subgradients 9 and −7 of r_k at u > 0',
      ...{ schedule: 'T = 4096, every γ, B = 1', constants: 'L = 0, σ₀ = 8, R = 0', kind: 'in doubles' },
    },
    {
      ...{ claim: 'counterexample-convex-d', rows: 'd = 1 − cos x, x⁰ = π', of: 'the theorem for convex d' },
      ...{ problem: 'd = 1 − cos x, r = 0', start: 'π', noise: none },
    },
  ],
  19: [
    {
      ...{ claim: 'counterexample-convex-sign-prox', rows: 'd = Huber, rare events, x⁰ = x*', of: '(σ + 1)/√T' },
      problem: 'd = Huber of curvature 1 and slope (1 − 2^−10)pR, r₁ = −pRu (θ₁ = 1 − p), r₂ = (1 − p)Ru',
      ...{ start: '0 = x*', noise: '−pR (1 − p) or (1 − p)R (p), p = z²/(T + z²), z = 0.44' },
    },
    {
      ...{ claim: 'convex-one-bit', figure: 'largest left/bound', of: 'the bound of this finding' },
      ...{ problem: 'd = Huber of curvature 1 and slope ½, r = 0', start: 'γT/2' },
      noise: 'uniform on [−1, 1], added to Ĝ',
      ...{
        schedule: 'the largest T of the run, 1024 at depth quick, γ = ⅛, B = 1',
        constants: 'L = 1, v = σ² = ⅓, R = x⁰',
        kind: 'enclosed',
      },
    },
  ],
  20: [
    ...['Theorem 1♯', 'Theorem 2♯'].map((of) => ({
      ...{ claim: 'assumption-1a-attained', rows: `${of}: log cosh u + u, noise ±0.25, x⁰ = 0`, of },
      ...{ problem: 'd = 0, r_k = log cosh u + (1 ± ¼)u', start: '0', noise: 'two values, at most ¼ in size, ½ each' },
    })),
    {
      ...{
        claim: 'theorem-2-sign-conventions',
        rows: 'quadratic, matched quadratic r_k, sgn(0) zero',
        of: 'Theorem 2',
      },
      ...{ problem: 'd = ½x², r_k = ½(u ∓ ¼)²', start: '1', noise: '±¼/(1 + γ), ½ each' },
    },
    {
      ...{ claim: 'theorem-2-coupled', rows: 'quadratic form of a path, linear r_k, n = 4', of: 'its bound' },
      problem:
        'd = ½‖x − (¼, 0, 0, −¼)‖² + ½[(x₂ − x₁)² + (x₃ − x₂ − ⅛)² + (x₄ − x₃)²], r₁ = ⟨(⅜, −⅛, ⅛, ¼), u⟩ (θ₁ = ¼), r₂ = ⟨(−⅛, ⅛, 1/16, −¼), u⟩',
      start: '(¼, −¼, ¼, −⅛)',
      noise: '¾(a − b) (¼) or −¼(a − b) (¾), a and b the slopes of r₁ and r₂',
      each: true,
    },
  ],
  21: [
    {
      ...{ claim: 'counterexample-plain-average', rows: '|(d + Σθ_k r_k)′| at the zero −1/5 of G, γ = 1' },
      of: 'the derivative of d + Σθ_k r_k at the zero of G, against 0',
      ...{ problem: 'd = 0, r₁ = ½(u − 1)², r₂ = (3/2)(u + 1)²', start: '−1/5', noise: 'two values, not looked at' },
      constants: 'L = 3, no σ, no Δ',
    },
    {
      ...{
        claim: 'theorem-1-fixed-objective',
        rows: 'quadratic, matched quadratic r_k',
        of: 'Theorem 1 for d + Σθ_k r_k',
      },
      ...{ problem: 'd = x², r_k = (u ∓ ½)²', start: '1', noise: '±1/(1 + 2γ), ½ each' },
    },
    {
      ...{
        claim: 'theorem-2-fixed-objective',
        rows: 'quadratic, matched quadratic r_k',
        of: 'Theorem 2 for d + Σθ_k r_k',
      },
      ...{ problem: 'd = ½x², r_k = ½(u ∓ ¼)²', start: '1', noise: '±¼/(1 + γ), ½ each' },
    },
  ],
  22: 'd alone, at pairs of points that the claim prints; r, x⁰, γ and noise play no part. Least squares is d = ½[(x₁ + ⅛x₂ − 1)² + (x₂ − 2)²].',
  23: 'all problems of the kind that is named; no left side is computed, so that x⁰, γ and noise play no part but in σ.',
  24: [
    {
      ...{ claim: 'figure-1', of: 'normalised objective, SPGM' },
      problem: 'd of phase retrieval, 8 × 8 pixels from 200 measurements, r = 3·10⁻⁴ TV',
      start: 'the image with noise of deviation 0.1',
      noise: 'added to every entry of Ĝ (dense), or to one in ten (sparse), normal, of the same total variance',
      ...{ schedule: 'T = 50, γ = 0.2', constants: 'none: it meets neither assumption', kind: 'a test' },
    },
    {
      ...{ claim: 'remark-sparse-noise', of: 'normalised objective, signProx against SPGM' },
      ...{ problem: 'the same', start: 'the same', noise: 'the same, sparse', schedule: 'T = 50, γ = 0.004' },
      ...{ constants: 'none: it meets neither assumption', kind: 'a test' },
    },
    {
      ...{ claim: 'figure-1-sign-prox', of: 'normalised objective, signProx' },
      ...{ problem: 'the same', start: 'the same', noise: 'the same', schedule: 'T = 50, γ = 0.004' },
      ...{ constants: 'none: it meets neither assumption', kind: 'a test' },
    },
  ],
  25: 'single steps of signProx on random problems of `exact-sign-loss`, each with its own x, γ and mini-batch, in f64; no left side is computed.',
  26: [
    {
      ...{ claim: 'counterexample-majority-vote', rows: 'M = 1001, B = 1', of: 'Theorem 2♯ with B = 1' },
      problem:
        'd periodic, d′ = 0.97pR on a length of 20pR and −3pR on a shorter one, joined with slopes ±1; r₁ = −pRu (θ₁ = 1 − p), r₂ = (1 − p)Ru, p = 15/32, R = 205/512',
      ...{ start: '−0.97pR, a minimiser', noise: '−pR (17/32) or (1 − p)R (15/32)' },
    },
    {
      ...{ claim: 'counterexample-majority-vote', rows: 'M = 1001, B = T', of: 'Theorem 2♯' },
      problem: 'the same with −6pR, a length of 57.6pR, p = 39/(64T) and R = T/4',
      ...{ start: '−0.97pR, a minimiser', noise: '−pR (1 − p) or (1 − p)R (p)' },
    },
    ...[1, 101].map((workers) => votes('skewed', skewedVotes, workers)),
    votes('bimodal', '±σ, ½ each, added to Ĝ', 101),
    ...[1, 101].map((workers) => votes('uniform', uniformVotes, workers)),
    {
      ...{ claim: 'majority-vote-even-batch', figure: 'largest 2zq√M found, M = 101', of: '2zq√M, what a step costs' },
      ...{ problem: 'any', start: 'G = z√v, the z of the largest cost', noise: 'symmetric, on the integers up to 16' },
      ...{ schedule: 'one step, B = 2', constants: '√v = 1', kind: 'in doubles' },
    },
    {
      ...{ claim: 'counterexample-noiseless-inverters', rows: 'd = ½x², 33 inverters among 99 workers' },
      ...{ of: 'Theorem 2♯ with √3/((1 − 2α)√M)', problem: 'd = ½x², r = 0', start: '√3/2, rounded to (m + ½)γ' },
      ...{ noise: 'uniform on [−√3, √3] for 66 workers, none for 33', constants: 'L = 1, σ = 1, Δ = ½(x⁰)²' },
    },
    {
      ...{ claim: 'counterexample-different-objectives', rows: 'f_m = ½(x − c)², c = 0, 0, 3, x⁰ = 1/2γ' },
      ...{ of: 'Theorem 2♯', problem: 'three workers with ½x², ½x² and ½(x − 3)²' },
      ...{ start: 'γ/2', noise: 'none', constants: 'L = 1, σ = 0, Δ = ½(x⁰ − 1)²' },
    },
  ],
  27: [
    {
      ...{ claim: 'counterexample-sign-of-zero', of: 'left over right side of (13)' },
      rows: '(13): 2γ|G|·1[sgn G ≠ sgn Ĝ] against γG(sgn G − sgn Ĝ), Ĝ = 0',
      ...{ problem: 'd = ½x²', start: 'x = ½', noise: 'any with a mini-batch whose mean is −½' },
      constants: 'L = 1, one mini-batch',
    },
    ...['zero', 'positive'].map(
      (sign): FindingInstance => ({
        ...{
          claim: 'counterexample-sign-of-zero',
          figure: `√T·left, T = 4, sgn(0) ${sign}`,
          of: '√T times the left side',
        },
        ...{ problem: 'd = ½x², r_k = ½(u ∓ (1 + γ))²', start: '0 = x*', noise: fairSigns },
        ...{ schedule: 'T = 4, γ = 0.25, B = 4', constants: 'L = 1, σ = 1, Δ = 0', kind: 'exact' },
      }),
    ),
  ],
  30: [
    {
      ...{ claim: 'counterexample-high-probability', rows: 'd = ½x², one event in 1024T draws' },
      ...{ of: 'Theorem 1 times 1 + ln(1/δ)', problem: 'd = ½x², r_k = ±u or 0', start: '0 = x*' },
      noise: '±1 with probability 1/(2048T) each, else 0: one in the first half of the run, with probability δ',
    },
    {
      ...{ claim: 'theorem-1-tail', figure: 'least share of b/δ', of: "1/δ times Theorem 1: Markov's inequality" },
      ...{ problem: 'd = ½x², r_k = ±u or 0', start: '0 = x*' },
      noise: 'the same, each with probability 1/(8T), 1/(2048T) or 1/(2²¹T)',
      ...{ schedule: 'T = 16, 64 at depth quick, γ = 1/√T, B = 1', constants: 'L = 1, σ of the noise, Δ = 0' },
      kind: 'exact',
    },
    ...['γ/2', '17γ/2'].map(
      (start): FindingInstance => ({
        ...{ claim: 'theorem-2-tail', figure: `0.999-quantile / mean, T = 36, x⁰ = ${start}` },
        ...{ of: '0.999-quantile of the left side over its mean', problem: 'd = ½x², r_k = ±2u', start },
        ...{ noise: '±2, ½ each', schedule: 'T = B = 36, γ = 1/12' },
        ...{ constants: 'L = 1, σ = 2, Δ = ½(x⁰)²', kind: 'in doubles' },
      }),
    ),
  ],
  29: [
    ...['largest', 'last'].flatMap((v) =>
      ['Cx, −x, −x, C = 3', 'Cx, −x, −x, C = 3, bias corrected, ε = 10⁻⁸'].map(
        (game): FindingInstance => ({
          ...{ claim: 'counterexample-adam', rows: `${game}, over the ${v} v`, last: true },
          of: `the bound of AMSGrad${v === 'last' ? ', with the last v in place of the largest' : ''}, both per round`,
          problem: `losses ${game.replace('Cx', '3x').replace('C = 3', 'β₁ = 0, β₂ = 1/10, α_t = ½/√t')}`,
          ...{ start: '1', noise: 'none', constants: 'none: slopes of size 3 at most, x ∈ [−1, 1]' },
        }),
      ),
    ),
    {
      ...{
        claim: 'counterexample-adam-stochastic',
        rows: 'Cx with probability 3/22, else −x, C = 10',
        of: 'the bound of AMSGrad, both per round',
      },
      ...{ problem: 'losses 10x (3/22) or −x (19/22), β₂ = 1/101, α_t = ½/√t', start: '1', noise: 'none' },
      ...{ constants: 'none: slopes of size 10 at most, x ∈ [−1, 1]' },
    },
    ...[
      ['0', '999/1000'],
      ['9/10', '999/1000'],
      ['0', '1/17'],
    ].map(
      ([momentum, decay]): FindingInstance => ({
        ...{ claim: 'adam-regret-map', figure: `R(T)/T, β₁ = ${momentum}, β₂ = ${decay}`, of: 'the average regret' },
        problem: `losses 4x, −x, −x with β₁ = ${momentum}, β₂ = ${decay}, ε = 10⁻⁸, both corrected`,
        ...{
          start: '1',
          noise: 'none',
          schedule: 'T = 300, α_t = ½/√t',
          constants: 'none: slopes of size 4 at most, x ∈ [−1, 1]',
        },
        kind: 'enclosed',
      }),
    ),
  ],
};

const findingHeadings = [
  ...['bound or number', 'd, r_k', 'x⁰', 'noise of one draw', 'T, γ, B', 'L, σ, Δ', 'left side'],
  ...['left/bound or value', 'kind'],
] as const;

/** A constant with four digits, or with eight where four would look exact: σ = 1.0000157 is not 1. */
function constantText(value: number): string {
  const [short, near, far] = [3, 4, 8].map((digits) => Number(value.toPrecision(digits)));
  return short === near && near !== far ? String(far) : formatNumber(value);
}

/** L, σ and Δ of a row: one number each, or one for each coordinate. */
function constantsOf({ constants }: BoundRow, each = false): string {
  const list = (name: string): readonly number[] => {
    const value = constants[name];
    return value === undefined ? [] : typeof value === 'number' ? [value] : value;
  };
  const shown = (values: readonly number[]): string => {
    const [first, ...rest] = values.map(constantText);
    return rest.every((one) => one === first) ? first! : `(${[first, ...rest].join(', ')})`;
  };
  const lipschitz = [...(each ? [list('majorant'), list('coordinateL')] : []), list('L')].find(
    ({ length }) => length > 0,
  );
  const sigma = list(each ? 'coordinateSigma' : 'sigma');
  // An enclosure of 0 is shown as 0.
  const gap = (constants['gapLower'] ?? 1) === 0 ? [0] : list('gapUpper');
  return [['L', lipschitz ?? []] as const, ['σ', sigma] as const, ['Δ', gap] as const]
    .filter(([, values]) => values.length > 0)
    .map(([letter, values]) => `${letter} = ${shown(values)}`)
    .join(', ');
}

const scheduleOf = ({ iterations, step, miniBatch }: BoundRow): string =>
  [`T = ${iterations}`, `γ = ${formatNumber(step)}`, `B = ${miniBatch}`].join(', ');

/** The row of an instance, with its left side in closed form where there is one: then the row is as exact as that. */
function rowOf({ claim, rows, last, left }: OfRows, found: Found): BoundRow | undefined {
  const own = (found(claim).rows ?? []).filter(({ instance }) => instance === rows);
  const longest = own.toSorted((a, b) => a.iterations - b.iterations).at(-1);
  const row = last ? longest : largestRow(found(claim), rows);
  return row && left !== undefined ? { ...row, engine: 'deterministic', left, leftInterval: [left, left] } : row;
}

/** The instances of a finding with their numbers in a run; undefined for a finding that quotes none, or if the run lacks one of them. */
export function instanceTable(finding: number, found: Found): FindingTable | undefined {
  const instances = findingInstances[finding];
  if (instances === undefined || typeof instances === 'string') return undefined;
  const rows = instances.map((instance) => {
    const { of, problem, start, noise, constants } = instance;
    const told = [of, problem, start, noise];
    if ('rows' in instance) {
      const row = rowOf(instance, found);
      if (row === undefined) return undefined;
      const numbers = [leftText(row), ratioText(row), kindOf(row)];
      return [...told, scheduleOf(row), constants ?? constantsOf(row, instance.each), ...numbers];
    }
    const value = instance.figure === undefined ? '' : measuredOf(found(instance.claim), instance.figure);
    const above = instance.kind === 'lower end' ? Number.POSITIVE_INFINITY : value;
    const shown = typeof value === 'number' ? formatEnclosed([value, Number(above)]) : value;
    return shown === undefined ? undefined : [...told, instance.schedule, instance.constants, '', shown, instance.kind];
  });
  if (!rows.every((row) => row !== undefined)) return undefined;
  return {
    headings: [...findingHeadings],
    rows,
  };
}
