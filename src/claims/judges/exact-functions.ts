import { enclosingDoubles, fromDouble, type Rational, sum, toDouble } from '../../exact/arithmetic/rational.js';
import { innerOf, type Specification } from '../../exact/functions/parameters.js';
import { exactCoordinate } from '../../exact/problem/evaluation.js';
import type { ProxCase } from '../arbitraries/prox-case.js';
import type { Judgement } from './judgement.js';
import { movedArgument, proximalErrors, steepnessAround, type ValueError, valueError } from './rounding-bounds.js';
import { ofFormula } from './roundings.js';

/** |value − exact| as a double, rounded up. */
function distanceTo(exact: Rational, value: number): number {
  return Number.isFinite(value) ? enclosingDoubles(fromDouble(value).sub(exact).abs())[1] : Number.POSITIVE_INFINITY;
}

/** First-order bounds leave out products of errors: less than this much of the bound. */
const secondOrder = 1 + 2 ** -40;
/** Results below the smallest normal number carry absolute errors: each rounding of a formula half of the smallest number at the most. */
const underflow = ofFormula * Number.MIN_VALUE;

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

/** What r(y_i) may be besides +∞ where rounding decides on which side of the end of a domain an inner argument lies. */
interface EndValue extends ValueError {
  readonly exact: Rational;
}

function valueAtRoundedEnd(specification: Specification, index: number, y: number): EndValue | undefined {
  const moved = movedArgument(specification, index, y);
  if (moved === undefined) return undefined;
  const inner = innerOf(specification);
  const { value } = exactCoordinate(inner, index);
  const nearby = [1 - 2 ** -52, 1, 1 + 2 ** -52].map((factor) => factor * moved);
  const inside = nearby.filter((argument) => value(argument) !== undefined);
  if (inside.length === 0 || inside.length === nearby.length) return undefined;
  const [nearest] = inside as [number];
  const { error, size } = valueError(inner, index, nearest);
  // The argument that was used is at most four units of rounding from this one.
  return {
    exact: value(nearest)!,
    error: error + steepnessAround(inner, index, nearest) * 2 ** -51 * Math.abs(moved),
    size,
  };
}

function judgeValue({ specification, y }: ProxCase, value: number): Judgement {
  const exact: Rational[] = [];
  let [outside, atEnd] = [false, false];
  let error = 0;
  let size = 0;
  y.forEach((yi, i) => {
    const end = valueAtRoundedEnd(specification, i, yi);
    const own = end?.exact ?? exactCoordinate(specification, i).value(yi);
    atEnd ||= end !== undefined;
    if (own === undefined) {
      outside = true;
      return;
    }
    exact.push(own);
    const rounding = end ?? valueError(specification, i, yi);
    error += rounding.error;
    size += rounding.size;
  });
  if (outside || (atEnd && value === Number.POSITIVE_INFINITY)) {
    const right = value === Number.POSITIVE_INFINITY;
    return {
      ratio: right ? 0 : Number.POSITIVE_INFINITY,
      explanation: () => `r(y) = ${value} outside the domain, where it is +∞`,
    };
  }
  // n terms are added, a weight may be multiplied to the sum.
  return judgeFloat('r(y)', value, sum(exact), error + (y.length + 1) * 2 ** -53 * size);
}
