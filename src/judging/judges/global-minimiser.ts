import { enclosingDoubles, fromDouble, type Rational, toDouble } from '../../exact/arithmetic/rational.js';
import { coordinateFunction } from '../../exact/functions/coordinate-function.js';
import { type Minimiser, minimisers } from '../../exact/functions/minimisers.js';
import { innerOf } from '../../exact/functions/parameters.js';
import { analysed, frameBoundOf, synthesised } from '../../exact/functions/semi-orthogonal.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { type Judgement, judgeVector, worstOf } from './judgement.js';

/** One coordinate of u, finite and claimed to be a minimiser of ½(u − y)² + γr(u). */
interface Claimed {
  readonly specification: FunctionSpecification;
  readonly index: number;
  readonly step: number;
  readonly y: number;
  readonly u: number;
  /** The allowed rounding errors of y and of u. */
  readonly rounding: number;
}

/** An upper bound of |u − m| divided by the allowed error: the rounding of u, and the rounding of y times the derivative of m in y. */
function excess(u: Rational, { at, stretch }: Minimiser, rounding: number): number {
  const distance = enclosingDoubles(u.sub(at).abs())[1];
  return distance === 0 ? 0 : distance / (rounding * (1 + toDouble(stretch)));
}

/**
 * Judges u by the exact minimisers at y and at y ± ε, for separable functions that are piecewise quadratic, convex or not: u is right if it is
 * within rounding of one of them. A minimiser is monotone in y, and at a jump only the two ends of the jump are right: an answer elsewhere is wrong,
 * even if its value is nearly as good.
 */
export function judgeMinimiser({ specification, index, step, y, u, rounding }: Claimed): Judgement {
  const name = `u_${index} of prox_{γr}(y) with γ = ${step}, y_${index} = ${y}`;
  const pieces = coordinateFunction(specification, index);
  const own = fromDouble(u);
  const leastAt = (error: number): readonly Minimiser[] =>
    minimisers(pieces, fromDouble(step), fromDouble(y).add(fromDouble(error)));
  const nearest = (found: readonly Minimiser[]): number =>
    found.map((minimiser) => excess(own, minimiser, rounding)).reduce((a, b) => Math.min(a, b));
  const exactly = leastAt(0);
  const ratio = nearest(exactly);
  return {
    // Next to a jump another minimiser may be within the rounding of y.
    ratio: ratio <= 1 ? ratio : Math.min(ratio, nearest([...leastAt(-rounding), ...leastAt(rounding)])),
    explanation: () =>
      `${name}: returned ${u}, φ is least at ${exactly.map(({ at }) => toDouble(at)).join(' and ')} alone`,
  };
}

/** u, finite and claimed to be a minimiser of ½‖u − y‖² + γr(u). */
interface ClaimedVector extends Pick<Claimed, 'specification' | 'step' | 'rounding'> {
  readonly y: Float64Array;
  readonly u: Float64Array;
}

/**
 * Judges every entry of u separately, or for r(u) = g(Wu) with WWᵀ = νI every entry of Wu: u is a minimiser if and only if u − y is in the range of
 * Wᵀ and Wu minimises ½‖q − Wy‖² + νγg(q).
 */
export function judgeMinimisers({ specification, step, y, u, rounding }: ClaimedVector): Judgement {
  if (specification.type !== 'semi-orthogonal') {
    return worstOf(
      Array.from(u, (entry, index) => judgeMinimiser({ specification, index, step, y: y[index]!, u: entry, rounding })),
    );
  }
  const [exactY, exactU] = [Array.from(y, fromDouble), Array.from(u, fromDouble)];
  const bound = frameBoundOf(specification);
  const way = exactU.map((entry, i) => entry.sub(exactY[i]!));
  const inRange = synthesised(specification, analysed(specification, way)).map((entry) => toDouble(entry.div(bound)));
  const behind = (vector: readonly Rational[]): Float64Array =>
    Float64Array.from(analysed(specification, vector), toDouble);
  const [imageOfY, imageOfU] = [behind(exactY), behind(exactU)];
  if (imageOfY.every(Number.isFinite) && !imageOfU.every(Number.isFinite)) {
    return { ratio: Number.POSITIVE_INFINITY, explanation: () => 'Wu is beyond the largest double, and Wy is not' };
  }
  // An entry of Wy is at most √(νn) times the largest entry of y; the same holds for errors.
  const enlarged = rounding * Math.sqrt(toDouble(bound) * u.length);
  const inner = judgeMinimisers({
    specification: innerOf(specification) as FunctionSpecification,
    step: step * toDouble(bound),
    y: imageOfY,
    u: imageOfU,
    rounding: enlarged,
  });
  return worstOf([
    judgeVector(
      'u − y',
      Float64Array.from(way, toDouble),
      Float64Array.from(inRange),
      () => rounding * Math.sqrt(u.length),
    ),
    { ...inner, explanation: () => `of Wu in place of u and Wy in place of y, ${inner.explanation!()}` },
  ]);
}
