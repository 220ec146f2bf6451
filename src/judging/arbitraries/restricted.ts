import { isOneNumber, isWeight, parametersOf, type Restrictions } from '../../claims/implementation/restrictions.js';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { Parameter } from '../../reference/functions/parameters/parameter.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';

/** The smallest generated positive weight, which replaces 0. */
const smallest = 1 / 8;

/** The specification in an offered form. Inner functions are generated first, so they already have such a form. */
export function restrictedTo<Specification extends FunctionSpecification | SmoothSpecification>(
  specification: Specification,
  restrictions: Restrictions | undefined,
): Specification {
  if (restrictions === undefined) return specification;
  const parameters = parametersOf(specification.type);
  const restricted = Object.fromEntries(
    Object.entries(specification).map(([name, value]) => [
      name,
      parameters[name] === undefined
        ? value
        : restrictedValue(specification.type, name, parameters[name], value, restrictions),
    ]),
  );
  return withWeightPerGroup(restricted) as unknown as Specification;
}

/** There may be more or fewer groups than weights: the weights are repeated. */
function withWeightPerGroup(specification: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { groups, groupWeights } = specification as { groups?: unknown[]; groupWeights?: ArrayLike<number> };
  if (groups === undefined || groupWeights === undefined) return specification;
  return { ...specification, groupWeights: groups.map((_, g) => groupWeights[g % groupWeights.length]!) };
}

function restrictedValue(
  type: string,
  name: string,
  { kind }: Parameter,
  value: unknown,
  restrictions: Restrictions,
): unknown {
  const positive = (weight: unknown): unknown => (weight === 0 ? smallest : weight);
  if (restrictions.positiveWeights === true && isWeight(name)) {
    if (kind === 'number') return positive(value);
    if (kind === 'vector') return Array.from(value as ArrayLike<number>, positive);
  }
  // The bounds of a box stay in their order: the first of both, or the one for all.
  if (kind === 'number-or-vector' && isOneNumber(name, restrictions)) return [value].flat()[0];
  return kind === 'groups' && restrictions.equalGroups === true ? equalGroups(type, value as number[][]) : value;
}

/** Functions whose groups hold complex numbers. The last number may be real and so have another size: then all numbers form one group. */
const ofComplexNumbers = ['complex-group-l2'];

/** The same indices in groups of one size: a divisor of their number, which the size of the first group chooses. */
function equalGroups(type: string, groups: readonly (readonly number[])[]): number[][] {
  const indices = groups.flat();
  if (ofComplexNumbers.includes(type)) return [indices];
  const divisors = Array.from(indices, (_, i) => i + 1).filter((size) => indices.length % size === 0);
  const size = divisors[(groups[0]!.length - 1) % divisors.length]!;
  return Array.from({ length: indices.length / size }, (_, g) => indices.slice(g * size, (g + 1) * size));
}

/** Fields of a case that are a mini-batch, and one that is a list of them. */
const [batch, batches] = ['indices', 'batches'];

/** The same case for an implementation that draws one component an iteration: the first of every mini-batch. */
export function withOneDraw(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || ArrayBuffer.isView(input)) return input;
  if (Array.isArray(input)) return input.map(withOneDraw);
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      if (name === batch) return [name, (value as readonly number[]).slice(0, 1)];
      if (name === batches) return [name, (value as readonly (readonly number[])[]).map((own) => own.slice(0, 1))];
      return [name, withOneDraw(value)];
    }),
  );
}

/** Hyperparameters with those of the names 0, or false where they are flags. */
function lackingHyperparameters(given: Hyperparameters, names: readonly string[]): Hyperparameters {
  const lacked = Object.keys(given).filter((name) => names.includes(name));
  return {
    ...given,
    ...Object.fromEntries(lacked.map((name) => [name, typeof given[name] === 'boolean' ? false : 0])),
  };
}

/** The same case without the hyperparameters of the names, where it has any. */
export function withoutHyperparameters(names: readonly string[]): (input: unknown) => unknown {
  return (input) => {
    const { hyperparameters } = input as { readonly hyperparameters?: Hyperparameters };
    if (hyperparameters === undefined) return input;
    return { ...(input as object), hyperparameters: lackingHyperparameters(hyperparameters, names) };
  };
}

/** The same case with these values of the hyperparameters, where it has them; those that are null stay. */
export function withFixedHyperparameters(
  fixed: NonNullable<Restrictions['fixedHyperparameters']>,
): (input: unknown) => unknown {
  return (input) => {
    const { hyperparameters } = input as { readonly hyperparameters?: Hyperparameters };
    if (hyperparameters === undefined) return input;
    const own = Object.entries(fixed).filter(([name, value]) => value !== null && name in hyperparameters);
    return { ...(input as object), hyperparameters: { ...hyperparameters, ...Object.fromEntries(own) } };
  };
}

/** Categories of cases that need a hyperparameter of this name. */
const neededFor: Readonly<Record<string, readonly string[]>> = {
  dampening: ['dampening'],
  nesterov: ['nesterov'],
  weightDecay: ['weight decay', 'decoupled decay'],
  decoupled: ['decoupled decay'],
  amsgrad: ['AMSGrad'],
  centered: ['centred'],
};

/** Categories of cases that are never reached if hyperparameters are 0. */
export const neverWithout = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => neededFor[name] ?? []);

/** Categories of cases that are never reached if hyperparameters have these values. */
export const neverFixed = (fixed: NonNullable<Restrictions['fixedHyperparameters']>): readonly string[] =>
  Object.entries(fixed).flatMap(([name, value]) => {
    if (Number(value) === 0) return [...neverWithout([name]), ...(name === 'momentum' ? ['momentum', 'nesterov'] : [])];
    return name === 'momentum' ? ['no momentum'] : [];
  });

/** Categories of cases that one draw never reaches: components that are drawn twice, or that cancel each other. */
export const neverInOneDraw: readonly string[] = ['repeated component', 'certain sign of what is left'];
