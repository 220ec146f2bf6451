import type { AlgorithmName } from '../../reference/algorithms/algorithm.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { type Flag, steps, type VectorInput, type VectorInputs } from './vector-request.js';

/** A problem, with points and batches for the questions about it. */
interface Setting {
  readonly problem: ProblemSpecification;
  readonly points: readonly (readonly number[])[];
  readonly batches: readonly (readonly number[])[];
  readonly flags: readonly Flag[];
}

/** A convex d with components that threshold, clip and bend. */
const mixed: Setting = {
  problem: {
    smooth: { type: 'quadratic', curvature: 0.5, center: [1, -0.5] },
    functions: [
      { type: 'l1', weight: 0.7 },
      { type: 'box', lower: -1, upper: 0.5 },
      { type: 'huber', weight: 0.7, threshold: 0.5 },
    ],
    probabilities: [0.25, 0.125, 0.625],
  },
  points: [
    [2, -3],
    [0.2, -0.1],
  ],
  batches: [[1], [0, 0, 2], [2, 1, 0, 2]],
  flags: ['unequal probabilities'],
};

/** A non-convex d. */
const nonconvex: Setting = {
  problem: {
    smooth: { type: 'geman-mcclure', weight: 1, scale: 2 },
    functions: [
      { type: 'squared-l2', weight: 0.3 },
      { type: 'quadratic', curvature: 1, center: 0.5 },
    ],
    probabilities: [0.125, 0.875],
  },
  points: [[3, -0.5, 1]],
  batches: [[0], [1, 0, 1]],
  flags: ['non-convex d', 'unequal probabilities'],
};

/** A component of probability 0 between two others. */
const impossible: Setting = {
  problem: {
    smooth: { type: 'huber', weight: 0.7, threshold: 0.5 },
    functions: [
      { type: 'elastic-net', l1Weight: 0.5, l2Weight: 0.3 },
      { type: 'linear', coefficients: [100, -100] },
      { type: 'nonnegative' },
    ],
    probabilities: [0.5, 0, 0.5],
  },
  points: [[2, -0.75]],
  batches: [[2], [0, 2, 2]],
  flags: ['probability 0'],
};

/** Components with gradients. */
const differentiable: Setting = {
  problem: {
    smooth: { type: 'quadratic', curvature: [0.5, 1.25, 0], center: 1 },
    functions: [
      { type: 'huber', weight: 0.7, threshold: 0.5 },
      { type: 'squared-l2', weight: 0.3 },
      { type: 'linear', coefficients: [0.5, -1.25, 2] },
    ],
    probabilities: [0.25, 0.125, 0.625],
  },
  points: [
    [2, -3, 0.1],
    [0.5, 0, -0.25],
  ],
  batches: [[1], [0, 0, 2], [2, 1, 0, 2]],
  flags: ['unequal probabilities'],
};

/** d = 0 and linear components that cancel in the first coordinate and not in the second. */
const cancelling: Setting = {
  problem: {
    smooth: { type: 'zero' },
    functions: [
      { type: 'linear', coefficients: [0.5, 0.5] },
      { type: 'linear', coefficients: [-0.5, 0.75] },
    ],
    probabilities: [0.5, 0.5],
  },
  points: [[0.25, -1]],
  batches: [
    [0, 1],
    [1, 0, 0, 1],
  ],
  flags: ['sgn(0)'],
};

/** Directions far below any threshold that a program may have, and far above the roundings of x − P̂(x). */
const faint: Setting = {
  problem: {
    smooth: { type: 'zero' },
    functions: [
      { type: 'linear', coefficients: [0.5 * 2 ** -36, -0.75 * 2 ** -36] },
      { type: 'linear', coefficients: [0.25 * 2 ** -36, -1.25 * 2 ** -36] },
      { type: 'linear', coefficients: [-0.25 * 2 ** -36, -0.5 * 2 ** -36] },
    ],
    probabilities: [0.25, 0.125, 0.625],
  },
  points: [[0.25, -1]],
  batches: [[1], [0, 1, 1], [2, 1, 0, 1]],
  flags: ['tiny direction'],
};

