import { createHash } from 'node:crypto';
import { toBits } from '../claims/exact-encoding.js';
import { type Implementation, ImplementationError, UnsupportedError } from '../claims/implementation/implementation.js';
import type { ProblemSpecification } from '../reference/problem/problem.js';
import { encodeProblem, encodeVector } from './protocol/encode-specification.js';
import { realEncoding } from './protocol/real-encoding.js';

/** A convex d with components that threshold, clip and bend. */
const mixed: ProblemSpecification = {
  smooth: { type: 'quadratic', curvature: 0.5, center: [1, -0.5] },
  functions: [
    { type: 'l1', weight: 0.7 },
    { type: 'box', lower: -1, upper: 0.5 },
    { type: 'huber', weight: 0.7, threshold: 0.5 },
  ],
  probabilities: [0.25, 0.125, 0.625],
};

/** Components with gradients. */
const differentiable: ProblemSpecification = {
  smooth: { type: 'quadratic', curvature: [0.5, 1.25, 0], center: 1 },
  functions: [
    { type: 'huber', weight: 0.7, threshold: 0.5 },
    { type: 'squared-l2', weight: 0.3 },
    { type: 'linear', coefficients: [0.5, -1.25, 2] },
  ],
  probabilities: [0.25, 0.125, 0.625],
};

/** d = 0 and linear components that cancel in the first coordinate and not in the second. */
const cancelling: ProblemSpecification = {
  smooth: { type: 'zero' },
  functions: [
    { type: 'linear', coefficients: [0.5, 0.5] },
    { type: 'linear', coefficients: [-0.5, 0.75] },
  ],
  probabilities: [0.5, 0.5],
};

/** Mini-batches of a run, two components each, every pair of them met. */
const batches = [
  [0, 1],
  [2, 2],
  [1, 0],
  [0, 0],
  [2, 1],
  [1, 2],
  [0, 2],
  [2, 0],
];

const [atMixed, atDifferentiable] = [
  { x: [2, -3], indices: batches },
  { x: [2, -3, 0.1], indices: batches },
];

/** Runs of the paper's two algorithms whose iterates a baseline holds. */
const runs = [
  { algorithm: 'spgm', problem: mixed, step: 0.5, ...atMixed },
  { algorithm: 'spgm', problem: mixed, step: 0.7, ...atMixed },
  { algorithm: 'spgm', problem: differentiable, step: 0.1, ...atDifferentiable },
  { algorithm: 'sign-prox', problem: mixed, step: 0.5, ...atMixed },
  { algorithm: 'sign-prox', problem: mixed, step: 0.1, ...atMixed },
  { algorithm: 'sign-prox', problem: differentiable, step: 0.7, ...atDifferentiable },
  {
    algorithm: 'sign-prox',
    problem: cancelling,
    step: 0.25,
    x: [0.25, -1],
    indices: [[0], [0, 1], [1, 1], [1, 0], [0, 1, 0, 1]],
  },
] as const;

const encoding = realEncoding('bits', 'f64');

/** The algorithm and the digest of the request as it is sent: baselines know a run by it. */
function idOf({ algorithm, problem, step, x, indices }: (typeof runs)[number]): string {
  const request = {
    method: 'run',
    algorithm,
    problem: encodeProblem(problem, encoding),
    step: encoding.encode(step),
    x: encodeVector(x, encoding),
    indices,
  };
  return `trajectory-${algorithm}-${createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 8)}`;
}

/**
 * The iterates that an implementation returns for these runs, bit for bit, by the id of the run. Runs that it does not offer, draws at random or
 * fails at are left out.
 */
export async function recordRuns(implementation: Implementation): Promise<Record<string, string[][]>> {
  const { methods, algorithms, conventions } = implementation.description;
  const recorded: Record<string, string[][]> = {};
  if (!methods.includes('run')) return recorded;
  for (const run of runs) {
    if (!algorithms.includes(run.algorithm)) continue;
    if (run.algorithm === 'sign-prox' && conventions.signOfZero === 'random') continue;
    try {
      const reply = await implementation.ask({ method: 'run', ...run, x: Float64Array.from(run.x) });
      const iterates = reply.trajectory ?? [reply.x];
      recorded[idOf(run)] = iterates.map((iterate) => Array.from(iterate, toBits));
    } catch (error) {
      if (!(error instanceof UnsupportedError || error instanceof ImplementationError)) throw error;
    }
  }
  return recorded;
}
