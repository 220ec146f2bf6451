export type { SmoothDefinition, SmoothFactory } from './define-smooth.js';
export { Matrix, type MatrixSpecification } from './matrix.js';
export { parseSmooth } from './parse.js';
export { smoothRegistry } from './registry.js';
export type { SmoothFunction, SmoothSpecification } from './smooth-function.js';
export * from './vocabulary.js';
