import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { f, halves, type Identity, indices, one } from './identity.js';

const transformed = (rows: number, data: readonly number[], inner: FunctionSpecification): FunctionSpecification =>
  f('semi-orthogonal', { matrix: { rows, columns: data.length / rows, data }, inner });

/** The rows of the identity with these indices. */
const unitRows = (chosen: readonly number[], n: number): number[] =>
  chosen.flatMap((j) => indices(n).map((i) => (i === j ? 1 : 0)));
/** The orthonormal cosine transform of n numbers. */
const cosines = (n: number): number[] =>
  indices(n).flatMap((k) =>
    indices(n).map((i) => Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (2 * i + 1) * k) / (2 * n))),
  );
/** Functions behind a matrix W with WWᵀ = νI that have another name. */
export const transformIdentities: readonly Identity[] = [
  one(
    'sum and difference in l1 are linf',
    (w) => [transformed(2, [1, 1, 1, -1], f('l1', { weight: w })), f('linf', { weight: 2 * w })],
    [2],
  ),
  one(
    'a difference in l1 is a total variation',
    (w) => [transformed(1, [-0.5, 0.5], f('l1', { weight: 2 * w })), f('total-variation-1d', { weight: w })],
    [2],
  ),
  one(
    'a rotated polygon in linf',
    (w) => [
      transformed(2, [1.5, 0.5, -0.5, 1.5], f('linf', { weight: w })),
      transformed(2, [1, 2, 2, -1], f('l1', { weight: w / 2 })),
    ],
    [2],
  ),
  one('a row in an interval is a halfspace', (w, n) => {
    const normal = indices(n).map((i) => 3 - 2 * i);
    return [transformed(1, normal, f('box', { lower: -Infinity, upper: w })), f('halfspace', { normal, offset: w })];
  }),
  one('a row at a point is a hyperplane', (w, n) => {
    const normal = indices(n).map((i) => 0.75 - 2 * i);
    return [transformed(1, normal, f('box', { lower: w, upper: w })), f('hyperplane', { normal, offset: w })];
  }),
  one('chosen entries in l1 are a weighted l1', (w, n) => [
    transformed(Math.ceil(n / 2), unitRows(halves(n)[0]!, n), f('l1', { weight: w })),
    f('weighted-l1', { weights: indices(n).map((i) => (i % 2 === 0 ? w : 0)) }),
  ]),
  one('a multiple of the identity is a stretch', (w, n) => [
    transformed(
      n,
      unitRows(indices(n), n).map((entry) => -2.5 * entry),
      f('hinge', { weight: w }),
    ),
    f('precomposed', { factor: -2.5, inner: f('hinge', { weight: w }) }),
  ]),
  {
    ...one('l2 of a cosine transform is l2', (w, n) => [
      transformed(n, cosines(n), f('l2', { weight: w })),
      f('l2', { weight: w }),
    ]),
    doubles: true,
  },
];
