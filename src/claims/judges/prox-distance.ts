import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { registry } from '../../reference/functions/index.js';
import { maximumNorm } from './precision.js';
import { ofAnything, ofFormula, ofSum } from './roundings.js';

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
