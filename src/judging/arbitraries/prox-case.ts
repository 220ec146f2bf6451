import fc from 'fast-check';
import { isBuiltOfFunctions } from '../../claims/implementation/call.js';
import { type Dtype, unitRoundoff } from '../../claims/implementation/dtype.js';
import { mayStandIn, type Restrictions } from '../../claims/implementation/restrictions.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import { parseFunction, parseOnce, registry } from '../../reference/functions/index.js';
import {
  askable,
  entriesOfRectangle,
  isShaped,
  isSymmetric,
  longestVector,
  manyCoordinates,
  rectangles,
  vector,
} from './basic-functions.js';
import { dyadic, extremeSteps, smallDimension, stepSize } from './dyadic.js';
import {
  components,
  functionSpecification,
  generatableTypes,
  generatedFunctionTypes,
  lengthFor,
  nestedSpecification,
  wrapperTypes,
} from './function-specification.js';
import { kinksAt, pointRecipe, resolvePoint } from './points.js';

/** A function, a step and a point: what one prox needs. */
export interface ProxCase {
  readonly specification: FunctionSpecification;
  readonly step: number;
  readonly y: Float64Array;
}

export const averageType = 'proximal-average';

/** Lengths of vectors for functions of the type, from those of others. */
const lengthsOf = (
  lengths: fc.Arbitrary<number>,
  type: string,
  known = generatedFunctionTypes,
  restrictions?: Restrictions,
): fc.Arbitrary<number> => lengths.map((n) => lengthFor(type, n, known, restrictions));

/** Cases for functions of one type (around functions of `known` types, if it is a wrapper), with the point placed at and around the kinks, inside and outside of domains. */
export function proxCase(type: string, known?: readonly string[], restrictions?: Restrictions): fc.Arbitrary<ProxCase> {
  const dimensions = isShaped(type) ? fc.oneof(smallDimension(), fc.constant(entriesOfRectangle)) : smallDimension();
  return lengthsOf(dimensions, type, known, restrictions).chain((dimension) =>
    fc
      .record({
        specification: functionSpecification(type, dimension, known, restrictions),
        step: stepSize(),
        recipe: pointRecipe(dimension),
      })
      .map(({ specification, step, recipe }) => ({
        specification,
        step,
        y: resolvePoint(recipe, parseOnce(specification), step),
      })),
  );
}

const isOnDiagonal = (k: number, columns: number): boolean => Math.floor(k / columns) === k % columns;

/** Matrices that independent entries hardly ever give: singular values are then entries, or all the same, or only one of them is not 0. */
const structures: readonly ((y: Float64Array, columns: number, threshold: number) => Float64Array)[] = [
  (y, columns) => y.map((v, k) => (isOnDiagonal(k, columns) ? v || 1 : 0)),
  (y, columns) => y.map((_, k) => (isOnDiagonal(k, columns) ? y[0]! || 1 : 0)),
  (y, columns) => y.map((_, k) => y[Math.floor(k / columns) * columns]! * y[k % columns]!),
];

/**
 * The same for symmetric matrices, of rank one definite and negative; and cI − vvᵀ with c > 0, of which an eigenvalue is repeated: a decomposition
 * that does not know of the symmetry gives eigenvectors of it that are not orthogonal.
 */
const symmetricStructures: typeof structures = [
  ...structures.slice(0, 2),
  (y, columns) => y.map((_, k) => y[Math.floor(k / columns)]! * y[k % columns]!),
  (y, columns) => y.map((_, k) => -y[Math.floor(k / columns)]! * y[k % columns]!),
  (y, columns) =>
    y.map(
      (_, k) => (isOnDiagonal(k, columns) ? Math.abs(y[0]!) || 1 : 0) - y[Math.floor(k / columns)]! * y[k % columns]!,
    ),
];

/**
 * Matrices whose rows, and so their singular values, are far apart: by half of the digits of the dtype from the first row to the last. Whoever
 * squares them, as for the eigenvalues of YᵀY, loses the small ones in the rounding of the large ones. None is much below the threshold γw.
 */
