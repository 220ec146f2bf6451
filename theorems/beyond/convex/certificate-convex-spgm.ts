import type { Certificate, Stage } from '../../../src/library/theorems.js';
import { certificateClaim } from '../../shared/certificate-claim.js';
import { always, earlier, times } from '../../shared/certificate-terms.js';

/** One iteration of SPGM where d is convex and r, the proximal average, is any convex function. */
const step = {
  symbols: {
    γ: 'the step',
    L: 'the Lipschitz constant of ∇d',
    d: 'd(x)',
    d̃: 'd(x̃)',
    δ: 'd(z)',
    f̃: 'f(x̃), where x̃ = P(x)',
    φ: 'f(z)',
    x: 'the iterate',
    z: 'any point',
    g: '∇d(x)',
    q: 'G − ∇d(x), a subgradient of r at x̃, because x̃ = x − γG is the prox of x − γ∇d(x)',
    G: 'G(x)',
  },
  positive: ['γ'],
  nonNegative: ['L'],
  vectors: ['x', 'z', 'g', 'q', 'G'],
  definitions: { G: 'g + q' },
  functions: {
    d: { convex: true, modulus: 'L', values: { x: 'd', x̃: 'd̃', z: 'δ' }, gradients: { x: 'g' } },
    r: { convex: true, values: { x̃: 'f̃ − d̃', z: 'φ − δ' }, gradients: { x̃: 'q' } },
  },
  points: { x: 'x', x̃: 'x − γG', z: 'z' },
} as const satisfies Partial<Stage>;

const run = {
  symbols: {
    γ: step.symbols.γ,
    L: step.symbols.L,
    T: 'the number of iterations',
    φ: step.symbols.φ,
    V: 'σ²/B',
    S: '(1/T) Σ E[f(P(x^{t−1})) − f(z) + (γ/2)(1 − γL)‖G(x^{t−1})‖²]',
    A: 'Σ E‖G(x^{t−1})‖²',
    'A₁': 'E‖G(x^{T−1})‖²',
    'f₁': 'E f(P(x^{T−1}))',
    'D₀': '‖x⁰ − z‖²',
    'D₁': 'E‖x^{T−1} − z‖²',
    'D′': 'E‖P(x^{T−1}) − z‖²: the last step without noise',
    F: 'Σ E‖x^t − z‖² over 0 < t < T − 1, so that D₀ + F = F + D₁ for T = 1',
  },
  positive: ['γ', 'T'],
  nonNegative: ['D′'],
} as const satisfies Partial<Stage>;

/**
 * The proof for a convex d. Inequality (6) is the descent lemma for d from x to x̃, convexity of d between x and z and of r between x̃ and z, each
 * once; with z the iterates come nearer to it by as much as (6) says.
 */
