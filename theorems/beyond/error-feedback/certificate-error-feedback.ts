import type { Certificate, Stage } from '../../../src/library/theorems.js';
import { certificateClaim } from '../../shared/certificate-claim.js';
import { aboveInfimum, always, earlier, infimum, multiplied, times } from '../../shared/certificate-terms.js';

/** One iteration of signProx with error feedback, at y = x − e. */
const step = {
  symbols: {
    γ: 'the step',
    L: 'the Lipschitz constant of ∇d and of every ∇r_k, hence of ∇r',
    f: 'f(y)',
    'f⁺': 'f(y⁺)',
    d: 'd(y)',
    'd⁺': 'd(y⁺)',
    r̃: 'r(z)',
    y: 'x − e, where x is the iterate',
    e: 'what the steps so far have left out',
    g: '∇d(x)',
    'g′': '∇d(y)',
    q: '∇r(x̃)',
    'q′': '∇r(z), where z = y − γG',
    h: '∇d(y) + ∇r(z)',
    G: 'G(x) = ∇d(x) + ∇r(x̃), because x̃ = x − γG is the prox of x − γ∇d(x)',
    Ĝ: 'Ĝ(x)',
    ξ: 'Ĝ(x) − G(x)',
  },
  positive: ['γ', 'L'],
  vectors: ['y', 'e', 'g', 'g′', 'q', 'q′', 'h', 'G', 'Ĝ', 'ξ'],
  random: ['Ĝ', 'ξ', 'f⁺', 'd⁺'],
  definitions: { h: 'g′ + q′', Ĝ: 'G + ξ', G: 'g + q' },
  functions: {
    d: { convex: false, modulus: 'L', values: { y: 'd', 'y⁺': 'd⁺' }, gradients: { x: 'g', y: 'g′' } },
    r: {
      convex: true,
      modulus: 'L',
      values: { y: 'f − d', z: 'r̃', 'y⁺': 'f⁺ − d⁺' },
      gradients: { x̃: 'q', z: 'q′' },
    },
  },
  points: { x: 'y + e', x̃: 'y + e − γG', y: 'y', z: 'y − γG', 'y⁺': 'y − γĜ' },
} as const satisfies Partial<Stage>;

const noise = {
  symbols: { ...step.symbols, V: 'σ²/B', η: 'any number > 0' },
  positive: [...step.positive, 'η'],
  nonNegative: ['V'],
} as const satisfies Partial<Stage>;

/** What C(m) leaves of m: ρ² = 1 − 1/n for C(m) = (‖m‖₁/n) sgn m. */
const contraction = {
  symbols: {
    ρ: 'of ‖m − C(m)‖ ≤ ρ‖m‖, 0 < ρ < 1',
    κ: '1 − ρ',
  },
  positive: ['ρ', 'κ'],
  definitions: { κ: '1 − ρ' },
} as const satisfies Partial<Stage>;

const run = {
  symbols: {
    γ: step.symbols.γ,
    L: step.symbols.L,
    T: 'the number of iterations',
    V: noise.symbols.V,
    ...contraction.symbols,
    S: 'E[(1/T) Σ ‖G(x^{t−1})‖²]',
    'A₁': 'E‖G(x^{T−1})‖²',
    Z: 'Σ E‖e^t‖² over t < T, where e⁰ = 0',
    'Z₁': 'E‖e^{T−1}‖²',
    'f₀': 'f(x⁰) = f(y⁰)',
    'f₁': 'E f(y^{T−1})',
    'f′': 'E f(y^{T−1} − γG(x^{T−1})): the last step without noise',
    'f*': 'inf f',
    F: 'Σ E f(y^t) over 0 < t < T − 1, so that f₀ + F = F + f₁ for T = 1',
    η: noise.symbols.η,
  },
  positive: ['γ', 'L', 'T', 'η', ...contraction.positive],
  nonNegative: ['S', 'A₁', 'Z₁'],
} as const satisfies Partial<Stage>;

