import type { ProximableFunction } from '../definition/proximable-function.js';

/** The place of a parameter, and how nested JSON becomes a function; errors name the parameter by it. */
export interface ParameterPlace {
  /** Type of the function or term that takes the parameter. */
  readonly owner: string;
  /** Full path of the parameter, e.g. `functions[1].weight`. */
  readonly path: string;
  /** Present when the values come from JSON: turns a nested specification into a function. */
  readonly parse?: (json: unknown, path: string) => ProximableFunction;
}

/** The kind of a parameter: its shape in JSON, which generators and the JSON Schemas follow. */
export type ParameterKind =
  | 'number'
  | 'count'
  | 'boolean'
  | 'choice'
  | 'vector'
  | 'matrix'
  | 'number-or-vector'
  | 'probabilities'
  | 'shape'
  | 'groups'
  | 'function'
  | 'functions'
  | 'blocks';

/**
 * One parameter of the vocabulary: how it is validated (`read`), how it is written as plain JSON (`write`), and enough about
 * its range to print it and to derive a JSON Schema.
 */
export interface Parameter<Value = unknown, Input = unknown> {
  /** Its shape. */
  readonly kind: ParameterKind;
  /** The allowed range in words, as error messages and listings print it. */
  readonly allowed: string;
  /** The least that a number, or every entry of a vector, may be. */
  readonly minimum?: number;
  /** The bound that a number, or every entry of a vector, must exceed. */
  readonly exclusiveMinimum?: number;
  /** True when ±∞ is allowed; in JSON it is the string "Infinity" or "-Infinity". */
  readonly infinite?: boolean;
  /** True for a number that must not be 0. */
  readonly nonzero?: boolean;
  /** True for a matrix W with WWᵀ = νI. */
  readonly semiOrthogonal?: boolean;
  /** True for a vector whose entries must not increase. */
  readonly decreasing?: boolean;
  /** The allowed words of a choice. */
  readonly choices?: readonly string[];
  /** True if the parameter may be left out; then `fallback` is used, and is not written to JSON. */
  readonly optional?: boolean;
  /** The value if it is left out. */
  readonly fallback?: Value;
  /** The validated value; throws a ParameterError that names the place. Vectors are copied. */
  read(value: unknown, place: ParameterPlace): Value;
  /** The value as plain JSON: what `read` accepts. */
  write(value: Value): Input;
}

/** The parameters of a type of function, by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/**
 * The same parameter, allowed to be left out.
 *
 * @example
 * assert.equal(parameters.optional(parameters.weight, 1).fallback, 1);
 */
export function optional<Value, Input>(
  parameter: Parameter<Value, Input>,
  fallback: Value,
): Parameter<Value, Input> & { readonly optional: true } {
  return { ...parameter, optional: true, fallback };
}
