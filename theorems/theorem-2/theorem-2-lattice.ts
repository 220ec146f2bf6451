import { boundClaim } from '../../src/claims/bounds/bound-claim.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { slopes } from '../shared/functions.js';
import { theorem2Instances } from '../shared/instances.js';
import { theorem2 } from './theorem-2.js';

/**
 * Rare events: noise −pR with probability 1 − p and (1 − p)R with probability p, p = 11/1024, R = 192, σ = 19.8. At T = 64 half of the mini-batches contain
 * no event, and x stays near pR = 2.06, where their sign turns: the bound without ‖σ‖₁ is below that. Monte Carlo would decide it by its cap.
 */
export const rareEvents: BoundInstance = {
  name: 'quadratic, rare events',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes((-11 * 192) / 1024, (1013 * 192) / 1024),
    probabilities: [1013 / 1024, 11 / 1024],
  },
  start: [2],
};

/**
 * Theorem 2 on the instances that Monte Carlo checks too, and on one with strong noise, without sampling: in every coordinate signProx is a Markov chain on x⁰ + γZ, whose
 * steps have the law of the sign of the mini-batch mean (binomial for K = 2, multinomial for K = 3).
 */
export const claim = boundClaim({
  id: 'theorem-2-lattice',
  version: 1,
  theorem: theorem2,
  engine: 'lattice',
  referenceOnly: true,
  statement: `${theorem2.statement}; and the sharpened bound of theorem 2♯`,
  method:
    'the Markov chain of every coordinate on the lattice x⁰ + γZ, with the law of the signs from the law of the counts',
  instances: [...theorem2Instances, rareEvents],
  iterations: {
    quick: [1, 4, 16, 64],
    standard: [1, 4, 16, 64, 256, 1024],
    deep: [1, 4, 16, 64, 256, 1024],
  },
});
