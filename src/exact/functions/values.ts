import { type Rational, sum } from '../arithmetic/rational.js';
import { coordinateFunction } from './functions.js';
import { innerOf, type Specification } from './parameters.js';
import { slopeOfPiece, valueAt } from './piecewise-quadratic.js';
import { analysed, synthesised } from './semi-orthogonal.js';

/**
 * r(u) of sums of one-dimensional functions, and of such behind a matrix; undefined where it is +∞.
 *
 * @throws NotRationalError for every other function
 */
export function valueAtPoint(specification: Specification, u: readonly Rational[]): Rational | undefined {
  if (specification.type === 'semi-orthogonal') return valueAtPoint(innerOf(specification), analysed(specification, u));
  const terms = u.map((entry, i) => valueAt(coordinateFunction(specification, i), entry));
  return terms.includes(undefined) ? undefined : sum(terms as Rational[]);
}

/**
 * ∇r(u) of a differentiable r.
 *
 * @throws NotRationalError where `valueAtPoint` does
 */
export function gradientAtPoint(specification: Specification, u: readonly Rational[]): Rational[] {
  if (specification.type === 'semi-orthogonal') {
    return synthesised(specification, gradientAtPoint(innerOf(specification), analysed(specification, u)));
  }
  return u.map((entry, i) => {
    const piece = coordinateFunction(specification, i).find(({ from, to }) => !(from?.gt(entry) || to?.lt(entry)));
    return slopeOfPiece(piece!, entry);
  });
}
