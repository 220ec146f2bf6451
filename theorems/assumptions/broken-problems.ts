import type { BrokenProblem } from './assumption-claim.js';

// Problems that break one hypothesis of Assumption 1 or 2 whatever the constant: the auditor must say so and show where.

const half = [0.5, 0.5];

/** Breaks (a): f falls without end. */
export const unboundedBelow: readonly BrokenProblem[] = [
  {
    name: 'd = 0, linear r',
    problem: { smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients: [1, 0] }], probabilities: [1] },
    dimension: 2,
    step: 1,
  },
  {
    name: 'd = −½x², r = 0',
    problem: {
      smooth: { type: 'quadratic', curvature: -1, center: 0 },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    dimension: 1,
  },
];

/** Breaks (b): a quartic d, whose gradient has secants of any slope. */
export const quarticSmooth: readonly BrokenProblem[] = [
  {
    name: 'phase retrieval',
    problem: {
      smooth: {
        type: 'phase-retrieval',
        matrix: { rows: 3, columns: 2, data: [1, 2, 0, -1, 0.5, 3] },
        intensities: [1, 0, 4],
      },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    dimension: 2,
  },
];

/** Breaks (c): kinks, and domains that are not all of Rⁿ. These functions motivate the method. */
export const nonSmoothComponents: readonly BrokenProblem[] = [
  { type: 'l1', weight: 0.5 },
  { type: 'elastic-net', l1Weight: 0.25, l2Weight: 1 },
  { type: 'nonnegative' },
  { type: 'box', lower: -1, upper: 2 },
  { type: 'l2-ball', radius: 1 },
  { type: 'simplex', total: 1 },
  { type: 'total-variation-2d', weight: 0.5, shape: [2, 2], variant: 'anisotropic' },
].map((inner) => ({
  name: `r_2 = ${inner.type}`,
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'squared-l2', weight: 1 }, inner],
    probabilities: half,
  },
  dimension: 4,
  step: 0.5,
}));

/** Breaks (d): the noise of parabolas of different curvature, or of a kink against a parabola, grows with x. */
export const unboundedNoise: readonly BrokenProblem[] = [
  {
    name: 'd = 0, curvatures 1 and 3',
    problem: {
      smooth: { type: 'zero' },
      functions: [
        { type: 'quadratic', curvature: 1, center: 1 },
        { type: 'quadratic', curvature: 3, center: -1 },
      ],
      probabilities: half,
    },
    dimension: 1,
  },
  {
    name: 'cosine, Huber against a parabola',
    problem: {
      smooth: { type: 'cosine', weight: 1 },
      functions: [
        { type: 'huber', weight: 1, threshold: 1 },
        { type: 'squared-l2', weight: 1 },
      ],
      probabilities: half,
    },
    dimension: 2,
  },
];

/** Breaks 2(b): d couples its coordinates. */
export const coupledSmooth: readonly BrokenProblem[] = [
  ...quarticSmooth,
  {
    name: 'least squares',
    problem: {
      smooth: { type: 'least-squares', matrix: { rows: 2, columns: 2, data: [1, 0.125, 0, 1] }, target: [1, 2] },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    dimension: 2,
  },
];

/** Breaks 2(c): a differentiable r_k that couples its coordinates, and kinks. */
export const coupledComponents: readonly BrokenProblem[] = [
  ...nonSmoothComponents,
  {
    name: 'envelope of a ball',
    problem: {
      smooth: { type: 'zero' },
      functions: [{ type: 'moreau-envelope', smoothing: 0.5, inner: { type: 'l2-ball', radius: 1 } }],
      probabilities: [1],
    },
    dimension: 3,
  },
];
