import { ParameterError } from '../definition/arguments.js';
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

/** [k, k] of a square matrix. */
export const squareShape: Parameter<Shape, Shape> = {
  ...shape,
  allowed: '[k, k], the same integer >= 1 twice',
  read(value, place) {
    const [rows, columns] = shape.read(value, place);
    if (rows !== columns) throw new ParameterError(place.owner, place.path, value, this.allowed);
    return [rows, columns];
  },
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

/** Disjoint sets of 0-based indices. */
export type Groups = readonly (readonly number[])[];

/** Groups that part the indices 0 … n − 1: every one in exactly one group; they fix the dimension n. */
export const groups: Parameter<Groups, Groups> = {
  kind: 'groups',
  allowed: 'a non-empty array of non-empty arrays of indices, with every index 0 ... n - 1 in exactly one',
  minimum: 0,
  read(value, place) {
    const reject = (path: string, given: unknown, allowed: string): never => {
      throw new ParameterError(place.owner, path, given, allowed);
    };
    if (!Array.isArray(value) || value.length === 0) return reject(place.path, value, this.allowed);
    const seen = new Set<number>();
    const read = value.map((group: unknown, g) => {
      const path = `${place.path}[${g}]`;
      if (!Array.isArray(group) || group.length === 0) return reject(path, group, 'a non-empty array of indices');
      return group.map((index: unknown, j) => {
        if (!Number.isSafeInteger(index) || (index as number) < 0) {
          return reject(`${path}[${j}]`, index, 'an integer >= 0');
        }
        if (seen.has(index as number)) return reject(`${path}[${j}]`, index, 'an index that no group has yet');
        seen.add(index as number);
        return index as number;
      });
    });
    for (let index = 0; index < seen.size; index++) {
      if (!seen.has(index)) return reject(place.path, value, `every index 0 ... n - 1, ${index} included`);
    }
    return read;
  },
  write: (value) => value.map((group) => [...group]),
};
