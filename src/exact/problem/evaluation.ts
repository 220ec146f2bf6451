import { fromDouble, type Rational } from '../arithmetic/rational.js';
import { coordinateFunction } from '../functions/functions.js';
import type { Specification } from '../functions/parameters.js';
import { evaluate } from '../functions/piecewise-affine.js';
import { type PiecewiseQuadratic, proximalMap, slopeOfPiece, valueAt } from '../functions/piecewise-quadratic.js';
import { dividedResidualMap } from './rational-problem.js';

/** What the vocabulary's operators are at one point, in one coordinate and exactly. */
export interface ExactCoordinate {
  readonly pieces: PiecewiseQuadratic;
  /** r(y); undefined where it is +∞. */
  value(y: number): Rational | undefined;
  /** prox_{γr}(y). */
  prox(y: number, step: number): Rational;
  /** (y − prox_{γr}(y))/γ, from the conjugate. */
  dividedResidual(y: number, step: number): Rational;
}

/**
 * One coordinate of a function, ready for comparisons with doubles.
 * @throws NotRationalError when the function has no piecewise quadratic form
 */
export function exactCoordinate(specification: Specification, index: number): ExactCoordinate {
  const pieces = coordinateFunction(specification, index);
  return {
    pieces,
    value: (y) => valueAt(pieces, fromDouble(y)),
    prox: (y, step) => evaluate(proximalMap(pieces, fromDouble(step)), fromDouble(y)),
    dividedResidual: (y, step) => evaluate(dividedResidualMap(pieces, fromDouble(step)), fromDouble(y)),
  };
}

/** The largest |r′| over the pieces, each continued to y: how much r can change with y there. */
export function steepnessNear(pieces: PiecewiseQuadratic, y: number): Rational {
  const at = fromDouble(y);
  return pieces.map((piece) => slopeOfPiece(piece, at).abs()).reduce((a, b) => (b.gt(a) ? b : a));
}
