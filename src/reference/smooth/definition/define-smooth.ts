import { checkVector, receiver } from '../../functions/definition/arguments.js';
import type { ParameterInputs } from '../../functions/definition/define-function.js';
import type { Parameters } from '../../functions/parameters/parameter.js';
import { type ParameterValues, readParameters } from '../../functions/parameters/read-parameters.js';
import type { SmoothFunction } from './smooth-function.js';

/** The definition of a type of smooth term. */
export interface SmoothDefinition<P extends Parameters = Parameters> {
  /** The name in JSON, in kebab-case. */
  readonly type: string;
  /** d(x) in plain text, with the parameters under their names. */
  readonly formula: string;
  /** Its parameters, by name. */
  readonly parameters: P;
  /** Valid parameters as plain JSON: for listings, and for the tests that go through the whole vocabulary. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** `create(parameters)` plus its definition. */
export interface SmoothFactory<P extends Parameters = Parameters> {
  (parameters: ParameterInputs<P>): SmoothFunction;
  readonly definition: SmoothDefinition<P>;
  /** As the call, for parameters that were read from JSON: `path` prefixes the names in errors. */
  fromJson(parameters: Readonly<Record<string, unknown>>, path: string): SmoothFunction;
}

/** A smooth term before it is wrapped: its vectors have the right length, and `out` is there and may be x. */
type SmoothKernel = Omit<SmoothFunction, 'type' | 'parameters' | 'gradient'> & {
  gradient(x: Float64Array, out: Float64Array): void;
};

/**
 * Makes the factory of one type of smooth term from its definition and from `create`, which receives validated parameters.
 * Missing, unknown and ill-typed parameters and vectors of a wrong length throw a ParameterError.
 */
export function defineSmooth<const P extends Parameters>(
  definition: SmoothDefinition<P> & { create(values: ParameterValues<P>): SmoothKernel },
): SmoothFactory<P> {
  const { create, ...described } = definition;
  const { type, parameters } = described;

  function build(given: unknown, path: string): SmoothFunction {
    const { values, json } = readParameters(parameters, given, { owner: type, path });
    const { lipschitz, coordinateLipschitz, ...kernel } = create(values);
    return {
      type,
      parameters: json,
      ...kernel,
      // A constant beyond the doubles says nothing.
      ...(lipschitz !== undefined &&
        lipschitz < Infinity && { lipschitz, ...(coordinateLipschitz && { coordinateLipschitz }) }),
      value(x) {
        checkVector(type, x, kernel.dimension);
        return kernel.value(x);
      },
      gradient(x, out) {
        const result = receiver(type, x, out, kernel.dimension);
        kernel.gradient(x, result);
        return result;
      },
    };
  }

  return Object.assign((given: ParameterInputs<P>) => build(given, ''), {
    definition: described,
    fromJson: (given: Readonly<Record<string, unknown>>, path: string) => build(given, path),
  });
}

/** A one-dimensional φ ≥ 0 with inf φ = 0, from which d(x) = Σ φ(x_i) is built. */
export interface CoordinateTerm {
  readonly convex: boolean;
  /** sup |φ″|. */
  readonly lipschitz: number;
  readonly asymptoticSlopes: readonly [number, number];
  readonly valley?: number;
  /** φ(u). */
  term(u: number): number;
  /** φ′(u). */
  derivative(u: number): number;
  /** The i-th summand as a separate function. */
  same(): SmoothFunction;
}

/** d(x) = Σ φ(x_i) in any dimension: ∇d acts coordinate by coordinate, so sup |φ″| is both L and every L_i. */
export function coordinatewise({ term, derivative, same, ...traits }: CoordinateTerm): SmoothKernel {
  return {
    coordinate: same,
    ...traits,
    value(x) {
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += term(x[i]!);
      return sum;
    },
    gradient(x, out) {
      for (let i = 0; i < x.length; i++) out[i] = derivative(x[i]!);
    },
    coordinateLipschitz: () => traits.lipschitz,
    infimum: () => 0,
  };
}
