import type { VocabularyEntry } from '../../reference/functions/definition/define-function.js';
import { ParameterError } from '../../reference/functions/definition/parameter-error.js';
import { parseFunction } from '../../reference/functions/definition/parse.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import { registry } from '../../reference/functions/definition/registry.js';
import { rememberRecent } from '../../reference/functions/definition/remember-recent.js';
import { readParameters } from '../../reference/functions/parameters/read-parameters.js';
import type { Implementation } from './implementation.js';
import { reference } from './reference.js';

/** A wrong formula in place of one of the library's: from the definition of the function, or an entry of fixtures/mutants/functions. */
export interface FunctionMutant {
  readonly name: string;
  /** The type of the vocabulary that is wrong, wherever it is used. */
  readonly type: string;
  /** The claim that must catch it. */
  readonly killedBy: string;
  readonly description: string;
  /** The wrong prox on plain arrays; residuals are then the difference with it. `prox` is the right one of functions inside. */
  prox?(
    parameters: ProximableFunction['parameters'],
    step: number,
    y: number[],
    prox: (specification: FunctionSpecification, step: number, y: number[]) => number[],
  ): number[];
  /** Methods of the library's function that are replaced. */
  change?(honest: ProximableFunction): Partial<ProximableFunction>;
}

/** The wrong forms in the definitions of functions, each under the type and its own name, e.g. `l1-step-dropped`. */
export function definedMutants(entries: Iterable<VocabularyEntry> = registry.values()): FunctionMutant[] {
  return [...entries].flatMap(({ definition: { type, parameters, mutants = {} } }) => {
    const valuesOf = (json: ProximableFunction['parameters']) =>
      readParameters(parameters, json, { owner: type, path: '', parse: parseFunction }).values;
    return Object.entries(mutants).map(([name, form]): FunctionMutant => {
      const { description, killedBy } = form;
      const about = { name: `${type}-${name}`, type, killedBy, description };
      return 'prox' in form
        ? { ...about, prox: (json, step, y) => Array.from(form.prox(valuesOf(json), step, Float64Array.from(y))) }
        : { ...about, change: (honest) => ({ value: (u) => form.value(valuesOf(honest.parameters), u) }) };
    });
  });
}

type Parse = (json: unknown, path: string) => ProximableFunction;

/** The wrong prox with the residuals that follow from it. */
function withProx(honest: ProximableFunction, mutant: FunctionMutant, parse: Parse): ProximableFunction {
  const inner = (specification: FunctionSpecification, step: number, y: number[]): number[] =>
    Array.from(parse(specification, '').prox(Float64Array.from(y), step));
  const write = (values: Float64Array, out?: Float64Array): Float64Array => {
    if (out === undefined) return values;
    out.set(values);
    return out;
  };
  const prox = (y: Float64Array, step: number): Float64Array =>
    Float64Array.from(mutant.prox!(honest.parameters, step, Array.from(y), inner));
  const residual = (y: Float64Array, step: number): Float64Array => {
    const u = prox(y, step);
    return y.map((value, i) => value - u[i]!);
  };
  return {
    ...honest,
    prox: (y, step, out) => write(prox(y, step), out),
    residual: (y, step, out) => write(residual(y, step), out),
    dividedResidual: (y, step, out) =>
      write(
        residual(y, step).map((value) => value / step),
        out,
      ),
  };
}

/**
 * The reference with one planted defect, inside of wrappers too, as an implementation under test of the given types. It says what the
 * reference says, except that it is not the reference.
 */
export function plantDefect(mutant: FunctionMutant, functions: readonly string[]): Implementation {
  const parse: Parse = (json, path) => {
    const { type, ...parameters } = json as FunctionSpecification;
    const entry = registry.get(type);
    if (entry === undefined) throw new ParameterError('function', `${path}type`, type, 'a type of the vocabulary');
    const honest = entry.fromJson(parameters, path, parse);
    if (type !== mutant.type) return honest;
    return mutant.prox === undefined ? { ...honest, ...mutant.change!(honest) } : withProx(honest, mutant, parse);
  };
  const functionOf = rememberRecent((specification: FunctionSpecification) => parse(specification, ''), 32);
  const { reference: _, ...rest } = reference;
  return {
    ...rest,
    description: {
      ...reference.description,
      name: mutant.name,
      methods: ['prox', 'value', 'gradient'],
      functions,
      smooth: [],
      algorithms: [],
      statefulAlgorithms: [],
    },
    functionOf,
    prox: async (specification, step, x) => functionOf(specification).prox(x, step),
    value: async (specification, x) => functionOf(specification).value(x),
    gradient: async (specification, x) => functionOf(specification).gradient!(x),
  };
}
