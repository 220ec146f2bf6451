import { toDouble } from '../../exact/arithmetic/rational.js';
import type { Specification } from '../../exact/functions/parameters.js';
import { exactCoordinate } from '../../exact/problem/evaluation.js';
import { parseFunction } from '../../reference/functions/index.js';
import { judgeFloat } from './exact-functions.js';
import type { Judgement } from './judgement.js';
import { parameterMagnitude } from './precision.js';

/** A proximal average in one dimension, the step σ of its prox, and a point. */
export interface AverageCase {
  readonly specification: Specification;
  readonly sigma: number;
  readonly y: number;
}

/** Allowed multiples of u; an error of a solution enters a value through the slope of r. */
export const averageRoundings = {
  count: 16,
  why: 'P⁰(x) = u and the equation of the prox with σ ≠ γ are solved to a few units in the last place of |y| + σ|τ| and the parameters; the value sums envelopes',
};
const allowed = averageRoundings.count * 2 ** -53;

/**
 * r_γ and prox_{σr_γ} of the proximal average against the piecewise quadratic that the second implementation builds from P⁰. The value is
 * taken at the prox of y, which is in the domain; if rounding has put it outside, there is no value to compare.
 */
export function judgeAverage({ specification, sigma, y }: AverageCase): Judgement[] {
  const target = parseFunction(specification);
  const exact = exactCoordinate(specification, 0);
  const point = target.prox(Float64Array.of(y), sigma);
  const slope = exact.dividedResidual(y, sigma);
  const size = Math.abs(y) + sigma * Math.abs(toDouble(slope)) + parameterMagnitude(specification);
  const judgements = [
    judgeFloat('prox', point[0]!, exact.prox(y, sigma), allowed * size),
    judgeFloat(
      'divided residual',
      target.dividedResidual(Float64Array.of(y), sigma)[0]!,
      slope,
      (allowed * size) / Math.min(sigma, 1),
    ),
  ];
  const value = exact.value(point[0]!);
  if (value !== undefined) {
    const steep = Math.abs(toDouble(slope)) + 1;
    const terms = Math.abs(toDouble(value)) + steep * (size + steep);
    judgements.push(judgeFloat('r(u)', target.value(point), value, allowed * terms));
  }
  return judgements;
}
