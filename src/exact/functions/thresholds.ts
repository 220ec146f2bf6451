import { maximum, minimum, type Rational, rational, sum, zero } from '../arithmetic/rational.js';

const clip = (value: Rational, cap: Rational): Rational => minimum(maximum(value, zero), cap);

/**
 * The u with 0 ≤ u_i ≤ c and Σu_i = t that is nearest to y: u_i = clip(y_i − τ, 0, c). Their sum falls from nc to 0 in τ, and is linear between
 * the numbers y_i and y_i − c.
 */
export function ontoCappedSimplex(y: readonly Rational[], cap: Rational, total: Rational): Rational[] {
  const sharesAt = (level: Rational): Rational[] => y.map((value) => clip(value.sub(level), cap));
  const levels = y.flatMap((value) => [value, value.sub(cap)]).sort((a, b) => a.compare(b));
  const k = levels.findLastIndex((level) => !sum(sharesAt(level)).lt(total));
  const [low, high] = [levels[k]!, levels[k + 1] ?? levels[k]!];
  const [most, least] = [sum(sharesAt(low)), sum(sharesAt(high))];
  if (most.equals(total)) return sharesAt(low);
  const share = most.sub(total).div(most.sub(least));
  return sharesAt(low.add(share.mul(high.sub(low))));
}

/** The isotonic regression of y: entry j is the largest over k ≤ j of the least over l ≥ j mean of y_k … y_l (Barlow et al. 1972). */
export function isotonic(y: readonly Rational[]): Rational[] {
  const mean = (k: number, l: number): Rational => sum(y.slice(k, l + 1)).div(rational(BigInt(l + 1 - k)));
  const ends = [...y.keys()];
  return y.map((_, j) =>
    ends
      .slice(0, j + 1)
      .map((k) =>
        ends
          .slice(j)
          .map((l) => mean(k, l))
          .reduce(minimum),
      )
      .reduce(maximum),
  );
}
