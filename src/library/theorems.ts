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
export type { ConcludedRows, PlannedRow, RowRequest } from '../theory/bounds/bound-row.js';
export type { Comparison } from '../theory/bounds/comparison.js';
export { type OwnTheorem, theoremClaims } from '../theory/bounds/own-theorem/theorem-claims.js';
export type { TightnessSearch } from '../theory/bounds/tightness-search/search-claim.js';
export type { BoundJob, RowKey } from '../theory/left-side/bound-job.js';
export type { ExactEngineName } from '../theory/left-side/engine-names.js';
export type {
  ExactAnswer,
  ExactForm,
  ExactLeft,
  ExactRequest,
  Inapplicable,
} from '../theory/left-side/exact-engine.js';
export type { CaseResult } from '../theory/proofs/certificates/check-certificate.js';
export { prove } from '../theory/proofs/prove.js';
export type { ProvedRow, ProveOptions, Proving } from '../theory/proofs/search/prove.js';
export type { Conjecture, TheoremWithoutBound, Worst, WorstOptions, WorstRow } from '../theory/proofs/search/worst.js';
export type { ComputedCase } from '../theory/proofs/search/worst-case.js';
export { worst } from '../theory/proofs/worst.js';
export type { Audit, AuditedTheorem, AuditOptions } from '../theory/theorem/audit/audit.js';
export type { DeclaredConstants } from '../theory/theorem/audit/declared-constants.js';
export type { HypothesisFinding } from '../theory/theorem/audit/finding.js';
export type { Hypothesis } from '../theory/theorem/audit/hypotheses.js';
export type { SearchPlan } from '../theory/theorem/audit/search-points.js';
export type { AuditSubject } from '../theory/theorem/audit/subject.js';
export { type SignSteps, signStepCap } from '../theory/theorem/caps.js';
export type { GivenConstants } from '../theory/theorem/constants-at-start.js';
export { atSchedule } from '../theory/theorem/named-schedules.js';
export type { Preparation, Prepared, Silence } from '../theory/theorem/prepare-bound.js';
export type { Threshold } from '../theory/theorem/tail.js';
export type { TermName } from '../theory/theorem/terms.js';
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
export { NoModelError, TheoremFileError } from '../theory/theorem/theorem-fields.js';
export { readTheoremFile, type TheoremControl, type TheoremFile } from '../theory/theorem/theorem-file.js';
export type { WrittenTheorem } from '../theory/theorem/written-theorem.js';
