import type { Case, CertificateTerm, Stage } from '../../src/library/theorems.js';

/** Inequalities about a function between two points, e.g. `descent of d from x to x⁺`. */
type ClassKind = 'descent' | 'convexity' | 'lipschitz' | 'monotonicity' | 'steepness';

/** multiplier × (an inequality of the class of the function). */
export function times(multiplier: string, kind: ClassKind, of: string, from: string, to: string): CertificateTerm {
  return { multiplier, inequality: { kind, of, from, to } };
}

/** The one case of a stage without conditions. */
export const always = (...terms: readonly CertificateTerm[]): readonly Case[] => [{ terms }];

/** The same for a goal that is multiplied by a positive factor. */
export const multiplied = (scale: string, ...terms: readonly CertificateTerm[]): readonly Case[] => [{ scale, terms }];

/** multiplier × (the goal of an earlier stage), or of its sum. */
export function earlier(multiplier: string, stage: string, totals?: Readonly<Record<string, string>>): CertificateTerm {
  return { multiplier, inequality: { kind: 'earlier', stage, ...(totals === undefined ? {} : { totals }) } };
}

export const infimum = {
  'f* is the infimum': { expression: 'f′ − f*', because: 'f ≥ f* everywhere, hence in expectation' },
};

export const aboveInfimum = (multiplier: string): CertificateTerm => ({
  multiplier,
  inequality: { kind: 'fact', name: 'f* is the infimum' },
});

/** One iteration of SPGM in Rⁿ under Assumption 1: x̃ = P(x), x⁺ = P̂(x). */
export const spgmStep = {
  symbols: {
    γ: 'the step',
    L: 'the Lipschitz constant of ∇d and of every ∇r_k, hence of ∇r',
    f: 'f(x)',
    'f⁺': 'f(x⁺)',
    d: 'd(x)',
    'd⁺': 'd(x⁺)',
    r̃: 'r(x̃)',
    x: 'the iterate',
    g: '∇d(x)',
    q: '∇r(x̃)',
    p: '∇r(x⁺)',
    G: 'G(x) = ∇d(x) + ∇r(x̃), because x̃ = x − γG is the prox of x − γ∇d(x)',
    Ĝ: 'Ĝ(x)',
    e: 'Ĝ(x) − G(x)',
  },
  positive: ['γ', 'L'],
  vectors: ['x', 'g', 'q', 'p', 'G', 'Ĝ', 'e'],
  random: ['Ĝ', 'e', 'p', 'f⁺', 'd⁺'],
  definitions: { Ĝ: 'G + e', G: 'g + q' },
  functions: {
    d: { convex: false, modulus: 'L', values: { x: 'd', 'x⁺': 'd⁺' }, gradients: { x: 'g' } },
    r: {
      convex: true,
      modulus: 'L',
      values: { x: 'f − d', x̃: 'r̃', 'x⁺': 'f⁺ − d⁺' },
      gradients: { x̃: 'q', 'x⁺': 'p' },
    },
  },
  points: { x: 'x', x̃: 'x − γG', 'x⁺': 'x − γĜ' },
} as const satisfies Partial<Stage>;

/** What the points of a run add up to when the last of T steps is taken apart; the sums over no step at all for T = 1 cancel. */
export const untilLastStep = 'Σ E f(x^t) over 0 < t < T − 1, so that f₀ + F = F + f₁ for T = 1';

/** What T ≥ 1 says of τ = √T. */
export const atLeastOneStep = {
  symbols: { m: '√T − 1 ≥ 0, because T ≥ 1' },
  definitions: { m: 'τ − 1' },
} as const satisfies Partial<Stage>;

/** T = τ² iterations of SPGM with γ = 1/(L√T). */
export const spgmRun = {
  symbols: {
    γ: spgmStep.symbols.γ,
    L: spgmStep.symbols.L,
    T: 'the number of iterations',
    τ: '√T',
    S: 'E[(1/T) Σ ‖G(x^{t−1})‖²]',
    'f₀': 'f(x⁰)',
    'f′': 'E f(x^T)',
    'f*': 'inf f',
    F: 'Σ E f(x^t) over 0 < t < T',
  },
  positive: ['γ', 'L', 'τ', 'T'],
  nonNegative: ['S'],
} as const satisfies Partial<Stage>;

/** One coordinate of one iteration of signProx under Assumption 2: x̃ = P(x), x⁺ = x − γ sgn Ĝ(x). */
export const signStep = {
  symbols: {
    γ: 'the step',
    L: 'L_i',
    M: '‖L‖₁ − L_i',
    f: 'f(x), its summand that depends on x_i',
    'f⁺': 'f(x⁺), its summand that depends on x_i',
    d: 'd(x), its summand',
    'd⁺': 'd(x⁺), its summand',
    x: 'x_i',
    g: '∇d(x)_i',
    q: '∇r(x̃)_i',
    ρ: '∇r(x)_i',
    p: '∇r(x⁺)_i',
    G: 'G(x)_i = ∇d(x)_i + ∇r(x̃)_i',
    N: '|G(x)_i|',
    Ĝ: 'Ĝ(x)_i',
    k: '|Ĝ(x)_i|',
    s: 'sgn Ĝ(x)_i, any value in {−1, 0, 1} at 0',
  },
  positive: ['γ'],
  nonNegative: ['L', 'M'],
  magnitudes: { N: { of: 'G' }, k: { of: 'Ĝ', sign: 's' } },
  random: ['Ĝ', 'k', 's', 'p', 'f⁺', 'd⁺'],
  definitions: { g: 'G − q' },
  functions: {
    d: { convex: false, modulus: 'L', values: { x: 'd', 'x⁺': 'd⁺' }, gradients: { x: 'g' } },
    r: {
      convex: true,
      modulus: 'L',
      values: { x: 'f − d', 'x⁺': 'f⁺ − d⁺' },
      gradients: { x: 'ρ', x̃: 'q', 'x⁺': 'p' },
    },
  },
  points: { x: 'x', x̃: 'x − γG', 'x⁺': 'x − γs' },
} as const satisfies Partial<Stage>;

/** The noise of one coordinate. */
export const signNoise = {
  symbols: {
    ...signStep.symbols,
    e: 'Ĝ(x)_i − G(x)_i',
    v: 'σ_i/√B > 0, so that E[e²] ≤ v²',
  },
  positive: ['γ', 'v'],
  random: [...signStep.random, 'e'],
  definitions: { ...signStep.definitions, Ĝ: 'G + e' },
} as const satisfies Partial<Stage>;

/** e = Ĝ − G when the sign s of Ĝ is not that of G = ±N: Ĝ is on the other side of 0 by k, or 0. */
export function wrongSign(positive: boolean, s: string): string {
  if (s === '0') return positive ? '−N' : 'N';
  return positive ? '−(N + k)' : 'N + k';
}

/** T = τ² iterations of signProx. */
export const signRun = {
  symbols: {
    γ: signStep.symbols.γ,
    T: 'the number of iterations',
    τ: '√T',
    S: 'E[(1/T) Σ ‖G(x^{t−1})‖₁]',
    Λ: '‖L‖₁',
    'f₀': 'f(x⁰)',
    'f′': 'E f(x^T)',
    'f*': 'inf f',
    F: 'Σ E f(x^t) over 0 < t < T',
  },
  positive: ['γ', 'Λ', 'τ', 'T'],
  nonNegative: ['S'],
} as const satisfies Partial<Stage>;
