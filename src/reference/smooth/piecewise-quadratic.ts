import { ParameterError } from '../functions/definition/arguments.js';
import { DoubleDouble } from '../functions/numerics/double-double.js';
import { quotientUp } from '../functions/numerics/rounded-up.js';
import { vector } from '../functions/parameters/vector.js';
import { coordinatewise, defineSmooth } from './definition/define-smooth.js';
import type { SmoothFunction } from './definition/smooth-function.js';

const TYPE = 'piecewise-quadratic';

/**
 * d(x) = Σ φ(x_i), where φ′ is piecewise linear: it is s_j at the knot k_j, linear in between, and constant before the first knot and after the
 * last; min φ = 0. k_1 < … < k_m, s_1 ≤ 0 ≤ s_m, and φ′ changes its sign at knots alone, so that no terms cancel and a minimum is at a knot.
 * L = L_i = max |s_{j+1} − s_j|/(k_{j+1} − k_j). Convex where the slopes do not decrease. Huber's loss has the knots −δ, 0, δ.
 *
 * @example
 * const huber = smooth.piecewiseQuadratic({ knots: [-1, 0, 1], slopes: [-2, 0, 2] });
 * assert.deepEqual([huber.value(Float64Array.of(3)), huber.lipschitz, huber.convex], [5, 2, true]);
 */
export const piecewiseQuadratic = defineSmooth({
  type: TYPE,
  formula:
    "sum_i phi(x_i), phi >= 0 with minimum 0, phi' = slopes_j at knots_j, linear between knots, constant outside of them",
  parameters: { knots: vector(), slopes: vector() },
  examples: [
    { knots: [-2, -0.5, 0.5], slopes: [-0.75, 0, 0.25] },
    { knots: [-1, 0, 0.5, 1, 1.5], slopes: [0, 1, 0.5, 1, 0] },
  ],
  create(parameters) {
    const { knots, slopes } = parameters;
    check(knots, slopes);
    const last = knots.length - 1;
    const heights = heightsOf(knots, slopes);
    if (!heights.every((height) => Number.isFinite(4 * height))) {
      throw new ParameterError(TYPE, 'slopes', slopes, 'slopes for which d(knots) is no larger than the doubles');
    }
    const firstPositive = slopes.findIndex((slope) => slope > 0);
    const lastNegative = slopes.findLastIndex((slope) => slope < 0);

    /** The index of the last knot that is at most u; −1 before the first. */
    function pieceOf(u: number): number {
      let [below, above] = [-1, last + 1];
      while (above - below > 1) {
        const middle = (below + above) >> 1;
        if (knots[middle]! <= u) below = middle;
        else above = middle;
      }
      return below;
    }

    function derivativeIn(j: number, u: number): number {
      if (Number.isNaN(u)) return u;
      if (j < 0 || j === last) return slopes[Math.max(j, 0)]!;
      const [from, to] = [knots[j]!, knots[j + 1]!];
      return ((to - u) * slopes[j]! + (u - from) * slopes[j + 1]!) / (to - from);
    }

    return coordinatewise({
      convex: slopes.every((slope, j) => j === 0 || slope >= slopes[j - 1]!),
      lipschitz: lipschitzOf(knots, slopes),
      asymptoticSlopes: [slopes[0]!, slopes[last]!],
      // Between the last negative slope and the first positive one there is a knot of slope 0, the next one.
      ...((firstPositive < 0 || lastNegative < firstPositive) && { valley: knots[lastNegative + 1]! }),
      term(u) {
        const j = pieceOf(u);
        const slope = derivativeIn(j, u);
        if (j < 0 || j === last) {
          const end = Math.max(j, 0);
          // A slope of 0 stays at its height as far as u = ±∞.
          return heights[end]! + (slope === 0 ? 0 : slope * (u - knots[end]!));
        }
        // From the lower end of the piece, so that nothing is subtracted. The mean of two slopes is exact for a linear slope.
        return slopes[j]! >= 0 && slopes[j + 1]! >= 0
          ? heights[j]! + (u - knots[j]!) * ((slopes[j]! + slope) / 2)
          : heights[j + 1]! - (knots[j + 1]! - u) * ((slope + slopes[j + 1]!) / 2);
      },
      derivative: (u) => derivativeIn(pieceOf(u), u),
      same: (): SmoothFunction => piecewiseQuadratic(parameters),
    });
  },
});

/** @throws ParameterError for knots that do not increase, and for slopes of another number, without a minimum, or that change sign within a piece */
function check(knots: Float64Array, slopes: Float64Array): void {
  const last = knots.length - 1;
  if (slopes.length !== knots.length) {
    throw new ParameterError(TYPE, 'length of slopes', slopes.length, `${knots.length}, the number of knots`);
  }
  for (const [j, knot] of knots.entries()) {
    if (j > 0 && knot <= knots[j - 1]!) {
      throw new ParameterError(TYPE, `knots[${j}]`, knot, `more than ${knots[j - 1]}, the knot before`);
    }
    if (j > 0 && slopes[j]! * Math.sign(slopes[j - 1]!) < 0) {
      const allowed = `a sign that does not change: put a knot of slope 0 after ${knots[j - 1]}`;
      throw new ParameterError(TYPE, `slopes[${j}]`, slopes[j], allowed);
    }
  }
  if (slopes[0]! > 0) throw new ParameterError(TYPE, 'slopes[0]', slopes[0], 'a number <= 0, for d to have a minimum');
  if (slopes[last]! < 0) {
    throw new ParameterError(TYPE, `slopes[${last}]`, slopes[last], 'a number >= 0, for d to have a minimum');
  }
}

/** φ at the knots: the sums of trapezoids to 2⁻¹⁰⁰ of their terms, less the smallest of them. */
function heightsOf(knots: Float64Array, slopes: Float64Array): Float64Array {
  const sums = Array.from(knots, () => new DoubleDouble());
  const mean = new DoubleDouble();
  const width = new DoubleDouble();
  for (let j = 1; j < knots.length; j++) {
    mean.set(slopes[j - 1]! / 2).add(slopes[j]! / 2);
    width.set(knots[j]!).add(-knots[j - 1]!);
    sums[j]!.copy(sums[j - 1]!).addTo(mean.multiply(width.high, width.low));
  }
  const least = sums.reduce((low, sum) => (sum.high - low.high + (sum.low - low.low) < 0 ? sum : low));
  const { high, low } = least;
  return Float64Array.from(sums, (sum) => sum.add(-high, -low).high);
}

/** max |s_{j+1} − s_j|/(k_{j+1} − k_j), rounded up. */
function lipschitzOf(knots: Float64Array, slopes: Float64Array): number {
  const difference = new DoubleDouble();
  let largest = 0;
  for (let j = 1; j < knots.length; j++) {
    const rise = difference.set(slopes[j]!).add(-slopes[j - 1]!);
    const up = Math.abs(rise.high) * (rise.low === 0 ? 1 : 1 + 2 ** -52);
    const width = difference.set(knots[j]!).add(-knots[j - 1]!);
    largest = Math.max(largest, quotientUp(up, width.high * (width.low === 0 ? 1 : 1 - 2 ** -52)));
  }
  return largest;
}