function graded(type: string, dtype: Dtype): (typeof structures)[number] {
  const digits = Math.floor(-Math.log2(unitRoundoff(dtype)) / 2);
  return (y, columns, threshold) => {
    const rows = y.length / columns;
    const least = Math.ceil(Math.log2(1 + threshold));
    const sizes = Array.from(
      { length: rows },
      (_, i) => 2 ** (least + Math.round((digits * (rows - 1 - i)) / (rows - 1))),
    );
    return y.map((value, k) => {
      const [i, j] = [Math.floor(k / columns), k % columns];
      // Of a symmetric matrix the rows and columns.
      return isSymmetric(type)
        ? Math.sqrt(sizes[i]! * sizes[j]!) * y[Math.max(i, j) * columns + Math.min(i, j)]!
        : sizes[i]! * value;
    });
  };
}

/** Cases of matrices with each structure, for functions of a type that is about matrices: square ones, and wide and tall ones. */
export function structuredCases(
  type: string,
  dtype: Dtype,
  restrictions?: Restrictions,
): readonly fc.Arbitrary<ProxCase>[] {
  return [...(isSymmetric(type) ? symmetricStructures : structures), graded(type, dtype)].map((structured) =>
    fc.constantFrom([2, 2], [3, 3], ...(isSymmetric(type) ? [] : rectangles)).chain(([rows, columns]) =>
      fc
        .record({
          specification: functionSpecification(type, rows! * columns!, [type], restrictions),
          step: stepSize(),
          entries: vector(dyadic(), rows! * columns!),
        })
        .map(({ specification, step, entries }) => ({
          specification: { ...specification, shape: [rows!, columns!] },
          step,
          y: structured(Float64Array.from(entries), columns!, step * Number(specification['weight'] ?? 0)),
        })),
    ),
  );
}

/** Cases of matrices that are not symmetric, for functions whose points are symmetric otherwise. */
export function nonsymmetricCase(type: string): fc.Arbitrary<ProxCase> {
  return fc.constantFrom(4, 9).chain((dimension) =>
    fc
      .record({
        specification: functionSpecification(type, dimension),
        step: stepSize(),
        entries: vector(dyadic(), dimension),
      })
      .map(({ entries, ...rest }) => ({ ...rest, y: Float64Array.from(entries) })),
  );
}

/** Whether functions of the type are indicators of balls, which are a point for radius 0. */
export const isBall = (type: string): boolean => 'radius' in registry.get(type)!.definition.parameters;

/** Cases of balls that are a point. */
export function pointBallCase(type: string): fc.Arbitrary<ProxCase> {
  return proxCase(type).map((input) => ({ ...input, specification: { ...input.specification, radius: 0 } }));
}

/** Distances of a point outside a set in its thin shell: typical tolerances of libraries. */
const shell = fc.integer({ min: 13, max: 33 }).map((exponent) => 2 ** -exponent);

/** Points that are only slightly outside a domain, on the way to one that is well outside. */
export function shellCase(
  type: string,
  known?: readonly string[],
  restrictions?: Restrictions,
): fc.Arbitrary<ProxCase> {
  return fc.tuple(proxCase(type, known, restrictions), shell).map(([input, distance]) => {
    const target = parseOnce(input.specification);
    const far = [1, 64, -64].map((factor) => input.y.map((value) => factor * value));
    const outside = far.find((y) => target.violation!(y) > 1);
    if (outside === undefined) return input;
    const nearest = target.prox(outside, input.step);
    const away = outside.map((value, i) => value - nearest[i]!);
    const length = Math.hypot(...away);
    return { ...input, y: nearest.map((value, i) => value + (distance * away[i]!) / length) };
  });
}

/** Whether a point is outside of a set by less than 2⁻¹², and by more than half of the digits show. */
export function isInShell(y: Float64Array, target: ProximableFunction): boolean {
  const distance = target.violation?.(y) ?? 0;
  return distance > 2 ** -24 && distance < 2 ** -12;
}

/**
 * Lengths that a type needs beside small ones: rows and columns of a matrix tell apart from 2 × 3 on, and the segments of a piecewise
 * constant answer meet each other only where there are several.
 */
const longer: Readonly<Record<string, fc.Arbitrary<number>>> = {
  'nuclear-norm': fc.constantFrom(6, 8, 12),
  'psd-cone': fc.constantFrom(4, 9, 16),
  'rank-ball': fc.constantFrom(6, 8, 12),
  'total-variation-1d': fc.integer({ min: 8, max: 20 }),
  'total-variation-2d': fc.constantFrom(6, 8, 12),
};

