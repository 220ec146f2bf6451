import { ParameterError } from './parameter-error.js';
import type { Parameter, ParameterPlace, Parameters } from './parameters/parameter.js';
import type { ProximableFunction } from './proximable-function.js';

type ValueOf<P> = P extends Parameter<infer Value, infer _> ? Value : never;
type InputOf<P> = P extends Parameter<infer _, infer Input> ? Input : never;
type OptionalName<P extends Parameters> = {
  [Name in keyof P]: P[Name] extends { readonly optional: true } ? Name : never;
}[keyof P];

/** The validated parameters, as `create` receives them. */
export type ParameterValues<P extends Parameters> = { readonly [Name in keyof P]: ValueOf<P[Name]> };

/** The parameters as a caller gives them. */
export type ParameterInputs<P extends Parameters> = {
  readonly [Name in Exclude<keyof P, OptionalName<P>>]: InputOf<P[Name]>;
} & { readonly [Name in OptionalName<P>]?: InputOf<P[Name]> };

/** Whether a function has a property: always, never, or when the functions it is built from have it. */
export type Trait = 'yes' | 'no' | 'inherited';

export interface FunctionTraits {
  readonly convex: Trait;
  /** A sum of one-dimensional functions: `coordinate` is there. */
  readonly separable: Trait;
  /** Differentiable with a Lipschitz continuous gradient: `gradient` and `smooth` are there. */
  readonly smooth: Trait;
  /** `conjugate` is there. */
  readonly conjugate: Trait;
}

/** What the vocabulary knows about a type of function. */
export interface FunctionDefinition<P extends Parameters = Parameters> {
  /** The name in JSON, in kebab-case. */
  readonly type: string;
  /** r(u) in plain text, with the parameters under their names. */
  readonly formula: string;
  readonly parameters: P;
  readonly traits: FunctionTraits;
  /** Valid parameters as plain JSON: for listings, and for the tests that go through the whole vocabulary. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** What the registry needs of a type of function. */
export interface VocabularyEntry<P extends Parameters = Parameters> {
  readonly definition: FunctionDefinition<P>;
  /** The function of parameters that were read from JSON: `path` prefixes names in errors, `parse` reads nested functions. */
  fromJson(
    parameters: Readonly<Record<string, unknown>>,
    path: string,
    parse: NonNullable<ParameterPlace['parse']>,
  ): ProximableFunction;
}

/** The factory of one type of function, e.g. `l1({ weight: 0.5 })`. */
export interface FunctionFactory<P extends Parameters> extends VocabularyEntry<P> {
  (parameters: ParameterInputs<P>): ProximableFunction;
}

/**
 * Makes the factory of one type of function from its definition and from `create`, which receives validated parameters and
 * the `{ type, parameters }` that the function must carry. Missing, unknown and ill-typed parameters throw a ParameterError.
 */
export function defineFunction<const P extends Parameters>(
  definition: FunctionDefinition<P> & {
    create(values: ParameterValues<P>, identity: Pick<ProximableFunction, 'type' | 'parameters'>): ProximableFunction;
  },
): FunctionFactory<P> {
  const { create, ...described } = definition;
  const { type, parameters } = described;
  const names = Object.keys(parameters);

  function build(given: unknown, place: Omit<ParameterPlace, 'owner'>): ProximableFunction {
    if (typeof given !== 'object' || given === null) {
      throw new ParameterError(type, 'parameters', given, `an object with ${names.join(', ') || 'no entries'}`);
    }
    for (const [name, value] of Object.entries(given)) {
      if (!Object.hasOwn(parameters, name)) {
        const known = names.length === 0 ? 'no parameters' : names.join(', ');
        throw new ParameterError(type, `${place.path}${name}`, value, `no such parameter, ${type} takes ${known}`);
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
      values[name] = parameter.read(value, { ...place, owner: type, path: `${place.path}${name}` });
      if (!parameter.optional || values[name] !== parameter.fallback) json[name] = parameter.write(values[name]);
    }
    return create(values as ParameterValues<P>, { type, parameters: json });
  }

  return Object.assign((given: ParameterInputs<P>) => build(given, { path: '' }), {
    definition: described,
    fromJson: (given: Readonly<Record<string, unknown>>, path: string, parse: NonNullable<ParameterPlace['parse']>) =>
      build(given, { path, parse }),
  });
}
