import { type Rational, zero } from '../arithmetic/rational.js';

/**
 * A continuous piecewise affine function of one variable: slopes[j]·y + offsets[j] on [knots[j − 1], knots[j]], with knots in strictly
 * increasing order and the first and last interval unbounded: one more slope and offset than knots.
 */
export interface PiecewiseAffine {
  readonly knots: readonly Rational[];
  readonly slopes: readonly Rational[];
  readonly offsets: readonly Rational[];
}

/** The index of a piece that contains y. */
function pieceAt({ knots }: PiecewiseAffine, y: Rational): number {
  let low = 0;
  let high = knots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (y.lte(knots[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The value of the map at y.
 *
 * @example
 * const shrink = { knots: [one.neg(), one], slopes: [one, rational(0n), one], offsets: [one, rational(0n), one.neg()] };
 * assert.equal(toDouble(evaluate(shrink, rational(3n))), 2);
 */
export function evaluate(map: PiecewiseAffine, y: Rational): Rational {
  const piece = pieceAt(map, y);
  return map.slopes[piece]!.mul(y).add(map.offsets[piece]!);
}

/** The knots of several functions, in increasing order without repetition. */
export function mergeKnots(maps: readonly { readonly knots: readonly Rational[] }[]): Rational[] {
  const sorted = maps.flatMap(({ knots }) => knots).sort((a, b) => a.compare(b));
  return sorted.filter((knot, j) => j === 0 || !knot.equals(sorted[j - 1]!));
}

/** Σ_k weights[k]·maps[k]. */
export function combine(weights: readonly Rational[], maps: readonly PiecewiseAffine[]): PiecewiseAffine {
  const knots = mergeKnots(maps);
  const slopes: Rational[] = [];
  const offsets: Rational[] = [];
  for (let j = 0; j <= knots.length; j++) {
    let slope = zero;
    let offset = zero;
    maps.forEach((map, k) => {
      // The piece that ends at the j-th merged knot, and after the last one the unbounded piece.
      const piece = j < knots.length ? pieceAt(map, knots[j]!) : map.knots.length;
      slope = slope.add(weights[k]!.mul(map.slopes[piece]!));
      offset = offset.add(weights[k]!.mul(map.offsets[piece]!));
    });
    slopes.push(slope);
    offsets.push(offset);
  }
  return { knots, slopes, offsets };
}
