import { ParameterError } from '../definition/parameter-error.js';
import type { Parameter } from './parameter.js';

/** [rows, columns] of a matrix or image whose entries a vector holds row by row. */
export type Shape = readonly [rows: number, columns: number];

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;

/** Two positive integers. */
export const shape: Parameter<Shape, Shape> = {
  kind: 'shape',
  allowed: '[rows, columns], two integers >= 1',
  minimum: 1,
  read(value, place) {
    if (!Array.isArray(value) || value.length !== 2 || !value.every(isCount)) {
      throw new ParameterError(place.owner, place.path, value, this.allowed);
    }
    return [value[0], value[1]];
  },
  write: (value) => [...value],
};

/**
 * One word of a fixed list.
 *
 * @example
 * assert.equal(parameters.choice('mean', 'sum').read('sum', { owner: 'mine', path: 'scale' }), 'sum');
 */
export function choice<const Word extends string>(...choices: readonly Word[]): Parameter<Word, Word> {
  const allowed = choices.map((word) => JSON.stringify(word)).join(' or ');
  return {
    kind: 'choice',
    allowed,
    choices,
    read(value, place) {
      const word = choices.find((candidate) => candidate === value);
      if (word === undefined) throw new ParameterError(place.owner, place.path, value, allowed);
      return word;
    },
    write: (value) => value,
  };
}

/** true or false. */
export const flag: Parameter<boolean, boolean> = {
  kind: 'boolean',
  allowed: 'true or false',
  read(value, place) {
    if (typeof value !== 'boolean') throw new ParameterError(place.owner, place.path, value, this.allowed);
    return value;
  },
  write: (value) => value,
};
