import { controlClaim, type PlantedError } from '../../../src/claims/bounds/bound-claim.js';
import type { Theorem } from '../../../src/claims/theorems/theorem.js';
import { momentumBound } from './momentum-bounds.js';
import { boundOf, signProxMomentum } from './sign-prox-momentum.js';
import { skewed } from './sign-prox-momentum-single-draws.js';

const { cap: _, sharp: __, ...stated } = signProxMomentum;

/** The bound without what momentum leaves of the noise, at γ = 1/(4√T) and α = ½ whatever T is. */
const withoutSpread: Theorem = {
  ...stated,
  schedule: (iterations) => ({
    step: 1 / (4 * Math.sqrt(iterations)),
    miniBatch: 1,
    parameters: { newestWeight: 1 / 2 },
  }),
  bound: (iterations, constants, schedule) => momentumBound(boundOf(iterations, constants, schedule), 0),
};

/** Single draws without memory, at the step for momentum and against the bound for it. */
const forgetful: Theorem = {
  ...stated,
  schedule: (...given) => ({ ...stated.schedule(...given), parameters: { newestWeight: 1 } }),
  bound: (iterations, constants) => stated.bound(iterations, constants, stated.schedule(iterations, constants)),
};

const fromMinimiser = { ...skewed, start: [0] };

const planted: readonly PlantedError[] = [
  {
    name: 'no √v√(α/(2 − α)), α = ½, x⁰ = x*',
    theorem: withoutSpread,
    instance: fromMinimiser,
    iterations: [256],
  },
  {
    name: 'α = 1 at the step and against the bound for momentum',
    theorem: forgetful,
    instance: skewed,
    iterations: [4096],
  },
];

/** Planted errors for momentum: without what it leaves of the noise the bound would tend to 0 at every α, and without memory signs follow the median of the noise. */
export const claim = controlClaim({
  id: 'sign-prox-momentum-controls',
  version: 1,
  theorem: signProxMomentum,
  method: 'the same check without the noise that is left in m, and without m; every row must be violated',
  planted,
});
