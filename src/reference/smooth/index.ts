export type { MatrixSpecification } from '../functions/parameters/semi-orthogonal-matrix.js';
export type { SmoothDefinition, SmoothFactory } from './definition/define-smooth.js';
export { parseSmooth, smoothRegistry } from './definition/parse.js';
export type { SmoothFunction, SmoothSpecification } from './definition/smooth-function.js';
export { Matrix } from './matrix/matrix.js';
export type { RowFactor, Rows } from './matrix/sweep.js';
export * from './vocabulary.js';
