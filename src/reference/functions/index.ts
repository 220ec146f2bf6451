export type { ProximalAverage } from './calculus/proximal-average.js';
export { ParameterError } from './definition/arguments.js';
export type {
  Drawn,
  EntriesThatOverflow,
  FunctionDefinition,
  FunctionFactory,
  FunctionTraits,
  NormThatOverflows,
  ParameterInputs,
  Roundings,
  Trait,
  VectorsOf,
  VocabularyEntry,
  WrongForm,
  WrongMethods,
  WrongProx,
  WrongValue,
} from './definition/define-function.js';
export { defineFunction } from './definition/define-function.js';
export { parseFunction, parseOnce, registry } from './definition/parse.js';
export type {
  ConjugateFunction,
  FunctionSpecification,
  ProximableFunction,
  SmoothnessConstants,
} from './definition/proximable-function.js';
export type { Block } from './parameters/blocks.js';
export { specificationOf } from './parameters/function.js';
/** Kinds of parameters, for your own functions: `defineFunction({ parameters: { weight: parameters.weight }, … })`. */
export * as parameters from './parameters/index.js';
export type { ExtendedNumber, NumberRange } from './parameters/number.js';
export type { Parameter, ParameterKind, ParameterPlace, Parameters } from './parameters/parameter.js';
export type { ParameterValues } from './parameters/read-parameters.js';
export type { MatrixSpecification, SemiOrthogonalMatrix } from './parameters/semi-orthogonal-matrix.js';
export type { Groups, Shape } from './parameters/structure.js';
export type { ScalarOrVector } from './parameters/vector.js';
export type { SetValuedProx } from './penalties/l0.js';
export * from './vocabulary.js';
