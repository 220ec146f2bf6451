import type { ProximableFunction } from './proximable-function.js';

type OfVector = (u: Float64Array) => number;

const zero: OfVector = () => 0;

/**
 * The three members of a function that is +∞ outside of its domain: its value from the distance to the domain, which is 0 inside, and from
 * what it is inside; by default an indicator, 0 inside.
 */
export function onDomain(
  violation: OfVector,
  finiteValue = zero,
): Required<Pick<ProximableFunction, 'value' | 'violation' | 'finiteValue'>> {
  return { value: (u) => (violation(u) === 0 ? finiteValue(u) : Infinity), violation, finiteValue };
}
