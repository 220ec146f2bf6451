import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { registry } from '../../reference/functions/index.js';
import { plural } from '../text.js';
import { maximumNorm, ofAnything, ofFormula, ofSum } from './precision.js';

const view = new DataView(new ArrayBuffer(8));

/** The distance from |value| to the next larger double. */
export function ulp(value: number): number {
  const size = Math.abs(value);
  view.setFloat64(0, size);
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0) - size;
}

/** How far a returned number is from the right one, for people: `off by 0.25, relative 0.5, 2.3e+15 ulp`. */
export function showDistance(returned: number, right: number): string {
  const error = Math.abs(returned - right);
  if (Number.isNaN(error) || error === Number.POSITIVE_INFINITY) return `is ${returned}, right is ${right}`;
  if (error === 0) return 'exact';
  const off = `off by ${short(error)}`;
  // Relative to 0 everything is infinitely far.
  return right === 0 ? off : `${off}, relative ${short(error / Math.abs(right))}, ${short(error / ulp(right))} ulp`;
}

/** The entry that is farthest off, for people: `entry 2 off by …`; empty when all are exact, and the length when it is wrong. */
export function showFarthest(
  returned: ArrayLike<number>,
  right: ArrayLike<number>,
  excess: (index: number) => number,
): string {
  if (returned.length !== right.length)
    return `${plural(returned.length, 'entry', 'entries')} where ${right.length} are right`;
  let farthest = 0;
  let most = 0;
  for (let i = 0; i < right.length; i++) {
    const next = excess(i);
    // Nothing is farther off than NaN, and a comparison with it is false.
    if (Number.isNaN(most) || next <= most) continue;
    farthest = i;
    most = next;
  }
  const distance = showDistance(returned[farthest]!, right[farthest]!);
  if (distance === 'exact') return '';
  return right.length === 1 ? distance : `entry ${farthest} ${distance}`;
}

/**
 * An inequality for people, as it holds or by how much it does not: `a ≤ b, with 3 to spare`, `a ≤ b up to rounding: 1e-17 of 4e-16
 * allowed`, `a exceeds b by 3, allowed 4e-16`.
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
 * How far entry i of a prox may be off by rounding, as a function of i. Entries of a sum of one-dimensional functions do not know of each
 * other; others share a norm or a threshold, which adds up n numbers in n − 1 roundings, and its error moves every entry.
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
