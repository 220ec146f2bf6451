import type { Certificate } from '../../src/library/theorems.js';
import { certificateClaim } from '../shared/certificate-claim.js';
import {
  aboveInfimum,
  always,
  atLeastOneStep,
  earlier,
  infimum,
  multiplied,
  spgmRun,
  spgmStep,
  times,
  untilLastStep,
} from '../shared/certificate-terms.js';

/**
 * The proof of theorem 1 (§5.1) with all of its constants. Pathwise: the descent lemma for d from x to x⁺ and convexity of r between x⁺ and
 * x̃ and between x̃ and x, each once; Cauchy–Schwarz with the Lipschitz continuity of ∇r is one square. In expectation: E[Ĝ] = G and
 * E‖Ĝ − G‖² ≤ σ². Summed: γ = 1/(L√T).
 */
const certificate: Certificate = {
  stages: [
    {
      ...spgmStep,
      name: 'one step',
      kind: 'pathwise',
      statement: 'f(x⁺) ≤ f(x) − γ⟨G, Ĝ⟩ + (γ²L/2)‖Ĝ‖² + γ²L‖Ĝ − G‖²',
      goal: 'f − f⁺ − γ⟨G, Ĝ⟩ + γ²L/2 ‖Ĝ‖² + γ²L‖Ĝ − G‖²',
      cases: multiplied(
        '2L',
        times('2L', 'descent', 'd', 'x', 'x⁺'),
        times('2L', 'convexity', 'r', 'x⁺', 'x̃'),
        times('2L', 'convexity', 'r', 'x̃', 'x'),
        times('1', 'lipschitz', 'r', 'x̃', 'x⁺'),
        { multiplier: '1', square: 'p − q + γLe' },
      ),
    },
    {
      ...spgmStep,
      name: 'one step in expectation',
      kind: 'expectation',
      statement: 'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²',
      symbols: { ...spgmStep.symbols, V: 'σ², because B = 1' },
      nonNegative: ['V'],
      goal: 'f − f⁺ − γ‖G‖² + γ²L/2 (‖G‖² + V) + γ²LV',
      cases: always(
        earlier('1', 'one step'),
        { multiplier: '3/2 γ²L', inequality: { kind: 'variance', of: 'e', bound: 'V' } },
        { multiplier: '(γ − γ²L)G', inequality: { kind: 'mean', of: 'e' } },
      ),
    },
    {
      ...spgmRun,
      name: 'T steps',
      kind: 'total',
      statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (1/√T)[2L(f(x⁰) − f*) + 3σ²] for γ = 1/(L√T)',
      ...atLeastOneStep,
      symbols: { ...spgmRun.symbols, ...atLeastOneStep.symbols, V: 'σ², because B = 1' },
      nonNegative: [...spgmRun.nonNegative, 'm'],
      equation: ['γLτ', '1'],
      facts: infimum,
      goal: '2L(f₀ − f*) + 3V − τS',
      isolates: { quantity: 'S', factor: 'τ' },
      cases: always(
        earlier('2L', 'one step in expectation', { f: 'f₀ + F', 'f⁺': 'F + f′', '‖G‖²': 'τ²S', '1': 'τ²' }),
        aboveInfimum('2L'),
        { remainder: 'mS' },
      ),
    },
  ],
};

/** Theorem 1 as the sum of the inequalities that define its hypotheses: a proof, checked as one. */
export const certificateTheorem1Claim = certificateClaim({
  id: 'certificate-theorem-1',
  version: 1,
  source: { section: '5.1', equation: 'Theorem 1' },
  statement: 'the proof of Theorem 1 is a non-negative combination of the inequalities that define Assumption 1',
  hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
  certificate,
});

const symbols = {
  ...spgmRun.symbols,
  V: 'σ²/B',
  'f₁': 'E f(x^{T−1})',
  'f′': 'E f(P(x^{T−1})): the last step without noise',
  F: untilLastStep,
  A: 'E‖G(x^{T−1})‖²',
};

