import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';

/** Linear functions of one variable, by their slopes. */
export const slopes = (...values: readonly number[]): FunctionSpecification[] =>
  values.map((slope) => ({ type: 'linear', coefficients: [slope] }));

/** Quadratic functions of one curvature, by their centres. */
export const parabolas = (curvature: number, ...centers: readonly number[]): FunctionSpecification[] =>
  centers.map((center) => ({ type: 'quadratic', curvature, center }));

export const translated = (shift: readonly number[], inner: FunctionSpecification): FunctionSpecification => ({
  ...{ type: 'translated', shift, inner },
});

export const tilted = (slope: readonly number[], inner: FunctionSpecification): FunctionSpecification => ({
  ...{ type: 'tilted', slope, inner },
});
