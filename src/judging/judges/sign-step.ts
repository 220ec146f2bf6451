import { adviceOnSignOfZero } from '../../claims/implementation/implementation.js';
import { type Judgement, showComparison } from './judgement.js';
import { largerOrNaN, ofDifference, showVector } from './precision.js';

/** A sign step x⁺ = x − γ sgn(g) to judge, with g known only up to an error. */
export interface SignStepClaim {
  readonly name: string;
  readonly x: Float64Array;
  readonly step: number;
  readonly next: Float64Array;
  /** The direction g whose signs are taken. */
  readonly direction: Float64Array;
  /** Absolute error of each g_i: below it either sign is right, and so is 0. */
  readonly error: number;
  readonly precision: number;
  /** What sgn may be where a g_i is exactly 0 and has no error; default: any value. */
  readonly atZero?: readonly number[];
}

/**
 * Judges x⁺ = x − γ sgn(g) coordinate by coordinate. A g_i at rounding level changes a whole step of ±γ, so if |g_i| is within its error bound any
 * of −γ, 0, +γ is accepted: the value of sgn at 0 is a convention, not an error.
 */
export function judgeSignStep(claim: SignStepClaim): Judgement {
  const { x, step, next, direction, error, precision, atZero = [0, -1, 1] } = claim;
  let ratio = next.length === x.length ? 0 : Number.POSITIVE_INFINITY;
  /** The closest right value. */
  const right = new Float64Array(x.length);
  const excess = (i: number): number =>
    Math.abs(next[i]! - right[i]!) / (ofDifference * precision * (Math.abs(x[i]!) + step));
  let isAtZero = false;
  for (let i = 0; i < x.length; i++) {
    const isZero = direction[i] === 0 && error === 0;
    const uncertain = isZero ? atZero : [0, -1, 1];
    const signs = Math.abs(direction[i]!) <= error ? uncertain : [Math.sign(direction[i]!)];
    right[i] = signs
      .map((sign) => x[i]! - step * sign)
      .reduce((best, value) => (Math.abs(next[i]! - value) < Math.abs(next[i]! - best) ? value : best));
    ratio = largerOrNaN(ratio, excess(i));
    isAtZero ||= isZero && !(excess(i) <= 1);
  }
  return {
    ratio,
    answer: next,
    ...(isAtZero && { advice: adviceOnSignOfZero }),
    explanation: () =>
      `from x = ${showVector(x)} with γ = ${step} and direction ${showVector(direction)}, ` +
      showComparison(claim.name, next, right, excess),
  };
}
