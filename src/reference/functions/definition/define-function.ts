import type { Parameter, ParameterPlace, Parameters } from '../parameters/parameter.js';
import { type ParameterValues, readParameters } from '../parameters/read-parameters.js';
import { checkVector, proxReceiver, receiver } from './arguments.js';
import type { ProximableFunction } from './proximable-function.js';

type InputOf<P> = P extends Parameter<infer _, infer Input> ? Input : never;
type OptionalName<P extends Parameters> = {
  [Name in keyof P]: P[Name] extends { readonly optional: true } ? Name : never;
}[keyof P];

/** The parameters as a caller gives them. */
export type ParameterInputs<P extends Parameters> = {
  readonly [Name in Exclude<keyof P, OptionalName<P>>]: InputOf<P[Name]>;
} & { readonly [Name in OptionalName<P>]?: InputOf<P[Name]> };

/** Whether a function has a property: always, never, or when the functions it is built from have it. */
export type Trait = 'yes' | 'no' | 'inherited';

/** Properties of a type of function. They decide which claims judge it and which functions may be built from it. */
export interface FunctionTraits {
  /** r is convex. */
  readonly convex: Trait;
  /** A sum of one-dimensional functions: it has `coordinate`. */
  readonly separable: Trait;
  /** Differentiable with a Lipschitz continuous gradient: it has `gradient` and `smooth`. */
  readonly smooth: Trait;
  /** It has `conjugate`. */
  readonly conjugate: Trait;
  /** 0 in a closed set and ∞ outside: the prox is the projection, onto a set that is not convex any nearest point. If absent, no. */
  readonly indicator?: Exclude<Trait, 'no'>;
  /** It is ∞ at the boundary of its domain, so no prox is there. If absent, no. */
  readonly barrier?: 'yes';
  /**
   * Every number in a formula of the prox is at most of the size of y: the function has no special point but 0, and weights enter only through
   * γτ = y − p, for a subgradient τ at the prox p, so by at most |y| + |p|, whatever the weight and γ are. If absent, nothing is known.
   */
  readonly placeless?: 'yes';
  /** A special point that is not a parameter, from which a formula may measure u, whatever the weight. */
  readonly fixedPlace?: number;
}

/**
 * The number of roundings in the formulas of a function of single coordinates. With the unit roundoff u, each is at most u(|p| + γ|τ|) for the
 * prox p, and u|τ| for the divided residual τ (y itself is at most |p| + γ|τ|).
 */
export interface Roundings {
  readonly prox: number;
  readonly slope: number;
  /** The rounded operations in order. */
  readonly why: string;
}

/**
 * How a parameter is drawn for the cases of claims, if its kind and range do not determine that. `positive`: never 0, although 0 is allowed;
 * `nonzero`: a vector other than 0; `at-least-lower`: `upper`; `one-per-group`: `groupWeights`, one for each of the `groups`; `complex-numbers`:
 * `groups` that hold both parts of each complex number; `one-per-row`: `target`, one number for each row of `matrix`; `independent-rows`: such
 * a `matrix`, with as many rows as columns or fewer, and a condition number of at most some tens;
 * `below-length`: a positive number below n; `below-shape`: a rank that few matrices of n entries have; `symmetric`: [k, k] for vectors of k²
 * entries, and points that are symmetric matrices.
 */
export type Drawn =
  | 'positive'
  | 'nonzero'
  | 'at-least-lower'
  | 'one-per-group'
  | 'complex-numbers'
  | 'one-per-row'
  | 'independent-rows'
  | 'below-length'
  | 'below-shape'
  | 'symmetric';

/** A function of single coordinates at sizes for which an exponential overflows, or whose square absorbs γ times a weight. */
export interface EntriesThatOverflow {
  readonly entries: 'exponentials' | 'absorbing';
  /** The parameters, for a weight. */
  parameters(weight: number): Readonly<Record<string, unknown>>;
  /** An entry of y with the given size and sign (`side` is 1 or −1), and its prox by a formula without overflow; `product` is γ times the weight. */
  at(size: number, side: number, product: number): readonly [y: number, prox: number];
}

/** A function of the norm of y, at sizes whose squares overflow. */
export interface NormThatOverflows {
  /** Entries before the large ones. */
  readonly before?: readonly number[];
  /** The parameters, for a weight or radius. */
  parameters(weight: number): Readonly<Record<string, unknown>>;
  /** The prox of y, whose norm is given. It is the same for every step, up to a rounding. */
  prox(y: readonly number[], norm: number, weight: number): readonly number[];
}

/**
 * Questions for the test vectors, whose exact answers are in files. For a convex function of single coordinates they are around its kinks, for one
 * that is not convex away from its jumps; for all others they are the `points`, where the prox must be rational.
 */