const batchFlags = (indices: readonly number[]): Flag[] => [
  ...(indices.length === 1 ? ['batch of one' as const] : []),
  ...(new Set(indices).size < indices.length ? ['repeated index' as const] : []),
];

/** Asks about every point of every setting at every step. */
function across(
  settings: readonly Setting[],
  ask: (at: { problem: ProblemSpecification; step: number; x: readonly number[] }, setting: Setting) => VectorInput[],
): VectorInput[] {
  return settings.flatMap((setting) =>
    setting.points.flatMap((x) => steps.flatMap((step) => ask({ problem: setting.problem, step, x }, setting))),
  );
}

const operatorSettings = [mixed, nonconvex, impossible];

/** Single iterations with the mini-batches of each setting; ties only at powers of two as γ, where every order of summation is exact. */
function iterations(algorithm: AlgorithmName, settings: readonly Setting[]): VectorInput[] {
  const ties: VectorInput[] = [0.25, 1, 2].flatMap((step) =>
    cancelling.batches.map((indices) => ({
      flags: [...cancelling.flags, ...batchFlags(indices)],
      request: { method: 'step', algorithm, problem: cancelling.problem, step, x: cancelling.points[0]!, indices },
    })),
  );
  const signs = algorithm.startsWith('sign');
  return [
    ...across(signs ? [...settings, faint] : settings, (at, { batches, flags }) =>
      batches.map((indices) => ({
        flags: [...flags, ...batchFlags(indices)],
        request: { method: 'step', algorithm, ...at, indices },
      })),
    ),
    ...(signs ? ties : []),
  ];
}

const voting = across([mixed, differentiable, faint], (at, { flags }) =>
  [
    [[1]],
    [[0], [1, 2], [2]],
    [
      [0, 2],
      [1, 1],
      [2, 0],
      [0, 1],
    ],
  ].map((workers) => ({
    flags: [...flags, ...(workers.length % 2 === 0 ? ['even workers' as const] : [])],
    request: { method: 'step', algorithm: 'majority-vote', ...at, workers },
  })),
);

const tiedVotes: VectorInput[] = [0.25, 1, 2].map((step) => ({
  flags: [...cancelling.flags, 'even workers'],
  request: {
    method: 'step',
    algorithm: 'majority-vote',
    problem: cancelling.problem,
    step,
    x: cancelling.points[0]!,
    workers: [[0], [1]],
  },
}));

