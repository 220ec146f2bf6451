import { fromDouble, type Rational } from '../arithmetic/rational.js';
import { NotRationalError } from '../errors.js';

/** The JSON form of a function or smooth term. */
export type Specification = { readonly type: string; readonly [parameter: string]: unknown };

/** A finite number, exactly the double that it is. */
export function numberOf(value: unknown): Rational {
  if (typeof value !== 'number') throw new NotRationalError(`a number was expected, got ${JSON.stringify(value)}`);
  return fromDouble(value);
}

/** A bound that may be ±Infinity (a number or its name as a string): undefined then. */
export function boundOf(value: unknown): Rational | undefined {
  const infinite =
    value === 'Infinity' || value === '-Infinity' || (typeof value === 'number' && Math.abs(value) === Infinity);
  return infinite ? undefined : numberOf(value);
}

/** Entry i of a parameter that is one value for all coordinates or an array of one for each. */
export function entryOf(value: unknown, index: number): unknown {
  return Array.isArray(value) || value instanceof Float64Array ? value[index] : value;
}

/** The same as the double that it is, of a parameter without infinite entries. */
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
