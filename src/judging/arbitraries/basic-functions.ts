import fc from 'fast-check';
import { countOfNumbers, placesOfNumbers } from '../../reference/functions/complex/complex-numbers.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import {
  type Drawn,
  ParameterError,
  parseFunction,
  registry,
  type VocabularyEntry,
} from '../../reference/functions/index.js';
import { mirrored, transposedPlace } from '../../reference/functions/numerics/matrices.js';
import type { Parameter } from '../../reference/functions/parameters/parameter.js';
import { byLength, dyadic, positiveDyadic, probabilities } from './dyadic.js';

/** A vector of a given length. */
export function vector(entry: fc.Arbitrary<number>, dimension: number): fc.Arbitrary<number[]> {
  return fc.array(entry, { minLength: dimension, maxLength: dimension });
}

/** A parameter that may be one number for all coordinates or a vector of length n. */
function scalarOrVector(entry: fc.Arbitrary<number>, dimension: number): fc.Arbitrary<number | number[]> {
  return fc.oneof(entry, vector(entry, dimension));
}

/** A shape of n entries in all. */
function shape(n: number): fc.Arbitrary<number[]> {
  const divisors = Array.from({ length: n }, (_, index) => index + 1).filter((rows) => n % rows === 0);
  // The most nearly square ones are met most often, wide and tall: a single row or column is a vector.
  const middle = [(divisors.length - 1) / 2, divisors.length / 2].map((place) => divisors[Math.floor(place)]!);
  return fc.constantFrom(...[...divisors, ...middle].map((rows) => [rows, n / rows]));
}

/** Whether functions of the type are about matrices. */
export const isShaped = (type: string): boolean => 'shape' in registry.get(type)!.definition.parameters;

/** Whether points of functions of the type are symmetric matrices. */
export const isSymmetric = (type: string): boolean => registry.get(type)?.definition.drawn?.['shape'] === 'symmetric';

/** The least square number that is not less than n. */
export const nextSquare = (n: number): number => Math.ceil(Math.sqrt(n)) ** 2;

/** Whether vectors of n entries can be points of functions of the type. */
export const hasLength = (type: string, n: number): boolean => !isSymmetric(type) || nextSquare(n) === n;

/** The order of the symmetric matrices that are points of the first function in a value, at any depth, that takes only such. */
export function symmetricOrder(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
  const { type, shape } = value as { readonly type?: unknown; readonly shape?: readonly number[] };
  if (typeof type === 'string' && isSymmetric(type)) return shape?.[0];
  for (const part of Object.values(value)) {
    const order = symmetricOrder(part);
    if (order !== undefined) return order;
  }
  return undefined;
}

/** A point about which a function may be asked: a symmetric matrix where it takes only such. */
export function askable(specification: unknown, y: Float64Array): Float64Array {
  const order = symmetricOrder(specification);
  return order === undefined ? y : mirrored(y, order);
}

/** The vector with another entry; of a symmetric matrix of that order also the entry opposite. */
export const replacedEntry = (y: Float64Array, k: number, by: number, order?: number): Float64Array =>
  y.map((entry, i) => (i === k || (order !== undefined && i === transposedPlace(k, order)) ? by : entry));

/** The smallest shapes that distinguish rows from columns and wide from tall matrices, with the same number of entries. */
export const rectangles: readonly (readonly [rows: number, columns: number])[] = [
  [2, 3],
  [3, 2],
];
export const entriesOfRectangle = 6;

/** Groups that partition the indices 0 … n − 1, in any order: any number of them, or one or two large ones. */
function groups(n: number): fc.Arbitrary<number[][]> {
  const labels = fc.oneof(
    { weight: 3, arbitrary: vector(fc.nat({ max: n - 1 }), n) },
    { weight: 1, arbitrary: vector(fc.nat({ max: Math.min(1, n - 1) }), n) },
    { weight: 1, arbitrary: vector(fc.constant(0), n) },
  );
  return fc
    .tuple(
      labels,
      fc.shuffledSubarray(
        Array.from({ length: n }, (_, index) => index),
        { minLength: n, maxLength: n },
      ),
    )
    .map(([labelOf, order]) => {
      const parts = Array.from({ length: n }, (_, label) => order.filter((_, j) => labelOf[j] === label));
      return parts.filter((part) => part.length > 0);
    });
}

/** A normal vector: not 0. */
function normal(n: number): fc.Arbitrary<number[]> {
  return vector(real, n).map((entries) => (entries.some((entry) => entry !== 0) ? entries : entries.fill(1, 0, 1)));
}

/** Length from which parameters are drawn in more forms and sizes than short vectors need. */
export const manyCoordinates = 5;

/** Length of the longest generated vectors, beyond manually unrolled loops and the size of a register. */
export const longestVector = 24;

const real = dyadic();
export const positive = positiveDyadic();
const nonnegative = positive.map((value) => value - 1 / 8);

const similarBounds = (n: number): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ lower: scalarOrVector(real, n), width: nonnegative }).map(({ lower, width }) => ({
    lower,
    upper: typeof lower === 'number' ? lower + width : lower.map((entry) => entry + width),
  }));

