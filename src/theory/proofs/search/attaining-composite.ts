import {
  maximum,
  minimum,
  one,
  type Rational,
  rational,
  square,
  sum,
  toDouble,
  two,
  zero,
} from '../../../exact/arithmetic/rational.js';
import { coordinateFunction } from '../../../exact/functions/coordinate-function.js';
import { evaluate } from '../../../exact/functions/piecewise-affine.js';
import { proximalMap, valueAt } from '../../../exact/functions/piecewise-quadratic.js';
import { coordinateSmooth } from '../../../exact/functions/smooth.js';
import type { FunctionSpecification } from '../../../reference/functions/definition/proximable-function.js';
import {
  type Attaining,
  inUnits,
  type Known,
  leastCommon,
  type Measured,
  type Problem,
  slopesThrough,
} from './function-through.js';
import { powerOf } from './read-theorem.js';
import type { RunMethod } from './run-space.js';

/** A convex function of one variable as its affine pieces from left to right, with the kinks between them; or the indicator function of an interval. */
type Kinked =
  | { readonly slopes: readonly Rational[]; readonly kinks: readonly Rational[] }
  | { readonly lower: Rational; readonly upper: Rational };

/** The largest of the affine functions that touch r at known points; undefined if these are no points of a convex function. */
function kinkedThrough(known: readonly Known[], indicator: boolean): Kinked | undefined {
  const sorted = [...known].sort((a, b) =>
    a.at.equals(b.at) ? (a.slope.lt(b.slope) ? -1 : 1) : a.at.lt(b.at) ? -1 : 1,
  );
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  if (indicator) {
    const inside = sorted.every(
      ({ at, slope }) => (!slope.lt(zero) || at.equals(first.at)) && (!slope.gt(zero) || at.equals(last.at)),
    );
    // An end at which no subgradient points outwards is none of the set.
    const width = maximum(last.at.sub(first.at), one);
    const isLower = sorted.some(({ slope }) => slope.lt(zero));
    const isUpper = sorted.some(({ slope }) => slope.gt(zero));
    if (!inside || (!isLower && !isUpper)) return undefined;
    return { lower: isLower ? first.at : first.at.sub(width), upper: isUpper ? last.at : last.at.add(width) };
  }
  const slopes: Rational[] = [first.slope];
  const kinks: Rational[] = [];
  for (const [k, to] of sorted.slice(1).entries()) {
    const from = sorted[k]!;
    const turn = to.slope.sub(from.slope);
    const rise = to.value.sub(from.value);
    const way = to.at.sub(from.at);
    if (turn.lt(zero) || rise.lt(from.slope.mul(way)) || rise.gt(to.slope.mul(way))) return undefined;
    if (turn.equals(zero)) continue;
    // Where the affine pieces of both points meet.
    kinks.push(from.at.add(rise.sub(to.slope.mul(way)).div(turn.neg())));
    slopes.push(to.slope);
  }
  return { slopes, kinks };
}

/** The function in the vocabulary, in whole units; undefined if it has several kinks, or numbers that are no doubles. */
function specificationOf(r: Kinked, units: bigint): FunctionSpecification | undefined {
  const whole = (value: Rational) => inUnits(value, units);
  if ('lower' in r) {
    const [lower, upper] = [whole(r.lower), whole(r.upper)];
    return lower === undefined || upper === undefined ? undefined : { type: 'box', lower, upper };
  }
  const { slopes, kinks } = r;
  if (kinks.length > 1) return undefined;
  const [left, right] = [slopes[0]!, slopes.at(-1)!];
  const [weight, slope] = [whole(right.sub(left).div(two)), whole(left.add(right).div(two))];
  const shift = kinks.length === 0 ? 0 : whole(kinks[0]!);
  if (weight === undefined || slope === undefined || shift === undefined) return undefined;
  if (weight === 0) return slope === 0 ? { type: 'zero' } : { type: 'linear', coefficients: [slope] };
  const kink: FunctionSpecification = { type: 'l1', weight };
  const moved: FunctionSpecification = shift === 0 ? kink : { type: 'translated', shift: [shift], inner: kink };
  return slope === 0 ? moved : { type: 'tilted', slope: [slope], inner: moved };
}

