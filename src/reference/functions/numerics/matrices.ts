import { createRequire } from 'node:module';

/**
 * The decompositions of ml-matrix, loaded as the CommonJS module that it is: before an import Node searches its whole text for the names that
 * it exports, which takes longer than all functions together.
 */
export const { EigenvalueDecomposition, Matrix, SVD } = createRequire(import.meta.url)(
  'ml-matrix',
) as typeof import('ml-matrix');

/** Part of the largest entry below which an entry changes no decomposition in double precision. */
const NEGLIGIBLE = 2 ** -512;

/** The matrix without entries that are negligible beside the largest: the decompositions do not terminate, or break, at subnormal numbers. */
export function withoutNegligible(entries: Float64Array): Float64Array {
  let largest = 0;
  for (const entry of entries) largest = Math.max(largest, Math.abs(entry));
  return entries.map((entry) => (Math.abs(entry) < NEGLIGIBLE * largest ? 0 : entry));
}
