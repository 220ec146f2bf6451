import { ParameterError } from '../definition/arguments.js';
import type { Parameter, ParameterPlace, Parameters } from './parameter.js';

type ValueOf<P> = P extends Parameter<infer Value, infer _> ? Value : never;

/** The validated parameters, as `create` receives them. */
export type ParameterValues<P extends Parameters> = { readonly [Name in keyof P]: ValueOf<P[Name]> };

/**
 * Validates an object of named parameters: `values` are what the mathematics uses, `json` is what parses back to them. Missing,
 * unknown and ill-typed parameters throw a ParameterError; `place.path` prefixes the names in it.
 */
export function readParameters<P extends Parameters>(
  parameters: P,
  given: unknown,
  place: ParameterPlace,
): { readonly values: ParameterValues<P>; readonly json: Readonly<Record<string, unknown>> } {
  const { owner, path } = place;
  const names = Object.keys(parameters);
  if (typeof given !== 'object' || given === null) {
    throw new ParameterError(owner, 'parameters', given, `an object with ${names.join(', ') || 'no entries'}`);
  }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(parameters, name)) {
      const known = names.length === 0 ? 'no parameters' : names.join(', ');
      throw new ParameterError(owner, `${path}${name}`, value, `no such parameter, ${owner} takes ${known}`);
    }
  }
  const values: Record<string, unknown> = {};
  const json: Record<string, unknown> = {};
  for (const name of names) {
    const parameter = parameters[name]!;
    const value = (given as Record<string, unknown>)[name];
    if (value === undefined && parameter.optional) {
      values[name] = parameter.fallback;
      continue;
    }
    values[name] = parameter.read(value, { ...place, path: `${path}${name}` });
    if (!parameter.optional || values[name] !== parameter.fallback) json[name] = parameter.write(values[name]);
  }
  return { values: values as ParameterValues<P>, json };
}
