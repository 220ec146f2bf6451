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
export {
  type BoundClaim,
  boundClaim,
  type ControlClaim,
  controlClaim,
  type GeneralSchedule,
  type IterationsByDepth,
  type PlantedError,
} from '../theory/bounds/bound-claim.js';
export { type OwnTheorem, theoremClaims } from '../theory/bounds/own-theorem/theorem-claims.js';
export type { ExactEngineName } from '../theory/left-side/engine-names.js';
export { type ProvedRow, type ProveOptions, type Proving, prove } from '../theory/proofs/search/prove.js';
export { NoModelError } from '../theory/proofs/search/read-theorem.js';
export type { ComputedCase } from '../theory/proofs/search/worst-case.js';
export { type SignSteps, signStepCap } from '../theory/theorem/caps.js';
export { atSchedule } from '../theory/theorem/named-schedules.js';
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
export { TheoremFileError } from '../theory/theorem/theorem-fields.js';
export { readTheoremFile, type TheoremControl, type TheoremFile } from '../theory/theorem/theorem-file.js';
