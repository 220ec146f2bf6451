/**
 * Exact arithmetic: rationals, problems and iterations in them, the laws of mini-batches and of signs, and left sides of theorems by enumeration, second
 * moments and lattices. It shares no code with the functions and algorithms in doubles.
 *
 * @module signprox/exact
 */
export { atMost, type BinomialLaw, binomialLaw } from '../exact/arithmetic/binomial-law.js';
export { type CountOutcome, multinomialLaw } from '../exact/arithmetic/multinomial.js';
export {
  enclosingDoubles,
  fromDouble,
  greatestCommonDivisor,
  isAtMost,
  maximum,
  minimum,
  one,
  type Quotient,
  Rational,
  rational,
  square,
  sum,
  toDouble,
  two,
  writtenOut,
  zero,
} from '../exact/arithmetic/rational.js';
export {
  type RationalIteration,
  type SignOfZero,
  type Successor,
  signProxIteration,
  spgmIteration,
} from '../exact/engines/algorithms.js';
export { type Enumeration, enumerateLeft, type MappingNorm } from '../exact/engines/enumeration.js';
export {
  type Compressor,
  errorFeedbackIteration,
  type RationalFeedback,
  type RationalFeedbackState,
  scaledSigns,
} from '../exact/engines/error-feedback.js';
export { type LatticeCoordinate, latticeLeft } from '../exact/engines/lattice.js';
export { type LatticeLaw, type LatticeLawOptions, latticeLaw } from '../exact/engines/lattice-law.js';
export { floorDivide, type LinearForm, type SignLaw, type SignLawOf, signLaws } from '../exact/engines/sign-law.js';
export { coordinateFunction } from '../exact/functions/coordinate-function.js';
export type { Specification } from '../exact/functions/parameters.js';
export { evaluate, type PiecewiseAffine } from '../exact/functions/piecewise-affine.js';
export {
  type Piece,
  type PiecewiseQuadratic,
  slopeOfPiece,
  valueAt,
  valueOfPiece,
} from '../exact/functions/piecewise-quadratic.js';
export { type CoordinateSmooth, coordinateSmooth } from '../exact/functions/smooth.js';
export {
  coordinateLipschitz,
  type LowerConstants,
  lowerConstants,
  squareRootBelow,
} from '../exact/problem/constants.js';
export {
  atStep,
  batchWeights,
  type CoordinateAtStep,
  type CoordinateParts,
  componentMappings,
  type ProblemJson,
  type RationalProblem,
  type RationalProblemAtStep,
  rationalProblem,
  smoothTerm,
} from '../exact/problem/rational-problem.js';
