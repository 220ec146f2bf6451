import type { ImplementationDescription } from '../implementation/implementation.js';

/** Unit roundoff u of the arithmetic an implementation declares: half the spacing of numbers at 1. */
export function unitRoundoff(dtype: ImplementationDescription['dtype']): number {
  return dtype === 'f32' ? 2 ** -24 : 2 ** -53;
}

/** Largest absolute value among all numbers of a specification, nested functions included; ±∞ bounds do not count. */
export function parameterMagnitude(specification: unknown): number {
  if (typeof specification === 'number') return Number.isFinite(specification) ? Math.abs(specification) : 0;
  if (typeof specification !== 'object' || specification === null) return 0;
  let largest = 0;
  for (const value of Object.values(specification)) largest = Math.max(largest, parameterMagnitude(value));
  return largest;
}

/** The larger of two numbers; NaN as soon as one is NaN, and a later number does not undo it: an entry that is NaN is wrong. */
export function largerOrNaN(current: number, next: number): number {
  return next > current || Number.isNaN(next) ? next : current;
}

/** ‖v‖_∞; 0 for an empty vector and NaN when an entry is. */
export function maximumNorm(vector: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) {
    largest = largerOrNaN(largest, Math.abs(vector[i]!));
  }
  return largest;
}

/** Shortest decimal form of a vector for explanations: at most eight entries. */
export function showVector(vector: ArrayLike<number>): string {
  const shown = Array.from({ length: Math.min(8, vector.length) }, (_, i) => String(vector[i]));
  return `[${shown.join(', ')}${vector.length > 8 ? `, … ${vector.length} entries` : ''}]`;
}
