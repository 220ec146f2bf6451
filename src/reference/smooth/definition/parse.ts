import { readSpecification } from '../../functions/definition/parse.js';
import * as vocabulary from '../vocabulary.js';
import type { SmoothFactory } from './define-smooth.js';
import type { SmoothFunction } from './smooth-function.js';

/** Every factory of the smooth vocabulary by its type, in the order of vocabulary.ts. */
export const smoothRegistry: ReadonlyMap<string, SmoothFactory> = new Map(
  Object.values(vocabulary).map((factory) => [factory.definition.type, factory as SmoothFactory]),
);

/**
 * The smooth term d that a JSON value describes, e.g. `{ "type": "cosine", "weight": 2 }`.
 *
 * @param json an object with a type
 * @param path where the value stands inside a larger document, e.g. `smooth`: it prefixes the names in errors
 * @throws ParameterError of one line for an unknown type and for a missing, unknown or invalid parameter
 * @example
 * assert.equal(smooth.parseSmooth({ type: 'cosine', weight: 2 }).lipschitz, 2);
 */
export function parseSmooth(json: unknown, path = ''): SmoothFunction {
  const { factory, parameters, prefix } = readSpecification('smooth', smoothRegistry, json, path);
  return factory.fromJson(parameters, prefix);
}
