import fc from 'fast-check';
import { isBuiltOfFunctions } from '../../claims/implementation/call.js';
import { mayStandIn, type Restrictions } from '../../claims/implementation/restrictions.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { type MatrixSpecification, registry } from '../../reference/functions/index.js';
import {
  aroundInner,
  basicFunctions,
  hasLength,
  isSymmetric,
  manyCoordinates,
  nextSquare,
  positive,
} from './basic-functions.js';
import { probabilities } from './dyadic.js';
import { restrictedTo } from './restricted.js';

/** Square blocks B with BBᵀ = root²·I: of Hadamard, rotations by 3-4-5 and by an angle of 1/8, a reflection. */
const kinds: readonly { readonly root: number; readonly block: readonly (readonly number[])[] }[] = [
  { root: 1, block: [[1]] },
  {
    root: 2,
    block: [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, 1, -1, -1],
      [1, -1, -1, 1],
    ],
  },
  {
    root: 3,
    block: [
      [1, -2, -2],
      [-2, 1, -2],
      [-2, -2, 1],
    ],
  },
  {
    root: 5,
    block: [
      [3, -4],
      [4, 3],
    ],
  },
  {
    root: 257,
    block: [
      [255, -32],
      [32, 255],
    ],
  },
];

/** The power of two next to a positive number. */
const nearPower = (value: number): number => 2 ** Math.round(Math.log2(value));

interface Recipe {
  readonly kind: (typeof kinds)[number];
  /** For each coordinate, whether a block starts there, if one fits, instead of a single entry. */
  readonly starts: readonly boolean[];
  readonly order: readonly number[];
  readonly signs: readonly boolean[];
  readonly chosen: readonly number[];
  readonly size: number;
}

/** Selected rows of a block-diagonal matrix, with its columns permuted and some of them negated. */
function matrixOf(n: number, { kind, starts, order, signs, chosen, size }: Recipe): MatrixSpecification {
  const { root, block } = kind;
  const rows: number[][] = [];
  while (rows.length < n) {
    const first = rows.length;
    const own = starts[first] && first + block.length <= n ? block : [[root]];
    for (const entries of own) rows.push(new Array<number>(n).fill(0).toSpliced(first, entries.length, ...entries));
  }
  const factor = size / nearPower(root);
  const data = chosen.flatMap((j) => order.map((i) => factor * (signs[i] ? -rows[j]![i]! : rows[j]![i]!) || 0));
  return { rows: chosen.length, columns: n, data };
}

/**
 * Matrices W of n columns with WWᵀ = νI exactly, of dyadic numbers, which single precision holds too: square ones, and those of some rows of
 * such. Entries of a row may be of sizes as different as 1 and 8, and ν is between 1/25 and 7.
 */
function semiOrthogonalMatrix(n: number): fc.Arbitrary<MatrixSpecification> {
  const indices = Array.from({ length: n }, (_, i) => i);
  const several = (minLength: number) => fc.shuffledSubarray(indices, { minLength, maxLength: n });
  const flags = fc.array(fc.boolean(), { minLength: n, maxLength: n });
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      starts: fc.array(fc.constantFrom(true, true, false), { minLength: n, maxLength: n }),
      order: several(n),
      signs: flags,
      chosen: fc.oneof(several(n), several(1)),
      size: fc.constantFrom(1, 0.25, 2),
    })
    .map((recipe) => matrixOf(n, recipe));
}

/** A specification of an inner function for vectors of the length given. */
type Inner = (dimension: number) => fc.Arbitrary<FunctionSpecification>;

/** Lengths of one or two blocks of a short vector, of three or four of a longer one. */
function blockLengths(n: number): fc.Arbitrary<number[]> {
  if (n < manyCoordinates) {
    return fc.integer({ min: 1, max: n }).map((first) => (first === n ? [n] : [first, n - first]));
  }
  return fc
    .uniqueArray(fc.integer({ min: 1, max: n - 1 }), { minLength: 2, maxLength: 3 })
    .map((cuts) => [...cuts, n].sort((a, b) => a - b).map((end, j, ends) => end - (ends[j - 1] ?? 0)));
}

