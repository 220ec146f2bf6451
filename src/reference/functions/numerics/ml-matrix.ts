import { createRequire } from 'node:module';

/**
 * ml-matrix, loaded as the CommonJS module that it is: before an import Node searches its whole text for the names that it exports, which takes
 * longer than all functions together. Bundlers for a browser take the package itself: `imports` in package.json.
 */
export const { EigenvalueDecomposition, Matrix, SVD } = createRequire(import.meta.url)(
  'ml-matrix',
) as typeof import('ml-matrix');
