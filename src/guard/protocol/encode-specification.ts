import type { AheadIteration, Question } from '../../claims/implementation/implementation.js';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { registry } from '../../reference/functions/index.js';
import type { Parameter, Parameters } from '../../reference/functions/parameters/parameter.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import { smoothRegistry } from '../../reference/smooth/index.js';
import type { RealEncoding } from './real-encoding.js';

type Specification = FunctionSpecification | SmoothSpecification;
type WireObject = Readonly<Record<string, unknown>>;

/** A vector as in a message. */
export function encodeVector(vector: ArrayLike<number>, encoding: RealEncoding): (string | number)[] {
  return Array.from(vector, encoding.encode);
}

/** Encodes a number, or an infinite bound, which a specification writes as the string "Infinity" or "-Infinity". */
const encodeReal = (value: unknown, encoding: RealEncoding): string | number => encoding.encode(Number(value));

const encodeReals = (value: unknown, encoding: RealEncoding): unknown[] =>
  Array.from(value as ArrayLike<unknown>, (entry) => encodeReal(entry, encoding));

function encodeParameter({ kind }: Parameter, value: unknown, encoding: RealEncoding): unknown {
  switch (kind) {
    case 'number':
      return encodeReal(value, encoding);
    case 'number-or-vector':
      return typeof value === 'object' ? encodeReals(value, encoding) : encodeReal(value, encoding);
    case 'vector':
    case 'probabilities':
      return encodeReals(value, encoding);
    case 'matrix': {
      const { rows, columns, data } = value as { rows: number; columns: number; data: ArrayLike<number> };
      return { rows, columns, data: encodeVector(data, encoding) };
    }
    case 'function':
      return encodeFunction(value as FunctionSpecification, encoding);
    case 'functions':
      return (value as FunctionSpecification[]).map((inner) => encodeFunction(inner, encoding));
    case 'blocks':
      return (value as { length: number; function: FunctionSpecification }[]).map((block) => ({
        length: block.length,
        function: encodeFunction(block.function, encoding),
      }));
    // Integers, words and flags are plain JSON in both encodings.
    default:
      return value;
  }
}

function encode(specification: Specification, parameters: Parameters, encoding: RealEncoding): WireObject {
  const { type, ...given } = specification;
  return { type, ...encodeParameters(type, given, parameters, encoding) };
}

/** Parameters by name as in a message; throws a RangeError for one that their owner does not have. */
function encodeParameters(
  owner: string,
  given: Readonly<Record<string, unknown>>,
  parameters: Parameters,
  encoding: RealEncoding,
): WireObject {
  const encoded: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const parameter = parameters[name];
    if (parameter === undefined) throw new RangeError(`${owner} has no parameter ${name}`);
    encoded[name] = encodeParameter(parameter, value, encoding);
  }
  return encoded;
}

function definitionOf(
  vocabulary: ReadonlyMap<string, { readonly definition: { readonly parameters: Parameters } }>,
  type: string,
): Parameters {
  const entry = vocabulary.get(type);
  // A type outside the vocabulary is sent without parameters: the other side must refuse it.
  return entry?.definition.parameters ?? {};
}

/** r as in a message: every real parameter in the agreed encoding, integers as JSON integers. */
export function encodeFunction(specification: FunctionSpecification, encoding: RealEncoding): WireObject {
  return encode(specification, definitionOf(registry, specification.type), encoding);
}

/** d as in a message. */
export function encodeSmooth(specification: SmoothSpecification, encoding: RealEncoding): WireObject {
  return encode(specification, definitionOf(smoothRegistry, specification.type), encoding);
}

/** The problem as in a message. */
export function encodeProblem(problem: ProblemSpecification, encoding: RealEncoding): WireObject {
  return {
    smooth: encodeSmooth(problem.smooth, encoding),
    functions: problem.functions.map((specification) => encodeFunction(specification, encoding)),
    probabilities: encodeVector(problem.probabilities, encoding),
  };
}

/** r or d as in a message: a type in both vocabularies has the same formula. */
const encodeTerm = (term: Specification, encoding: RealEncoding): WireObject =>
  registry.has(term.type) ? encodeFunction(term, encoding) : encodeSmooth(term, encoding);

/** How the fields of a question are sent, if not as they are. */
const encoders: Readonly<Record<string, (value: never, encoding: RealEncoding, question: Question) => unknown>> = {
  function: encodeTerm,
  step: (step: number, encoding) => encoding.encode(step),
  steps: encodeVector,
  x: encodeVector,
  probabilities: encodeVector,
  gradient: encodeVector,
  gradients: (gradients: readonly (readonly number[])[], encoding) =>
    gradients.map((gradient) => encodeVector(gradient, encoding)),
  ahead: (ahead: readonly AheadIteration[], encoding) =>
    ahead.map(({ step, gradient, indices }) => ({
      step: encoding.encode(step),
      ...(gradient ? { gradient: encodeVector(gradient, encoding) } : { indices }),
    })),
  hyperparameters: (given: Hyperparameters, encoding, question) => {
    const { algorithm } = question as { readonly algorithm: StatefulAlgorithmName };
    return encodeParameters(algorithm, given, statefulAlgorithms[algorithm].parameters, encoding);
  },
};

/**
 * The fields of a request, without its method and its state. Where γ changes, the request has `steps` alone.
 *
 * @param problemOf encodes the problem, which many requests share
 */
export function encodeQuestion(
  question: Question,
  encoding: RealEncoding,
  problemOf = (problem: ProblemSpecification): unknown => encodeProblem(problem, encoding),
): WireObject {
  const {
    method: _,
    state: _state,
    resumed: _resumed,
    ...fields
  } = question as Question<'step'> & { readonly state?: unknown; readonly resumed?: true };
  const replaced = (fields as { readonly steps?: unknown }).steps === undefined ? undefined : 'step';
  const sent = Object.entries(fields).filter(([name, value]) => value !== undefined && name !== replaced);
  return Object.fromEntries(
    sent.map(([name, value]) => [
      name,
      name === 'problem'
        ? problemOf(value as ProblemSpecification)
        : (encoders[name]?.(value as never, encoding, question) ?? value),
    ]),
  );
}
