import { controlClaim } from '../../../src/claims/bounds/bound-claim.js';
import { withBatch } from '../../shared/changed-theorems.js';
import { farStart, strongNoise, theorem2AtBestStep, theorem2OptimalStep } from './theorem-2-optimal-step.js';

/** Planted errors for Theorem 2♯ at its best step: half of either term, and the noise of a mini-batch where there is one draw. */
export const claim = controlClaim({
  id: 'theorem-2-optimal-step-controls',
  version: 1,
  theorem: theorem2OptimalStep,
  method: 'the same check with half of a term, or with B = 1 against the bound of B = T; every row must be violated',
  planted: [
    {
      name: '√(‖L‖₁Δ/T) in place of 2√(‖L‖₁Δ/T)',
      theorem: theorem2AtBestStep({ gap: 1, noise: 1 }),
      instance: farStart,
      iterations: [64, 1024],
    },
    {
      name: 'half of the noise, B = 1',
      theorem: withBatch(1)(theorem2AtBestStep({ gap: 2, noise: 1 / 2 })),
      instance: strongNoise,
      iterations: [256],
    },
    {
      name: 'B = 1 against B = T',
      theorem: {
        ...withBatch(1)(theorem2OptimalStep),
        bound: (iterations, constants, own) =>
          theorem2OptimalStep.bound(iterations, constants, { ...own, miniBatch: iterations }),
      },
      instance: strongNoise,
      iterations: [64, 256],
    },
  ],
});
