import { type Rational, square, two, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { huberPieces, parabola } from './coordinate-function.js';
import { entryOf, numberOf, type Specification } from './parameters.js';
import { type PiecewiseQuadratic, quadraticPiece, slopeOfPiece, valueAt } from './piecewise-quadratic.js';

/** One dimension of a smooth term d, in rationals. */
export interface CoordinateSmooth {
  value(x: Rational): Rational;
  /** d′(x). */
  derivative(x: Rational): Rational;
  /** The smallest L with |d′(x) − d′(y)| ≤ L|x − y|. */
  readonly lipschitz: Rational;
  /** Present when d is piecewise quadratic (not necessarily convex). */
  readonly pieces?: PiecewiseQuadratic;
}

/**
 * The i-th one-dimensional summand of a smooth term of the vocabulary with rational values.
 * @throws NotRationalError for every other term
 */
export function coordinateSmooth(specification: Specification, index: number): CoordinateSmooth {
  const build = constructors[specification.type];
  if (build === undefined) throw new NotRationalError(`${specification.type} does not have rational values`);
  return build(specification, index);
}

/** The types that `coordinateSmooth` can read. */
export function rationalSmoothTypes(): readonly string[] {
  return Object.keys(constructors);
}

function piecewise(pieces: PiecewiseQuadratic): CoordinateSmooth {
  return {
    value: (x) => valueAt(pieces, x)!,
    derivative: (x) => slopeOfPiece(pieces.find(({ to }) => !to?.lt(x))!, x),
    lipschitz: pieces.reduce((largest, { a }) => (a.abs().gt(largest) ? a.abs() : largest), zero),
    pieces,
  };
}

const constructors: Readonly<Record<string, (specification: Specification, index: number) => CoordinateSmooth>> = {
  zero: () => piecewise(quadraticPiece(zero, zero, zero)),
  quadratic: ({ curvature, center }, i) =>
    piecewise(parabola(numberOf(entryOf(curvature, i)), numberOf(entryOf(center, i)))),
  huber: ({ weight, threshold }) => piecewise(huberPieces(numberOf(weight), numberOf(threshold))),
  'geman-mcclure'({ weight, scale }) {
    // d = wx²/(s² + x²), d′ = 2ws²x/(s² + x²)²; |d″| is largest at 0.
    const [w, s2] = [numberOf(weight), square(numberOf(scale))];
    return {
      value: (x) => w.mul(square(x)).div(s2.add(square(x))),
      derivative: (x) =>
        two
          .mul(w)
          .mul(s2)
          .mul(x)
          .div(square(s2.add(square(x)))),
      lipschitz: two.mul(w).div(s2),
    };
  },
};
