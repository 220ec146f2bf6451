import { plural } from '../../claims/text.js';
import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { registry } from '../../reference/functions/index.js';
import { maximumNorm, ofAnything, ofFormula, ofSum } from './precision.js';

const view = new DataView(new ArrayBuffer(8));

/** The distance from |value| to the next larger double. */
export function ulp(value: number): number {
  const size = Math.abs(value);
  view.setFloat64(0, size);
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0) - size;
}

/** The distance of a returned number from the right one, for display: `off by 0.25, relative 0.5, 2.3e+15 ulp`. */
export function showDistance(returned: number, right: number): string {
  const error = Math.abs(returned - right);
  if (Number.isNaN(error) || error === Number.POSITIVE_INFINITY) return `is ${returned}, right is ${right}`;
  if (error === 0) return 'exact';
  const off = `off by ${short(error)}`;
  // Relative to 0 every error is infinite.
  return right === 0 ? off : `${off}, relative ${short(error / Math.abs(right))}, ${short(error / ulp(right))} ulp`;
}

/** The place of the entry with the largest excess; NaN counts as the largest. */
export function farthestEntry(length: number, excess: (index: number) => number): number {
  let farthest = 0;
  let most = 0;
  for (let i = 0; i < length; i++) {
    const next = excess(i);
    // Comparisons with NaN are false.
    if (Number.isNaN(most) || next <= most) continue;
    farthest = i;
    most = next;
  }
  return farthest;
}

/** The entry with the largest error, for display: `entry 2 off by …`; empty if all are exact; the length if it is wrong. */
export function showFarthest(
  returned: ArrayLike<number>,
  right: ArrayLike<number>,
  excess: (index: number) => number,
): string {
  if (returned.length !== right.length)
    return `${plural(returned.length, 'entry', 'entries')} where ${right.length} are right`;
  const farthest = farthestEntry(right.length, excess);
  const distance = showDistance(returned[farthest]!, right[farthest]!);
  if (distance === 'exact') return '';
  return right.length === 1 ? distance : `entry ${farthest} ${distance}`;
}

/**
 * An inequality for display, with its margin or the amount by which it fails: `a ≤ b, with 3 to spare`, `a ≤ b up to rounding: 1e-17 of
 * 4e-16 allowed`, `a exceeds b by 3, allowed 4e-16`.
 *
 * @param excess left − right
 * @param ratio excess by what is allowed: at most 1 where it holds
 */
export function showInequality(left: string, right: string, excess: number, ratio: number): string {
  if (excess <= 0) return `${left} ≤ ${right}, with ${short(-excess)} to spare`;
  const allowed = short(excess / ratio);
  return ratio <= 1
    ? `${left} ≤ ${right} up to rounding: ${short(excess)} of ${allowed} allowed`
    : `${left} exceeds ${right} by ${short(excess)}, allowed ${allowed}`;
}

function short(value: number): string {
  return value >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

/**
 * The allowed rounding error of entry i of a prox, as a function of i. Entries of a sum of one-dimensional functions are independent; others share
 * a norm or a threshold, which is a sum of n numbers with n − 1 roundings, and its error affects every entry.
 *
 * @param magnitude size of the parameters
 */
export function roundingOfProx(
  target: ProximableFunction,
  step: number,
  y: Float64Array,
  right: Float64Array,
  { precision, magnitude }: { readonly precision: number; readonly magnitude: number },
): (index: number) => number {
  if (registry.get(target.type)?.definition.traits.placeless !== 'yes') {
    const scale = maximumNorm(y) + maximumNorm(right) + (1 + step) * Math.max(magnitude, 2 ** -20);
    return () => ofAnything * precision * scale;
  }
  if (target.coordinate !== undefined) return (i) => ofFormula * precision * (Math.abs(y[i]!) + Math.abs(right[i]!));
  const allowed = ofSum(y.length) * precision * (maximumNorm(y) + maximumNorm(right));
  return () => allowed;
}
