import { boundClaim } from '../../src/claims/bounds/bound-claim.js';
import type { Theorem } from '../../src/claims/theorems/theorem.js';
import { theorem2Instances } from '../shared/instances.js';
import { theorem2Sharp } from './theorem-2-sharp.js';

const { sharp, ...shared } = theorem2Sharp;

/**
 * Theorem 2♯ with the sharpest factors of its noise term that are proved: κ(γL_i) for odd B, and for even B (at the paper's schedule, even T)
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ_i (c₂ + (c₂ − z₂)γL_i) σ_i/√B,   c₂ = 3√6/8 = 0.9186, c₂ − z₂ = 0.2603,
 *
 * where γL_i ≤ 1. Proof in PROOFS.md; for B = 2 the coefficient c₂ is the best one (claim theorem-2-noise-coefficient).
 */
export const theorem2EvenBatch: Theorem = {
  ...shared,
  id: 'theorem-2-even-batch',
  source: { section: 'beyond the paper', equation: 'Theorem 2♯, even mini-batches' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (2/√T)[‖L‖₁Δ + ¼ + ½(1 − 1/T)Σσ_i(0.9186 + 0.2603L_i/(2‖L‖₁√T))] for signProx with γ = 1/(2‖L‖₁√T), B = T even',
  bound: sharp!,
};

export const claim = boundClaim({
  id: 'theorem-2-even-batch',
  version: 1,
  theorem: theorem2EvenBatch,
  engine: 'lattice',
  referenceOnly: true,
  method: 'the Markov chain of every coordinate on the lattice x⁰ + γZ, on the instances of Theorem 2',
  instances: theorem2Instances,
  iterations: { quick: [1, 4, 16], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64, 256, 1024] },
});
