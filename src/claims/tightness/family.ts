import fc from 'fast-check';
import { type SignConvention, signConventions } from '../../algorithms/algorithm.js';
import type { FunctionSpecification } from '../../functions/proximable-function.js';
import type { ProblemSpecification } from '../../problem.js';
import type { BoundInstance } from '../bound-row.js';

/** Multiples of d with their curvature at most the multiple. */
const smoothShapes = {
  quadratic: (weight: number) => ({ type: 'quadratic', curvature: weight, center: 0 }),
  huber: (weight: number) => ({ type: 'huber', weight, threshold: 1 }),
  'log-cosh': (weight: number) => ({ type: 'log-cosh', weight, scale: 1 }),
  cosine: (weight: number) => ({ type: 'cosine', weight }),
  'geman-mcclure': (weight: number) => ({ type: 'geman-mcclure', weight: weight / 2, scale: 1 }),
} satisfies Record<string, (weight: number) => ProblemSpecification['smooth']>;

const regularizerShapes = {
  quadratic: smoothShapes.quadratic,
  huber: smoothShapes.huber,
  'log-cosh': smoothShapes['log-cosh'],
} satisfies Record<string, (weight: number) => FunctionSpecification>;

/** What a restart of the optimiser keeps: shapes of d and r_k, noise or none, and the value of sgn(0). */
export interface Family {
  readonly smooth: keyof typeof smoothShapes;
  readonly regularizer: keyof typeof regularizerShapes;
  readonly noisy: boolean;
  readonly signOfZero: SignConvention;
}

/** The families on which all tight instances known so far lie. */
export const quadratics: readonly Family[] = [false, true].map((noisy) => ({
  smooth: 'quadratic',
  regularizer: 'quadratic',
  noisy,
  signOfZero: 'zero',
}));

/** Any family whose gradients are of one kind: each exact engine covers one kind. */
export function families(gradients: 'affine' | 'piecewise-affine' | 'any'): fc.Arbitrary<Family> {
  const only = { affine: ['quadratic'], 'piecewise-affine': ['quadratic', 'huber'] } as const;
  const keysOf = <Key extends string>(shapes: Record<Key, unknown>): Key[] =>
    (Object.keys(shapes) as Key[]).filter((name) => gradients === 'any' || only[gradients].some((key) => key === name));
  return fc.record({
    smooth: fc.constantFrom(...keysOf(smoothShapes)),
    regularizer: fc.constantFrom(...keysOf(regularizerShapes)),
    noisy: fc.boolean(),
    signOfZero: fc.constantFrom(...signConventions),
  });
}

/** How many parameters a family has. */
export function parameterCount({ noisy }: Family): number {
  return noisy ? 4 : 2;
}

/** Steps of the grid of the parameters. */
const resolution = 2 ** 10;

const onGrid = (value: number): number => Math.round(value * resolution) / resolution;

/**
 * The instance of a family at a point of [0, 1]ⁿ, in one dimension, with L = 1 and every number a short dyadic: with T a power of 4
 * the theorems' γ is a power of 2, and so numerators and denominators of the exact engines stay short.
 *
 * - balance: the curvatures of d and r: (1, 0) up to 0.1, (1, 1) in the middle, (0, 1) from 0.9;
 * - start: x⁰ from 0 to twice what T steps of length 1/(2√T) reach, quadratic in the parameter;
 * - noise: P_k − P takes two values in the ratio of −p to 1 − p; standard deviation from 0 to about 2√T, quadratic in the parameter;
 * - rarity: p, the probability of the larger one, from ½ down to 0.
 */
export function instanceAt(family: Family, iterations: number, parameters: readonly number[]): BoundInstance {
  const { smooth, regularizer, noisy, signOfZero } = family;
  const [balance, start, noise = 0, rarity = 0] = parameters as [number, number, number?, number?];
  const share = Math.min(1, Math.max(0, 1.25 * balance - 0.125));
  const weights = { smooth: onGrid(Math.min(1, 2 - 2 * share)), regularizer: onGrid(Math.min(1, 2 * share)) };
  const inner = weights.regularizer === 0 ? { type: 'zero' } : regularizerShapes[regularizer](weights.regularizer);
  const rare = Math.max(1 / resolution, onGrid((1 - rarity) / 2));
  const distance = onGrid((2 * Math.sqrt(iterations) * noise ** 2) / Math.sqrt(rare * (1 - rare)));
  const tilted = (slope: number): FunctionSpecification => ({ type: 'tilted', slope: [slope], inner });
  return {
    name: 'tightest found',
    problem: {
      smooth: weights.smooth === 0 ? { type: 'zero' } : smoothShapes[smooth](weights.smooth),
      functions: noisy ? [tilted((1 - rare) * distance), tilted(-rare * distance)] : [inner],
      probabilities: noisy ? [rare, 1 - rare] : [1],
    },
    start: [onGrid(((iterations + 1) * start ** 2) / Math.sqrt(iterations))],
    signOfZero,
  };
}
