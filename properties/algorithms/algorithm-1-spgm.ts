import { algorithmParts } from '../../src/claims/properties/algorithm-parts.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { inVariants } from '../../src/claims/properties/property-part.js';

/** Algorithm 1: x_t = P̂_k(x_{t−1}) with a fresh mini-batch k of i.i.d. components in every iteration. */
export const claim = propertyClaim({
  id: 'algorithm-1-spgm',
  version: 2,
  source: { section: '2.1', equation: 'Algorithm 1' },
  statement: 'SPGM: x_t = P̂_k(x_{t−1})',
  method: 'every step and every iterate of a run with supplied mini-batches against (1/B)Σ P_{k_b} written out',
  requires: { methods: ['step'], algorithms: ['spgm'] },
  success: 'holds',
  parts: (implementation) => inVariants(implementation, (own) => algorithmParts(own, 'spgm')),
});
