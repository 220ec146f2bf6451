import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { maximumNorm } from './precision.js';

/**
 * Functions of which every number that a formula of the prox meets is as small as y. They have no place but 0, and their weights enter by
 * γτ = y − p alone, for τ a subgradient at the prox p, so by no more than |y| + |p|, whatever the weight and γ are.
 */
const withoutPlaces: readonly string[] = [
  ...['zero', 'squared-l2', 'l1', 'elastic-net', 'huber', 'log-barrier', 'nonnegative'],
  ...['l2', 'linf', 'group-l2', 'second-order-cone'],
];

/** Roundings of a closed form of at most eight operations, of each of which the two operands may be off by as much. */
const ofFormula = 16;

/** Roundings where nothing more is known of the function or of how it is computed. */
const ofAnything = 64;

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
  if (!withoutPlaces.includes(target.type)) {
    const scale = maximumNorm(y) + maximumNorm(right) + (1 + step) * Math.max(magnitude, 2 ** -20);
    return () => ofAnything * precision * scale;
  }
  if (target.coordinate !== undefined) return (i) => ofFormula * precision * (Math.abs(y[i]!) + Math.abs(right[i]!));
  const allowed = (ofFormula + 2 * y.length) * precision * (maximumNorm(y) + maximumNorm(right));
  return () => allowed;
}