/** One bound a number and the other a vector, some entries of it infinite. */
const mixedBounds = (n: number): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record({ bound: real, widths: vector(fc.option(nonnegative, { nil: Infinity, freq: 3 }), n), above: fc.boolean() })
    .map(({ bound, widths, above }) =>
      above
        ? { lower: bound, upper: widths.map((width) => bound + width) }
        : { lower: widths.map((width) => bound - width), upper: bound },
    );

/** In long vectors one coordinate in four has a size beside which others are small or large. */
const sized = (usual: fc.Arbitrary<number>, n: number): fc.Arbitrary<number> =>
  n < manyCoordinates
    ? usual
    : fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(2 ** -7, 12, 96) });

/** A number in the range of a parameter, or of an entry of it. */
function inRange({ minimum, exclusiveMinimum }: Parameter): fc.Arbitrary<number> {
  if (exclusiveMinimum !== undefined) return positive.map((value) => exclusiveMinimum + value);
  return minimum === undefined ? real : nonnegative.map((value) => minimum + value);
}

/** Values of a parameter for vectors of length n, by its kind; undefined for functions, and for matrices, which have no length. */
function ofKind(parameter: Parameter, n: number): fc.Arbitrary<unknown> | undefined {
  const bounded = parameter.minimum !== undefined || parameter.exclusiveMinimum !== undefined;
  switch (parameter.kind) {
    case 'number':
      return bounded ? sized(inRange(parameter), n) : real;
    case 'count':
      return fc.integer({ min: 1, max: n });
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...parameter.choices!);
    case 'vector': {
      const entries = vector(inRange(parameter), n);
      return parameter.decreasing ? entries.map((values) => values.sort((a, b) => b - a)) : entries;
    }
    case 'number-or-vector':
      return scalarOrVector(inRange(parameter), n);
    case 'probabilities':
      return probabilities(n);
    case 'shape':
      return shape(n);
    case 'groups':
      return groups(n);
    default:
      return undefined;
  }
}

type ByLength<Value> = (n: number) => fc.Arbitrary<Value>;

const positiveSize = (n: number): fc.Arbitrary<number> => sized(positive, n);

/** Groups that hold both parts of each complex number. */
const complexGroups = (n: number): fc.Arbitrary<number[][]> =>
  groups(countOfNumbers(n)).map((numbers) => numbers.map((group) => group.flatMap((j) => placesOfNumbers(n)[j]!)));

/** Parameters that the definition draws in another way than their kind. */
function inOwnWay(way: Drawn | undefined, n: number): fc.Arbitrary<unknown> | undefined {
  if (way === 'positive') return positiveSize(n);
  if (way === 'complex-numbers') return complexGroups(n);
  if (way === 'below-shape') return n < 8 ? fc.constant(1) : fc.constantFrom(1, 2);
  if (way === 'symmetric') return fc.constant([Math.sqrt(n), Math.sqrt(n)]);
  if (way === 'below-length') {
    // Less than n, so that a little more is too.
    const inEighths = fc.integer({ min: 1, max: 8 * n - 1 }).map((eighths) => eighths / 8);
    return n === 1 ? inEighths : fc.oneof(fc.integer({ min: 1, max: n - 1 }), inEighths);
  }
  return way === 'nonzero' ? normal(n) : undefined;
}

/** Consecutive draws of parameters that the function may refuse before the generator gives up. */
const mostRefused = 1000;

/** Whether the function accepts the parameters: a generator knows the range of each, but not the conditions between them. */
function takenBy(entry: VocabularyEntry): (parameters: Record<string, unknown>) => boolean {
  let refused = 0;
  return (parameters) => {
    try {
      entry.fromJson(parameters, '', parseFunction);
      refused = 0;
      return true;
    } catch (error) {
      if (!(error instanceof ParameterError) || ++refused === mostRefused) throw error;
      return false;
    }
  };
}

/**
 * Generates the parameters of a function as its definition describes them, those left out that may be; undefined where it is built from
 * other functions. Where the function refuses a thousand draws in a row, what it says then is thrown.
 */
export function generatorOf(entry: VocabularyEntry): ByLength<Record<string, unknown>> | undefined {
  const { parameters, drawn = {} } = entry.definition;
  const joint = together(entry);
  const required = Object.entries(parameters).filter(
    ([name, { optional }]) => !optional && !joint?.names.includes(name),
  );
  if (required.length === 0) return joint?.generator ?? (() => fc.constant({}));
  if (required.some(([, parameter]) => ofKind(parameter, 1) === undefined)) return undefined;
  return byLength((n) => {
    const arbitraries = required.map(([name, parameter]) => [name, inOwnWay(drawn[name], n) ?? ofKind(parameter, n)!]);
    const alone = fc.record<Record<string, unknown>>(Object.fromEntries(arbitraries));
    const all = joint ? fc.tuple(alone, joint.generator(n)).map((parts) => Object.assign({}, ...parts)) : alone;
    return all.filter(takenBy(entry));
  });
}