/**
 * The proof of theorem 1♯. Pathwise: the descent lemma for d from x to x⁺ and for r from x̃ to x⁺, and convexity of r between x̃ and x, each
 * once; nothing is left over, which is why the bound is attained. The last step is taken without noise, because the left side
 * never sees what the noise of that step does.
 */
const sharpCertificate: Certificate = {
  stages: [
    {
      ...spgmStep,
      name: 'one step',
      kind: 'pathwise',
      statement: 'f(x⁺) ≤ f(x) − γ⟨G, Ĝ⟩ + (γ²L/2)‖Ĝ‖² + (γ²L/2)‖Ĝ − G‖²',
      goal: 'f − f⁺ − γ⟨G, Ĝ⟩ + γ²L/2 ‖Ĝ‖² + γ²L/2 ‖Ĝ − G‖²',
      cases: always(
        times('1', 'descent', 'd', 'x', 'x⁺'),
        times('1', 'descent', 'r', 'x̃', 'x⁺'),
        times('1', 'convexity', 'r', 'x̃', 'x'),
      ),
    },
    {
      ...spgmStep,
      name: 'one step in expectation',
      kind: 'expectation',
      statement: 'E[f(x⁺) − f(x) | x] ≤ −γ(1 − γL/2)‖G‖² + γ²Lσ²/B',
      symbols: { ...spgmStep.symbols, V: 'σ²/B' },
      nonNegative: ['V'],
      goal: 'f − f⁺ − γ(1 − γL/2)‖G‖² + γ²LV',
      cases: always(
        earlier('1', 'one step'),
        { multiplier: 'γ²L', inequality: { kind: 'variance', of: 'e', bound: 'V' } },
        { multiplier: '(γ − γ²L)G', inequality: { kind: 'mean', of: 'e' } },
      ),
    },
    {
      ...spgmRun,
      name: 'T steps',
      kind: 'total',
      statement: '(1 − γL/2) E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ Δ/(γT) + (1 − 1/T)γLσ²/B for every γ',
      symbols,
      goal: 'f₀ − f* + (T − 1)γ²LV − γ(1 − γL/2)TS',
      isolates: { quantity: '(1 − γL/2)S', factor: 'γT' },
      facts: infimum,
      cases: always(
        earlier('1', 'one step in expectation', {
          f: 'f₀ + F',
          'f⁺': 'F + f₁',
          '‖G‖²': 'TS − A',
          '1': 'T − 1',
        }),
        earlier('1', 'one step', { f: 'f₁', 'f⁺': 'f′', '⟨G, Ĝ⟩': 'A', '‖Ĝ‖²': 'A', '‖G‖²': 'A' }),
        aboveInfimum('1'),
      ),
    },
    {
      ...spgmRun,
      name: "the paper's step",
      kind: 'total',
      statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [LΔ + (1 − 1/T)σ²/B]/(√T − ½) for γ = 1/(L√T)',
      ...atLeastOneStep,
      symbols: { ...symbols, ...atLeastOneStep.symbols },
      nonNegative: [...spgmRun.nonNegative, 'm'],
      equation: ['γLτ', '1'],
      goal: 'τ²L(f₀ − f*) + (τ² − 1)V − τ²(τ − 1/2)S',
      isolates: { quantity: 'S', factor: 'τ²(m + 1/2)' },
      cases: always(earlier('τ²L', 'T steps', { '1': '1', T: 'τ²' })),
    },
  ],
};

/** Theorem 1♯, which improves every constant of theorem 1, as a proof. */
export const certificateTheorem1SharpClaim = certificateClaim({
  id: 'certificate-theorem-1-sharp',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 1♯' },
  statement: 'E[(1/T) Σ ‖G‖²] ≤ [LΔ + (1 − 1/T)σ²/B]/(√T − ½) follows from Assumption 1, with multiplier 1 throughout',
  hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
  certificate: sharpCertificate,
});
