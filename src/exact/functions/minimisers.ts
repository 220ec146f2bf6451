import { one, type Rational, square, two, zero } from '../arithmetic/rational.js';
import { type PiecewiseQuadratic, valueAt } from './piecewise-quadratic.js';

/** A minimiser u of ½(u − y)² + γr(u). */
export interface Minimiser {
  readonly at: Rational;
  /** Its derivative in y: 1/(1 + γr″) inside a piece, 0 at the end of one. */
  readonly stretch: Rational;
}

/** Of two minimisers at one point, the one with the larger derivative. */
const farther = (a: Minimiser, b: Minimiser): Minimiser => (a.stretch.gte(b.stretch) ? a : b);

/**
 * Every minimiser of φ(u) = ½(u − y)² + γr(u), in increasing order, for an r that need not be convex. A minimiser inside a piece has slope 0, and
 * φ is strictly convex there; all others are ends of pieces. So there are finitely many candidates, which are compared exactly. If φ is constant on
 * a piece, only its ends are returned.
 */
export function minimisers(pieces: PiecewiseQuadratic, step: Rational, y: Rational): readonly Minimiser[] {
  const candidates = pieces.flatMap(({ from, to, a, b }): Minimiser[] => {
    const atEnds = [from, to].flatMap((end) => (end === undefined ? [] : [{ at: end, stretch: zero }]));
    const curvature = one.add(step.mul(a));
    if (!curvature.gt(zero)) return atEnds;
    const at = y.sub(step.mul(b)).div(curvature);
    return from?.gt(at) || to?.lt(at) ? atEnds : [...atEnds, { at, stretch: one.div(curvature) }];
  });
  const valued = candidates.map((candidate) => {
    const { at } = candidate;
    return {
      candidate,
      value: square(at.sub(y))
        .div(two)
        .add(step.mul(valueAt(pieces, at)!)),
    };
  });
  const least = valued.map(({ value }) => value).reduce((a, b) => (b.lt(a) ? b : a));
  const found: Minimiser[] = [];
  for (const { candidate, value } of valued) {
    if (!value.equals(least)) continue;
    const same = found.findIndex(({ at }) => at.equals(candidate.at));
    if (same < 0) found.push(candidate);
    else found[same] = farther(found[same]!, candidate);
  }
  return found.sort((a, b) => a.at.compare(b.at));
}
