import { maximum, minimum, type Rational, zero } from '../../../exact/arithmetic/rational.js';
import type { PiecewiseQuadratic } from '../../../exact/functions/piecewise-quadratic.js';
import { type Piece, valueOfPiece } from '../../../exact/functions/piecewise-quadratic.js';
import type { CoordinateAtStep, RationalProblemAtStep } from '../../../exact/problem/rational-problem.js';

/**
 * A lower bound of f = d + r_γ over all of Rⁿ in rationals, attained where d is piecewise quadratic and 0 + inf r_γ for other d ≥ 0;
 * undefined when none is found, in particular when f is unbounded below.
 */
export function exactInfimum({ coordinates }: RationalProblemAtStep): Rational | undefined {
  let total = zero;
  for (const coordinate of coordinates) {
    const least = infimumOfCoordinate(coordinate);
    if (least === undefined) return undefined;
    total = total.add(least);
  }
  return total;
}

function infimumOfCoordinate({ smooth, regularizer }: CoordinateAtStep): Rational | undefined {
  const pieces = smooth.pieces === undefined ? regularizer : sumOf(smooth.pieces, regularizer);
  let least: Rational | undefined;
  for (const piece of pieces) {
    const value = infimumOfPiece(piece);
    if (value === undefined) return undefined;
    least = least === undefined ? value : minimum(least, value);
  }
  return least;
}

/** The sum of two functions on the intersections of their pieces. */
function sumOf(left: PiecewiseQuadratic, right: PiecewiseQuadratic): Piece[] {
  return left.flatMap((p) =>
    right.flatMap((q): Piece[] => {
      const from = p.from && q.from ? maximum(p.from, q.from) : (p.from ?? q.from);
      const to = p.to && q.to ? minimum(p.to, q.to) : (p.to ?? q.to);
      if (from?.gt(to ?? from)) return [];
      const sum = { a: p.a.add(q.a), b: p.b.add(q.b), c: p.c.add(q.c) };
      return [{ ...(from && { from }), ...(to && { to }), ...sum }];
    }),
  );
}

/** The least value on the piece; undefined when it is −∞. */
function infimumOfPiece(piece: Piece): Rational | undefined {
  const { from, to, a, b } = piece;
  if (a.gt(zero)) {
    let u = b.neg().div(a);
    if (from?.gt(u)) u = from;
    if (to?.lt(u)) u = to;
    return valueOfPiece(piece, u);
  }
  // Concave: towards an infinite end it falls without bound, unless it is affine and does not fall.
  const falls = a.lt(zero);
  if (from === undefined && (falls || b.gt(zero))) return undefined;
  if (to === undefined && (falls || b.lt(zero))) return undefined;
  const ends = [from, to].flatMap((u) => (u === undefined ? [] : [valueOfPiece(piece, u)]));
  return ends.length === 0 ? piece.c : ends.reduce(minimum);
}
