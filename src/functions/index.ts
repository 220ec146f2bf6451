export type { ProximalAverage } from './calculus/proximal-average.js';
export type {
  FunctionDefinition,
  FunctionFactory,
  FunctionTraits,
  Trait,
  VocabularyEntry,
} from './define-function.js';
export { defineFunction } from './define-function.js';
export type { SetValuedProx } from './l0.js';
export { describeValue, ParameterError } from './parameter-error.js';
export { specificationOf } from './parameters/function.js';
/** Kinds of parameters, for functions of one's own: `defineFunction({ parameters: { weight: parameters.weight }, … })`. */
export * as parameters from './parameters/index.js';
export type { Parameter, ParameterKind, ParameterPlace, Parameters } from './parameters/parameter.js';
export { parseFunction, parseOnce } from './parse.js';
export type {
  ConjugateFunction,
  FunctionSpecification,
  ProximableFunction,
  SmoothnessConstants,
} from './proximable-function.js';
export { registry } from './registry.js';
export * from './vocabulary.js';
