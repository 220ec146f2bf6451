import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { ParameterError } from '../../reference/functions/definition/arguments.js';
import type { VocabularyEntry, WrongForm } from '../../reference/functions/definition/define-function.js';
import { parseFunction, registry, rememberRecent } from '../../reference/functions/definition/parse.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import { readParameters } from '../../reference/functions/parameters/read-parameters.js';
import { answering, type Implementation } from './implementation.js';
import { answeringBy, reference } from './reference.js';

/** A wrong form of a function, instead of the right one. */
export type FunctionMutant = {
  readonly name: string;
  /** The type of the vocabulary that is wrong, wherever it is used. */
  readonly type: string;
} & WrongForm<never>;

/** The wrong forms in the definitions of functions, each under the type and its own name, e.g. `l1-step-dropped`. */
export function definedMutants(entries: Iterable<VocabularyEntry> = registry.values()): FunctionMutant[] {
  return [...entries].flatMap(({ definition: { type, mutants = {} } }) =>
    Object.entries(mutants).map(([name, form]) => ({ ...form, name: `${type}-${name}`, type })),
  );
}

type Vectorial = (...parameters: never[]) => Float64Array;

/** The method, with its result in `out` if that is given. */
function obeying<M extends Vectorial>(method: M, parameters: number): M {
  const obedient = (...given: Parameters<M>): Float64Array => {
    const out = given[parameters] as Float64Array | undefined;
    const result = method(...given);
    if (out === undefined || result === out) return result;
    out.set(result);
    return out;
  };
  return obedient as M;
}

/** The methods that replace those of the right function. */
function changes(mutant: FunctionMutant, honest: ProximableFunction, values: never): Partial<ProximableFunction> {
  if ('value' in mutant) return { value: (u) => mutant.value(values, u) };
  if ('change' in mutant) return mutant.change(honest, values);
  const prox = (y: Float64Array, step: number): Float64Array => Float64Array.from(mutant.prox(values, step, y.slice()));
  const residual = (y: Float64Array, step: number): Float64Array => {
    const u = prox(y, step);
    return y.map((value, i) => value - u[i]!);
  };
  return { prox, residual, dividedResidual: (y, step) => residual(y, step).map((value) => value / step) };
}

/** The claim that is about what a wrong form replaces. */
export function claimAbout(mutant: FunctionMutant): string {
  const { definition } = registry.get(mutant.type)!;
  const [example = {}] = definition.examples;
  const honest = parseFunction({ type: mutant.type, ...example });
  const { values } = readParameters(definition.parameters, example, {
    ...{ owner: mutant.type, path: '' },
    parse: (json) => parseFunction(json),
  });
  const changed = changes(mutant, honest, values as never);
  return 'value' in changed ? 'function-values' : 'gradient' in changed ? 'function-gradients' : 'eq6-prox';
}

/** The function with one defect. */
function withDefect(mutant: FunctionMutant, honest: ProximableFunction, values: never): ProximableFunction {
  const { prox, residual, dividedResidual, gradient, ...rest } = changes(mutant, honest, values);
  return {
    ...honest,
    ...rest,
    ...(prox && { prox: obeying(prox, 2) }),
    ...(residual && { residual: obeying(residual, 2) }),
    ...(dividedResidual && { dividedResidual: obeying(dividedResidual, 2) }),
    ...(gradient && { gradient: obeying(gradient, 1) }),
  };
}

type Parse = (json: unknown, path: string) => ProximableFunction;

/** The reference's functions with planted defects, one of a type at most, also inside wrappers. */
export function defectiveFunctions(
  ...mutants: readonly FunctionMutant[]
): (specification: FunctionSpecification) => ProximableFunction {
  const parse: Parse = (json, path) => {
    const { type, ...parameters } = json as FunctionSpecification;
    const entry = registry.get(type);
    if (entry === undefined) throw new ParameterError('function', `${path}type`, type, 'a type of the vocabulary');
    const honest = entry.fromJson(parameters, path, parse);
    const mutant = mutants.find((each) => each.type === type);
    if (mutant === undefined) return honest;
    const { values } = readParameters(entry.definition.parameters, parameters, { owner: type, path, parse });
    return withDefect(mutant, honest, values as never);
  };
  return rememberRecent((specification: FunctionSpecification) => parse(specification, ''), 32);
}

/**
 * The reference with planted defects, one of a type at most, also inside wrappers, as an implementation under test of the given types. Its
 * description is that of the reference, except that it is not marked as the reference.
 */
export function plantDefect(
  planted: FunctionMutant | readonly FunctionMutant[],
  functions: readonly string[],
): Implementation {
  const mutants = [planted].flat();
  const functionOf = defectiveFunctions(...mutants);
  const { reference: _, ...rest } = reference;
  return answering(
    {
      ...rest,
      description: {
        ...reference.description,
        name: mutants.map(({ name }) => name).join(', '),
        methods: ['prox', 'value', 'gradient'],
        functions,
        smooth: [],
        algorithms: [],
        statefulAlgorithms: [],
        shapes: [],
      },
      functionOf,
    },
    {
      prox: ({ function: specification, step, x }) => ({ x: functionOf(specification).prox(x, step) }),
      value: ({ function: specification, x }) => ({ value: functionOf(specification).value(x) }),
      gradient: ({ function: specification, x }) => ({ x: functionOf(specification).gradient!(x) }),
    },
  );
}

/** The reference with an error of the definition of an algorithm with memory, by what is wrong, as an implementation under test. */
export function plantError(algorithm: StatefulAlgorithmName, wrong: string): Implementation {
  const definition = statefulAlgorithms[algorithm];
  const update = definition.errors[wrong]!(definition.update);
  const { reference: _, ...rest } = reference;
  return {
    ...rest,
    description: { ...reference.description, name: `${algorithm}: ${wrong}`, statefulAlgorithms: [algorithm] },
    ask: answeringBy({ ...statefulAlgorithms, [algorithm]: { ...definition, update } }),
  };
}