/** A problem d + r with L = 1 in whole numbers through known points of d and of r. */
export function compositeProblem(
  ofD: readonly Known[],
  ofR: readonly Known[],
  start: Rational,
  indicator: boolean,
): Problem | undefined {
  const r = kinkedThrough(ofR, indicator);
  const d = ofD.length === 0 ? { knots: [], slopes: [] } : slopesThrough(ofD, zero);
  if (r === undefined || d === undefined) return undefined;
  const numbers = 'lower' in r ? [r.lower, r.upper] : [...r.slopes.map((slope) => slope.div(two)), ...r.kinks];
  const units = leastCommon([...d.knots, ...d.slopes, start, ...numbers]);
  const [places, rises, [from]] = [d.knots, d.slopes, [start]].map((values) =>
    values.map((value) => inUnits(value, units)),
  ) as [(number | undefined)[], (number | undefined)[], (number | undefined)[]];
  const fn = specificationOf(r, units);
  if (fn === undefined || [...places, ...rises, from].includes(undefined)) return undefined;
  const isFlat = d.slopes.every((slope) => slope.equals(zero));
  const problem = {
    smooth: isFlat ? { type: 'zero' } : { type: 'piecewise-quadratic', knots: places, slopes: rises },
    functions: [fn],
    probabilities: [1],
  };
  return { problem, start: [from!], lipschitz: 1 };
}

/** ½c·x₁² + ½L·x₂² with r = 0, from (1, 0) and in whole numbers: what a strongly convex d does along its least curvature, c = μ, or its largest. */
function quadraticProblem(κ: Rational, c: Rational): Problem | undefined {
  const [least, L] = [inUnits(c, κ.d), inUnits(one, κ.d)];
  if (least === undefined || L === undefined) return undefined;
  const smooth = { type: 'quadratic', curvature: [least, L], center: 0 };
  return { problem: { smooth, functions: [{ type: 'zero' }], probabilities: [1] }, start: [1, 0], lipschitz: L };
}

/** The quadratic with the larger left side; undefined where neither is of the class. */
export function attainedByQuadratic(method: RunMethod, measured: Measured): Attaining | undefined {
  const found = [measured.strongConvexity, one].flatMap((curvature) => {
    const problem = quadraticProblem(measured.strongConvexity, curvature);
    const sides = problem && ratioOnComposite(problem, method, measured);
    return sides === undefined ? [] : [{ ...problem!, ...sides }];
  });
  return found.reduce<Attaining | undefined>((best, each) => (best?.ratio.gte(each.ratio) ? best : each), undefined);
}

/**
 * The left side divided by f(x⁰) − f* or ‖x⁰ − x*‖², x* = 0, of T proximal steps in rationals on the functions as the problem writes them.
 *
 * @returns undefined if 0 is no minimiser, the functions are not of the class, or the start is where nothing is left to do
 */
export function ratioOnComposite(
  { problem, start: [from], lipschitz }: Problem,
  method: RunMethod,
  { term, start, composite, strongConvexity: κ }: Measured,
): Pick<Attaining, 'left' | 'terms' | 'ratio'> | undefined {
  const { step: normalised, asked } = method.composite!;
  const L = rational(BigInt(lipschitz));
  const step = normalised.div(L);
  const d = coordinateSmooth(problem.smooth, 0);
  const isZero = problem.smooth.type === 'zero';
  const isOfClass = composite!.smooth
    ? d.pieces?.every(({ a }) => !a.gt(L) && !a.lt(κ.mul(L))) === true && !isZero
    : isZero;
  if (!isOfClass) return undefined;
  const r = coordinateFunction(problem.functions[0]!, 0);
  const prox = proximalMap(r, step);
  const slopeOf = (x: Rational) => (isZero ? zero : d.derivative(x));
  const mapping = (x: Rational) => {
    const y = x.sub(step.mul(slopeOf(x)));
    return x.sub(evaluate(prox, y)).div(normalised);
  };
  if (!mapping(zero).equals(zero)) return undefined;
  const valueAtPoint = (x: Rational) => {
    const value = valueAt(r, x);
    return value === undefined ? undefined : value.add(isZero ? zero : d.value(x)).div(L);
  };
  const least = valueAtPoint(zero)!;
  const x0 = rational(BigInt(from));
  const moves: Rational[] = [];
  const points = method.points.map((coefficients, k) => {
    const at = x0.add(sum(coefficients.slice(0, Math.min(k, asked)).map((entry, j) => entry.mul(moves[j]!))));
    if (k < asked) moves.push(mapping(at));
    return at;
  });
  const gapAt = (x: Rational) => valueAtPoint(x)?.sub(least);
  const summandAt = (at: Rational, k: number): Rational | undefined => {
    if (term === 'objective-gap') return gapAt(at);
    if (term === 'squared-distance') return square(at);
    return moves[k] && square(moves[k]);
  };
  const all = points.map(summandAt);
  const summands = method.left.map((k) => all[k]);
  const scale = start === 'gap' ? gapAt(x0) : square(x0);
  if (scale === undefined || !scale.gt(zero) || summands.includes(undefined)) return undefined;
  const known = summands as Rational[];
  const left = method.smallest ? known.reduce(minimum) : sum(known).div(rational(BigInt(known.length)));
  return {
    left: left.mul([square(L), L, one][powerOf(term)]!),
    terms: all.flatMap((entry) => (entry === undefined ? [] : toDouble(entry.div(scale)))),
    ratio: left.div(scale),
  };
}