/** The operators (7) to (10), Definition 1, and one iteration of each algorithm. */
export const operatorInputs: readonly VectorInputs[] = [
  {
    name: 'proximal-gradient',
    source: { section: '2.1', equation: '(7)' },
    statement: 'P_k(x) = prox_{γr_k}(x − γ∇d(x))',
    vectors: across(operatorSettings, (at, { flags, problem }) =>
      problem.functions.map((_, component) => ({
        flags: flags.filter((flag) => flag === 'non-convex d'),
        request: { method: 'proximal-gradient', ...at, component },
      })),
    ),
  },
  {
    name: 'mean',
    source: { section: '2.1', equation: '(8)' },
    statement: 'P(x) = Σ_k θ_k P_k(x)',
    vectors: across(operatorSettings, (at, { flags }) => [{ flags, request: { method: 'mean', ...at } }]),
  },
  {
    name: 'mini-batch',
    source: { section: '2.1', equation: '(10)' },
    statement: 'P̂(x) = (1/B) Σ_b P_{k_b}(x)',
    vectors: across(operatorSettings, (at, { batches, flags }) =>
      batches.map((indices) => ({
        flags: [...flags, ...batchFlags(indices)],
        request: { method: 'mini-batch', ...at, indices },
      })),
    ),
  },
  {
    name: 'gradient-mapping',
    source: { section: '2.1', equation: 'Definition 1' },
    statement: 'G(x) = (x − P(x))/γ',
    vectors: across(operatorSettings, (at, { flags }) => [{ flags, request: { method: 'gradient-mapping', ...at } }]),
  },
  {
    name: 'step-gradient-descent',
    source: { section: '1', equation: '(2)' },
    statement: 'x⁺ = x − γ(∇d(x) + Σ_k θ_k ∇r_k(x))',
    vectors: across([differentiable, nonconvex], (at, { flags }) => [
      { flags, request: { method: 'step', algorithm: 'gradient-descent', ...at } },
    ]),
  },
  {
    name: 'step-sgd',
    source: { section: '1', equation: '(4)' },
    statement: 'x⁺ = x − γ(∇d(x) + (1/B) Σ_b ∇r_{k_b}(x))',
    vectors: iterations('sgd', [differentiable, nonconvex]),
  },
  {
    name: 'step-sign-sgd',
    source: { section: '1', equation: '(5)' },
    statement: 'x⁺ = x − γ sgn(∇d(x) + (1/B) Σ_b ∇r_{k_b}(x))',
    vectors: iterations('sign-sgd', [differentiable, nonconvex]),
  },
  {
    name: 'step-spgm',
    source: { section: '2.1', equation: 'Algorithm 1' },
    statement: 'x⁺ = P̂(x)',
    vectors: iterations('spgm', operatorSettings),
  },
  {
    name: 'step-sign-prox',
    source: { section: '2.1', equation: 'Algorithm 2' },
    statement: 'x⁺ = x − γ sgn(x − P̂(x))',
    vectors: iterations('sign-prox', operatorSettings),
  },
  {
    name: 'step-majority-vote',
    source: { section: '2.2', equation: 'majority vote' },
    statement: 'x⁺ = x − γ sgn(Σ_m sgn(x − P̂_m(x))) for workers m with a mini-batch each',
    vectors: [...voting, ...tiedVotes],
  },
];

/** Mini-batches of a run, two components each, every pair of them met. */
const batchesOfRun = [
  [0, 1],
  [2, 2],
  [1, 0],
  [0, 0],
  [2, 1],
  [1, 2],
  [0, 2],
  [2, 0],
];

const tiedRun: VectorInput = {
  flags: ['several iterations', 'sgn(0)'],
  request: {
    method: 'run',
    algorithm: 'sign-prox',
    problem: cancelling.problem,
    step: 0.25,
    x: cancelling.points[0]!,
    indices: [[0], [0, 1], [1, 1], [1, 0], [0, 1, 0, 1]],
  },
};

function runs(algorithm: 'spgm' | 'sign-prox', settings: readonly (readonly [Setting, number])[]): VectorInput[] {
  return settings.map(([{ problem, points, flags }, step]) => ({
    flags: [...flags, 'several iterations', 'repeated index'],
    request: { method: 'run', algorithm, problem, step, x: points[0]!, indices: batchesOfRun },
  }));
}

/** Trajectories of the paper's two algorithms. */
export const trajectoryInputs: readonly VectorInputs[] = [
  {
    name: 'trajectory-spgm',
    source: { section: '2.1', equation: 'Algorithm 1' },
    statement: 'x_t = P̂_t(x_{t−1}) with the mini-batch indices[t − 1]',
    vectors: runs('spgm', [
      [mixed, 0.5],
      [mixed, 0.7],
      [differentiable, 0.1],
    ]),
  },
  {
    name: 'trajectory-sign-prox',
    source: { section: '2.1', equation: 'Algorithm 2' },
    statement: 'x_t = x_{t−1} − γ sgn(x_{t−1} − P̂_t(x_{t−1})) with the mini-batch indices[t − 1]',
    vectors: [
      ...runs('sign-prox', [
        [mixed, 0.5],
        [mixed, 0.1],
        [differentiable, 0.7],
      ]),
      tiedRun,
    ],
  },
];
