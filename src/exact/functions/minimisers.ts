import { minimum, one, type Rational, rational, square, sum, two, zero } from '../arithmetic/rational.js';
import { type PiecewiseQuadratic, valueAt } from './piecewise-quadratic.js';

type Point = readonly Rational[];

/** A minimiser u of ½(u − y)² + γr(u). */
export interface Minimiser {
  readonly at: Rational;
  /** Its derivative in y: 1/(1 + γr″) inside a piece, 0 at the end of one. */
  readonly stretch: Rational;
}

/** Those of the candidates with the least value. */
function bestOf<Candidate>(
  candidates: readonly Candidate[],
  measure: (candidate: Candidate) => Rational,
): readonly Candidate[] {
  const values = candidates.map(measure);
  const least = values.reduce(minimum);
  return candidates.filter((_, k) => values[k]!.equals(least));
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
  const best = bestOf(candidates, ({ at }) =>
    square(at.sub(y))
      .div(two)
      .add(step.mul(valueAt(pieces, at)!)),
  );
  const found: Minimiser[] = [];
  for (const candidate of best) {
    const same = found.findIndex(({ at }) => at.equals(candidate.at));
    if (same < 0) found.push(candidate);
    else found[same] = farther(found[same]!, candidate);
  }
  return found.sort((a, b) => a.at.compare(b.at));
}

/** Every point with at most k entries other than 0 that is nearest to y. */
export function nearestSparse(y: Point, sparsity: number): readonly Point[] {
  const choices = y.reduce<readonly Point[]>(
    (heads, entry) => heads.flatMap((head) => (entry.n === 0n ? [zero] : [zero, entry]).map((u) => [...head, u])),
    [[]],
  );
  const sparse = choices.filter((u) => u.filter((entry) => entry.n !== 0n).length <= sparsity);
  return bestOf(sparse, (u) => sum(u.map((entry, i) => square(entry.sub(y[i]!)))));
}

/** ½‖u − y‖² + t Σ|u_{i+1} − u_i|. */
const objective = (u: Point, y: Point, t: Rational): Rational =>
  sum(u.map((entry, i) => square(entry.sub(y[i]!)).div(two))).add(
    sum(u.slice(1).map((entry, i) => entry.sub(u[i]!).abs())).mul(t),
  );

/** The u that is best of those with given signs of u_{i+1} − u_i, if it has them: on a segment without a jump it is mean(y) + t(after − before)/length. */
function withSigns(signs: readonly number[], y: Point, t: Rational): Rational[] {
  const starts = [...y.keys()].filter((i) => i === 0 || signs[i - 1] !== 0);
  return starts.flatMap((start, k) => {
    const end = starts[k + 1] ?? y.length;
    const pull = (signs[end - 1] ?? 0) - (signs[start - 1] ?? 0);
    const level = sum(y.slice(start, end))
      .add(t.mul(rational(BigInt(pull))))
      .div(rational(BigInt(end - start)));
    return new Array<Rational>(end - start).fill(level);
  });
}

/** The minimiser of ½‖u − y‖² + t Σ|u_{i+1} − u_i|: the best of 3ⁿ⁻¹ points, one for each choice of signs of the differences. For short y. */
export function totalVariationProx(y: Point, t: Rational): Point {
  const patterns = y
    .slice(1)
    .reduce<readonly (readonly number[])[]>(
      (heads) => heads.flatMap((head) => [-1, 0, 1].map((s) => [...head, s])),
      [[]],
    );
  const [best] = bestOf(
    patterns.map((signs) => withSigns(signs, y, t)),
    (u) => objective(u, y, t),
  );
  return best!;
}