/** Other lengths. */
const long = fc.integer({ min: manyCoordinates, max: longestVector });

/**
 * Points aρ(y) + bu to go to instead of y = ρ(y) + u with u = prox_{γr}(y): for a homogeneous r those around where the prox turns 0, such
 * as the boundary of a polar cone, a sphere of radius γw, a matrix with singular values of γw. Or 32 times y, beyond large parameters.
 */
const shares = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.record({
      a: fc.constantFrom(1, 1 - 2 ** -5),
      b: fc.constantFrom(0, 2 ** -4, 2 ** -5, 2 ** -6, 2 ** -8, 2 ** -10),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ a: 32, b: 32 }) },
);

/** Cases of such lengths, a stratum each at steps near 1, far below and far above; wrappers, if asked for, around wrappers too. */
export function longerProxCase(
  type: string,
  known: readonly string[],
  twice: boolean,
  restrictions?: Restrictions,
): fc.Arbitrary<ProxCase>[] {
  const steps = [stepSize(), ...Object.values(extremeSteps).map((step) => fc.constant(step))];
  return steps.map((step) => longerProxCaseAt(step, type, known, twice, restrictions));
}

function longerProxCaseAt(
  step: fc.Arbitrary<number>,
  type: string,
  known: readonly string[],
  twice: boolean,
  restrictions: Restrictions | undefined,
): fc.Arbitrary<ProxCase> {
  return lengthsOf(longer[type] ?? long, type, known, restrictions).chain((dimension) => {
    const isNested = twice && wrapperTypes.includes(type);
    const nested = isNested ? nestedSpecification(type, dimension, known, restrictions) : undefined;
    const plain = functionSpecification(type, dimension, known, restrictions);
    return fc
      .record({
        specification: nested === undefined ? plain : fc.oneof(plain, nested),
        step,
        recipe: pointRecipe(dimension),
        share: shares,
      })
      .map(({ specification, step, recipe, share }) => {
        const target = parseOnce(specification);
        const y = resolvePoint(recipe, target, step);
        if (share === undefined) return { specification, step, y };
        const u = target.prox(y, step);
        const residual = target.residual(y, step);
        return { specification, step, y: u.map((value, i) => share.a * residual[i]! + share.b * value) };
      });
  });
}

/** Lengths beyond blocks and vector instructions, each with a rest: below and above powers of two, and a large one. */
const blockLengths = [65, 127, 257, 1000] as const;

/** The longest vectors of functions whose prox, or the judgement of it, takes longer than in proportion to the length. */
const shortestBlock = blockLengths[0];

/** Kinds of parameters that grow faster than the vector, and types whose prox does. */
const growing: readonly string[] = ['matrix', 'shape'];
const slowTypes: readonly string[] = ['total-variation-1d'];

/** Whether functions of the type can be asked of vectors of a thousand entries. */
const isLinear = (type: string): boolean =>
  type !== averageType &&
  !Object.values(registry.get(type)!.definition.parameters).some(({ kind }) => growing.includes(kind));

/**
 * Cases of long vectors, one of each length: five entries that are drawn, again and again, so that they have many ties. Few, because errors of
 * blocks and of their rest show in all of them. None for functions that are about matrices, nor where a norm overflows.
 */
export function blockCases(
  type: string,
  known: readonly string[],
  { dtype, restrictions }: { readonly dtype: Dtype; readonly restrictions?: Restrictions | undefined },
  isSlow = false,
): readonly fc.Arbitrary<ProxCase>[] {
  const inside = known.filter((each) => isLinear(each) && !slowTypes.includes(each));
  const isAskable =
    isLinear(type) &&
    (!wrapperTypes.includes(type) || generatableTypes([type, ...inside], restrictions).includes(type));
  if (!isAskable || unitRoundoff(dtype) > 2 ** -24) return [];
  return (isSlow || slowTypes.includes(type) ? [shortestBlock] : blockLengths).map((n) =>
    fc
      .record({
        specification: functionSpecification(type, n, inside, restrictions),
        step: stepSize(),
        entries: vector(dyadic(16), 5),
      })
      .map(({ specification, step, entries }) => ({
        specification,
        step,
        y: Float64Array.from({ length: n }, (_, i) => entries[i % entries.length]!),
      })),
  );
}

