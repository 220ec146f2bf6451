import type { Certificate } from '../../src/claims/certificate.js';
import { certificateClaim } from '../../src/claims/proofs/certificates/certificate-claim.js';
import {
  aboveInfimum,
  atLeastOneStep,
  earlier,
  infimum,
  spgmRun,
  spgmStep,
  times,
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
      cases: [
        {
          scale: '2L',
          terms: [
            times('2L', 'descent', 'd', 'x', 'x⁺'),
            times('2L', 'convexity', 'r', 'x⁺', 'x̃'),
            times('2L', 'convexity', 'r', 'x̃', 'x'),
            times('1', 'lipschitz', 'r', 'x̃', 'x⁺'),
            { multiplier: '1', square: 'p − q + γLe' },
          ],
        },
      ],
    },
    {
      ...spgmStep,
      name: 'one step in expectation',
      kind: 'expectation',
      statement: 'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²',
      symbols: { ...spgmStep.symbols, V: 'σ², because B = 1' },
      nonNegative: ['V'],
      goal: 'f − f⁺ − γ‖G‖² + γ²L/2 (‖G‖² + V) + γ²LV',
      cases: [
        {
          terms: [
            earlier('1', 'one step'),
            { multiplier: '3/2 γ²L', inequality: { kind: 'variance', of: 'e', bound: 'V' } },
            { multiplier: '(γ − γ²L)G', inequality: { kind: 'mean', of: 'e' } },
          ],
        },
      ],
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
      cases: [
        {
          terms: [
            earlier('2L', 'one step in expectation', { f: 'f₀ + F', 'f⁺': 'F + f′', '‖G‖²': 'τ²S', '1': 'τ²' }),
            aboveInfimum('2L'),
            { remainder: 'mS' },
          ],
        },
      ],
    },
  ],
};

/** Theorem 1 as the sum of the inequalities that define its hypotheses: a proof, checked as one. */
export const claim = certificateClaim({
  id: 'certificate-theorem-1',
  version: 1,
  source: { section: '5.1', equation: 'Theorem 1' },
  statement: 'the proof of Theorem 1 is a non-negative combination of the inequalities that define Assumption 1',
  hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
  certificate,
});
