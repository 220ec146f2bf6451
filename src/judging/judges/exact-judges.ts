import { enclosingDoubles, fromDouble, type Rational, sum, toDouble } from '../../exact/arithmetic/rational.js';
import { NotRationalError, whereRational } from '../../exact/computation.js';
import { innerOf, type Specification } from '../../exact/functions/parameters.js';
import { gradientAtPoint, valueAtPoint } from '../../exact/functions/proximal-points.js';
import {
  atStep,
  batchWeights,
  componentMappings,
  exactCoordinate,
  rationalProblem,
} from '../../exact/problem/rational-problem.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction } from '../../reference/functions/index.js';
import type { ProblemCase } from '../arbitraries/problem-case.js';
import type { ProxCase } from '../arbitraries/prox-case.js';
import type { Judgement } from './judgement.js';
import { ofFormula, parameterMagnitude } from './precision.js';
import { movedArgument, proximalErrors, steepnessAround, type ValueError, valueError } from './rounding-bounds.js';

/** |value − exact| as a double, rounded up. */
function distanceTo(exact: Rational, value: number): number {
  return Number.isFinite(value) ? enclosingDoubles(fromDouble(value).sub(exact).abs())[1] : Number.POSITIVE_INFINITY;
}

/** First-order bounds omit products of errors, which are less than this fraction of the bound. */
const secondOrder = 1 + 2 ** -40;
/** Results below the smallest normal number have absolute errors: each rounding of a formula at most half of the smallest number. */
const underflow = ofFormula * Number.MIN_VALUE;

/** Compares a float with its exact rational value: error divided by its bound. */
export function judgeFloat(name: string, value: number, exact: Rational, bound: number): Judgement {
  const error = distanceTo(exact, value);
  return {
    ratio: error === 0 ? 0 : error / (bound * secondOrder + underflow),
    explanation: () => `${name} = ${value}, exactly ${toDouble(exact)}: off by ${error}, allowed ${bound}`,
  };
}

/** The results of an implementation's operators for a case. */
export interface ProximalResults {
  readonly prox: Float64Array;
  readonly residual: Float64Array;
  readonly dividedResidual: Float64Array;
  readonly value: number;
}