const certificate: Certificate = {
  stages: [
    {
      ...step,
      name: 'one step',
      kind: 'pathwise',
      statement: '(6): f(x̃) ≤ f(z) + ⟨G, x − z⟩ − γ(1 − γL/2)‖G‖² for every z',
      goal: 'φ + ⟨G, x − z⟩ − γ(1 − γL/2)‖G‖² − f̃',
      cases: always(
        times('1', 'descent', 'd', 'x', 'x̃'),
        times('1', 'convexity', 'd', 'x', 'z'),
        times('1', 'convexity', 'r', 'x̃', 'z'),
      ),
    },
    {
      ...step,
      name: 'one step in expectation',
      kind: 'expectation',
      statement: 'E[‖x⁺ − z‖² | x] ≤ ‖x − z‖² − 2γ(f(x̃) − f(z)) − γ²(1 − γL)‖G‖² + γ²σ²/B',
      symbols: {
        ...step.symbols,
        e: 'Ĝ(x) − G(x)',
        V: run.symbols.V,
        D: '‖x − z‖²',
        'D⁺': '‖x⁺ − z‖², where x⁺ = x − γĜ(x)',
      },
      nonNegative: [...step.nonNegative, 'V'],
      vectors: [...step.vectors, 'e'],
      random: ['e', 'D⁺'],
      definitions: { D: '‖x − z‖²', 'D⁺': '‖x − γ(G + e) − z‖²', ...step.definitions },
      goal: 'D − D⁺ − 2γ(f̃ − φ) − γ²(1 − γL)‖G‖² + γ²V',
      cases: always(
        earlier('2γ', 'one step'),
        { multiplier: 'γ²', inequality: { kind: 'variance', of: 'e', bound: 'V' } },
        { multiplier: '2γ(x − z − γG)', inequality: { kind: 'mean', of: 'e' } },
      ),
    },
    {
      ...step,
      name: 'one step without noise',
      kind: 'pathwise',
      statement: '‖x̃ − z‖² ≤ ‖x − z‖² − 2γ(f(x̃) − f(z)) − γ²(1 − γL)‖G‖²',
      symbols: { ...step.symbols, D: '‖x − z‖²', D̃: '‖x̃ − z‖²' },
      definitions: { D: '‖x − z‖²', D̃: '‖x − γG − z‖²', ...step.definitions },
      goal: 'D − D̃ − 2γ(f̃ − φ) − γ²(1 − γL)‖G‖²',
      cases: always(earlier('2γ', 'one step')),
    },
    {
      ...run,
      name: 'T steps',
      kind: 'total',
      statement:
        '(1/T) Σ E[f(P(x^{t−1})) − f(z) + (γ/2)(1 − γL)‖G‖²] ≤ ‖x⁰ − z‖²/(2γT) + (1 − 1/T)γσ²/(2B) for every z, γ and B',
      goal: 'D₀ + (T − 1)γ²V − 2γTS',
      isolates: { quantity: 'S', factor: '2γT' },
      cases: always(
        earlier('1', 'one step in expectation', {
          D: 'D₀ + F',
          'D⁺': 'F + D₁',
          f̃: 'T(S + φ) − γ(1 − γL)A/2 − f₁',
          '‖G‖²': 'A − A₁',
          '1': 'T − 1',
        }),
        earlier('1', 'one step without noise', { D: 'D₁', D̃: 'D′', f̃: 'f₁', '‖G‖²': 'A₁', '1': '1' }),
        { remainder: 'D′' },
      ),
    },
    {
      name: 'one step of the averages',
      kind: 'expectation',
      statement: 'E‖w⁺‖² ≤ ‖w‖² + γ²σ²/B for the sum w of the x^s − P(x^{s−1}) so far',
      symbols: {
        γ: step.symbols.γ,
        V: run.symbols.V,
        w: 'Σ (x^s − P(x^{s−1})) over 0 < s < t',
        e: 'Ĝ(x) − G(x), where x⁺ − P(x) = −γe',
        D: '‖w‖²',
        'D⁺': '‖w⁺‖²',
      },
      positive: ['γ'],
      nonNegative: ['V'],
      vectors: ['w', 'e'],
      random: ['e', 'D⁺'],
      definitions: { D: '‖w‖²', 'D⁺': '‖w − γe‖²' },
      goal: 'D − D⁺ + γ²V',
      cases: always(
        { multiplier: 'γ²', inequality: { kind: 'variance', of: 'e', bound: 'V' } },
        { multiplier: '2γw', inequality: { kind: 'mean', of: 'e' } },
      ),
    },
    {
      name: 'the averages',
      kind: 'total',
      statement: 'E‖x̄ − z̄‖² ≤ γ²σ²/(BT) for the averages x̄ of the x^t and z̄ of the P(x^{t−1})',
      symbols: {
        ...{ γ: step.symbols.γ, T: run.symbols.T, V: run.symbols.V },
        A: 'E‖x̄ − z̄‖², where T(x̄ − z̄) is the last w⁺',
        F: 'Σ E‖w‖² over the steps; the first w is 0',
      },
      positive: ['γ', 'T'],
      goal: 'Tγ²V − T²A',
      isolates: { quantity: 'A', factor: 'T²' },
      cases: always(earlier('1', 'one step of the averages', { D: 'F', 'D⁺': 'F + T²A', '1': 'T' })),
    },
  ],
};

/** What a convex d adds, as a proof. */
export const claim = certificateClaim({
  id: 'certificate-convex-spgm',
  version: 1,
  source: { section: 'beyond the paper', equation: '(6)' },
  statement:
    'for convex d and any convex r, (1/T) Σ E[f(P(x)) − f(z) + (γ/2)(1 − γL)‖G‖²] ≤ ‖x⁰ − z‖²/(2γT) + (1 − 1/T)γσ²/(2B) follows from (6), and E‖x̄ − z̄‖² ≤ γ²σ²/(BT) for the averages of the x^t and the P(x^{t−1})',
  hypotheses: ['assumption-1b', 'd-convex', 'assumption-1d'],
  certificate,
});
