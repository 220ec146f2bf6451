import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** Prox-SVRG, which takes the noise of a gradient away by that at an anchor. */
export const claim = propertyClaim({
  id: 'prox-svrg',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Xiao and Zhang 2014' },
  statement: 'x ← prox_{γh}(x − γ(∇f̂(x) − ∇f̂(w) + ∇f(w))), w ← x every m iterations',
  method: 'every iterate of 12 to 16 against the rule in rationals, from the own iterates before; two runs by turns',
  requires: { algorithms: ['prox-svrg'] },
  success: 'holds',
  effort: 0.3,
  parts: (implementation) =>
    statefulParts(implementation, 'prox-svrg', {
      mustReach: ['an anchor for each step', 'an anchor for several steps'],
    }),
});
