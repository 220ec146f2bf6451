import type { Parameter, ParameterPlace, Parameters } from '../parameters/parameter.js';
import { type ParameterValues, readParameters } from '../parameters/read-parameters.js';
import type { FunctionSpecification, ProximableFunction } from './proximable-function.js';

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
  /** A sum of one-dimensional functions: `coordinate` is there. */
  readonly separable: Trait;
  /** Differentiable with a Lipschitz continuous gradient: `gradient` and `smooth` are there. */
  readonly smooth: Trait;
  /** `conjugate` is there. */
  readonly conjugate: Trait;
  /** 0 in a closed convex set and ∞ outside: the prox is the projection. Not there means no. */
  readonly indicator?: Exclude<Trait, 'no'>;
  /** It is ∞ at the boundary of its domain: no prox is on it. Not there means no. */
  readonly barrier?: 'yes';
  /**
   * Every number that a formula of the prox meets is as small as y: there is no place but 0, and weights enter by γτ = y − p alone, for τ a
   * subgradient at the prox p, so by no more than |y| + |p|, whatever the weight and γ are. Not there means that nothing is known.
   */
  readonly placeless?: 'yes';
  /** A place that is none of its parameters, from which a formula may measure u, whatever the weight. */
  readonly fixedPlace?: number;
}

/**
 * Isometries T with r(Tu) = r(u): permutations of the entries, changes of their signs, the same number added to all of them; the order turned
 * round, all signs changed; both of them on all entries but the first; of complex numbers, their conjugates, and all of them times i. A function
 * with a parameter for each entry has those that leave it alone.
 */
export type Symmetry =
  | 'permutations'
  | 'signs'
  | 'shifts'
  | 'reversal'
  | 'negation'
  | 'of-the-tail'
  | 'conjugation'
  | 'turns';

/**
 * How many roundings the formulas of a function of single coordinates take, each at most u times |p| + γ|τ| for the prox p and u|τ| for the
 * divided residual τ (y itself is at most |p| + γ|τ|), with u the unit roundoff.
 */
export interface Roundings {
  readonly prox: number;
  readonly slope: number;
  /** The rounded operations in order. */
  readonly why: string;
}

/**
 * How a parameter is drawn for the cases of claims, where its kind and range do not say it: never 0 though it may be; a vector that is not 0;
 * `upper`, no less than `lower`; `groupWeights`, one for each of the `groups`; `groups` that hold both parts of each complex number.
 */
export type Drawn = 'positive' | 'nonzero' | 'at-least-lower' | 'one-per-group' | 'complex-numbers';

/** A function of single coordinates at sizes at which an exponential overflows, or beside whose square nothing of γ times a weight is left. */
export interface EntriesThatOverflow {
  readonly entries: 'exponentials' | 'absorbing';
  /** The parameters, for a weight. */
  parameters(weight: number): Readonly<Record<string, unknown>>;
  /** An entry of y of a size on one side of 0, 1 or −1, and that of the prox, by a formula in which nothing overflows; `product` is γ times the weight. */
  at(size: number, side: number, product: number): readonly [y: number, prox: number];
}

/** A function of the norm of y, at sizes the squares of which overflow. */
export interface NormThatOverflows {
  /** Entries that stand before those of size. */
  readonly before?: readonly number[];
  /** The parameters, for a weight or radius. */
  parameters(weight: number): Readonly<Record<string, unknown>>;
  /** The prox of y, of which the norm is told: for every step the same to a rounding. */
  prox(y: readonly number[], norm: number, weight: number): readonly number[];
}

/**
 * Questions of which the exact answers are on file as test vectors. Of a convex function of single coordinates they are asked around its kinks,
 * of one that is not convex away from them; of all others at `points`, for which the prox must be rational.
 */
export interface VectorsOf {
  /** The parameters, as plain JSON. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Points y, perhaps one for each step γ, and why they are asked, in a word of `flags` in the files, e.g. `between` or `tie`. */
  readonly points?: readonly (readonly [flag: string, y: readonly number[] | ((step: number) => readonly number[])])[];
  /** Steps γ; by default four, of which two for the indicator of a set. */
  readonly steps?: readonly number[];
  /** Where two minimisers are exactly as good, each with both signs, at the step `tieStep`. */
  readonly ties?: readonly number[];
  readonly tieStep?: number;
}

