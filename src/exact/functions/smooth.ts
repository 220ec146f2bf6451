import { minimum, type Rational, square, two, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { huberPieces, parabola } from './coordinate-function.js';
import { entryOf, numberOf, type Specification } from './parameters.js';
import {
  type Piece,
  type PiecewiseQuadratic,
  quadraticPiece,
  slopeOfPiece,
  valueAt,
  valueOfPiece,
} from './piecewise-quadratic.js';

/** One dimension of a smooth term d, in rationals. */
export interface CoordinateSmooth {
  /** d(x). */
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
 *
 * @example
 * const d = coordinateSmooth({ type: 'quadratic', curvature: 3, center: 0 }, 0);
 * assert.deepEqual([d.value(two), d.derivative(two), d.lipschitz].map(toDouble), [6, 6, 3]);
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

const numbersOf = (entries: unknown): Rational[] => Array.from(entries as ArrayLike<unknown>, numberOf);

/** The integral of the function that is s_j at k_j, linear in between and constant outside, less its smallest value at a knot. */
function integralOf(knots: readonly Rational[], slopes: readonly Rational[]): PiecewiseQuadratic {
  const [first, last] = [knots[0]!, knots.at(-1)!];
  const pieces: Piece[] = [{ to: first, a: zero, b: slopes[0]!, c: slopes[0]!.mul(first).neg() }];
  const values = [zero];
  knots.slice(1).forEach((to, j) => {
    const [from, slope, value] = [knots[j]!, slopes[j]!, values[j]!];
    const a = slopes[j + 1]!.sub(slope).div(to.sub(from));
    const b = slope.sub(a.mul(from));
    const piece: Piece = { from, to, a, b, c: value.sub(a.div(two).mul(square(from))).sub(b.mul(from)) };
    pieces.push(piece);
    values.push(valueOfPiece(piece, to));
  });
  const slope = slopes.at(-1)!;
  pieces.push({ from: last, a: zero, b: slope, c: values.at(-1)!.sub(slope.mul(last)) });
  const least = values.reduce(minimum);
  return pieces.map((piece) => ({ ...piece, c: piece.c.sub(least) }));
}

const constructors: Readonly<Record<string, (specification: Specification, index: number) => CoordinateSmooth>> = {
  zero: () => piecewise(quadraticPiece(zero, zero, zero)),
  quadratic: ({ curvature, center }, i) =>
    piecewise(parabola(numberOf(entryOf(curvature, i)), numberOf(entryOf(center, i)))),
  huber: ({ weight, threshold }) => piecewise(huberPieces(numberOf(weight), numberOf(threshold))),
  'piecewise-quadratic': ({ knots, slopes }) => piecewise(integralOf(numbersOf(knots), numbersOf(slopes))),
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
