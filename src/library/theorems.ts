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
export {
  type BoundClaim,
  boundClaim,
  type ControlClaim,
  controlClaim,
  type GeneralSchedule,
  type IterationsByDepth,
  type PlantedError,
} from '../claims/bounds/bound-claim.js';
export { type OwnTheorem, theoremClaims } from '../claims/bounds/own-theorem/theorem-claims.js';
export type { ClaimOf } from '../claims/claim-mutant.js';
export type { BoundRow } from '../claims/evidence.js';
export type { OwnHypothesis, OwnWitness, TheoremHypothesis } from '../claims/hypothesis.js';
export type { ExactEngineName } from '../claims/left-side/engine-names.js';
export { type SignSteps, signStepCap } from '../claims/theorems/caps.js';
export { atSchedule } from '../claims/theorems/named-schedules.js';
export type { TermName } from '../claims/theorems/terms.js';
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
} from '../claims/theorems/theorem.js';
export type {
  AlgorithmParameters,
  IterationInput,
  NamedAlgorithm,
  OwnAlgorithm,
  TheoremAlgorithm,
} from '../claims/theorems/theorem-algorithm.js';
export { TheoremFileError } from '../claims/theorems/theorem-fields.js';
export { readTheoremFile, type TheoremControl, type TheoremFile } from '../claims/theorems/theorem-file.js';
