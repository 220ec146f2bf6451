import { boundClaim } from '../../../src/claims/bounds/bound-claim.js';
import type { BoundInstance } from '../../../src/claims/theorems/theorem.js';
import { slopes } from '../../shared/functions.js';
import { signProxMomentum } from './sign-prox-momentum.js';

/** d = ½x² with noise −1 or +4 of mean 0, on which the signs of single draws take x to the median of the noise (`counterexample-mini-batch`). */
export const skewed: BoundInstance = {
  name: 'quadratic, noise −1 (4/5) or +4 (1/5)',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-1, 4),
    probabilities: [0.8, 0.2],
  },
  start: [1],
};

/** Long runs of single draws, which no mini-batch that grows makes less noisy: with momentum the left side falls, without it |G| stays near 1 (`sign-prox-momentum-controls`). */
export const claim = boundClaim({
  id: 'sign-prox-momentum-single-draws',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx with momentum, single draws' },
  theorem: signProxMomentum,
  instances: [skewed],
  iterations: { quick: [1000], standard: [1000, 4096], deep: [1000, 10_000, 100_000] },
  referenceOnly: true,
  method:
    'two e-processes on the mean of independent runs with α and γ of the theorem, under noise whose median is not its mean',
});