/** Compares prox, residual, divided residual and value of a function with the rationals, every coordinate within its own error bound. */
export function judgeProximal({ specification, step, y }: ProxCase, results: ProximalResults): Judgement[] {
  const judgements: Judgement[] = [];
  y.forEach((yi, i) => {
    const exact = exactCoordinate(specification, i);
    const errors = proximalErrors(specification, i, yi, step);
    const slope = exact.dividedResidual(yi, step);
    const residual = fromDouble(step).mul(slope);
    // The residual has the roundings of the divided one, and those of a product with γ or of t/(1 + t) instead of a/(1 + t).
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

/** The other allowed value of r(y_i), besides +∞, if rounding decides on which side of the end of a domain an inner argument lies. */
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
  // The actual argument is at most four units of rounding from this one.
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
  // n terms are added, and the sum may be multiplied by a weight.
  return judgeFloat('r(y)', value, sum(exact), error + (y.length + 1) * 2 ** -53 * size);
}

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
 * Compares r_γ and prox_{σr_γ} of the proximal average with the piecewise quadratic that the second implementation builds from P⁰. The value is
 * taken at the prox of y, which is in the domain; if rounding puts it outside, there is no value to compare.
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

const u = 2 ** -53;

/** Roundings of ∇d_i, relative to the result: every factor is rounded once, and nothing cancels but x − c, which is one rounding. */
export const gradientRoundings: Readonly<Record<string, { readonly count: number; readonly why: string }>> = {
  zero: { count: 0, why: 'nothing is computed' },
  quadratic: { count: 2, why: 'x − c, ×' },
  huber: { count: 1, why: '×' },
  'piecewise-quadratic': { count: 5, why: 'two differences of one sign, × a slope each, +, the width, ÷' },
  'geman-mcclure': { count: 9, why: 't = x/s thrice in the formula, t², 1 + t², t/q, 2w ×, s·q, ÷' },
};

/** The results of floating-point code at x for the mini-batch of the case. */
export interface ProblemResults {
  readonly gradient: Float64Array;
  /** P_k(x) for every k. */
  readonly components: readonly Float64Array[];
  readonly mean: Float64Array;
  readonly miniBatch: Float64Array;
  readonly gradientMapping: Float64Array;
  readonly stochasticMapping: Float64Array;
  /** x⁺ of SPGM in the literal form, x⁺ = P̂(x), and in the residual form, x⁺ = x − γĜ(x). */
  readonly spgm: readonly [literal: Float64Array, residual: Float64Array];
  /** x⁺ of signProx with sgn(0) = 0. */
  readonly signProx: Float64Array;
}

/** Compares ∇d, P_k, P, P̂, G, Ĝ and an iteration of SPGM and of signProx with the rationals, within the roundings of their formulas. */
export function judgeProblem({ problem, step, x, indices }: ProblemCase, results: ProblemResults): Judgement[] {
  const exact = atStep(rationalProblem(problem, x.length), fromDouble(step));
  const point = Array.from(x, fromDouble);
  const theta = exact.problem.probabilities;
  const batch = batchWeights(indices, problem.functions.length);
  const judgements: Judgement[] = [];
  x.forEach((xi, i) => {
    const coordinate = exact.coordinates[i]!;
    const gradient = coordinate.smooth.derivative(point[i]!);
    const slope = Math.abs(toDouble(gradient));
    const gradientError = gradientRoundings[problem.smooth.type]!.count * u * slope;
    const y = xi - step * results.gradient[i]!;
    // y = x − γ∇d(x): the error of ∇d, the product and the difference.
    const forwardError = step * gradientError + u * (step * slope + Math.abs(y));
    const errors = problem.functions.map((component) => proximalErrors(component as Specification, i, y, step));
    const images = problem.functions.map((_, k) => exact.proximalGradient(k, point)[i]!);
    const mappings = componentMappings(coordinate, exact.step, point[i]!);

    judgements.push(judgeFloat(`∇d_${i}`, results.gradient[i]!, gradient, gradientError));
    images.forEach((image, k) => {
      judgements.push(judgeFloat(`P_${k}(x)_${i}`, results.components[k]![i]!, image, errors[k]!.prox + forwardError));
    });
    const average = (weights: readonly Rational[], terms: number) => {
      let proxError = forwardError;
      let slopeError = gradientError + forwardError / step;
      let [proxes, slopes] = [0, 0];
      weights.forEach((weight, k) => {
        const w = toDouble(weight);
        proxError += w * errors[k]!.prox;
        slopeError += w * errors[k]!.slope;
        proxes += w * Math.abs(toDouble(images[k]!));
        slopes += w * Math.abs(toDouble(mappings[k]!.sub(gradient)));
      });
      // Products with weights, additions one after another, the division by B; G adds ∇d.
      const sums = (terms + 1) * u;
      return { prox: proxError + sums * proxes, mapping: slopeError + sums * slopes + u * (slope + slopes) };
    };
    const [all, drawn] = [average(theta, theta.length), average(batch, indices.length)];
    const weighted = (weights: readonly Rational[], values: readonly Rational[]): Rational =>
      sum(weights.map((weight, k) => weight.mul(values[k]!)));
    const direction = weighted(batch, mappings);
    const next = weighted(batch, images);
    // γĜ and the difference are rounded.
    const moved = step * drawn.mapping + u * (step * Math.abs(toDouble(direction)) + Math.abs(toDouble(next)));
    judgements.push(
      judgeFloat(`P(x)_${i}`, results.mean[i]!, weighted(theta, images), all.prox),
      judgeFloat(`P̂(x)_${i}`, results.miniBatch[i]!, next, drawn.prox),
      judgeFloat(`SPGM, literal_${i}`, results.spgm[0][i]!, next, drawn.prox),
      judgeFloat(`SPGM, residual_${i}`, results.spgm[1][i]!, next, moved),
      judgeFloat(`G(x)_${i}`, results.gradientMapping[i]!, weighted(theta, mappings), all.mapping),
      judgeFloat(`Ĝ(x)_${i}`, results.stochasticMapping[i]!, direction, drawn.mapping),
      judgeSign(`signProx_${i}`, { from: xi, step, to: results.signProx[i]!, direction, error: drawn.mapping }),
    );
  });
  return judgements;
}

/** x⁺ = x − γ sgn Ĝ, with either sign or none if Ĝ is within its error of 0. */
function judgeSign(
  name: string,
  { from, step, to, direction, error }: { from: number; step: number; to: number; direction: Rational; error: number },
): Judgement {
  const certain = Math.abs(toDouble(direction)) > error;
  const signs = certain ? [Number(direction.s)] : [-1, 0, 1];
  const right = signs.some((sign) => to === from - step * sign);
  return {
    ratio: right ? 0 : Number.POSITIVE_INFINITY,
    explanation: () => `${name} went from ${from} to ${to} with γ = ${step}, Ĝ is exactly ${toDouble(direction)}`,
  };
}

/** r(u) by the second implementation, in rationals, rounded once; undefined if it has no rational form. */
export function exactValue(specification: FunctionSpecification, u: Float64Array): number | undefined {
  return rationally(() => {
    const value = valueAtPoint(specification, Array.from(u, fromDouble));
    return value === undefined ? Number.POSITIVE_INFINITY : toDouble(value);
  });
}

/** ∇r(u) of a differentiable r in the same way. */
export function exactGradient(specification: FunctionSpecification, u: Float64Array): Float64Array | undefined {
  return rationally(() => Float64Array.from(gradientAtPoint(specification, Array.from(u, fromDouble)), toDouble));
}

function rationally<T>(compute: () => T): T | undefined {
  const found = whereRational(compute);
  return found instanceof NotRationalError ? undefined : found;
}

/** Step of a difference quotient. */
export const quotientStep = 2 ** -17;

/** ∇f(x) by central differences of f: rough, and independent of any formula of a gradient. */
export function differenceQuotients(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  const at = (i: number, shift: number): number => f(x.map((value, j) => (j === i ? value + shift : value)));
  return x.map((_, i) => (at(i, quotientStep) - at(i, -quotientStep)) / (2 * quotientStep));
}
