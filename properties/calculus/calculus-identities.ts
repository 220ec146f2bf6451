import fc from 'fast-check';
import { typesIn } from '../../src/claims/implementation/call.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { nonnegative, positive, real, vector } from '../../src/judging/arbitraries/basic-functions.js';
import { guaranteedSteps } from '../../src/judging/arbitraries/dyadic.js';
import { type PointRecipe, pointRecipe, resolvePoint } from '../../src/judging/arbitraries/points.js';
import { judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { maximumNorm, ofAnything } from '../../src/judging/judges/precision.js';
import { nestedMagnitude } from '../../src/judging/judges/specification-size.js';
import { declaredPrecision } from '../../src/judging/parts/function-family.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import { placesOfNumbers } from '../../src/reference/functions/complex/complex-numbers.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../src/reference/functions/index.js';

type Pair = readonly [FunctionSpecification, FunctionSpecification];

/** Two names of one function, up to a constant, for vectors of length n. */
interface Identity {
  readonly name: string;
  /** Lengths for which it holds; 1 to 4 by default. */
  readonly lengths?: readonly number[];
  /** True where single precision does not hold the numbers closely enough. */
  readonly doubles?: boolean;
  pair(n: number): fc.Arbitrary<Pair>;
}

/** The specification of a type with its parameters. */
const f = (type: string, parameters: Record<string, unknown> = {}): FunctionSpecification => ({
  type,
  ...parameters,
});

/** An identity with one number, a weight or a radius. */
const one = (name: string, pair: (w: number, n: number) => Pair, lengths?: readonly number[]): Identity => ({
  name,
  ...(lengths && { lengths }),
  pair: (n) => positive.map((w) => pair(w, n)),
});

const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** The even and the odd indices as groups. */
const halves = (n: number): number[][] =>
  [0, 1].map((rest) => indices(n).filter((i) => i % 2 === rest)).filter((group) => group.length > 0);

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
const transformIdentities: readonly Identity[] = [
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

interface IdentityCase {
  readonly pair: Pair;
  readonly placed: readonly { readonly step: number; readonly y: Float64Array }[];
}

const conjugate = (inner: FunctionSpecification): FunctionSpecification => f('conjugate', { inner });
const negatedArgument = (inner: FunctionSpecification): FunctionSpecification =>
  f('precomposed', { factor: -1, inner });

const weighted = [
  ...['l1', 'l2', 'linf', 'max', 'hinge', 'squared-hinge', 'logistic', 'log-barrier', 'entropy', 'squared-l2'],
  'total-variation-1d',
];
const norms = ['l1', 'l2', 'linf', 'total-variation-1d'];

const identities: readonly Identity[] = [
  ...weighted.map(
    (type): Identity => ({
      name: `c·${type} is ${type} of another weight`,
      pair: () =>
        fc
          .tuple(positive, positive)
          .map(([factor, weight]) => [
            f('scaled', { factor, inner: f(type, { weight }) }),
            f(type, { weight: factor * weight }),
          ]),
    }),
  ),
  ...norms.map(
    (type): Identity => ({
      name: `${type} of αu is |α| ${type}`,
      pair: () =>
        fc
          .tuple(positive, positive)
          .map(([size, weight]) => [
            f('precomposed', { factor: -size, inner: f(type, { weight }) }),
            f(type, { weight: size * weight }),
          ]),
    }),
  ),
  one('conjugate of l1', (w) => [conjugate(f('l1', { weight: w })), f('linf-ball', { radius: w })]),
  one('conjugate of l2', (w) => [conjugate(f('l2', { weight: w })), f('l2-ball', { radius: w })]),
  one('conjugate of linf', (w) => [conjugate(f('linf', { weight: w })), f('l1-ball', { radius: w })]),
  one('conjugate of max', (w) => [conjugate(f('max', { weight: w })), f('simplex', { total: w })]),
  one('support of the linf ball', (w) => [conjugate(f('linf-ball', { radius: w })), f('l1', { weight: w })]),
  one('support of the l2 ball', (w) => [conjugate(f('l2-ball', { radius: w })), f('l2', { weight: w })]),
  one('support of the l1 ball', (w) => [conjugate(f('l1-ball', { radius: w })), f('linf', { weight: w })]),
  one('support of the simplex', (w) => [conjugate(f('simplex', { total: w })), f('max', { weight: w })]),
  one('conjugate of the squared norm', (w) => [
    conjugate(f('squared-l2', { weight: w })),
    f('squared-l2', { weight: 1 / w }),
  ]),
  one('an affine set of one equation is a hyperplane', (w, n) => [
    f('affine-set', { matrix: { rows: 1, columns: n, data: indices(n).map((i) => 2 - 0.75 * i) }, target: [w] }),
    f('hyperplane', { normal: indices(n).map((i) => 2 - 0.75 * i), offset: w }),
  ]),
  one('the largest entry is the sum of one', (w) => [
    f('sum-largest', { weight: w, count: 1 }),
    f('max', { weight: w }),
  ]),
  one('the sum of all entries is linear', (w, n) => [
    f('sum-largest', { weight: w, count: n }),
    f('linear', { coefficients: new Array(n).fill(w) }),
  ]),
  one(
    'conjugate of the sum of the two largest',
    () => [conjugate(f('sum-largest', { weight: 1, count: 2 })), f('capped-simplex', { total: 2 })],
    [2, 3, 4],
  ),
  one('polar of the orthant', () => [conjugate(f('nonnegative')), negatedArgument(f('nonnegative'))]),
  one('polar of the second-order cone', () => [
    conjugate(f('second-order-cone')),
    negatedArgument(f('second-order-cone')),
  ]),
  one(
    'polar of the psd cone',
    () => [conjugate(f('psd-cone', { shape: [2, 2] })), negatedArgument(f('psd-cone', { shape: [2, 2] }))],
    [4],
  ),
  one('elastic net is l1, regularised', (w) => [
    f('elastic-net', { l1Weight: w, l2Weight: 1.5 }),
    f('regularized', { weight: 1.5, center: 0, inner: f('l1', { weight: w }) }),
  ]),
  one('Huber is the envelope of l1', (w) => [
    f('huber', { weight: w, threshold: 0.75 }),
    f('moreau-envelope', { smoothing: 1 / w, inner: f('l1', { weight: 0.75 * w }) }),
  ]),
  one('Huber of the norm is the envelope of l2', (w) => [
    f('huber-norm', { weight: w, threshold: 0.75 }),
    f('moreau-envelope', { smoothing: 1 / w, inner: f('l2', { weight: 0.75 * w }) }),
  ]),
  one('pinball is half of l1, tilted', (w, n) => [
    f('pinball', { weight: w, quantile: 0.625 }),
    f('tilted', { slope: new Array(n).fill(w / 8), inner: f('l1', { weight: w / 2 }) }),
  ]),
  one('the divergence from b is the entropy, tilted', (w, n) => [
    f('kullback-leibler', { weight: w, prior: indices(n).map((i) => i + 0.5) }),
    f('tilted', {
      slope: indices(n).map((i) => -w * (1 + Math.log(i + 0.5))),
      inner: f('entropy', { weight: w }),
    }),
  ]),
  one('single indices as groups of linf are l1', (w, n) => [
    f('group-linf', { weight: w, groups: indices(n).map((i) => [i]) }),
    f('l1', { weight: w }),
  ]),
  one('one group of linf is linf', (w, n) => [
    f('group-linf', { weight: w, groups: [indices(n).reverse()] }),
    f('linf', { weight: w }),
  ]),
  one(
    'two monotone entries are a halfspace',
    () => [f('monotone-cone'), f('halfspace', { normal: [1, -1], offset: 0 })],
    [2],
  ),
  one('squared hinge is half the squared distance to u ≥ 1', (w, n) => [
    f('squared-hinge', { weight: w }),
    f('translated', {
      shift: new Array(n).fill(1),
      inner: f('moreau-envelope', { smoothing: 1 / w, inner: f('nonnegative') }),
    }),
  ]),
  one('hinge is the support of an interval, translated', (w, n) => [
    f('hinge', { weight: w }),
    f('translated', { shift: new Array(n).fill(1), inner: conjugate(f('box', { lower: -w, upper: 0 })) }),
  ]),
  one('logistic is log cosh, tilted', (w, n) => [
    f('logistic', { weight: w }),
    f('tilted', { slope: new Array(n).fill(w / 2), inner: f('log-cosh', { weight: w / 4, scale: 2 }) }),
  ]),
  one('single indices as groups are l1', (w, n) => [
    f('group-l2', { weight: w, groups: indices(n).map((i) => [i]) }),
    f('l1', { weight: w }),
  ]),
  one('one group is l2', (w, n) => [f('group-l2', { weight: w, groups: [indices(n)] }), f('l2', { weight: w })]),
  one('equal weights of groups are one', (w, n) => [
    f('weighted-group-l2', { groupWeights: halves(n).map(() => w), groups: halves(n) }),
    f('group-l2', { weight: w, groups: halves(n) }),
  ]),
  one('weights of single indices are weights of entries', (w, n) => [
    f('weighted-group-l2', { groupWeights: indices(n).map((i) => i * w), groups: indices(n).map((i) => [i]) }),
    f('weighted-l1', { weights: indices(n).map((i) => i * w) }),
  ]),
  one(
    'weighted groups are blocks of l2',
    (w, n) => [
      f('weighted-group-l2', { groupWeights: [2 * w, 0.5], groups: [[0], indices(n).slice(1)] }),
      f('separable-sum', {
        blocks: [
          { length: 1, function: f('l2', { weight: 2 * w }) },
          { length: n - 1, function: f('l2', { weight: 0.5 }) },
        ],
      }),
    ],
    [2, 3, 4],
  ),
  one('equal weights are one', (w, n) => [f('weighted-l1', { weights: new Array(n).fill(w) }), f('l1', { weight: w })]),
  one('weights are blocks of l1', (w, n) => [
    f('weighted-l1', { weights: indices(n).map((i) => i * w) }),
    f('separable-sum', { blocks: indices(n).map((i) => ({ length: 1, function: f('l1', { weight: i * w }) })) }),
  ]),
  one('complex l1 is groups of two parts', (w, n) => [
    f('complex-l1', { weight: w }),
    f('group-l2', { weight: w, groups: placesOfNumbers(n) }),
  ]),
  one('conjugate of complex l1', (w) => [
    conjugate(f('complex-l1', { weight: w })),
    f('complex-linf-ball', { radius: w }),
  ]),
  one('support of the discs', (w) => [
    conjugate(f('complex-linf-ball', { radius: w })),
    f('complex-l1', { weight: w }),
  ]),
  one('one complex group is l2', (w, n) => [
    f('complex-group-l2', { weight: w, groups: [indices(n)] }),
    f('l2', { weight: w }),
  ]),
  one(
    'the complex l1 ball of one number is a disc',
    (w) => [f('complex-l1-ball', { radius: w }), f('l2-ball', { radius: w })],
    [1, 2],
  ),
  one(
    'the complex linf ball of one number is a disc',
    (w) => [f('complex-linf-ball', { radius: w }), f('l2-ball', { radius: w })],
    [1, 2],
  ),
  one('a box of real parts is a box', (w, n) => [
    f('real-part-box', { lower: -w, upper: 0.5 }),
    f('box', {
      lower: indices(n).map((i) => (i % 2 === 0 ? -w : -Infinity)),
      upper: indices(n).map((i) => (i % 2 === 0 ? 0.5 : Infinity)),
    }),
  ]),
  one('sorted l1 of equal weights is l1', (w, n) => [
    f('sorted-l1', { weights: new Array(n).fill(w) }),
    f('l1', { weight: w }),
  ]),
  one('sorted l1 of one weight is linf', (w, n) => [
    f('sorted-l1', { weights: indices(n).map((i) => (i === 0 ? w : 0)) }),
    f('linf', { weight: w }),
  ]),
  one('sparse groups without groups are l1', (w, n) => [
    f('sparse-group', { l1Weight: w, groupWeight: 0, groups: [indices(n)] }),
    f('l1', { weight: w }),
  ]),
  one('sparse groups without l1 are groups', (w, n) => [
    f('sparse-group', { l1Weight: 0, groupWeight: w, groups: halves(n) }),
    f('group-l2', { weight: w, groups: halves(n) }),
  ]),
  one('sparse groups of single indices are l1', (w, n) => [
    f('sparse-group', { l1Weight: w, groupWeight: 1.5, groups: indices(n).map((i) => [i]) }),
    f('l1', { weight: w + 1.5 }),
  ]),
  one('singular value of a row', (w, n) => [f('nuclear-norm', { weight: w, shape: [1, n] }), f('l2', { weight: w })]),
  one('singular value of a column', (w, n) => [
    f('nuclear-norm', { weight: w, shape: [n, 1] }),
    f('l2', { weight: w }),
  ]),
  one('psd cone of one number', () => [f('psd-cone', { shape: [1, 1] }), f('nonnegative')], [1]),
  one('the linf ball is a box', (w) => [f('linf-ball', { radius: w }), f('box', { lower: -w, upper: w })]),
  one('l2 of one number', (w) => [f('l2', { weight: w }), f('l1', { weight: w })], [1]),
  one('linf of one number', (w) => [f('linf', { weight: w }), f('l1', { weight: w })], [1]),
  one('max of one number', (w) => [f('max', { weight: w }), f('linear', { coefficients: [w] })], [1]),
  one('simplex of one number', (w) => [f('simplex', { total: w }), f('box', { lower: w, upper: w })], [1]),
  one('second-order cone of one number', () => [f('second-order-cone'), f('nonnegative')], [1]),
  one('halfspace of one number', (w) => [f('halfspace', { normal: [-w], offset: 0 }), f('nonnegative')], [1]),
  one(
    'hyperplane of one number',
    (w) => [f('hyperplane', { normal: [4], offset: w }), f('box', { lower: w / 4, upper: w / 4 })],
    [1],
  ),
  one('total variation of an image of one row', (w, n) => [
    f('total-variation-2d', { weight: w, shape: [1, n], variant: 'isotropic' }),
    f('total-variation-1d', { weight: w }),
  ]),
  one('total variation of an image of one column', (w, n) => [
    f('total-variation-2d', { weight: w, shape: [n, 1], variant: 'anisotropic' }),
    f('total-variation-1d', { weight: w }),
  ]),
  {
    name: 'a regularised zero is a quadratic',
    pair: () =>
      fc
        .tuple(nonnegative, real)
        .map(([weight, center]) => [
          f('regularized', { weight, center, inner: f('zero') }),
          f('quadratic', { curvature: weight, center }),
        ]),
  },
  {
    name: 'a tilted zero is linear',
    pair: (n) =>
      vector(real, n).map((slope) => [f('tilted', { slope, inner: f('zero') }), f('linear', { coefficients: slope })]),
  },
  {
    name: 'a translated quadratic has another centre',
    pair: (n) =>
      fc
        .tuple(nonnegative, vector(real, n))
        .map(([curvature, shift]) => [
          f('translated', { shift, inner: f('quadratic', { curvature, center: 0 }) }),
          f('quadratic', { curvature, center: shift }),
        ]),
  },
  {
    name: 'a sum over blocks of l1 is l1',
    lengths: [2, 3, 4],
    pair: (n) =>
      positive.map((weight) => [
        f('separable-sum', {
          blocks: [
            { length: 1, function: f('l1', { weight }) },
            { length: n - 1, function: f('l1', { weight }) },
          ],
        }),
        f('l1', { weight }),
      ]),
  },
  ...transformIdentities,
];

/** Types that an identity names; they do not depend on its numbers. */
const namedTypes = new Map(
  identities.map(({ name, pair, lengths = [2] }) => [
    name,
    fc.sample(pair(lengths[0]!), { numRuns: 1, seed: 1 }).flatMap(typesIn),
  ]),
);
const typesOf = ({ name }: Identity): string[] => namedTypes.get(name)!;

/** The types that stand in an identity with the given one, itself included. */
export function identityPartners(type: string): string[] {
  return [
    ...new Set([
      type,
      ...identities
        .map(typesOf)
        .filter((types) => types.includes(type))
        .flat(),
    ]),
  ];
}

function identityCase({ pair, lengths = [1, 2, 3, 4] }: Identity): fc.Arbitrary<IdentityCase> {
  return fc.constantFrom(...lengths).chain((n) =>
    fc.tuple(pair(n), pointRecipe(n)).map(([both, recipe]: [Pair, PointRecipe]) => {
      const target = parseFunction(both[1]);
      return {
        pair: both,
        placed: guaranteedSteps.map((step) => ({ step, y: resolvePoint(recipe, target, step) })),
      };
    }),
  );
}

function partOf(implementation: Implementation, identity: Identity): PropertyPart {
  return propertyPart<IdentityCase>({
    name: identity.name,
    arbitrary: identityCase(identity),
    async judge({ pair, placed }) {
      const [left, right] = pair;
      const declared = pair.map((specification) => declaredPrecision(implementation, specification));
      const own = pair.map((specification) => parseFunction(specification).accuracy ?? 0);
      const precision = Math.max(...declared, ...own);
      const magnitude = Math.max(nestedMagnitude(left), nestedMagnitude(right));
      const judgements = [];
      for (const { step, y } of placed) {
        const scale = Math.sqrt(y.length) * (maximumNorm(y) + (1 + step) * magnitude);
        judgements.push(
          judgeVector(
            `prox of ${identity.name} at γ = ${step}, y = [${y}]`,
            (await implementation.ask({ method: 'prox', function: left, step, x: y.slice() })).x,
            (await implementation.ask({ method: 'prox', function: right, step, x: y.slice() })).x,
            () => ofAnything * precision * scale,
          ),
        );
      }
      return worstOf(judgements);
    },
  });
}

/** Functions of the vocabulary that are one and the same: their proxes share no code and must agree. */
export const calculusIdentitiesClaim = propertyClaim({
  id: 'calculus-identities',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'equal functions with two names in the vocabulary have the same prox',
  method: 'metamorphic: the same function in a needlessly complicated form gives the same point, at four steps',
  requires: { methods: ['prox'] },
  success: 'holds',
  effort: 0.1,
  parts: (implementation) => {
    const { functions, dtype } = implementation.description;
    const known = new Set(functions);
    return identities
      .filter(({ doubles }) => doubles !== true || dtype === 'f64')
      .filter((identity) => typesOf(identity).every((type) => known.has(type)))
      .map((identity) => partOf(implementation, identity));
  },
});
