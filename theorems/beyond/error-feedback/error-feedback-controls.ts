import { controlClaim, type PlantedError } from '../../../src/claims/bounds/bound-claim.js';
import type { Theorem } from '../../../src/claims/theorems/theorem.js';
import { withoutGap, withoutNoise } from '../../shared/changed-theorems.js';
import { sharpBound1 } from '../../shared/sharp-bounds.js';
import { theorem1 } from '../../theorem-1/theorem-1.js';
import { acrossTheSlope, errorFeedback, errorFeedbackAlgorithm, fromAxis } from './error-feedback.js';
import { diagonal } from './error-feedback-tight.js';
import { withoutErrorFeedback } from './without-error-feedback.js';

// At the paper's step the theorem has no bound of its own for n = 16.
const { sharp: _, ...stated } = errorFeedback;

/** The bound of Theorem 1♯, which SPGM has at the same step. */
const boundOfSpgm: Theorem = {
  ...stated,
  bound: (iterations, { lipschitz, sigma, gap }, schedule) =>
    sharpBound1({ lipschitz: lipschitz!, variance: sigma! ** 2, gap: gap.upper, iterations, ...schedule }),
};

/** The same at the paper's step γ = 1/(L√T), which is longer for small T. */
const boundOfSpgmAtPaperStep = (signOfZero: 'zero' | 'positive'): Theorem => ({
  ...boundOfSpgm,
  algorithm: errorFeedbackAlgorithm(signOfZero),
  schedule: theorem1.schedule,
});

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
  ...(['positive', 'zero'] as const).map(
    (signOfZero): PlantedError => ({
      name: `the bound of Theorem 1♯, d = ½‖x‖², n = 16, γ = 1/(L√T), sgn(0) ${signOfZero}`,
      theorem: boundOfSpgmAtPaperStep(signOfZero),
      instance: fromAxis(16),
      iterations: [1024],
      engine: 'paths',
    }),
  ),
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
 * the left side is ½ for ever. And error feedback is not free: the left side exceeds the bound that SPGM has at the same step, by ½(n − 1)γL of it for sgn(0) = ±1 and by
 * (n − 1)γL for sgn(0) = 0, to first order in γ.
 */
export const claim = controlClaim({
  id: 'error-feedback-controls',
  version: 1,
  theorem: errorFeedback,
  method:
    'the same check without feedback, with the bound of SPGM, and without a term of the bound; every row must be violated',
  planted,
});
