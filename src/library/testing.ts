/**
 * The means to write claims as the suite and the paper do: problems and points that are drawn, judgements, and errors that are planted to see whether a
 * claim finds them.
 *
 * @module signprox/testing
 */
export { type ClaimFacts, type ConcludedPieces, claimInPieces } from '../claims/claim-in-pieces.js';
export {
  type Changes,
  type ClaimMutant,
  claimMaker,
  claimOf,
  inconclusive,
  silent,
  violated,
} from '../claims/claim-mutant.js';
export { encodeExact } from '../claims/exact-encoding.js';
export { type ClaimModule, loadClaims } from '../claims/load-claims.js';
export { deriveSeed } from '../claims/seed.js';
export { plural } from '../claims/text.js';
export { refutingVerdicts } from '../claims/verdict.js';
export { dyadic, positiveDyadic, probabilities, smallDimension } from '../judging/arbitraries/dyadic.js';
export {
  drawable,
  type ProblemCase,
  type ProblemCaseOptions,
  problemCase,
} from '../judging/arbitraries/problem-case.js';
export {
  type ComponentFamily,
  certifiedFamilies,
  certifiedSmoothTypes,
  proofFamilies,
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  type SmoothProblemOptions,
  signFamilies,
  smoothProblemCase,
  turnedProblemCase,
} from '../judging/arbitraries/smooth-problem-case.js';
export { smoothSpecification } from '../judging/arbitraries/smooth-specification.js';
export { worstOf } from '../judging/judges/judgement.js';
export { maximumNorm, parameterMagnitude } from '../judging/judges/precision.js';
export { directFunctionTypes } from '../judging/parts/problem-parts.js';
export { propertyClaim, propertyPart } from '../judging/parts/property-claim.js';
