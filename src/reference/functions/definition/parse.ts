import { ParameterError } from './parameter-error.js';
import type { FunctionSpecification, ProximableFunction } from './proximable-function.js';
import { registry } from './registry.js';
import { rememberRecent } from './remember-recent.js';

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
  const prefix = path === '' ? '' : `${path}.`;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ParameterError('function', path || 'specification', json, 'an object with a type');
  }
  const { type, ...parameters } = json as Record<string, unknown>;
  const factory = typeof type === 'string' ? registry.get(type) : undefined;
  if (factory === undefined) {
    throw new ParameterError('function', `${prefix}type`, type, `one of ${[...registry.keys()].join(', ')}`);
  }
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
