import { controlClaim } from '../../../src/claims/bounds/bound-claim.js';
import { matchedQuadratics } from '../../shared/instances.js';
import { noiseless, theorem1AtBestStep, theorem1OptimalStep } from './theorem-1-optimal-step.js';

/** Planted errors for Theorem 1♯ at its best step: half of either term. */
export const claim = controlClaim({
  id: 'theorem-1-optimal-step-controls',
  version: 1,
  theorem: theorem1OptimalStep,
  method: 'the same check with a factor 1 in place of 2; every row must be violated',
  planted: [
    {
      name: '2LΔ/T + σ√(LΔ/T)',
      theorem: theorem1AtBestStep({ gap: 2, noise: 1 }),
      instance: matchedQuadratics,
      iterations: [1024, 4096],
    },
    {
      name: 'LΔ/T + 2σ√(LΔ/T)',
      theorem: theorem1AtBestStep({ gap: 1, noise: 2 }),
      instance: noiseless,
      iterations: [1, 16],
    },
  ],
});
