export type { ProximalAverage } from './calculus/proximal-average.js';
export type {
  FunctionDefinition,
  FunctionFactory,
  FunctionTraits,
  Trait,
  VocabularyEntry,
  WrongForm,
} from './definition/define-function.js';
export { defineFunction } from './definition/define-function.js';
export { describeValue, ParameterError } from './definition/parameter-error.js';
export { parseFunction, parseOnce } from './definition/parse.js';
export type {
  ConjugateFunction,
  FunctionSpecification,
  ProximableFunction,
  SmoothnessConstants,
} from './definition/proximable-function.js';
export { registry } from './definition/registry.js';
export { specificationOf } from './parameters/function.js';
/** Kinds of parameters, for functions of one's own: `defineFunction({ parameters: { weight: parameters.weight }, … })`. */
export * as parameters from './parameters/index.js';
export type { Parameter, ParameterKind, ParameterPlace, Parameters } from './parameters/parameter.js';
export type { SetValuedProx } from './penalties/l0.js';
export * from './vocabulary.js';
