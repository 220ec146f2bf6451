import { boundClaim, type GeneralSchedule } from '../../../src/claims/bounds/bound-claim.js';
import { momentumInstances, signProxMomentum } from './sign-prox-momentum.js';

const schedules: readonly GeneralSchedule[] = [
  {
    name: 'α = ½, B = 2',
    schedule: ({ step }) => ({ step, miniBatch: 2, parameters: { newestWeight: 1 / 2 } }),
  },
  {
    name: 'half of γ, α = ¼',
    schedule: ({ step }) => ({ step: step / 2, miniBatch: 1, parameters: { newestWeight: 1 / 4 } }),
  },
  {
    name: 'three times γ, α = 1/16',
    schedule: ({ step }) => ({ step: 3 * step, miniBatch: 1, parameters: { newestWeight: 1 / 16 } }),
  },
];

/** The bound for momentum with steps, mini-batches and α that its schedule does not ask for: it holds for all of them. */
export const claim = boundClaim({
  id: 'sign-prox-momentum-general-step',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx with momentum for any γ, α and B' },
  theorem: signProxMomentum,
  instances: momentumInstances,
  schedules,
  iterations: { quick: [4], standard: [2, 4, 5], deep: [2, 4, 5, 6, 7] },
  engine: 'paths',
  referenceOnly: true,
  method: 'all sequences of mini-batches in doubles with measured rounding, against the sharper bound too',
});
