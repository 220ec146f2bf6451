import { type CoordinateProblem, type PointOfObjective, ROUNDING } from './coordinate-objective.js';
import { quadraticPart } from './quadratic-part.js';

/** m·10^e. */
interface Decimal {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** The shortest decimal that a finite double prints as: the number that was meant where someone wrote it down. */
function decimal(value: number): Decimal {
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  const [whole, fraction = ''] = digits.split('.') as [string, string?];
  return { mantissa: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** The sign of Σ a_k b_k for finite doubles read as the shortest decimals that mean them: exact, so 0.2·4 − 0.8·1 is 0. */
export function signOfDecimalSum(terms: readonly (readonly [number, number])[]): -1 | 0 | 1 {
  const products = terms.map(([a, b]) => {
    const [x, y] = [decimal(a), decimal(b)];
    return { mantissa: x.mantissa * y.mantissa, exponent: x.exponent + y.exponent };
  });
  const least = Math.min(0, ...products.map(({ exponent }) => exponent));
  const sum = products.reduce(
    (total, { mantissa, exponent }) => total + mantissa * 10n ** BigInt(exponent - least),
    0n,
  );
  return sum > 0n ? 1 : sum < 0n ? -1 : 0;
}

/** Towards −∞ or +∞. */
export type Direction = -1 | 1;

/** A limit that a slope has reached up to rounding. */
const SATURATION = 2 ** -40;

/**
 * A lower bound of f over everything beyond the point in one direction; −∞ when none is certified. With s the outward slope of
 * f, g that of r_γ and c what is left of the concavity of d after the curvature of r_γ, at distance t beyond the point u
 *
 *     f ≥ f(u) + st − (c/2)t²,    f ≥ inf d + r_γ(u) + gt,
 *
 * the first up to t = 2s/c where it is ≥ f(u), the second from there on. Where r_γ is infinite right behind u both end at once.
 * A slope that has reached its limit at infinity and is 0 to within rounding counts as 0 where that limit is ≥ 0 in the decimals that the
 * parameters are written in: terms that cancel in the numbers meant, such as 0.2·4 − 0.8·1, must not make a bounded f unbounded, nor terms
 * that only nearly cancel an unbounded f bounded.
 */
export function tailBound(problem: CoordinateProblem, point: PointOfObjective, direction: Direction): number {
  const concavity = Math.max(0, problem.concavity * (1 + ROUNDING) - problem.curvature * (1 - ROUNDING));
  const extent = extentBeyond(problem, point, direction);
  const own = point.value - point.valueError;
  const slope = outward(point.slope, point.slopeError, direction, isSaturated(problem, point, direction, true));
  const parabola = Number.isFinite(extent) ? own + slope * extent - (concavity / 2) * extent * extent : -Infinity;
  if (slope >= 0 && (concavity === 0 || extent <= (2 * slope) / concavity)) return own;
  if (concavity === 0) return parabola;
  const { valley } = problem.smooth;
  const climbing = valley !== undefined && (direction > 0 ? point.u >= valley : point.u <= valley);
  const floor = climbing ? point.smooth : (problem.smooth.infimum?.(1) ?? -Infinity);
  const base = floor + point.regularizer - point.valueError;
  const reach = slope > 0 ? (2 * slope) / concavity : 0;
  const saturated = isSaturated(problem, point, direction, false);
  const regularizerSlope = outward(point.regularizerSlope, point.regularizerSlopeError, direction, saturated);
  const far = base + (regularizerSlope >= 0 ? regularizerSlope * reach : regularizerSlope * extent);
  return Math.max(Math.min(own, parabola), slope >= 0 ? Math.min(own, far) : far);
}

/** True when f is certified to be unbounded below in the direction, from the asymptotic slopes of its terms. */
export function isUnbounded(problem: CoordinateProblem, direction: Direction): boolean {
  const side = direction > 0 ? 1 : 0;
  const slopes = problem.smooth.asymptoticSlopes;
  if (slopes === undefined) return false;
  const smooth = direction * slopes[side];
  let total = 0;
  let size = 0;
  for (const { function: fn, probability } of problem.components) {
    const slope = quadraticPart(fn).slopes[side];
    total += probability * direction * slope;
    size += probability * Math.abs(slope);
  }
  if (total === Infinity) return false;
  // Only a quadratic d falls faster than linearly, and its concavity is exact: the larger curvature decides.
  if (smooth === -Infinity) return problem.curvature < problem.concavity * (1 - SATURATION);
  if (problem.curvature > 0) return false;
  return smooth + total < -SATURATION * (Math.abs(smooth) + size);
}

/** The outward slope, rounded towards −∞, or 0 when it is saturated and cannot be told from 0. */
function outward(slope: number, error: number, direction: Direction, saturated: boolean): number {
  const value = direction * slope;
  return saturated && Math.abs(value) <= error ? 0 : value - error;
}

/** True when every ρ_k/γ, and d′ if asked, equals its limit in the direction to within rounding, and the limits add up to a slope ≥ 0. */
function isSaturated(
  { components, smooth }: CoordinateProblem,
  { residuals, slope, regularizerSlope }: PointOfObjective,
  direction: Direction,
  withSmooth: boolean,
): boolean {
  const side = direction > 0 ? 1 : 0;
  const reached = (value: number, limit: number | undefined) =>
    limit !== undefined && Number.isFinite(limit) && Math.abs(value - limit) <= SATURATION * Math.abs(limit);
  const limits = components.map(({ function: fn }) => fn.subgradientRange?.[side]);
  const own = smooth.asymptoticSlopes?.[side];
  if (!limits.every((limit, k) => reached(residuals[k]!, limit))) return false;
  if (withSmooth && !reached(slope - regularizerSlope, own)) return false;
  const terms = components.map(({ probability }, k) => [probability, limits[k]!] as const);
  const sign = signOfDecimalSum(withSmooth ? [...terms, [1, own!]] : terms);
  return direction * sign >= 0;
}

/** How far beyond the point the domain of r_γ reaches: 0⁺ when every p_k is at the end of its domain, else ∞. */
function extentBeyond({ components }: CoordinateProblem, { images }: PointOfObjective, direction: Direction): number {
  let extent = 0;
  for (const [k, { function: fn, probability }] of components.entries()) {
    const margin = ROUNDING * Math.max(1, Math.abs(images[k]!));
    const beyond = Float64Array.of(images[k]! + direction * margin);
    if (fn.violation === undefined || fn.violation(beyond) === 0) return Infinity;
    extent += probability * margin;
  }
  return extent;
}
