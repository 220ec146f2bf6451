import { type Dtype, largestFinite, smallestPositive } from '../../claims/implementation/dtype.js';
import { longestVector } from '../arbitraries/basic-functions.js';

// The number of roundings that a good algorithm may take, relative to the largest number in its computation.

/** Roundings in a sum or difference of two exact numbers: its own and that of the value it is compared with, each counted twice. */
export const ofDifference = 4;

/** Roundings in a closed form of at most 8 operations with inexact operands. */
export const ofFormula = 16;

/** Roundings in a closed form with a sum over n entries, such as a norm, a threshold or a value: n − 1 more, also counted twice. */
export const ofSum = (n: number): number => ofFormula + 2 * n;

/**
 * Roundings if nothing is known about the function or its algorithm: those of a sum over the longest vector that is generated. The image of the
 * phantom is longer, and its prox iterates to its own accuracy.
 */
export const ofAnything = ofSum(longestVector);

/** The same for results below the smallest normal number, whose errors are absolute: each rounding is off by half of the smallest number. */
export const underflow = (dtype: Dtype): number => (ofFormula / 2) * smallestPositive(dtype);

/**
 * Size of an iterate after which a diverging run is not followed: the cube in the gradient of a quartic d still fits single precision, and
 * the iterate itself binary16.
 */
export const farthest = (dtype: Dtype): number => Math.min(2 ** 30, largestFinite(dtype) / 4);

/** Largest absolute value among all numbers of a specification, nested functions included; ±∞ bounds do not count. */
export function parameterMagnitude(specification: unknown): number {
  if (typeof specification === 'number') return Number.isFinite(specification) ? Math.abs(specification) : 0;
  if (typeof specification !== 'object' || specification === null) return 0;
  let largest = 0;
  for (const value of Object.values(specification)) largest = Math.max(largest, parameterMagnitude(value));
  return largest;
}

/** The larger of two numbers, or NaN if either is NaN, so that an entry that is NaN counts as wrong. */
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

/** Most entries of a vector in an explanation. */
export const mostEntries = 8;

/** Shortest decimal form of a vector for explanations: its first entries. */
export function showVector(vector: ArrayLike<number>): string {
  const shown = Array.from({ length: Math.min(mostEntries, vector.length) }, (_, i) => String(vector[i]));
  return `[${shown.join(', ')}${vector.length > mostEntries ? `, … ${vector.length} entries` : ''}]`;
}
