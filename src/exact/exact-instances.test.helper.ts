import fc from 'fast-check';
import { one, parseRational, type Rational, rational } from './arithmetic/rational.js';
import type { Specification } from './functions/parameters.js';
import { atStep, rationalProblem } from './problem/rational-problem.js';

export const q = parseRational;
export const linear = (coefficient: number): Specification => ({
  type: 'linear',
  coefficients: [coefficient, coefficient],
});
export const quadratic = (curvature: number, center = 0): Specification => ({ type: 'quadratic', curvature, center });

/** θ in sixteenths. */
export const probabilities = (components: number) =>
  fc
    .array(fc.integer({ min: 1, max: 6 }), { minLength: components, maxLength: components })
    .map((weights) => weights.map((weight) => rational(BigInt(weight), BigInt(weights.reduce((a, b) => a + b)))));

/** Every sequence of B components with its probability: the definition that counts abbreviate. */
export function sequences(theta: readonly Rational[], batch: number): { indices: number[]; probability: Rational }[] {
  let all = [{ indices: [] as number[], probability: one }];
  for (let b = 0; b < batch; b++) {
    all = all.flatMap(({ indices, probability }) =>
      theta.map((weight, k) => ({ indices: [...indices, k], probability: probability.mul(weight) })),
    );
  }
  return all;
}

/** One coordinate at a step. */
export const single = (
  smooth: Specification,
  functions: Specification[],
  step: Rational,
  theta = functions.map(() => 1 / functions.length),
) => atStep(rationalProblem({ smooth, functions, probabilities: theta }, 1), step);
