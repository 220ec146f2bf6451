/**
 * The functions r and the smooth terms d with their proxes, values, gradients and certified constants, and the means to define a new one.
 *
 * @module signprox/functions
 */
export type { Interval } from '../reference/certified/interval.js';
export * from '../reference/functions/index.js';
export type { SmoothFunction, SmoothSpecification } from '../reference/smooth/definition/smooth-function.js';
/** The smooth terms d: `smooth.cosine({ weight: 1 })`. */
export * as smooth from '../reference/smooth/index.js';
