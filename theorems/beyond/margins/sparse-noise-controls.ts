import { controlClaim, type PlantedError } from '../../../src/claims/bounds/bound-claim.js';
import { withBatch } from '../../shared/changed-theorems.js';
import { skewedDraws, sparseDraws } from './sparse-draws.js';
import { sparseNoise, sparseNoiseTheorem } from './sparse-noise.js';

const parabola = { type: 'quadratic', curvature: 1, center: 0 };

/** From where x comes to its minimiser in T = 64 steps, where every sign is right. */
const start = [3.9375];

/** What the theorem would be without the loss, or without one of its hypotheses, on d = ½x². */
const planted: readonly PlantedError[] = [
  {
    name: '1 in place of 1 − ϱ, ϱ = ½',
    theorem: sparseNoiseTheorem({ rarity: 1 / 2, symmetric: true }, 1),
    instance: { name: 'symmetric', problem: { smooth: parabola, ...sparseDraws(1 / 2, 2 ** 10) }, start },
    iterations: [64],
  },
  {
    name: 'B = 16 with the ϱ of one draw, ϱ = ¼',
    theorem: withBatch(16)(sparseNoiseTheorem({ rarity: 1 / 4, symmetric: true })),
    instance: { name: 'symmetric', problem: { smooth: parabola, ...sparseDraws(1 / 4, 2 ** 10) }, start },
    iterations: [64],
  },
  {
    name: '1 − ϱ without symmetry, ϱ = 33/64',
    // Without its hypothesis, by which it is silent here.
    theorem: {
      ...sparseNoiseTheorem({ rarity: 33 / 64, symmetric: true }),
      hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'],
    },
    instance: { name: 'skewed', problem: { smooth: parabola, ...skewedDraws(33 / 64, 2 ** 10, 32) }, start: [2] },
    iterations: [64],
  },
];

/** Planted errors for the theorem of sparse noise: what it would be without the loss, for the mean of a mini-batch, and without the symmetry. */
export const claim = controlClaim({
  id: 'sparse-noise-controls',
  version: 1,
  theorem: sparseNoise,
  method:
    'the same check without 1 − ϱ, with a mini-batch, and on noise that is not symmetric; every row must be violated',
  planted,
});
