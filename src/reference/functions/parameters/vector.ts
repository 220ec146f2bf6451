import { ParameterError } from '../definition/arguments.js';
import { describeRange, type ExtendedNumber, type NumberRange, readNumber, writeNumber } from './number.js';
import type { Parameter, ParameterPlace } from './parameter.js';

/** A parameter marked * in the vocabulary: one number for every coordinate, or one for each. */
export type ScalarOrVector = number | Float64Array;

/** Entry i of a scalar-or-vector parameter. */
export function entry(parameter: ScalarOrVector, index: number): number {
  return typeof parameter === 'number' ? parameter : parameter[index]!;
}

function isArray(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float64Array;
}

function readVector(value: unknown, range: NumberRange, place: ParameterPlace, allowed: string): Float64Array {
  if (!isArray(value) || value.length === 0) throw new ParameterError(place.owner, place.path, value, allowed);
  const each = describeRange(range);
  return Float64Array.from({ length: value.length }, (_, i) =>
    readNumber(value[i], range, { ...place, path: `${place.path}[${i}]` }, each),
  );
}

/**
 * A vector of at least one number; its length fixes the dimension.
 *
 * @example
 * assert.deepEqual([...parameters.vector().read([1, 2], { owner: 'mine', path: 'scale' })], [1, 2]);
 */
export function vector(range: NumberRange = {}): Parameter<Float64Array, ArrayLike<ExtendedNumber>> {
  const allowed = `a non-empty array, each entry ${describeRange(range)}`;
  return {
    kind: 'vector',
    allowed,
    ...range,
    read: (value, place) => readVector(value, range, place, allowed),
    write: (value) => Array.from(value, writeNumber),
  };
}

/**
 * A vector whose entries do not increase.
 *
 * @example
 * assert.throws(() => parameters.decreasingVector().read([1, 2], { owner: 'mine', path: 'scale' }), ParameterError);
 */
export function decreasingVector(range: NumberRange = {}): Parameter<Float64Array, ArrayLike<ExtendedNumber>> {
  const entries = vector(range);
  const allowed = `${entries.allowed}, none larger than the one before`;
  return {
    ...entries,
    allowed,
    decreasing: true,
    read(value, place) {
      const read = entries.read(value, place);
      const increase = read.findIndex((number, i) => i > 0 && number > read[i - 1]!);
      if (increase > 0) {
        const path = `${place.path}[${increase}]`;
        throw new ParameterError(place.owner, path, read[increase], `at most ${read[increase - 1]}, the entry before`);
      }
      return read;
    },
  };
}

/**
 * A number for every coordinate alike, or a vector of one for each.
 *
 * @example
 * assert.equal(parameters.numberOrVector().read(2, { owner: 'mine', path: 'scale' }), 2);
 */
export function numberOrVector(
  range: NumberRange = {},
): Parameter<ScalarOrVector, ExtendedNumber | ArrayLike<ExtendedNumber>> {
  const single = describeRange(range);
  const allowed = `${single}, or a non-empty array of them`;
  return {
    kind: 'number-or-vector',
    allowed,
    ...range,
    read: (value, place) =>
      isArray(value) ? readVector(value, range, place, allowed) : readNumber(value, range, place, allowed),
    write: (value) => (typeof value === 'number' ? writeNumber(value) : Array.from(value, writeNumber)),
  };
}

/** Largest distance of Σθ_k from 1 that still counts as rounding. */
const LARGEST_DEFECT = 2 ** -40;

/** θ: non-negative and summing to 1 within 2⁻⁴⁰; used as given, never renormalised. */
export const probabilities: Parameter<Float64Array, ArrayLike<number>> = {
  kind: 'probabilities',
  allowed: 'a non-empty array of numbers >= 0 that sum to 1',
  minimum: 0,
  read(value, place) {
    const theta = readVector(value, { minimum: 0 }, place, this.allowed);
    const sum = theta.reduce((total, probability) => total + probability, 0);
    if (!(Math.abs(sum - 1) <= LARGEST_DEFECT)) {
      throw new ParameterError(place.owner, place.path, value, `${this.allowed}, not to ${sum}`);
    }
    return theta;
  },
  write: (value) => Array.from(value),
};

/** The one length that vector parameters and inner functions agree on; undefined when none fixes it. */
export function commonDimension(
  owner: string,
  parts: Readonly<Record<string, ScalarOrVector | { readonly dimension?: number }>>,
): number | undefined {
  let common: number | undefined;
  let first = '';
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'number') continue;
    const dimension = part instanceof Float64Array ? part.length : part.dimension;
    if (dimension === undefined) continue;
    if (common !== undefined && dimension !== common) {
      throw new ParameterError(owner, `length of ${name}`, dimension, `${common}, the length of ${first}`);
    }
    common = dimension;
    first = name;
  }
  return common;
}
