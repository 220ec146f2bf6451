import { controlClaim, type PlantedError } from '../../../src/claims/bounds/bound-claim.js';
import type { Theorem } from '../../../src/claims/theorems/theorem.js';
import { withoutGap, withoutNoise } from '../../shared/changed-theorems.js';
import { sharpBound1 } from '../../shared/sharp-bounds.js';
import { acrossTheSlope, errorFeedback, fromAxis } from './error-feedback.js';
import { diagonal } from './error-feedback-tight.js';
import { withoutErrorFeedback } from './without-error-feedback.js';

/** The bound of Theorem 1♯, which SPGM has at the same step. */
const boundOfSpgm: Theorem = {
  ...errorFeedback,
  bound: (iterations, { lipschitz, sigma, gap }, schedule) =>
    sharpBound1({ lipschitz: lipschitz!, variance: sigma! ** 2, gap: gap.upper, iterations, ...schedule }),
};

const planted: readonly PlantedError[] = [
  {
    name: 'e := 0, noise across the slope',
    theorem: withoutErrorFeedback,
    instance: acrossTheSlope,
    iterations: [64, 256],
  },
  {
    name: 'the bound of Theorem 1♯, d = ½‖x‖², n = 16',
    theorem: boundOfSpgm,
    instance: fromAxis(16),
    iterations: [256, 1024],
    engine: 'paths',
  },
  {
    name: 'no Δ/(γT), d = ½‖x‖², n = 4',
    theorem: withoutGap(errorFeedback),
    instance: fromAxis(4),
    iterations: [16],
    engine: 'paths',
  },
  {
    name: 'no σ, from x*',
    theorem: withoutNoise(errorFeedback),
    instance: { ...diagonal(4, 0), name: 'on the diagonal' },
    iterations: [4],
    engine: 'paths',
  },
];

/**
 * Planted errors for the theorem of error feedback. Without feedback the noise across the slope decides every sign: each message is a multiple of (1, −1), x₁ + x₂ stays, and
 * the left side is ½ for ever. And error feedback is not free: the bound that SPGM has at the same step is passed.
 */
export const claim = controlClaim({
  id: 'error-feedback-controls',
  version: 1,
  theorem: errorFeedback,
  method:
    'the same check without feedback, with the bound of SPGM, and without a term of the bound; every row must be violated',
  planted,
});
