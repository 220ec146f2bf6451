import * as vocabulary from '../vocabulary.js';
import { ParameterError } from './arguments.js';
import type { VocabularyEntry } from './define-function.js';
import type { FunctionSpecification, ProximableFunction } from './proximable-function.js';

/**
 * `make` with a cache of its last `size` results, for repeated calls with the same few objects, which must not change. A WeakMap would keep every
 * result until the next full collection: V8's collector of young objects treats the values of a WeakMap as reachable, so most objects of a case
 * would be promoted to the old generation.
 */
export function rememberRecent<Key extends object, Value>(
  make: (key: Key) => Value,
  size: number,
): (key: Key) => Value {
  const keys: Key[] = [];
  const values: Value[] = [];
  let next = 0;
  return (key) => {
    const known = keys.indexOf(key);
    if (known >= 0) return values[known]!;
    const value = make(key);
    keys[next] = key;
    values[next] = value;
    next = (next + 1) % size;
    return value;
  };
}

/** Every factory of the vocabulary by its type, in the order of vocabulary.ts. */
export const registry: ReadonlyMap<string, VocabularyEntry> = new Map(
  Object.values(vocabulary).map((factory) => [factory.definition.type, factory]),
);

/**
 * The factory that a JSON value names by its type, with its parameters and the prefix of their names in errors.
 *
 * @param owner what the value specifies
 * @throws ParameterError unless the value is an object with a known type
 */
export function readSpecification<Factory>(
  owner: 'function' | 'smooth',
  factories: ReadonlyMap<string, Factory>,
  json: unknown,
  path: string,
) {
  const prefix = path === '' ? '' : `${path}.`;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ParameterError(owner, path || 'specification', json, 'an object with a type');
  }
  const { type, ...parameters } = json as Record<string, unknown>;
  const factory = typeof type === 'string' ? factories.get(type) : undefined;
  if (factory === undefined) {
    throw new ParameterError(owner, `${prefix}type`, type, `one of ${[...factories.keys()].join(', ')}`);
  }
  return { factory, parameters, prefix };
}

/**
 * The function that a JSON value of the vocabulary describes, e.g. `{ "type": "l1", "weight": 0.5 }`.
 *
 * @param json an object with a type
 * @param path where the value stands inside a larger document, e.g. `functions[1]`: it prefixes the names in errors
 * @throws ParameterError of one line for an unknown type and for a missing, unknown or invalid parameter
 * @example
 * assert.equal(parseFunction({ type: 'l1', weight: 0.5 }).value(Float64Array.of(3, -1)), 2);
 * assert.throws(() => parseFunction({ type: 'l1', weight: -1 }), { message: 'l1: weight is -1; allowed: a finite number >= 0' });
 */
export function parseFunction(json: unknown, path = ''): ProximableFunction {
  const { factory, parameters, prefix } = readSpecification('function', registry, json, path);
  return factory.fromJson(parameters, prefix, parseFunction);
}

/**
 * `parseFunction` with a 32-entry cache of specification objects.
 *
 * @example
 * const specification = { type: 'l1', weight: 0.5 };
 * assert.equal(parseOnce(specification), parseOnce(specification));
 */
export const parseOnce: (specification: FunctionSpecification) => ProximableFunction = rememberRecent(
  (specification: FunctionSpecification) => parseFunction(specification),
  32,
);
