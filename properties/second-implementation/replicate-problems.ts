import type { FunctionSpecification } from '../../src/reference/functions/index.js';
import type { BoundInstance } from '../../src/theory/theorem/theorem.js';

/** Linear functions of one variable, by their slopes. */
const slopes = (...values: readonly number[]): FunctionSpecification[] =>
  values.map((slope) => ({ type: 'linear', coefficients: [slope] }));

/** Quadratic functions of one curvature, by their centres. */
const parabolas = (curvature: number, ...centers: readonly number[]): FunctionSpecification[] =>
  centers.map((center) => ({ type: 'quadratic', curvature, center }));

const translated = (shift: readonly number[], inner: FunctionSpecification): FunctionSpecification => ({
  ...{ type: 'translated', shift, inner },
});

/** A problem on which Monte Carlo runs, with its start. */
export type ReplicateProblem = Pick<BoundInstance, 'problem' | 'start'>;

const instance = (
  smooth: ReplicateProblem['problem']['smooth'],
  functions: readonly FunctionSpecification[],
  probabilities: readonly number[],
  ...start: readonly number[]
): ReplicateProblem => ({ problem: { smooth, functions, probabilities }, start });

/** d in two coordinates; log cosh about different centres with tilts, whose prox is found by iteration. */
const logCosh = instance(
  { type: 'cosine', weight: 0.5 },
  [
    translated([0.5, 0.5], { type: 'log-cosh', weight: 0.5, scale: 1 }),
    {
      ...{ type: 'tilted', slope: [0.125, 0.125] },
      inner: translated([-1, -1], { type: 'log-cosh', weight: 0.25, scale: 2 }),
    },
  ],
  [0.375, 0.625],
  ...[1, -0.5],
);

/** Such problems as theorems about SPGM are checked on: d convex and not, θ uniform and not, the noise constant and not. */
export const spgmProblems: readonly ReplicateProblem[] = [
  instance({ type: 'cosine', weight: 1 }, slopes(1.5, -0.5), [0.25, 0.75], 1.25),
  instance({ type: 'geman-mcclure', weight: 1, scale: 1 }, parabolas(1, 2, -1, 0), [0.25, 0.5, 0.25], 1),
  instance(
    { type: 'quadratic', curvature: 0.5, center: 0 },
    [
      translated([1], { type: 'huber', weight: 1, threshold: 1 }),
      translated([-2], { type: 'huber', weight: 0.5, threshold: 2 }),
    ],
    [0.625, 0.375],
    1.5,
  ),
  logCosh,
  instance({ type: 'quadratic', curvature: 2, center: 0 }, parabolas(2, 0.5, -0.5), [0.5, 0.5], 1),
];

/** Such problems as theorems about signProx are checked on: the same families with less noise. */
export const signProxProblems: readonly ReplicateProblem[] = [
  instance({ type: 'cosine', weight: 1 }, slopes(0.375, -0.125), [0.25, 0.75], 1),
  instance({ type: 'geman-mcclure', weight: 0.5, scale: 1 }, parabolas(1, 0.25, -0.25, 0), [0.25, 0.5, 0.25], 0.75),
  instance(
    { type: 'quadratic', curvature: 1, center: 0 },
    [
      translated([0.25], { type: 'huber', weight: 1, threshold: 1 }),
      translated([-0.25], { type: 'huber', weight: 0.5, threshold: 2 }),
    ],
    [0.625, 0.375],
    1,
  ),
  logCosh,
  instance({ type: 'quadratic', curvature: 1, center: 0 }, parabolas(1, 0.25, -0.25), [0.5, 0.5], 1),
];
