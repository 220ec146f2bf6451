import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import { claim as margin } from '../beyond/margins/sign-prox-margin.js';
import { claim as lattice } from '../beyond/margins/sign-prox-margin-lattice.js';
import type { SparseNoise } from '../beyond/margins/sparse-hypothesis.js';
import { claim as sparse, sparseInstances, sparseNoiseTheorem } from '../beyond/margins/sparse-noise.js';
import { claim as controls } from '../beyond/margins/sparse-noise-controls.js';
import { claim as size } from '../beyond/margins/sparse-noise-size.js';
import { claim as step } from '../beyond/margins/sparse-noise-step.js';
import { claim as tight } from '../beyond/margins/sparse-noise-tight.js';
import { type Change, ofFamily, times, withoutGap } from '../shared/changed-theorems.js';

/** One instance, with the theorem changed. */
const changed = (name: keyof typeof sparseInstances, theoremOf: (noise: SparseNoise) => ReturnType<Change>) => () => ({
  theoremOf,
  instances: { [name]: sparseInstances[name] },
});

/** Wrong constants in the lines and bounds that rest on margins, and noise of another kind. */
export const marginMutants: readonly ClaimMutant[] = [
  ...violated(margin, {
    '9/8 of every margin': ({ constants }) => ({ constants: { ...constants, margin: 9 / 8 } }),
    'half of γ²‖L‖₁': ({ constants }) => ({ constants: { ...constants, curvature: 1 / 2 } }),
  }),
  ...violated(lattice, {
    '0.98 of the bound': () => ({ scale: 0.98 }),
    '1.05 of the bound, to which nothing comes': () => ({ scale: 1.05 }),
  }),
  ...violated(step, {
    'ϱ → 7/8 ϱ': () => ({ symmetric: 7 / 8 }),
    '2ϱ → 7/4 ϱ without symmetry': () => ({ any: 7 / 4 }),
    '3/4 of γ²‖L‖₁': () => ({ curvature: 3 / 4 }),
  }),
  ...violated(sparse, {
    'no 1 − ϱ': changed('far', (noise) => sparseNoiseTheorem(noise, 1)),
    '1 − ϱ without symmetry': changed('skewed', (noise) => sparseNoiseTheorem(noise, 47 / 64)),
    'no Δ/(γT)': changed('cosine', (own) => withoutGap(sparseNoiseTheorem(own))),
    'a third of γ‖L‖₁': changed('fromMinimiser', (own) => times(1 / 3)(sparseNoiseTheorem(own))),
  }),
  ...violated(tight, {
    '0.97 of the bound': ofFamily(0, times(0.97)),
    '1 − ϱ → 0.51 for ϱ = 1/2': ofFamily(1, times(0.5 / 0.515)),
    'no Δ/(γT)': ofFamily(2, withoutGap),
  }),
  ...violated(controls, {
    'a control within the hypotheses': ({ planted: [first] }) => ({
      planted: [{ ...first!, theorem: sparseNoiseTheorem({ rarity: 1 / 2, symmetric: true }) }],
    }),
  }),
  ...violated(size, {
    'noise four times as often': () => ({ rarity: 1 / 2 }),
    'a bound of 0.8 times Δ/(γT) + γL': () => ({ margin: 5 / 4 }),
    'eight times what SPGM comes to at least': () => ({ growth: 8 }),
  }),
];