/** Parameters of wrappers around functions from `inner`, if they are not drawn by their kinds. */
const inOwnWay: Readonly<Record<string, (n: number, inner: Inner) => fc.Arbitrary<Record<string, unknown>>>> = {
  precomposed: (n, inner) =>
    fc
      .record({ size: positive, negative: fc.boolean(), inner: inner(n) })
      .map(({ size, negative, inner }) => ({ factor: negative ? -size : size, inner })),
  'separable-sum': (n, inner) =>
    blockLengths(n).chain((lengths) =>
      fc
        .tuple(...lengths.map((length) => inner(length)))
        .map((functions) => ({ blocks: functions.map((block, j) => ({ length: lengths[j], function: block })) })),
    ),
  'semi-orthogonal': (n, inner) =>
    semiOrthogonalMatrix(n).chain((matrix) => fc.record({ matrix: fc.constant(matrix), inner: inner(matrix.rows) })),
};

/** The wrappers that come first, in their order: a seed chooses among them by their places, and must go on to mean the same cases. */
const first = [
  ...['scaled', 'translated', 'tilted', 'regularized', 'precomposed', 'separable-sum', 'conjugate', 'moreau-envelope'],
  'semi-orthogonal',
];

/** Types that build functions from others; `proximal-average` is generated by the claims about it. */
export const wrapperTypes: readonly string[] = [
  ...new Set(
    [...first, ...[...registry.keys()].filter(isBuiltOfFunctions)].filter((type) => type !== 'proximal-average'),
  ),
];

/** Types that `functionSpecification` can generate. */
export const generatedFunctionTypes: readonly string[] = [...Object.keys(basicFunctions), ...wrapperTypes];

/** Wrappers that ask the function inside about symmetric matrices if they are asked about such. */
const keepSymmetry = ['scaled', 'precomposed', 'conjugate', 'moreau-envelope', 'distance'];

/** Whether a function of the type is allowed inside the wrapper: conjugates, envelopes and distances have conditions, and so may a declaration. */
export function canWrap(wrapper: string, type: string, restrictions: Restrictions = {}): boolean {
  const { traits } = registry.get(type)!.definition;
  if (!mayStandIn(wrapper, type, restrictions)) return false;
  if (isSymmetric(type) && !keepSymmetry.includes(wrapper)) return false;
  if (wrapper === 'conjugate') return traits.convex === 'yes' && traits.conjugate === 'yes';
  if (wrapper === 'distance') return traits.convex === 'yes' && traits.indicator === 'yes';
  return wrapper !== 'moreau-envelope' || traits.convex === 'yes';
}

/** What is allowed inside each wrapper, for lists of known types that were asked for: each case asks again. */
const remembered = new WeakMap<readonly string[], Map<string, readonly string[]>>();

/** Basic types among `known` that are allowed inside the wrapper. */
function innerTypes(wrapper: string, known: readonly string[], restrictions?: Restrictions): readonly string[] {
  const find = () =>
    Object.keys(basicFunctions).filter((type) => known.includes(type) && canWrap(wrapper, type, restrictions));
  if (restrictions !== undefined) return find();
  const own = remembered.get(known) ?? new Map<string, readonly string[]>();
  const found = own.get(wrapper) ?? find();
  remembered.set(known, own.set(wrapper, found));
  return found;
}

/** The least length from n on that vectors may have as points of some function of the type. */
export function lengthFor(type: string, n: number, known: readonly string[], restrictions?: Restrictions): number {
  const types = wrapperTypes.includes(type) ? innerTypes(type, known, restrictions) : [type];
  return types.length > 0 && types.every(isSymmetric) ? nextSquare(n) : n;
}

/** The types among `known` that can be generated: a wrapper needs a known inner function. */
export function generatableTypes(known: readonly string[], restrictions?: Restrictions): string[] {
  return generatedFunctionTypes.filter(
    (type) =>
      known.includes(type) && (Object.hasOwn(basicFunctions, type) || innerTypes(type, known, restrictions).length > 0),
  );
}

/**
 * A specification of the given type for vectors of length `dimension`, with dyadic parameters, in a form that the restrictions leave. Wrappers
 * are put around functions of the `known` types only.
 */