/** A parameter of a wrapper by its kind: numbers have the sizes that they have in short vectors. */
function ofWrapper(parameter: Parameter, n: number): fc.Arbitrary<unknown> | undefined {
  if (parameter.kind !== 'number') return ofKind(parameter, n);
  return parameter.nonzero ? real.filter((value) => value !== 0) : inRange(parameter);
}

/** Parameters of a function that is built from one other, which `inner` generates, as the definition describes them. */
export function aroundInner(
  type: string,
  n: number,
  inner: fc.Arbitrary<FunctionSpecification>,
): fc.Arbitrary<Record<string, unknown>> {
  const arbitraries = Object.entries(registry.get(type)!.definition.parameters).map(([name, parameter]) => {
    const values = parameter.kind === 'function' ? inner : ofWrapper(parameter, n);
    if (values === undefined)
      throw new RangeError(`${type}: no generator for ${name}, a parameter of kind ${parameter.kind}`);
    return [name, values] as const;
  });
  return fc.record<Record<string, unknown>>(Object.fromEntries(arbitraries));
}

/** Groups, with a weight for each of them. */
const weightedGroups = (n: number): fc.Arbitrary<Record<string, unknown>> =>
  groups(n).chain((parts) =>
    fc.record({ groupWeights: vector(sized(nonnegative, n), parts.length), groups: fc.constant(parts) }),
  );

/** A matrix of n columns with one row up to two more than columns, and a number for each row. */
const anyRows = (n: number): fc.Arbitrary<Record<string, unknown>> =>
  fc.integer({ min: 1, max: n + 2 }).chain((rows) =>
    fc.record({
      matrix: fc.record({ rows: fc.constant(rows), columns: fc.constant(n), data: vector(real, rows * n) }),
      target: vector(real, rows),
    }),
  );

/** The same with independent rows: in m of the columns a diagonal of 4 or −4 is twice as large as the rest of its row together. */
const independentRows = (n: number): fc.Arbitrary<Record<string, unknown>> =>
  fc.integer({ min: 1, max: n }).chain((rows) => {
    const share = 2 ** -Math.ceil(Math.log2(2 * rows));
    return fc
      .record({
        target: vector(real, rows),
        entries: vector(real, rows * n),
        negative: fc.array(fc.boolean(), { minLength: rows, maxLength: rows }),
        places: fc.shuffledSubarray(
          Array.from({ length: n }, (_, index) => index),
          { minLength: n, maxLength: n },
        ),
      })
      .map(({ target, entries, negative, places }) => {
        const data = new Array<number>(rows * n);
        entries.forEach((entry, k) => {
          const [j, i] = [Math.floor(k / n), k % n];
          const diagonal = negative[j] ? -4 : 4;
          data[j * n + places[i]!] = i === j ? diagonal : i < rows ? share * entry : entry;
        });
        return { matrix: { rows, columns: n, data }, target };
      });
  });

/** Bounds of which one in four is one-sided. */
const realBounds = fc
  .record({ lower: real, width: fc.option(nonnegative, { nil: Infinity, freq: 3 }) })
  .map(({ lower, width }) => ({ lower, upper: lower + width }));

/** The generator of the parameters that the definition says are drawn together, and what they are. */
function together({ definition: { parameters, drawn = {} } }: VocabularyEntry) {
  const ways = Object.values(drawn);
  const bounds: ByLength<Record<string, unknown>> = (n) => {
    if (parameters['upper']!.kind === 'number') return realBounds;
    return n < manyCoordinates ? similarBounds(n) : fc.oneof(similarBounds(n), mixedBounds(n));
  };
  if (ways.includes('one-per-row')) {
    return { names: ['matrix', 'target'], generator: ways.includes('independent-rows') ? independentRows : anyRows };
  }
  if (ways.includes('one-per-group')) return { names: ['groupWeights', 'groups'], generator: weightedGroups };
  return ways.includes('at-least-lower') ? { names: ['lower', 'upper'], generator: bounds } : undefined;
}

/** The types that come first, in their order: a seed chooses among types by their places, and must go on to mean the same cases. */
const first = [
  ...['zero', 'linear', 'squared-l2', 'quadratic', 'l1', 'l2', 'linf', 'elastic-net', 'huber', 'log-cosh', 'hinge'],
  ...['squared-hinge', 'logistic', 'log-barrier', 'entropy', 'group-l2', 'max', 'box', 'nonnegative', 'simplex'],
  ...['l1-ball', 'l2-ball', 'linf-ball', 'hyperplane', 'halfspace', 'second-order-cone', 'total-variation-1d'],
  ...['total-variation-2d', 'nuclear-norm', 'l0'],
];

/** Parameters of the functions that stand on their own, for vectors of length n: dyadic numbers. */
export const basicFunctions: Readonly<Record<string, ByLength<Record<string, unknown>>>> = Object.fromEntries(
  [...new Set([...first, ...registry.keys()])].flatMap((type) => {
    const generator = generatorOf(registry.get(type)!);
    return generator === undefined ? [] : [[type, generator]];
  }),
);
