import { one, type Rational, square, two, zero } from '../arithmetic/rational.js';
import { combine, evaluate, type PiecewiseAffine } from './piecewise-affine.js';
import {
  ends,
  type Piece,
  type PiecewiseQuadratic,
  proximalMap,
  valueAt,
  valueOfPiece,
} from './piecewise-quadratic.js';

/**
 * The proximal average r_γ of convex functions: the function with prox_{γr_γ} = P⁰ = Σθ_k prox_{γr_k}, as a piecewise quadratic. Its slope at
 * u = P⁰(y) is (y − u)/γ, so an interval on which P⁰ increases gives a piece, and one on which it is constant gives a kink or an end of the
 * domain. One value fixes the constants:
 *
 *     r_γ(P⁰(y)) = (1/γ) [Σθ_k env_k(y) − ½(y − P⁰(y))²],   env_k(y) = min_u ½(u − y)² + γr_k(u).
 */
export function proximalAverage(
  functions: readonly PiecewiseQuadratic[],
  probabilities: readonly Rational[],
  step: Rational,
): PiecewiseQuadratic {
  const maps = functions.map((pieces) => proximalMap(pieces, step));
  const mean = combine(probabilities, maps);
  const pieces = withoutConstants(mean, step);
  const anchor = mean.knots[0] ?? zero;
  const value = valueAtImage(functions, maps, probabilities, step, anchor);
  return throughPoint(pieces, evaluate(mean, anchor), value);
}

/** r_γ(P⁰(y)) by the formula above. */
function valueAtImage(
  functions: readonly PiecewiseQuadratic[],
  maps: readonly PiecewiseAffine[],
  probabilities: readonly Rational[],
  step: Rational,
  y: Rational,
): Rational {
  let envelopes = zero;
  let mean = zero;
  maps.forEach((map, k) => {
    const u = evaluate(map, y);
    const envelope = square(u.sub(y))
      .div(two)
      .add(step.mul(valueAt(functions[k]!, u)!));
    envelopes = envelopes.add(probabilities[k]!.mul(envelope));
    mean = mean.add(probabilities[k]!.mul(u));
  });
  return envelopes.sub(square(y.sub(mean)).div(two)).div(step);
}

/** The pieces of the function whose prox with step γ is the given map, each up to its constant. */
function withoutConstants({ knots, slopes, offsets }: PiecewiseAffine, step: Rational): Piece[] {
  const pieces: Piece[] = [];
  slopes.forEach((slope, j) => {
    if (slope.n === 0n) return;
    const image = (y: Rational | undefined): Rational | undefined => y && slope.mul(y).add(offsets[j]!);
    const inverse = one.div(slope);
    const b = offsets[j]!.mul(inverse).div(step).neg();
    pieces.push({ a: inverse.sub(one).div(step), b, c: zero, ...ends(image(knots[j - 1]), image(knots[j])) });
  });
  // A constant map: the domain is a single point.
  if (pieces.length === 0) pieces.push({ from: offsets[0]!, to: offsets[0]!, a: zero, b: zero, c: zero });
  return pieces;
}

/** Fixes the constants so that the function is continuous and takes the given value at u. */
function throughPoint(pieces: readonly Piece[], u: Rational, value: Rational): PiecewiseQuadratic {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    const level = last === undefined ? zero : valueOfPiece(last, piece.from!).sub(valueOfPiece(piece, piece.from!));
    result.push({ ...piece, c: level });
  }
  const shift = value.sub(valueAt(result, u)!);
  return result.map((piece) => ({ ...piece, c: piece.c.add(shift) }));
}
