import {
  atStep,
  type CoordinateAtStep,
  fromDouble,
  maximum,
  minimum,
  one,
  type Piece,
  type PiecewiseQuadratic,
  type Rational,
  type RationalProblemAtStep,
  rational,
  square,
  sum,
  valueOfPiece,
  zero,
} from '../../src/library/exact.js';
import type { SmoothProblemCase } from '../../src/library/testing.js';
import { rationalProblemOf } from './case-categories.js';
import { coordinateConstants, largestOf } from './exact-iteration.js';

/** The results of T iterations of SPGM with B = 1 and γ = 1/(L√T), over all of their K^T runs. */
export interface RunLaw {
  /** E[(1/T) Σ ‖G(x^{t−1})‖²]. */
  readonly left: Rational;
  /** f(x⁰). */
  readonly start: Rational;
  /** E[f(x^T)]. */
  readonly end: Rational;
  /** A lower bound of f; undefined when f is unbounded below. */
  readonly infimum: Rational | undefined;
  readonly lipschitz: Rational;
  /** √T. */
  readonly root: Rational;
  /** The largest E‖Ĝ(x) − G(x)‖² at a point that a run visits before its last step: the smallest σ² that the proof needs. */
  readonly variance: Rational;
}

export function runLaw(input: SmoothProblemCase): RunLaw {
  const start = Array.from(input.x, fromDouble);
  const problem = rationalProblemOf(input);
  const { probabilities } = problem;
  const root = rational(BigInt(input.root));
  const curvature = largestOf(coordinateConstants(problem));
  const lipschitz = curvature.n === 0n ? one : curvature;
  const at = atStep(problem, one.div(lipschitz.mul(root)));
  const iterations = input.root ** 2;
  const vertices = probabilities.map((_, k) => probabilities.map((__, j) => rational(j === k ? 1n : 0n)));
  let total = zero;
  let end = zero;
  let variance = zero;

  const visit = (x: readonly Rational[], probability: Rational, t: number): void => {
    if (t === iterations) {
      end = end.add(probability.mul(at.objective(x)!));
      return;
    }
    const mapping = at.residualMapping(probabilities, x);
    total = total.add(probability.mul(sum(mapping.map(square))));
    const deviations = vertices.map((vertex) =>
      sum(at.residualMapping(vertex, x).map((entry, i) => square(entry.sub(mapping[i]!)))),
    );
    variance = maximum(variance, sum(deviations.map((deviation, k) => probabilities[k]!.mul(deviation))));
    probabilities.forEach((theta, k) => {
      if (theta.n > 0n) visit(at.proximalGradient(k, x), probability.mul(theta), t + 1);
    });
  };
  visit(start, one, 0);
  return {
    left: total.div(rational(BigInt(iterations))),
    start: at.objective(start)!,
    end,
    infimum: problem.frame === undefined ? exactInfimum(at) : undefined,
    lipschitz,
    root,
    variance,
  };
}

/**
 * A lower bound of f = d + r_γ over all of Rⁿ in rationals: the infimum itself if d is piecewise quadratic, and 0 + inf r_γ for other d ≥ 0;
 * undefined if none is found, in particular if f is unbounded below.
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

/** The smallest value on the piece; undefined if it is −∞. */
function infimumOfPiece(piece: Piece): Rational | undefined {
  const { from, to, a, b } = piece;
  if (a.gt(zero)) {
    let u = b.neg().div(a);
    if (from?.gt(u)) u = from;
    if (to?.lt(u)) u = to;
    return valueOfPiece(piece, u);
  }
  // Concave: towards an infinite end it decreases without bound, unless it is affine and does not decrease.
  const falls = a.lt(zero);
  if (from === undefined && (falls || b.gt(zero))) return undefined;
  if (to === undefined && (falls || b.lt(zero))) return undefined;
  const ends = [from, to].flatMap((u) => (u === undefined ? [] : [valueOfPiece(piece, u)]));
  return ends.length === 0 ? piece.c : ends.reduce(minimum);
}
