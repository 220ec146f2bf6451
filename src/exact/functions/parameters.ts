import { fromDouble, type Rational } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';

/** The JSON form of a function or smooth term. */
export type Specification = { readonly type: string; readonly [parameter: string]: unknown };

/** The exact value of a finite number. */
export function numberOf(value: unknown): Rational {
  if (typeof value !== 'number') throw new NotRationalError(`a number was expected, got ${JSON.stringify(value)}`);
  return fromDouble(value);
}

/** A bound; undefined if it is ±Infinity, as a number or as a string. */
export function boundOf(value: unknown): Rational | undefined {
  const infinite =
    value === 'Infinity' || value === '-Infinity' || (typeof value === 'number' && Math.abs(value) === Infinity);
  return infinite ? undefined : numberOf(value);
}

/** Entry i of a parameter that is one value for all coordinates or an array of one for each. */
export function entryOf(value: unknown, index: number): unknown {
  return Array.isArray(value) || value instanceof Float64Array ? value[index] : value;
}

/** The exact value of such an entry; the parameter has no infinite entries. */
export const doubleAt = (value: unknown, index: number): number => entryOf(value, index) as number;

/** The specification of an inner function. */
export function innerOf({ type, inner }: Specification): Specification {
  if (typeof inner !== 'object' || inner === null) throw new NotRationalError(`${type} needs an inner function`);
  return inner as Specification;
}

/** The block of a separable sum that holds coordinate i, and the first coordinate of that block. */
export function blockOf({ blocks }: Specification, index: number): { block: Specification; offset: number } {
  let offset = 0;
  for (const { length, function: block } of blocks as readonly { length: number; function: Specification }[]) {
    if (index < offset + length) return { block, offset };
    offset += length;
  }
  throw new NotRationalError(`a separable sum of length ${offset} has no coordinate ${index}`);
}
