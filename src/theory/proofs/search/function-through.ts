import {
  maximum,
  minimum,
  one,
  type Rational,
  rational,
  sum,
  toDouble,
  two,
  zero,
} from '../../../exact/arithmetic/rational.js';
import type { ProblemSpecification } from '../../../reference/problem/problem.js';
import type { Composite, RunTerm } from './run-space.js';

/** A class of functions with L = 1: convex or not, and μ. */
export interface FunctionClassOfRun {
  readonly convex: boolean;
  readonly strongConvexity: Rational;
  /** Of d + r. */
  readonly composite?: Composite;
}

/** What a left side and a start are made of. */
export interface Measured extends FunctionClassOfRun {
  readonly term: RunTerm;
  /** What the left side is a multiple of. */
  readonly start: 'gap' | 'distance';
}

/** A problem of one variable in whole numbers. */
export interface Problem {
  readonly problem: ProblemSpecification;
  readonly start: readonly [number, ...number[]];
  readonly lipschitz: number;
}

/** The left side of T iterations on it, and that divided by what the bound is a multiple of, both in rationals. */
export interface Attaining extends Problem {
  readonly left: Rational;
  /** The summand at each point of the run, divided by the same. */
  readonly terms: readonly number[];
  readonly ratio: Rational;
}

/** A point of a function of one variable, with its slope and its value. */
export interface Known {
  readonly at: Rational;
  readonly slope: Rational;
  readonly value: Rational;
}

/**
 * The slopes of a function through known points whose slope changes by at least `least` and at most 1 per unit of length: between two points a mean of the
 * steepest way, 1 and then `least`, and of the flattest, which encloses the same area as the difference of the values.
 *
 * @returns undefined if there is none
 */
export function slopesThrough(
  known: readonly Known[],
  least: Rational,
): { readonly knots: Rational[]; readonly slopes: Rational[] } | undefined {
  const sorted = [...known].sort((a, b) => (a.at.lt(b.at) ? -1 : 1));
  const knots: Rational[] = [];
  const slopes: Rational[] = [];
  const put = (at: Rational, slope: Rational): void => {
    const before = slopes.at(-1);
    // The slope changes its sign at knots alone.
    if (before?.mul(slope).lt(zero)) {
      const from = knots.at(-1)!;
      knots.push(from.add(at.sub(from).mul(before.abs()).div(before.abs().add(slope.abs()))));
      slopes.push(zero);
    }
    knots.push(at);
    slopes.push(slope);
  };
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  if (first.slope.gt(zero)) put(first.at.sub(first.slope), zero);
  put(first.at, first.slope);
  for (const [k, to] of sorted.slice(1).entries()) {
    const from = sorted[k]!;
    const width = to.at.sub(from.at);
    const rise = to.slope.sub(from.slope);
    if (width.equals(zero)) {
      if (rise.equals(zero) && to.value.equals(from.value)) continue;
      return undefined;
    }
    const steep = rise.sub(least.mul(width)).div(one.sub(least));
    if (steep.lt(zero) || steep.gt(width)) return undefined;
    // The slope at an offset, on the steepest way and on the flattest.
    const upper = (u: Rational) => from.slope.add(minimum(u, steep)).add(least.mul(maximum(zero, u.sub(steep))));
    const bend = width.sub(steep);
    const lower = (u: Rational) => from.slope.add(least.mul(minimum(u, bend))).add(maximum(zero, u.sub(bend)));
    const bends = [steep, bend].sort((a, b) => (a.lt(b) ? -1 : 1));
    const offsets = [zero, ...bends, width].filter((u, i, all) => i === 0 || u.gt(all[i - 1]!));
    const area = (slope: (u: Rational) => Rational) =>
      sum(
        offsets.slice(1).map((u, i) =>
          u
            .sub(offsets[i]!)
            .mul(slope(u).add(slope(offsets[i]!)))
            .div(two),
        ),
      );
    const [most, fewest] = [area(upper), area(lower)];
    const wanted = to.value.sub(from.value);
    if (wanted.gt(most) || wanted.lt(fewest)) return undefined;
    const weight = most.equals(fewest) ? one : wanted.sub(fewest).div(most.sub(fewest));
    for (const u of offsets.slice(1)) put(from.at.add(u), weight.mul(upper(u)).add(one.sub(weight).mul(lower(u))));
  }
  if (last.slope.lt(zero)) put(last.at.sub(last.slope), zero);
  // L is 1 only where the slope changes at that rate; where no iterate comes it may.
  const isSteepest = (k: number) =>
    slopes[k]!.sub(slopes[k - 1]!)
      .abs()
      .equals(knots[k]!.sub(knots[k - 1]!));
  if (!knots.some((_, k) => k > 0 && isSteepest(k))) put(knots.at(-1)!.add(one), slopes.at(-1)!.add(one));
  return withoutStraight(knots, slopes);
}

/** Without the knots at which the slope goes on as before. */
function withoutStraight(knots: readonly Rational[], slopes: readonly Rational[]) {
  const kept = [...knots.keys()];
  for (let k = 1; k < kept.length - 1; ) {
    const [a, b, c] = [kept[k - 1]!, kept[k]!, kept[k + 1]!];
    const turn = slopes[b]!.sub(slopes[a]!).mul(knots[c]!.sub(knots[b]!));
    const straight = turn.equals(slopes[c]!.sub(slopes[b]!).mul(knots[b]!.sub(knots[a]!)));
    const crosses = slopes[b]!.equals(zero) && slopes[a]!.mul(slopes[c]!).lt(zero);
    if (straight && !crosses) kept.splice(k, 1);
    else k++;
  }
  return { knots: kept.map((k) => knots[k]!), slopes: kept.map((k) => slopes[k]!) };
}

/** Whole numbers beyond this are no doubles. */
const largest = 2n ** 53n;

/** The number in whole units; undefined if it is no double then. */
export function inUnits(value: Rational, units: bigint): number | undefined {
  const scaled = value.mul(rational(units));
  return scaled.d === 1n && scaled.n < largest ? toDouble(scaled) : undefined;
}

export const leastCommon = (values: readonly Rational[]): bigint =>
  values.reduce((common, { d }) => {
    let [a, b] = [common, d];
    while (b > 0n) [a, b] = [b, a % b];
    return (common / a) * d;
  }, 1n);
