import fc from 'fast-check';
import { tightestFound } from '../../../claims/claim.js';
import { type SignConvention, signConventions } from '../../../reference/algorithms/algorithm.js';
import type { FunctionSpecification } from '../../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../../reference/problem/problem.js';
import type { BoundInstance } from '../../theorem/theorem.js';

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

/** The choices that are fixed within a run of the optimiser: shapes of d and r_k, K and n, and the value of sgn(0). */
export interface Family {
  readonly smooth: keyof typeof smoothShapes;
  readonly regularizer: keyof typeof regularizerShapes;
  /** K; 1 means no noise. */
  readonly components: 1 | 2 | 3;
  /** n. */
  readonly dimension: 1 | 2;
  readonly signOfZero: SignConvention;
}

/** The families on which all tight instances known so far lie; in two dimensions the constant 1 of Theorem 2 weighs less. */
export const quadratics: readonly Family[] = (
  [
    [1, 1],
    [2, 1],
    [1, 2],
  ] as const
).map(([components, dimension]) => ({
  ...{ smooth: 'quadratic', regularizer: 'quadratic', signOfZero: 'zero' },
  ...{ components, dimension },
}));

/** Any family whose gradients are of one kind: each exact engine covers one kind. */
export function families(gradients: 'affine' | 'piecewise-affine' | 'any'): fc.Arbitrary<Family> {
  const only = { affine: ['quadratic'], 'piecewise-affine': ['quadratic', 'huber'] } as const;
  const keysOf = <Key extends string>(shapes: Record<Key, unknown>): Key[] =>
    (Object.keys(shapes) as Key[]).filter((name) => gradients === 'any' || only[gradients].some((key) => key === name));
  return fc.record({
    smooth: fc.constantFrom(...keysOf(smoothShapes)),
    regularizer: fc.constantFrom(...keysOf(regularizerShapes)),
    components: fc.constantFrom(1, 2, 3),
    dimension: fc.constantFrom(1, 2),
    signOfZero: fc.constantFrom(...signConventions),
  });
}

/** A family in words, e.g. `cosine with log-cosh, K = 3, n = 2, sgn(0) zero`. */
export function describeFamily({ smooth, regularizer, components, dimension, signOfZero }: Family): string {
  return `${smooth} with ${regularizer}, K = ${components}, n = ${dimension}, sgn(0) ${signOfZero}`;
}

/** The number of parameters of a family: balance and start; size and rarity of noise; a third value; a second coordinate. */
export function parameterCount({ components, dimension }: Family): number {
  return 2 + [0, 2, 3][components - 1]! + (dimension - 1);
}

/** Steps of the grid of the parameters. */
const resolution = 2 ** 10;

const onGrid = (value: number): number => Math.round(value * resolution) / resolution;

/**
 * The instance of a family at a point of [0, 1]ⁿ, with L = 1 and every number a short dyadic: with T a power of 4
 * the theorems' γ is a power of 2, and so numerators and denominators of the exact engines stay short.
 *
 * - balance: the curvatures of d and r: (1, 0) up to 0.1, (1, 1) in the middle, (0, 1) from 0.9;
 * - start: x⁰ from 0 to twice what T steps of length 1/(2√T) reach, quadratic in the parameter;
 * - noise: P_k − P takes two values in the ratio of −p to 1 − p; standard deviation from 0 to about 2√T, quadratic in the parameter;
 * - rarity: p, the probability of the larger one, from ½ down to 0;
 * - split (K = 3): the other one is two values of equal probability, from the same to 0 and twice it;
 * - second (n = 2): the second coordinate has start and noise of the first one, times −1 to 1.
 */
export function instanceAt(family: Family, iterations: number, parameters: readonly number[]): BoundInstance {
  const { smooth, regularizer, components, dimension, signOfZero } = family;
  const [balance, start, ...rest] = parameters as [number, number, ...number[]];
  const [noise = 0, rarity = 0] = components > 1 ? rest : [];
  const split = components === 3 ? rest[2]! : 0;
  const scales = dimension === 1 ? [1] : [1, onGrid(2 * rest.at(-1)! - 1)];
  const share = Math.min(1, Math.max(0, 1.25 * balance - 0.125));
  const weights = { smooth: onGrid(Math.min(1, 2 - 2 * share)), regularizer: onGrid(Math.min(1, 2 * share)) };
  const inner = weights.regularizer === 0 ? { type: 'zero' } : regularizerShapes[regularizer](weights.regularizer);
  const rare = Math.max(1 / resolution, onGrid((1 - rarity) / 2));
  const distance = onGrid((2 * Math.sqrt(iterations) * noise ** 2) / Math.sqrt(rare * (1 - rare)));
  const common = -rare * distance;
  const slopes = [
    [0],
    [(1 - rare) * distance, common],
    [(1 - rare) * distance, common * (1 - onGrid(split)), common * (1 + onGrid(split))],
  ];
  const probabilities = [[1], [rare, 1 - rare], [rare, (1 - rare) / 2, (1 - rare) / 2]];
  const tilted = (slope: number): FunctionSpecification => ({
    type: 'tilted',
    slope: scales.map((scale) => scale * slope || 0),
    inner,
  });
  const x = onGrid(((iterations + 1) * start ** 2) / Math.sqrt(iterations));
  return {
    name: tightestFound,
    problem: {
      smooth: weights.smooth === 0 ? { type: 'zero' } : smoothShapes[smooth](weights.smooth),
      functions: components === 1 ? [inner] : slopes[components - 1]!.map(tilted),
      probabilities: probabilities[components - 1]!,
    },
    start: scales.map((scale) => scale * x || 0),
    signOfZero,
  };
}
