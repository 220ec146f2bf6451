import { minimum, one, type Rational, square, two, zero } from '../arithmetic/rational.js';
import type { PiecewiseAffine } from './piecewise-affine.js';

/** ½au² + bu + c for from ≤ u ≤ to; an absent end is infinite. */
export interface Piece {
  readonly from?: Rational;
  readonly to?: Rational;
  readonly a: Rational;
  readonly b: Rational;
  readonly c: Rational;
}

/**
 * A closed piecewise quadratic function of one variable, +∞ outside its domain: at least one piece, adjacent and in increasing order. Where two
 * pieces meet, the smaller value counts. A single point is a piece with from = to. All functions of the vocabulary whose prox is piecewise affine
 * have this form, and so have their conjugates, Moreau envelopes and proximal averages: one algorithm serves them all.
 */
export type PiecewiseQuadratic = readonly Piece[];

/** ½au² + bu + c on the whole line. */
export function quadraticPiece(a: Rational, b: Rational, c: Rational): PiecewiseQuadratic {
  return [{ a, b, c }];
}

/** The same function with adjacent pieces of the same formula merged. */
export function merged(pieces: PiecewiseQuadratic): PiecewiseQuadratic {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.a.equals(piece.a) && last.b.equals(piece.b) && last.c.equals(piece.c)) {
      result[result.length - 1] = { a: last.a, b: last.b, c: last.c, ...ends(last.from, piece.to) };
    } else result.push(piece);
  }
  return result;
}

/**
 * The value at u; undefined where it is +∞.
 *
 * @example
 * assert.equal(valueAt(coordinateFunction({ type: 'nonnegative' }, 0), rational(-1n)), undefined);
 */
export function valueAt(pieces: PiecewiseQuadratic, u: Rational): Rational | undefined {
  const values = pieces.filter(({ from, to }) => !(from?.gt(u) || to?.lt(u))).map((piece) => valueOfPiece(piece, u));
  return values.length === 0 ? undefined : values.reduce(minimum);
}

/**
 * ½au² + bu + c.
 *
 * @example
 * assert.equal(toDouble(valueOfPiece({ a: two, b: one, c: rational(0n) }, two)), 6);
 */
export function valueOfPiece({ a, b, c }: Piece, u: Rational): Rational {
  return a.div(two).mul(u).add(b).mul(u).add(c);
}

/**
 * au + b.
 *
 * @example
 * assert.equal(toDouble(slopeOfPiece({ a: two, b: one, c: rational(0n) }, two)), 5);
 */
export function slopeOfPiece({ a, b }: Piece, u: Rational): Rational {
  return a.mul(u).add(b);
}

/**
 * prox_{γr} of a convex function as a piecewise affine map, from the optimality condition y ∈ u + γ∂r(u): a piece gives
 * u = (y − γb)/(1 + γa) for y between the images of its ends, and u rests at a kink or at an end of the domain while y crosses γ
 * times the subdifferential there.
 */
export function proximalMap(pieces: PiecewiseQuadratic, step: Rational): PiecewiseAffine {
  const knots: Rational[] = [];
  const slopes: Rational[] = [];
  const offsets: Rational[] = [];
  const append = (slope: Rational, offset: Rational): void => {
    slopes.push(slope);
    offsets.push(offset);
  };
  const cut = (y: Rational): void => {
    // A knot that equals the last one closes an empty interval: r is differentiable there, or the domain is a point.
    if (knots.length > 0 && !y.gt(knots.at(-1)!)) {
      slopes.pop();
      offsets.pop();
    } else knots.push(y);
  };
  const first = pieces[0]!.from;
  if (first !== undefined) append(zero, first);
  for (const piece of pieces) {
    const { from, to, a, b } = piece;
    const image = (u: Rational): Rational => u.add(step.mul(slopeOfPiece(piece, u)));
    if (from !== undefined) cut(image(from));
    const factor = one.div(one.add(step.mul(a)));
    append(factor, step.mul(b).mul(factor).neg());
    if (to !== undefined) {
      cut(image(to));
      append(zero, to);
    }
  }
  return { knots, slopes, offsets };
}

/** r*(p) = sup_u pu − r(u) of a convex function (merged), piece by piece: kinks become affine pieces, affine pieces kinks. */
export function conjugateOf(pieces: PiecewiseQuadratic): PiecewiseQuadratic {
  const result: Piece[] = [];
  /** p·u − r(u) for p between two slopes. */
  const rest = (u: Rational, value: Rational, from: Rational | undefined, to: Rational | undefined): void => {
    if (from !== undefined && to !== undefined && from.gte(to)) return;
    result.push({ a: zero, b: u, c: value.neg(), ...ends(from, to) });
  };
  pieces.forEach((piece, j) => {
    const { from, to, a, b, c } = piece;
    const [low, high] = [from && slopeOfPiece(piece, from), to && slopeOfPiece(piece, to)];
    if (from !== undefined) {
      const before = j === 0 ? undefined : slopeOfPiece(pieces[j - 1]!, from);
      rest(from, valueOfPiece(piece, from), before, low);
    }
    if (a.gt(zero) && !(low !== undefined && high !== undefined && low.equals(high))) {
      result.push({ a: one.div(a), b: b.neg().div(a), c: square(b).div(two.mul(a)).sub(c), ...ends(low, high) });
    } else if (from === undefined && to === undefined) {
      result.push({ from: b, to: b, a: zero, b: zero, c: c.neg() });
    }
    if (to !== undefined && j === pieces.length - 1) rest(to, valueOfPiece(piece, to), high, undefined);
  });
  return merged(result);
}

export function ends(from: Rational | undefined, to: Rational | undefined): Pick<Piece, 'from' | 'to'> {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
