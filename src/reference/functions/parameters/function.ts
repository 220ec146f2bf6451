import { ParameterError } from '../definition/arguments.js';
import type { FunctionSpecification, ProximableFunction } from '../definition/proximable-function.js';
import type { Parameter, ParameterPlace } from './parameter.js';

function isFunction(value: unknown): value is ProximableFunction {
  return typeof value === 'object' && value !== null && 'prox' in value && typeof value.prox === 'function';
}

function readFunction(value: unknown, place: ParameterPlace, allowed: string): ProximableFunction {
  if (isFunction(value)) return value;
  if (place.parse === undefined || value === undefined) {
    throw new ParameterError(place.owner, place.path, value, allowed);
  }
  return place.parse(value, place.path);
}

/**
 * `{ type, ...parameters }`: the JSON form of a function.
 *
 * @example
 * assert.deepEqual(specificationOf(l1({ weight: 0.5 })), { type: 'l1', weight: 0.5 });
 */
export function specificationOf(fn: ProximableFunction): FunctionSpecification {
  return { type: fn.type, ...fn.parameters };
}

const ALLOWED = 'a function of the vocabulary';

/** A function of the vocabulary: an object with a prox, or its specification where JSON is parsed. */
export const innerFunction: Parameter<ProximableFunction, ProximableFunction | FunctionSpecification> = {
  kind: 'function',
  allowed: ALLOWED,
  read: (value, place) => readFunction(value, place, ALLOWED),
  write: specificationOf,
};

/** One or more functions. */
export const functionList: Parameter<
  readonly ProximableFunction[],
  readonly ProximableFunction[] | readonly FunctionSpecification[]
> = {
  kind: 'functions',
  allowed: 'a non-empty array of functions of the vocabulary',
  read(value, place) {
    if (!Array.isArray(value) || value.length === 0) {
      throw new ParameterError(place.owner, place.path, value, this.allowed);
    }
    return value.map((item, k) => readFunction(item, { ...place, path: `${place.path}[${k}]` }, ALLOWED));
  },
  write: (functions) => functions.map(specificationOf),
};

/** Throws unless the function is convex, which conjugates, envelopes and averages need. */
export function requireConvex(owner: string, path: string, fn: ProximableFunction): void {
  if (!fn.convex) throw new ParameterError(owner, path, fn.type, 'a convex function');
}