export interface VectorsOf {
  /** The parameters, as plain JSON. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Points y, perhaps one for each step γ, and their purpose as a word of `flags` in the files, e.g. `between` or `tie`. */
  readonly points?: readonly (readonly [flag: string, y: readonly number[] | ((step: number) => readonly number[])])[];
  /** Steps γ; by default four, or two for the indicator of a set. */
  readonly steps?: readonly number[];
  /**
   * Points with two minimisers that are exactly equally good, each with both signs, at the step `tieStep`; claims about all functions ask at that step
   * too.
   */
  readonly ties?: readonly number[];
  readonly tieStep?: number;
}

/** A wrong prox. */
export interface WrongProx<Values> {
  /** The value returned for prox_{γr}(y). */
  prox(parameters: Values, step: number, y: Float64Array): ArrayLike<number>;
}

/** A wrong value. */
export interface WrongValue<Values> {
  /** The value returned for r(u). */
  value(parameters: Values, u: Float64Array): number;
}

/** Wrong methods, if a formula of the prox or the value alone cannot express the error. */
export interface WrongMethods<Values> {
  /** The methods that replace those of the right function. A result other than `out` is copied into it. */
  change(honest: ProximableFunction, parameters: Values): Partial<ProximableFunction>;
  /** True if only the residuals are wrong, or a result in `out`: what no question of a prox, value or gradient shows. */
  readonly ofForms?: true;
}

/**
 * A wrong form of a function, planted instead of the right one: a claim about functions must catch it. `description` says what is wrong. It replaces one
 * formula, the prox (from which its residuals then follow) or the value, or whole methods with `change`.
 */
export type WrongForm<Values> = { readonly description: string } & (
  | WrongProx<Values>
  | WrongValue<Values>
  | WrongMethods<Values>
);

/** The entry of the vocabulary for a type of function. */
export interface FunctionDefinition<P extends Parameters = Parameters> {
  /** The name in JSON, in kebab-case. */
  readonly type: string;
  /** r(u) in plain text, with the parameters under their names. */
  readonly formula: string;
  /** Its parameters, by name. */
  readonly parameters: P;
  /** Properties of every function of the type. */
  readonly traits: FunctionTraits;
  /** Bounds on the rounding errors of the prox: functions with an exact twin are checked against them. */
  readonly roundings?: Roundings;
  /** A prox that returns elements of y and bounds, and computes nothing. */
  readonly proxRounding?: 'none';
  /** Parameters that are not drawn by their kind and range, by name. */
  readonly drawn?: Readonly<Record<string, Drawn>>;
  /** Points at which a formula that squares or takes exponentials first gives 0, an infinity or NaN, with the right prox. */
  readonly overflow?: EntriesThatOverflow | NormThatOverflows;
  /** Valid parameters as plain JSON: for listings, and for the tests that go through the whole vocabulary. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
  /** Its questions in the files of test vectors, if its prox is rational. */
  readonly vectors?: readonly VectorsOf[];
  /** Wrong forms by name, e.g. `step-dropped`: the claims about functions are tried on them. */
  readonly mutants?: Readonly<Record<string, WrongForm<ParameterValues<P>>>>;
}

/** The data of the registry about a type of function. */
export interface VocabularyEntry<P extends Parameters = Parameters, F extends ProximableFunction = ProximableFunction> {
  /** The definition of the type. */
  readonly definition: FunctionDefinition<P>;
  /** The function of parameters that were read from JSON: `path` prefixes names in errors, `parse` reads nested functions. */
  fromJson(parameters: Readonly<Record<string, unknown>>, path: string, parse: NonNullable<ParameterPlace['parse']>): F;
}

/**
 * The factory of one type of function, e.g. `l1({ weight: 0.5 })`. A missing, unknown or ill-typed parameter throws a ParameterError that names it
 * and what is allowed.
 */
export interface FunctionFactory<P extends Parameters, F extends ProximableFunction = ProximableFunction>
  extends VocabularyEntry<P, F> {
  (parameters: ParameterInputs<P>): F;
}

/**
 * Makes the factory of one type of function from its definition and from `create`, which receives validated parameters and
 * the `{ type, parameters }` that the function must carry. Missing, unknown and ill-typed parameters throw a ParameterError.
 * The object that it returns must not start with a spread: in Node 20 every property after an initial spread takes half a microsecond, which made
 * creating a function ten times slower.
 *
 * @example
 * const ridge = defineFunction({
 *   type: 'ridge',
 *   formula: 'weight/2 * sum_i u_i^2',
 *   parameters: { weight: parameters.weight },
 *   traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'no' },
 *   examples: [{ weight: 1 }],
 *   create: ({ weight }, identity) => ({
 *     convex: true,
 *     ...identity,
 *     value: (u) => (weight / 2) * u.reduce((sum, v) => sum + v * v, 0),
 *     prox: (y, step) => y.map((v) => v / (1 + step * weight)),
 *     residual: (y, step) => y.map((v) => (step * weight * v) / (1 + step * weight)),
 *     dividedResidual: (y, step) => y.map((v) => (weight * v) / (1 + step * weight)),
 *   }),
 * });
 * assert.equal(ridge({ weight: 1 }).prox(Float64Array.of(3), 2)[0], 1);
 */
