/**
 * The theorems of the paper and their sharpened forms, the claims about them, and the functions that check your own bound.
 *
 * @module signprox/theorems
 */
export { theorems } from '../../theorems/index.js';
export { theorem1 } from '../../theorems/theorem-1/theorem-1.js';
export { theorem1Sharp } from '../../theorems/theorem-1/theorem-1-sharp.js';
export { theorem2 } from '../../theorems/theorem-2/theorem-2.js';
export { theorem2Sharp } from '../../theorems/theorem-2/theorem-2-sharp.js';
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
