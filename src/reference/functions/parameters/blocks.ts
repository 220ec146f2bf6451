import { ParameterError } from '../definition/arguments.js';
import type { FunctionSpecification, ProximableFunction } from '../definition/proximable-function.js';
import { innerFunction } from './function.js';
import type { Parameter } from './parameter.js';

/** A run of consecutive coordinates and the function of them. */
export interface Block<F = ProximableFunction> {
  /** How many coordinates, at least 1. */
  readonly length: number;
  /** The function of these coordinates alone. */
  readonly function: F;
}

/** One or more blocks; a function that fixes its dimension must fix it to the length of its block. */
export const blocks: Parameter<readonly Block[], readonly Block<ProximableFunction | FunctionSpecification>[]> = {
  kind: 'blocks',
  allowed: 'a non-empty array of {length: an integer >= 1, function: a function of that dimension}',
  minimum: 1,
  read(value, place) {
    if (!Array.isArray(value) || value.length === 0) {
      throw new ParameterError(place.owner, place.path, value, this.allowed);
    }
    return value.map((item: unknown, j) => {
      const path = `${place.path}[${j}]`;
      const { length, function: inner, ...rest } = Object(item) as Record<string, unknown>;
      if (!Number.isSafeInteger(length) || (length as number) < 1) {
        throw new ParameterError(place.owner, `${path}.length`, length, 'an integer >= 1');
      }
      const [unknown] = Object.keys(rest);
      if (unknown !== undefined) {
        throw new ParameterError(
          place.owner,
          `${path}.${unknown}`,
          rest[unknown],
          'no such entry, only length, function',
        );
      }
      const fn = innerFunction.read(inner, { ...place, path: `${path}.function` });
      if (fn.dimension !== undefined && fn.dimension !== length) {
        throw new ParameterError(
          place.owner,
          `${path}.length`,
          length,
          `${fn.dimension}, the dimension of its function`,
        );
      }
      return { length: length as number, function: fn };
    });
  },
  write: (value) => value.map((block) => ({ length: block.length, function: innerFunction.write(block.function) })),
};
