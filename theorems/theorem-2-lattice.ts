import { engineClaim } from '../src/claims/engine-claim.js';
import { theorem2Instances } from './instances.js';
import { theorem2 } from './theorem-2.js';

/**
 * Theorem 2 on the instances that Monte Carlo checks too, without sampling: in every coordinate signProx is a Markov chain on x⁰ + γZ, whose
 * steps have the law of the sign of the mini-batch mean (binomial for K = 2, multinomial for K = 3).
 */
export const claim = engineClaim({
  id: 'theorem-2-lattice',
  version: 1,
  theorem: theorem2,
  engine: 'lattice',
  source: theorem2.source,
  statement: `${theorem2.statement}; and the sharpened bound of theorem 2♯`,
  method:
    'the Markov chain of every coordinate on the lattice x⁰ + γZ, with the law of the signs from the law of the counts',
  instances: theorem2Instances,
  iterations: {
    quick: [1, 4, 16, 64],
    standard: [1, 4, 16, 64, 256, 1024],
    deep: [1, 4, 16, 64, 256, 1024],
  },
});
