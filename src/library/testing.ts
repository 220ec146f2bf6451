/**
 * The means to write claims as the suite and the paper do: problems and points that are drawn, judgements, rows of bounds with the engines that
 * compute them, and errors that are planted to see whether a claim finds them.
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
export { signConventions } from '../reference/algorithms/algorithm.js';
export { signOf } from '../reference/algorithms/sign.js';
export { signProx } from '../reference/algorithms/sign-prox.js';
export { rememberRecent } from '../reference/functions/definition/parse.js';
export { binomialTable, cumulativeAt } from '../reference/sampling/binomial-table.js';
export { parseSmooth } from '../reference/smooth/index.js';
export { alphaPerRun, spendSlots } from '../statistics/budget.js';
export { boundEvidence, evidenceOfRows } from '../theory/bounds/bound-evidence.js';
export { decidedFields, rowClaim, tellRow } from '../theory/bounds/bound-row.js';
export { withoutRoom } from '../theory/bounds/comparison.js';
export { sawTooth } from '../theory/bounds/tightness-search/hard-problems.js';
export { tightnessSearchClaim } from '../theory/bounds/tightness-search/search-claim.js';
export type { Enclosure } from '../theory/formulas/evaluate.js';
export { boundJob } from '../theory/left-side/bound-job.js';
export { exactEngineNames, exactForm } from '../theory/left-side/exact-engine.js';
export { exactEngines, rationalIterations } from '../theory/left-side/exact-engines.js';
export { leftSide } from '../theory/left-side/monte-carlo.js';
export type { LeftSide } from '../theory/left-side/monte-carlo-kernel.js';
export { executorReplicates } from '../theory/left-side/replicate-sources.js';
export { checkCertificate } from '../theory/proofs/certificates/check-certificate.js';
export { auditAssumptions } from '../theory/theorem/audit/audit.js';
export { formatConstant } from '../theory/theorem/audit/format.js';
export { hypotheses } from '../theory/theorem/audit/hypotheses.js';
export { norm } from '../theory/theorem/audit/search-points.js';
export {
  faster,
  sharper,
  type TheoremChange,
  times,
  timesNoise,
  withBatch,
  withoutGap,
  withoutNoise,
  withStep,
} from '../theory/theorem/changed-theorem.js';
export { type EnclosedTheorem, enclosedTheorem } from '../theory/theorem/enclosed-theorem.js';
export { withSchedules } from '../theory/theorem/named-schedules.js';
export { fixedConstants } from '../theory/theorem/objective-constants.js';
export { describeConstants, prepareBound } from '../theory/theorem/prepare-bound.js';
export { mappingNorm1 } from '../theory/theorem/terms.js';