/**
 * The proof for error feedback. y moves by −γĜ as SPGM does, and (7) is the proof of theorem 1♯ at y; what G(x) differs from the gradient there is
 * bounded by the error e, and C(m) keeps the errors small.
 */
const certificate: Certificate = {
  stages: [
    {
      ...step,
      name: 'one step',
      kind: 'pathwise',
      statement: '(7): f(y⁺) ≤ f(y) − γ⟨h, Ĝ⟩ + (γ²L/2)(‖Ĝ‖² + ‖Ĝ − G‖²)',
      goal: 'f − f⁺ − γ⟨h, Ĝ⟩ + γ²L/2 (‖Ĝ‖² + ‖Ĝ − G‖²)',
      cases: always(
        times('1', 'descent', 'd', 'y', 'y⁺'),
        times('1', 'descent', 'r', 'z', 'y⁺'),
        times('1', 'convexity', 'r', 'z', 'y'),
      ),
    },
    {
      ...step,
      name: 'the difference',
      kind: 'pathwise',
      statement: '‖h − G‖² ≤ 4L²‖e‖²',
      goal: '4L²‖e‖² − ‖h − G‖²',
      cases: always(times('2', 'lipschitz', 'd', 'x', 'y'), times('2', 'lipschitz', 'r', 'x̃', 'z'), {
        multiplier: '1',
        square: 'g′ − g − (q′ − q)',
      }),
    },
    {
      ...step,
      ...noise,
      name: 'one step in expectation',
      kind: 'expectation',
      statement: 'E[f(y⁺) − f(y) | x, e] ≤ −γ(1 − γL/2 − γLη)‖G‖² + (L/η)‖e‖² + γ²Lσ²/B, times η',
      goal: 'η(f − f⁺) − γη(1 − γL/2 − γLη)‖G‖² + L‖e‖² + γ²LηV',
      cases: multiplied(
        '4L',
        earlier('4Lη', 'one step'),
        earlier('1', 'the difference'),
        { multiplier: '1', square: 'h − G + 2γLηG' },
        { multiplier: '4γ²L²η', inequality: { kind: 'variance', of: 'ξ', bound: 'V' } },
        { multiplier: '4Lη(γh − γ²LG)', inequality: { kind: 'mean', of: 'ξ' } },
      ),
    },
    {
      ...step,
      ...noise,
      name: 'one step without noise',
      kind: 'pathwise',
      statement: 'f(z) ≤ f(y) − γ(1 − γL/2 − γLη)‖G‖² + (L/η)‖e‖², times η',
      symbols: { ...noise.symbols, f̃: 'f(z)', d̃: 'd(z)' },
      functions: {
        d: { ...step.functions.d, values: { y: 'd', z: 'd̃' } },
        r: { ...step.functions.r, values: { y: 'f − d', z: 'f̃ − d̃' } },
      },
      goal: 'η(f − f̃) − γη(1 − γL/2 − γLη)‖G‖² + L‖e‖²',
      cases: multiplied(
        '4L',
        times('4Lη', 'descent', 'd', 'y', 'z'),
        times('4Lη', 'convexity', 'r', 'z', 'y'),
        earlier('1', 'the difference'),
        { multiplier: '1', square: 'h − G + 2γLηG' },
      ),
    },
    {
      ...contraction,
      name: 'the error in expectation',
      kind: 'expectation',
      statement: 'E[‖e⁺‖² | x, e] ≤ ρ‖e‖² + ρ²γ²‖G‖²/(1 − ρ) + ρ²γ²σ²/B, times 1 − ρ',
      symbols: {
        ...contraction.symbols,
        γ: step.symbols.γ,
        V: noise.symbols.V,
        e: step.symbols.e,
        'e⁺': 'm − C(m), where m = e + γĜ(x)',
        G: step.symbols.G,
        ξ: step.symbols.ξ,
      },
      positive: [...contraction.positive, 'γ'],
      nonNegative: ['V'],
      vectors: ['e', 'e⁺', 'G', 'ξ'],
      random: ['e⁺', 'ξ'],
      facts: {
        'C contracts': { expression: 'ρ²‖e + γ(G + ξ)‖² − ‖e⁺‖²', because: '‖m − C(m)‖² ≤ ρ²‖m‖² for every m' },
      },
      goal: 'κ(ρ‖e‖² + ρ²γ²V − ‖e⁺‖²) + ρ²γ²‖G‖²',
      cases: always(
        { multiplier: 'κ', inequality: { kind: 'fact', name: 'C contracts' } },
        { multiplier: 'ρ', square: 'κe − ργG' },
        { multiplier: 'κρ²γ²', inequality: { kind: 'variance', of: 'ξ', bound: 'V' } },
        { multiplier: '−2κρ²γ(e + γG)', inequality: { kind: 'mean', of: 'ξ' } },
      ),
    },
    {
      ...run,
      name: 'the errors',
      kind: 'total',
      statement: '(8): Σ E‖e^t‖² ≤ γ²ω² Σ E‖G(x^{t−1})‖² + γ²ρω(T − 1)σ²/B, where ω = ρ/(1 − ρ)',
      definitions: contraction.definitions,
      goal: 'ρ²γ²TS + κρ²γ²(T − 1)V − κ²Z',
      isolates: { quantity: 'Z', factor: 'κ²' },
      cases: always(
        earlier('1', 'the error in expectation', {
          '‖e‖²': 'Z − Z₁',
          '‖e⁺‖²': 'Z',
          '‖G‖²': 'TS − A₁',
          '1': 'T − 1',
        }),
        { remainder: 'κρZ₁ + ρ²γ²A₁' },
      ),
    },
    {
      ...run,
      name: 'T steps',
      kind: 'total',
      statement: '(1 − γL(½ + η + ω²/η)) E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ Δ/(γT) + (1 + ρω/η)(1 − 1/T)γLσ²/B for every η > 0',
      facts: infimum,
      goal: 'κ²η(f₀ − f*) + γ²L(T − 1)V(κ²η + κρ²) − γT(κ²η − γL(κ²η/2 + κ²η² + ρ²))S',
      isolates: { quantity: '(κ²η − γL(κ²η/2 + κ²η² + ρ²))S', factor: 'γT' },
      cases: always(
        earlier('κ²', 'one step in expectation', {
          f: 'f₀ + F',
          'f⁺': 'F + f₁',
          '‖G‖²': 'TS − A₁',
          '‖e‖²': 'Z − Z₁',
          '1': 'T − 1',
        }),
        earlier('κ²', 'one step without noise', { f: 'f₁', f̃: 'f′', '‖G‖²': 'A₁', '‖e‖²': 'Z₁' }),
        earlier('L', 'the errors', { '1': '1' }),
        aboveInfimum('κ²η'),
      ),
    },
    {
      ...run,
      name: 'the best η',
      kind: 'total',
      statement: '(1 − γL(½ + 2ω)) E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ Δ/(γT) + (1 + ρ)(1 − 1/T)γLσ²/B, for η = ω, times 1 − ρ',
      equation: ['κη', 'ρ'],
      goal: 'κ(f₀ − f*) + (T − 1)γ²L(1 + ρ)κV − γT(κ − γL(κ/2 + 2ρ))S',
      isolates: { quantity: '(κ − γL(κ/2 + 2ρ))S', factor: 'γT' },
      cases: multiplied('ρ', earlier('1', 'T steps', { '1': '1' })),
    },
  ],
};

/** Error feedback: one bit a coordinate and one number, with the leading constants of theorem 1♯, as a proof. */
export const claim = certificateClaim({
  id: 'certificate-error-feedback',
  version: 1,
  source: { section: 'beyond the paper', equation: '(7)' },
  statement:
    'with error feedback (1 − γL(½ + 2ω)) E[(1/T) Σ ‖G‖²] ≤ Δ/(γT) + (1 + ρ)(1 − 1/T)γLσ²/B follows from Assumption 1, ω = ρ/(1 − ρ)',
  hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
  certificate,
});
