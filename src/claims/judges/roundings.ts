import { longestVector } from '../arbitraries/basic-functions.js';

// How many roundings the answer of a good algorithm may be off by, relative to the largest number that is met on the way.

/** Of a sum or difference of two numbers that are exact: its own and that of what it is compared with, each counted twice. */
export const ofDifference = 4;

/** Roundings in a closed form of at most 8 operations with inexact operands. */
export const ofFormula = 16;

/** Of a closed form with a sum over n entries in it, be it a norm, a threshold or a value: n − 1 roundings more, counted twice as well. */
export const ofSum = (n: number): number => ofFormula + 2 * n;

/**
 * Where nothing more is known of the function or of how it is computed: those of a sum over the longest vector that is generated. The image
 * of the phantom is longer, and its prox iterates to an accuracy of its own.
 */
export const ofAnything = ofSum(longestVector);
