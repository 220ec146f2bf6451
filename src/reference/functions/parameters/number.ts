import { ParameterError } from '../definition/arguments.js';
import type { Parameter, ParameterPlace } from './parameter.js';

/** The allowed numbers of a parameter; by default all finite ones. */
export interface NumberRange {
  /** The least that is allowed. */
  readonly minimum?: number;
  /** What must be exceeded. */
  readonly exclusiveMinimum?: number;
  /** Also ±∞. */
  readonly infinite?: boolean;
}

/** A number as JSON carries it: infinities are strings. */
export type ExtendedNumber = number | 'Infinity' | '-Infinity';

/** The range in words: `a finite number >= 0`. */
export function describeRange({ minimum, exclusiveMinimum, infinite }: NumberRange, noun = 'number'): string {
  const article = infinite ? `a ${noun} or ±Infinity` : `a finite ${noun}`;
  if (exclusiveMinimum !== undefined) return `${article} > ${exclusiveMinimum}`;
  return minimum === undefined ? article : `${article} >= ${minimum}`;
}

/** Validates one number of a parameter; `allowed` is the range in the words of the error. */
export function readNumber(value: unknown, range: NumberRange, place: ParameterPlace, allowed: string): number {
  const number = range.infinite && (value === 'Infinity' || value === '-Infinity') ? Number(value) : value;
  const valid =
    typeof number === 'number' &&
    (range.infinite ? !Number.isNaN(number) : Number.isFinite(number)) &&
    (range.minimum === undefined || number >= range.minimum) &&
    (range.exclusiveMinimum === undefined || number > range.exclusiveMinimum);
  if (!valid) throw new ParameterError(place.owner, place.path, value, allowed);
  return number;
}

/** The number as JSON carries it. */
export function writeNumber(value: number): ExtendedNumber {
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
}

/**
 * A finite number within a range.
 *
 * @example
 * assert.throws(() => parameters.number({ minimum: 0 }).read(-1, { owner: 'mine', path: 'scale' }), ParameterError);
 */
export function number(range: NumberRange = {}): Parameter<number, number> {
  const allowed = describeRange(range);
  return {
    kind: 'number',
    allowed,
    ...range,
    read: (value, place) => readNumber(value, range, place, allowed),
    write: (value) => value,
  };
}

/** A number or ±∞, which JSON carries as a string. */
export const extendedNumber: Parameter<number, ExtendedNumber> = { ...number({ infinite: true }), write: writeNumber };

/** A weight: finite and not negative. */
export const weight = number({ minimum: 0 });

/** A scale, step or factor: finite and positive. */
export const positiveNumber = number({ exclusiveMinimum: 0 });

/** A finite number in a range that has two ends. */
export function between(allowed: string, isWithin: (value: number) => boolean): Parameter<number, number> {
  return {
    kind: 'number',
    allowed,
    read(value, place) {
      const number = readNumber(value, {}, place, allowed);
      if (!isWithin(number)) throw new ParameterError(place.owner, place.path, value, allowed);
      return number;
    },
    write: (value) => value,
  };
}

/** A part of a whole: a number in [0, 1]. */
export const fraction: Parameter<number, number> = {
  ...between('a number >= 0 and <= 1', (value) => value >= 0 && value <= 1),
  minimum: 0,
};

/** A number of things. */
export const count: Parameter<number, number> = {
  kind: 'count',
  allowed: 'an integer >= 1',
  minimum: 1,
  read(value, place) {
    if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
    throw new ParameterError(place.owner, place.path, value, this.allowed);
  },
  write: (value) => value,
};

/** A factor of either sign: finite and not 0. */
export const nonzeroNumber: Parameter<number, number> = {
  kind: 'number',
  allowed: 'a finite number other than 0',
  nonzero: true,
  read(value, place) {
    if (value === 0) throw new ParameterError(place.owner, place.path, value, this.allowed);
    return readNumber(value, {}, place, this.allowed);
  },
  write: (value) => value,
};
