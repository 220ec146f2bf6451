import { type ClaimMutant, inconclusive, violated } from '../../src/claims/claim-mutant.js';
import { rational } from '../../src/exact/arithmetic/rational.js';
import { claim as fixed } from '../beyond/convex/convex-fixed-objective.js';
import { claim as fixedStep } from '../beyond/convex/convex-fixed-objective-step.js';
import { claim as fixedTight } from '../beyond/convex/convex-fixed-objective-tight.js';
import { claim as oneBit } from '../beyond/convex/convex-one-bit.js';
import { claim as oneBitStep } from '../beyond/convex/convex-one-bit-step.js';
import { claim as sameConstants } from '../beyond/convex/convex-same-constants.js';
import { convexSpgmTheorem, claim as whole } from '../beyond/convex/convex-spgm.js';
import { claim as run } from '../beyond/convex/convex-spgm-exact.js';
import { claim as tight } from '../beyond/convex/convex-spgm-tight.js';
import { claim as step } from '../beyond/convex/convex-step.js';
import { atMaximum, claim as nonconvex } from '../beyond/convex/counterexample-convex-d.js';
import { climbing, claim as signProx } from '../beyond/convex/counterexample-convex-sign-prox.js';
import { times } from '../shared/changed-theorems.js';
import { bimodal } from '../shared/unit-noise.js';

/** Wrong constants of the theorems for convex d, and examples that are none. */
export const convexMutants: readonly ClaimMutant[] = [
  ...violated(step, {
    '9/8 of γ‖G‖²': () => ({ descent: 9 / 8 }),
    '15/8 of γ(f(x̃) − f(z))': () => ({ value: 15 / 8 }),
    '17/8 of γ(f(x̃) − f(z))': () => ({ value: 17 / 8 }),
    '7/8 of γ²V': () => ({ noise: 7 / 8 }),
  }),
  ...violated(step, { '7/16 of γ²L‖G‖²': () => ({ curvature: 7 / 16 }) }, 'standard'),
  ...violated(run, {
    '9/16 of γ(1 − γL)‖G‖²': () => ({ mapping: 9 / 16 }),
    '7/16 of R²/(γT)': () => ({ distance: 7 / 16 }),
    '7/16 of γσ²': () => ({ noise: 7 / 16 }),
    'σ/2 in place of σ': () => ({ noise: 1 / 8 }),
    '7/8 of the distance of the averages': () => ({ spread: 7 / 8 }),
  }),
  ...violated(whole, {
    'no R²': () => ({ theoremOf: (known) => convexSpgmTheorem({ ...known, distance: 0 }) }),
    'a third of R²': () => ({
      theoremOf: (known) => convexSpgmTheorem({ ...known, distance: known.distance / 3 ** 0.5 }),
    }),
    'γσ²/2 less a hundredth': ({ theoremOf, instances: { fromMinimiser } }) => ({
      theoremOf: (known) => times(0.99)(theoremOf(known)),
      instances: { fromMinimiser: fromMinimiser! },
    }),
  }),
  ...violated(tight, {
    'a bound that is less by 2⁻³⁰ of it': () => ({ scale: 1 - 2 ** -30 }),
    'a bound that is more by 2⁻³⁰ of it': () => ({ scale: 1 + 2 ** -30 }),
  }),
  ...violated(fixedStep, {
    '9/8 of γV': () => ({ gain: 9 / 8 }),
    '7/8 of γ²V Var h_k': () => ({ loss: 7 / 8 }),
    '3/8 of γ²L‖G‖²': () => ({ curvature: 3 / 8 }),
  }),
  // In at most four iterations the slope comes to 3/4 of its term and the noise to 7/16.
  ...violated(fixed, {
    '5/8 of R²/(2γT)': () => ({ distance: 5 / 16 }),
    '3/8 of γσ₀²/(4 − 2/B)': () => ({ noise: 3 / 8 }),
  }),
  ...violated(fixedTight, {
    '0.85 of the bound': () => ({ scale: 0.85 }),
    '1.02 of the bound, which is not attained': () => ({ scale: 1.02 }),
  }),
  ...violated(sameConstants, {
    '0.98 of the bound of 1♯': ({ series: [family] }) => ({
      series: [{ ...family!, theorem: times(0.98)(family!.theorem) }],
    }),
    'a d that is not convex': ({ series }) => ({
      series: series.slice(2, 3).map((family) => ({
        ...family,
        instance: () => ({
          problem: { smooth: { type: 'cosine', weight: 1 }, functions: [{ type: 'zero' }], probabilities: [1] },
          start: [1],
        }),
      })),
    }),
  }),
  ...violated(oneBitStep, {
    '7/8 of √(3v)': () => ({ spread: 7 / 8 }),
    '|G| in place of (3/2)|G|': () => ({ far: 1 }),
    '7/8 of γ²': () => ({ step: 7 / 8 }),
  }),
  ...violated(oneBit, {
    'noise ±σ, which is not unimodal': () => ({ noises: [bimodal] }),
    '0.98 of the bound': () => ({ scale: 0.98 }),
    '1.02 of the bound, which is not attained': () => ({ scale: 1.02 }),
  }),
  ...inconclusive(nonconvex, {
    'the gap of a start beside the minimiser': () => ({ compare: () => [atMaximum(16n, rational(1n, 8n))] }),
  }),
  ...inconclusive(signProx, {
    'a slope of four locks': () => ({ compare: () => [climbing(48, 4)] }),
    'few iterations': () => ({ compare: () => [climbing(16)] }),
  }),
];
