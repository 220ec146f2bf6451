import { boundClaim } from '../../src/claims/bounds/bound-claim.js';
import { theorem2Instances } from '../shared/instances.js';
import { theorem2Sharp } from './theorem-2-sharp.js';

/** Theorem 2♯ at steps and mini-batches other than the paper's. */
export const claim = boundClaim({
  id: 'theorem-2-general-step',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯ for any γ and B' },
  statement: 'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T)Σ(1 + cγL_i)σ_i/√B for every γ > 0 and B ≥ 1',
  method: 'two e-processes per instance, schedule and T',
  theorem: theorem2Sharp,
  referenceOnly: true,
  iterations: { quick: [4], standard: [4, 16, 64], deep: [4, 16, 64, 256] },
  schedules: [
    { name: 'γ = 1/(‖L‖₁√T), B = T', schedule: ({ step, miniBatch }) => ({ step: 2 * step, miniBatch }) },
    { name: 'γ = 1/(4‖L‖₁√T), B = 4', schedule: ({ step }) => ({ step: step / 2, miniBatch: 4 }) },
  ],
  instances: theorem2Instances.slice(0, 3),
});
