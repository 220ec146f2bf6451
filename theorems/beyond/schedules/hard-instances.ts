import {
  fromDouble,
  one,
  type Rational,
  rational,
  square,
  sum,
  two,
  zero,
} from '../../../src/exact/arithmetic/rational.js';
import { floorDivide } from '../../../src/exact/engines/sign-law.js';
import { coordinateSmooth } from '../../../src/exact/functions/smooth.js';
import type { SmoothSpecification } from '../../../src/reference/smooth/definition/smooth-function.js';
import { slopes } from '../../shared/functions.js';
import { shortened } from '../../shared/optimal-step.js';
import { type DeclaredDraws, drawsOf, type SignChain } from '../../shared/sign-chain.js';

/** γ, T and B with the σ of the noise; L = 1 and Δ = 1, to which every L and Δ come by scaling x and f. */
export interface Setting {
  /** γ, a double with few digits. */
  readonly step: number;
  readonly iterations: number;
  readonly miniBatch: number;
  readonly sigma: number;
}

/** A problem of one coordinate with L = 1, with what its hypotheses bound. */
export interface HardInstance {
  readonly name: string;
  readonly chain: SignChain;
  /** f(x⁰) − f*, as an exact number. */
  readonly gap: Rational;
  /** Variance of one draw. */
  readonly variance: Rational;
}

/** The largest number of few digits that is at most the value: products of two of them are doubles, also of one with 1 − p. */
const roundedDown = (value: number): number => shortened(value, 17);

const noDraws: DeclaredDraws = { functions: [{ type: 'zero' }], probabilities: [1] };

/** A chain on a d whose infimum is 0. */
function onSmooth(
  { step, iterations, miniBatch }: Setting,
  smooth: SmoothSpecification,
  start: number,
  draws = noDraws,
): Pick<HardInstance, 'chain' | 'gap' | 'variance'> {
  const d = coordinateSmooth(smooth, 0);
  const drawn = drawsOf(draws, fromDouble(step), d.derivative);
  const noise = drawsOf(draws, fromDouble(step), () => zero).mappings(zero);
  if (sum(noise.map((value, k) => drawn.probabilities[k]!.mul(value))).n !== 0n) {
    throw new RangeError('Σθ_k r_k must be 0, so that f = d');
  }
  return {
    chain: { ...drawn, start: fromDouble(start), step: fromDouble(step), miniBatch, iterations },
    gap: d.value(fromDouble(start)),
    variance: sum(noise.map((value, k) => drawn.probabilities[k]!.mul(square(value)))),
  };
}

const huber = (slope: number): SmoothSpecification => ({ type: 'huber', weight: 1, threshold: slope });

/** r = 0, σ = 0: d′ = g wherever x comes in T steps, and then it falls to 0 with slope 1. γ(T − 1)g + ½g² = Δ. */
export function plateau(setting: Setting): HardInstance {
  const length = setting.step * (setting.iterations - 1);
  const slope = roundedDown(2 / (length + Math.sqrt(length ** 2 + 2)));
  return { name: 'plateau', ...onSmooth(setting, huber(slope), slope + length) };
}

/** r = 0, σ = 0: d = ½x² from γ/2, where x alternates between ±γ/2. */
export function alternation(setting: Setting): HardInstance {
  const smooth = { type: 'quadratic', curvature: 1, center: 0 };
  return { name: 'alternation', ...onSmooth(setting, smooth, setting.step / 2) };
}

/**
 * r = 0, σ = 0: d′ has the period γ, with one triangle of height h and one of height −h in each, of slopes ±1, and is 0 elsewhere; x⁰ is at a crest of d′, and so is every
 * iterate. h = min(√2, γ/4), and f(x⁰) − f* is half of a triangle, h²/2.
 */
export function crests(setting: Setting): HardInstance {
  const height = fromDouble(roundedDown(Math.min(Math.SQRT2, setting.step / 4)));
  const period = fromDouble(setting.step);
  const triangle = (distance: Rational): Rational => (distance.lt(height) ? height.sub(distance) : zero);
  const { chain, variance } = onSmooth(setting, { type: 'zero' }, 0);
  const derivative = (x: Rational): Rational => {
    const away = x.sub(nearestInteger(x.div(period)).mul(period)).abs();
    return triangle(away).sub(triangle(period.div(two).sub(away)));
  };
  return {
    name: 'crests',
    chain: { ...chain, ...drawsOf(noDraws, period, derivative) },
    gap: square(height).div(two),
    variance,
  };
}

/** The integer nearest to a rational; of two the larger one. */
function nearestInteger(value: Rational): Rational {
  const { s, n, d } = value.add(one.div(two));
  return rational(floorDivide(s * n, d));
}

/** z at which z(2 − e^{z²}) is largest. */
const rate = 0.516;

/**
 * d′ = clip(x, ±g) from g, and a rare event: noise −pR with probability 1 − p and (1 − p)R with probability p = z²/(B + z²), so that pR = zσ/√B, and g just below pR. While
 * 0 ≤ G ≤ g a mini-batch without an event has Ĝ < 0, which makes x climb with probability (1 − p)^B ≥ e^{−z²}. z is smaller where g²/2 would exceed Δ = 1.
 */
export function climb(setting: Setting): HardInstance {
  const { miniBatch, sigma } = setting;
  const z = Math.min(rate, Math.sqrt(2 * miniBatch) / sigma);
  const p = roundedDown(z ** 2 / (miniBatch + z ** 2));
  const range = roundedDown(sigma / Math.sqrt(p * (1 - p)));
  const slope = roundedDown(Math.min(p * range * (1 - 2 ** -12), Math.SQRT2));
  const draws = { functions: slopes(-p * range, (1 - p) * range), probabilities: [1 - p, p] };
  return { name: 'climb', ...onSmooth(setting, huber(slope), slope, draws) };
}
