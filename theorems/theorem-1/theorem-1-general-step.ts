import { boundClaim } from '../../src/claims/bounds/bound-claim.js';
import { cosineLinear, matchedQuadratics, quadraticHubers } from '../shared/instances.js';
import { theorem1Sharp } from './theorem-1-sharp.js';

/** γ = c/L for every T, from the paper's 1/(L√T). */
const constant = (factor: number, miniBatch: number) => ({
  name: `γ = ${factor}/L, B = ${miniBatch}`,
  schedule: ({ step }: { readonly step: number }, iterations: number) => ({
    step: factor * step * Math.sqrt(iterations),
    miniBatch,
  }),
});

/** Theorem 1♯ at steps and mini-batches other than the paper's: constant steps up to 2/L, and a longer decaying one. */
export const claim = boundClaim({
  id: 'theorem-1-general-step',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Theorem 1♯ for any γ < 2/L and B' },
  statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 − 1/T)γLσ²/B]/(1 − γL/2) for every γ < 2/L and B ≥ 1',
  method: 'two e-processes per instance, schedule and T',
  theorem: theorem1Sharp,
  referenceOnly: true,
  iterations: { quick: [4], standard: [4, 16, 64], deep: [4, 16, 64, 256] },
  schedules: [
    constant(0.5, 1),
    constant(1.5, 4),
    {
      name: 'γ = 1.5/(L√T), B = 2',
      schedule: ({ step }) => ({ step: 1.5 * step, miniBatch: 2 }),
    },
  ],
  instances: [cosineLinear, quadraticHubers, matchedQuadratics],
});
