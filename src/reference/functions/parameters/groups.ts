import { ParameterError } from '../definition/parameter-error.js';
import type { Parameter } from './parameter.js';

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
