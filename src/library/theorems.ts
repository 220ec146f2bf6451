/**
 * Theorems as values, and the functions that check your own bound. Those of the paper are in `signprox/paper`.
 *
 * @module signprox/theorems
 */
export type {
  Case,
  Certificate,
  CertificateTerm,
  FunctionClass,
  Inequality,
  Magnitude,
  Stage,
  StageKind,
} from '../claims/certificate.js';
export type { ClaimOf } from '../claims/claim-mutant.js';
export type { BoundRow } from '../claims/evidence.js';
export type { OwnHypothesis, OwnWitness, TheoremHypothesis } from '../claims/hypothesis.js';
export type { DeepReadonly } from '../claims/schemas.js';
export {
  type BoundClaim,
  boundClaim,
  type ControlClaim,
  controlClaim,
  type GeneralSchedule,
  type IterationsByDepth,
  type PlantedError,
} from '../theory/bounds/bound-claim.js';
export { boundEvidence, evidenceOfRows } from '../theory/bounds/bound-evidence.js';
export {
  type ConcludedRows,
  decidedFields,
  type PlannedRow,
  type RowRequest,
  rowClaim,
  tellRow,
} from '../theory/bounds/bound-row.js';
export { type Comparison, withoutRoom } from '../theory/bounds/comparison.js';
export { type OwnTheorem, theoremClaims } from '../theory/bounds/own-theorem/theorem-claims.js';
export { sawTooth } from '../theory/bounds/tightness-search/hard-problems.js';
export { type TightnessSearch, tightnessSearchClaim } from '../theory/bounds/tightness-search/search-claim.js';
export { type BoundJob, boundJob, type RowKey } from '../theory/left-side/bound-job.js';
export type { ExactEngineName } from '../theory/left-side/engine-names.js';
export {
  type ExactAnswer,
  type ExactForm,
  type ExactLeft,
  type ExactRequest,
  exactEngineNames,
  exactForm,
  type Inapplicable,
} from '../theory/left-side/exact-engine.js';
export { exactEngines, rationalIterations } from '../theory/left-side/exact-engines.js';
export { executorReplicates } from '../theory/left-side/replicate-sources.js';
export { type CaseResult, checkCertificate } from '../theory/proofs/certificates/check-certificate.js';
export { type ProvedRow, type ProveOptions, type Proving, prove } from '../theory/proofs/search/prove.js';
export { NoModelError } from '../theory/proofs/search/read-theorem.js';
export type { ComputedCase } from '../theory/proofs/search/worst-case.js';
export { type Audit, type AuditedTheorem, type AuditOptions, auditAssumptions } from '../theory/theorem/audit/audit.js';
export type { DeclaredConstants } from '../theory/theorem/audit/declared-constants.js';
export type { HypothesisFinding } from '../theory/theorem/audit/finding.js';
export { formatConstant } from '../theory/theorem/audit/format.js';
export { type Hypothesis, hypotheses } from '../theory/theorem/audit/hypotheses.js';
export { norm, type SearchPlan } from '../theory/theorem/audit/search-points.js';
export type { AuditSubject } from '../theory/theorem/audit/subject.js';
export { type SignSteps, signStepCap } from '../theory/theorem/caps.js';
export type { GivenConstants } from '../theory/theorem/constants-at-start.js';
export { atSchedule, withSchedules } from '../theory/theorem/named-schedules.js';
export { fixedConstants } from '../theory/theorem/objective-constants.js';
export {
  describeConstants,
  type Preparation,
  type Prepared,
  prepareBound,
  type Silence,
} from '../theory/theorem/prepare-bound.js';
export { mappingNorm1, type TermName } from '../theory/theorem/terms.js';
export type {
  BoundInstance,
  FixedConstants,
  GivenSchedules,
  NamedSchedule,
  Schedule,
  ScheduleConstants,
  ScheduleOptions,
  Theorem,
  TheoremConstants,
  TheoremObjective,
} from '../theory/theorem/theorem.js';
export type {
  AlgorithmParameters,
  IterationInput,
  NamedAlgorithm,
  OwnAlgorithm,
  TheoremAlgorithm,
} from '../theory/theorem/theorem-algorithm.js';
export { TheoremFileError } from '../theory/theorem/theorem-fields.js';
export { readTheoremFile, type TheoremControl, type TheoremFile } from '../theory/theorem/theorem-file.js';