/** A value as specifications have it: functions by their specifications, vectors as arrays. */
type Plain<Value> = Value extends ProximableFunction
  ? FunctionSpecification
  : Value extends Float64Array
    ? readonly number[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Plain<Value[Key]> }
      : Value;

/** prox_{γr}(y) of the function r that a specification describes. */
type ProxOf = (specification: FunctionSpecification, step: number, y: Float64Array) => Promise<Float64Array>;

/** A prox that is wrong. */
export interface WrongProx<Values> {
  /** The value returned for prox_{γr}(y). */
  prox(parameters: Values, step: number, y: Float64Array): ArrayLike<number>;
}

/** A value that is wrong. */
export interface WrongValue<Values> {
  /** The value returned for r(u). */
  value(parameters: Values, u: Float64Array): number;
}

/** Methods that are wrong, where a formula of the prox or of the value alone cannot say what is. */
export interface WrongMethods<Values> {
  /** What stands in place of the methods of the right function. A result that is not `out` is written into it. */
  change(honest: ProximableFunction, parameters: Values): Partial<ProximableFunction>;
}

/**
 * A wrong form of a function, which is planted in place of the right one: the claim `killedBy`, e.g. `prox-variational-inequality`, must
 * catch it. `description` says what is wrong. One formula is replaced, the prox (its residuals then follow from it) or the value; or whole
 * methods, as `change` makes them.
 */
export type WrongForm<Values> = { readonly description: string; readonly killedBy: string } & (
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
  /** What it is made from, by name. */
  readonly parameters: P;
  /** What is true of every function of the type. */
  readonly traits: FunctionTraits;
  /** What leaves the function unchanged; not there means that nothing is known. */
  readonly symmetries?: readonly Symmetry[];
  /** What rounding may do to the prox: functions with an exact twin are held to it. */
  readonly roundings?: Roundings;
  /**
   * What a prox may lose on vectors with exact answers: nothing where it returns elements of y and bounds, the three roundings of y/(1 + γw), or
   * those of a sum over all elements beside a few of its own. Not there means those few.
   */
  readonly proxRounding?: 'none' | 'division' | 'sum';
  /** Parameters by name that are drawn in another way than by their kind and range. */
  readonly drawn?: Readonly<Record<string, Drawn>>;
  /** Points at which a formula that squares or takes exponentials first gives 0, an infinity or NaN, with the right prox. */
  readonly overflow?: EntriesThatOverflow | NormThatOverflows;
  /** Valid parameters as plain JSON: for listings, and for the tests that go through the whole vocabulary. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
  /** What is asked of it in a file of test vectors, where its prox is rational. */
  readonly vectors?: readonly VectorsOf[];
  /**
   * The prox of a wrapper, a function that is built from others, written out in proxes of those alone. A definition with a rule is put around every
   * function that stands on its own, and `calculus-rules` holds implementations to the rule.
   */
  rule?(parameters: Plain<ParameterValues<P>>, step: number, y: Float64Array, prox: ProxOf): Promise<Float64Array>;
  /** Wrong forms by name, e.g. `step-dropped`: the claims about functions are tried on them. */
  readonly mutants?: Readonly<Record<string, WrongForm<ParameterValues<P>>>>;
}

/** The data of the registry about a type of function. */
export interface VocabularyEntry<P extends Parameters = Parameters, F extends ProximableFunction = ProximableFunction> {
  /** What the vocabulary knows about the type. */
  readonly definition: FunctionDefinition<P>;
  /** The function of parameters that were read from JSON: `path` prefixes names in errors, `parse` reads nested functions. */
  fromJson(parameters: Readonly<Record<string, unknown>>, path: string, parse: NonNullable<ParameterPlace['parse']>): F;
}

/**
 * The factory of one type of function, e.g. `l1({ weight: 0.5 })`. A missing, unknown or ill-typed parameter is a ParameterError, which names it
 * and what is allowed.
 */
export interface FunctionFactory<P extends Parameters, F extends ProximableFunction = ProximableFunction>
  extends VocabularyEntry<P, F> {
  (parameters: ParameterInputs<P>): F;
}

/**
 * Makes the factory of one type of function from its definition and from `create`, which receives validated parameters and
 * the `{ type, parameters }` that the function must carry. Missing, unknown and ill-typed parameters throw a ParameterError.
 * The object that it returns begins with a property of its own: in Node 20 each one that is added behind a spread at the beginning takes half a
 * microsecond, which made making a function ten times as slow.
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

const zero: OfVector = () => 0;

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