/** Entries that are ordinary numbers, and whose exponentials are not. */
const large = fc
  .tuple(fc.integer({ min: 6, max: 10 }), fc.integer({ min: 9, max: 16 }), fc.constantFrom(1, -1))
  .map(([exponent, sixteenths, sign]) => (sign * sixteenths * 2 ** exponent) / 16);

/** Lengths of vectors of large entries: also beyond a register, with a rest. */
const largeLengths = fc.constantFrom(1, 2, 9, 18);

/** Cases whose entries are ordinary numbers of 36 to 1024 in size, where an exponential is beyond the range of numbers, or below 1 + ε. */
export function largeCase(type: string, known: readonly string[], restrictions?: Restrictions): fc.Arbitrary<ProxCase> {
  return lengthsOf(largeLengths, type, known, restrictions).chain((dimension) =>
    fc
      .record({
        specification: functionSpecification(type, dimension, known, restrictions),
        step: stepSize(),
        entries: vector(large, dimension),
      })
      .map(({ specification, step, entries }) => ({
        specification,
        step,
        y: askable(specification, Float64Array.from(entries)),
      })),
  );
}

/** Distances from a kink, relative to its size, or absolute at 0: a limit that is wrong by a few per cent is found between them. */
const besideKinks = [-(2 ** -4), -(2 ** -5), 2 ** -5, 2 ** -4];

/** Length of a vector of such points. */
const besideLength = 12;

/**
 * Points a few per cent before and beyond each of the kinks of the function at a step: all entries where each is judged by itself, else one
 * entry, which is as long as the vector. `kinksOf` takes those of the prox at the step of the case, or those of the function itself.
 */
export function besideKinksCase(
  type: string,
  kinksOf: 'prox' | 'value',
  restrictions?: Restrictions,
): fc.Arbitrary<ProxCase> {
  return fc
    .record({
      specification: functionSpecification(type, besideLength, [type], restrictions),
      step: stepSize(),
      first: fc.nat(),
    })
    .map(({ specification, step, first }) => {
      const target = parseOnce(specification);
      const y = new Float64Array(besideLength);
      for (let i = 0; i < (target.coordinate === undefined ? 1 : besideLength); i++) {
        const kinks = kinksAt(target, i, kinksOf === 'prox' ? step : 0);
        const place = (first + i) % (besideKinks.length * Math.max(1, kinks.length));
        const [kink, by] = [
          kinks[Math.floor(place / besideKinks.length)] ?? 0,
          besideKinks[place % besideKinks.length]!,
        ];
        y[i] = kink === 0 ? by : kink * (1 + by);
      }
      return { specification, step, y };
    });
}

/** Whether functions of the type have kinks; cases are then placed on both sides of each. */
export function hasKinks(type: string): boolean {
  const example = parseFunction({ type, ...registry.get(type)!.definition.examples[0] });
  return !isBuiltOfFunctions(type) && kinksAt(example, 0, 1).length > 0;
}

/** Functions with values and proxes in rationals and finite everywhere, so that Σθ_k prox_{γr_k} is onto and steep enough to invert. */
const averaged: readonly string[] = [
  ...['zero', 'linear', 'squared-l2', 'quadratic', 'l1', 'elastic-net', 'huber', 'hinge', 'squared-hinge'],
];

/** Known types from which proximal averages are generated; none if the average itself is not known. */
export function averagedTypes(known: readonly string[], restrictions: Restrictions = {}): string[] {
  if (!known.includes(averageType)) return [];
  return averaged.filter((type) => known.includes(type) && mayStandIn(averageType, type, restrictions));
}

/** Proximal averages of functions of the types, at steps that are their own parameter and others. */
export function averageCase(types: readonly string[], restrictions?: Restrictions): fc.Arbitrary<ProxCase> {
  return smallDimension(3).chain((dimension) =>
    fc
      .record({
        parts: components(types, dimension, { maximum: 3, restrictions }),
        parameter: stepSize(),
        step: fc.option(stepSize(), { nil: undefined, freq: 3 }),
        recipe: pointRecipe(dimension),
      })
      .map(({ parts, parameter, step = parameter, recipe }) => {
        const specification = { type: averageType, ...parts, step: parameter };
        return { specification, step, y: resolvePoint(recipe, parseOnce(specification), step) };
      }),
  );
}
