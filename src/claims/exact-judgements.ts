import type { ProxCase } from '../arbitraries/prox-case.js';
import { exactCoordinate } from '../exact/evaluation.js';
import { enclosingDoubles, fromDouble, type Rational, sum, toDouble } from '../exact/rational.js';
import type { Judgement } from './property-check.js';
import { proximalErrors, valueError } from './rounding-bounds.js';

/** |value − exact| as a double, rounded up. */
export function distanceTo(exact: Rational, value: number): number {
  return Number.isFinite(value) ? enclosingDoubles(fromDouble(value).sub(exact).abs())[1] : Number.POSITIVE_INFINITY;
}

/** First-order bounds leave out products of errors: less than this much of the bound. */
const secondOrder = 1 + 2 ** -40;
/** Results below the smallest normal number carry absolute errors. */
const underflow = 2 ** -1070;

/** A float against the rational it stands for: error over its bound. */
export function judgeFloat(name: string, value: number, exact: Rational, bound: number): Judgement {
  const error = distanceTo(exact, value);
  return {
    ratio: error === 0 ? 0 : error / (bound * secondOrder + underflow),
    explanation: () => `${name} = ${value}, exactly ${toDouble(exact)}: off by ${error}, allowed ${bound}`,
  };
}

/** What an implementation's operators returned for a case. */
export interface ProximalResults {
  readonly prox: Float64Array;
  readonly residual: Float64Array;
  readonly dividedResidual: Float64Array;
  readonly value: number;
}

/** prox, residual, divided residual and value of a function against the rationals, every coordinate within its own error bound. */
export function judgeProximal({ specification, step, y }: ProxCase, results: ProximalResults): Judgement[] {
  const judgements: Judgement[] = [];
  y.forEach((yi, i) => {
    const exact = exactCoordinate(specification, i);
    const errors = proximalErrors(specification, i, yi, step);
    const slope = exact.dividedResidual(yi, step);
    const residual = fromDouble(step).mul(slope);
    // The residual has the roundings of the divided one, and those of a product with γ or of t/(1 + t) in place of a/(1 + t).
    const residualError = step * errors.slope + 2 ** -51 * Math.abs(toDouble(residual));
    judgements.push(
      judgeFloat(`prox_${i}`, results.prox[i]!, exact.prox(yi, step), errors.prox),
      judgeFloat(`divided residual_${i}`, results.dividedResidual[i]!, slope, errors.slope),
      judgeFloat(`residual_${i}`, results.residual[i]!, residual, residualError),
    );
  });
  judgements.push(judgeValue({ specification, step, y }, results.value));
  return judgements;
}

function judgeValue({ specification, y }: ProxCase, value: number): Judgement {
  const coordinates = Array.from(y, (yi, i) => exactCoordinate(specification, i).value(yi));
  const finite = coordinates.filter((entry) => entry !== undefined);
  if (finite.length < coordinates.length) {
    const right = value === Number.POSITIVE_INFINITY;
    return {
      ratio: right ? 0 : Number.POSITIVE_INFINITY,
      explanation: () => `r(y) = ${value} outside the domain, where it is +∞`,
    };
  }
  let error = 0;
  let size = 0;
  y.forEach((yi, i) => {
    const own = valueError(specification, i, yi);
    error += own.error;
    size += own.size;
  });
  // n terms are added, a weight may be multiplied to the sum.
  return judgeFloat('r(y)', value, sum(finite), error + (y.length + 1) * 2 ** -53 * size);
}