export function defineFunction<const P extends Parameters, F extends ProximableFunction = ProximableFunction>(
  definition: FunctionDefinition<P> & {
    create(values: ParameterValues<P>, identity: Pick<ProximableFunction, 'type' | 'parameters'>): F;
  },
): FunctionFactory<P, F> {
  const { create, ...described } = definition;
  const { type, parameters } = described;

  function build(given: unknown, place: Omit<ParameterPlace, 'owner'>): F {
    const { values, json } = readParameters(parameters, given, { owner: type, ...place });
    return create(values, { type, parameters: json });
  }

  return Object.assign((given: ParameterInputs<P>) => build(given, { path: '' }), {
    definition: described,
    fromJson: (given: Readonly<Record<string, unknown>>, path: string, parse: NonNullable<ParameterPlace['parse']>) =>
      build(given, { path, parse }),
  });
}

type OfVector = (u: Float64Array) => number;
type Writes = (y: Float64Array, step: number, out: Float64Array) => void;

/** A function whose arguments are checked elsewhere: its vectors have the right length, steps are positive, and `out` is there and may be the input. */
type Unchecked<F extends ProximableFunction> = Omit<F, 'prox' | 'residual' | 'dividedResidual' | 'gradient'> & {
  readonly prox: Writes;
  readonly residual: Writes;
  readonly dividedResidual: Writes;
  readonly gradient?: (u: Float64Array, out: Float64Array) => void;
};

/** Checks the arguments of a function of the vocabulary, and makes a vector for the result unless `out` is given. The object stays the same. */
export function checkedFunction<F extends ProximableFunction = ProximableFunction>(unchecked: Unchecked<F>): F {
  const { type, dimension, value, violation, gradient, prox, residual, dividedResidual } =
    unchecked as Unchecked<ProximableFunction>;
  const operator =
    (write: Writes): ProximableFunction['prox'] =>
    (y, step, out) => {
      const result = proxReceiver(type, y, step, out, dimension);
      write(y, step, result);
      return result;
    };
  const measure =
    (of: OfVector): OfVector =>
    (u) => {
      checkVector(type, u, dimension);
      return of(u);
    };
  const checked: Partial<ProximableFunction> = {
    value: measure(value),
    prox: operator(prox),
    residual: operator(residual),
    dividedResidual: operator(dividedResidual),
    ...(violation && { violation: measure(violation) }),
    ...(gradient && {
      gradient(u: Float64Array, out?: Float64Array) {
        const result = receiver(type, u, out, dimension);
        gradient(u, result);
        return result;
      },
    }),
  };
  return Object.assign(unchecked as object, checked) as F;
}

const zero: OfVector = () => 0;

/** Whether a function is the indicator of a set by its definition: `onDomain` with nothing inside. */
export const isIndicator = ({ finiteValue }: Pick<ProximableFunction, 'finiteValue'>): boolean => finiteValue === zero;

/**
 * The three members of a function that is +∞ outside of its domain: its value from the distance to the domain, which is 0 inside, and from
 * what it is inside; by default an indicator, 0 inside.
 */
export function onDomain(
  violation: OfVector,
  finiteValue = zero,
): Required<Pick<ProximableFunction, 'value' | 'violation' | 'finiteValue'>> {
  return { value: (u) => (violation(u) === 0 ? finiteValue(u) : Infinity), violation, finiteValue };
}

/** The same for a function that acts on every coordinate alike: each of its summands is the function itself. */
export function coordinatewise(unchecked: Unchecked<ProximableFunction>): ProximableFunction {
  const self = checkedFunction(unchecked);
  return Object.assign(self, { coordinate: () => self });
}

/** The two residuals of a function whose prox is the same for every step, as of the indicator of a set, from what writes y − prox(y) into `out`. */
export function residualsOf(
  write: (y: Float64Array, out: Float64Array) => void,
): Pick<Unchecked<ProximableFunction>, 'residual' | 'dividedResidual'> {
  return {
    residual: (y, _, out) => write(y, out),
    dividedResidual(y, step, out) {
      write(y, out);
      for (let i = 0; i < y.length; i++) out[i]! /= step;
    },
  };
}