export function functionSpecification(
  type: string,
  dimension: number,
  known: readonly string[] = generatedFunctionTypes,
  restrictions?: Restrictions,
): fc.Arbitrary<FunctionSpecification> {
  if (wrapperTypes.includes(type)) {
    const inside: Inner = (n) =>
      fc
        .constantFrom(...innerTypes(type, known, restrictions).filter((inner) => hasLength(inner, n)))
        .chain((inner) => functionSpecification(inner, n, known, restrictions));
    return wrappedSpecification(type, dimension, inside, restrictions);
  }
  const parameters = basicFunctions[type];
  if (parameters === undefined) throw new RangeError(`no generator for functions of type "${type}"`);
  return parameters(dimension).map((values) => restrictedTo({ type, ...values }, restrictions));
}

/** Wrappers among `known` that are allowed inside the wrapper, each with the basic types that are allowed inside both. */
function middles(
  wrapper: string,
  dimension: number,
  known: readonly string[],
  restrictions: Restrictions = {},
): { middle: string; inner: readonly string[] }[] {
  // A distance is that to a set itself.
  if (wrapper === 'distance') return [];
  return wrapperTypes
    .filter((middle) => known.includes(middle) && mayStandIn(wrapper, middle, restrictions))
    .filter((middle) => wrapper !== 'conjugate' || registry.get(middle)!.definition.traits.conjugate !== 'no')
    .map((middle) => ({
      middle,
      // An envelope or a conjugate makes demands of the innermost function; a declaration is about the function directly inside.
      inner: innerTypes(middle, known, restrictions).filter(
        (type) => canWrap(wrapper, type) && hasLength(type, dimension),
      ),
    }))
    .filter(({ inner }) => inner.length > 0);
}

/** A specification of the wrapper around another one of the `known` types; undefined where nothing known can stand between. */
export function nestedSpecification(
  wrapper: string,
  dimension: number,
  known: readonly string[] = generatedFunctionTypes,
  restrictions?: Restrictions,
): fc.Arbitrary<FunctionSpecification> | undefined {
  const choices = middles(wrapper, dimension, known, restrictions);
  if (choices.length === 0) return undefined;
  const around =
    (inner: readonly string[]): Inner =>
    (n) =>
      fc.constantFrom(...inner).chain((type) => functionSpecification(type, n, known, restrictions));
  const inside: Inner = (n) =>
    fc
      .constantFrom(...choices)
      .chain(({ middle, inner }) => wrappedSpecification(middle, n, around(inner), restrictions));
  return wrappedSpecification(wrapper, dimension, inside, restrictions);
}

/** A specification of the wrapper around functions from `inner`. */
function wrappedSpecification(
  wrapper: string,
  dimension: number,
  inner: Inner,
  restrictions?: Restrictions,
): fc.Arbitrary<FunctionSpecification> {
  const parameters = inOwnWay[wrapper]?.(dimension, inner) ?? aroundInner(wrapper, dimension, inner(dimension));
  return parameters.map((values) => restrictedTo({ type: wrapper, ...values }, restrictions));
}

export interface ComponentsOptions {
  readonly maximum?: number;
  readonly minimum?: number;
  readonly restrictions?: Restrictions | undefined;
}

/** r_1 … r_K with θ for vectors of length `dimension`; all types, those inside of wrappers included, are drawn from `types`. */
export function components(
  types: readonly string[],
  dimension: number,
  { maximum = 4, minimum = 1, restrictions }: ComponentsOptions = {},
): fc.Arbitrary<{ functions: FunctionSpecification[]; probabilities: number[] }> {
  return fc.integer({ min: minimum, max: maximum }).chain((count) =>
    fc.record({
      functions: fc.array(
        fc
          .constantFrom(...generatableTypes(types, restrictions))
          .chain((type) => functionSpecification(type, dimension, types, restrictions)),
        { minLength: count, maxLength: count },
      ),
      // Many components would mostly have the same few weights in sixteenths.
      probabilities: minimum > 1 ? probabilities(count, 64) : probabilities(count),
    }),
  );
}
