/**
 * Claims: statements that are judged on any implementation, those about operators and algorithms as they are in the suite, and the means to
 * make a new one.
 *
 * @module signprox/claims
 */
export { properties } from '../../properties/index.js';
export type { Asked, AskedNumbers } from '../claims/asked.js';
export type { Budget, Claim, Depth, Executor, ReplicateJob, Requirements, SavedCase } from '../claims/claim.js';
export type {
  CaseRecord,
  Cell,
  Evidence,
  FailingCase,
  Finding,
  KillMatrix,
  Part,
  RecordedEvidence,
  RowFinding,
} from '../claims/evidence.js';
export type { HypothesisId } from '../claims/hypothesis.js';
export type { Dtype } from '../claims/implementation/dtype.js';
export {
  type AheadIteration,
  type Answers,
  type AnswerTo,
  type Implementation,
  type ImplementationDescription,
  ImplementationError,
  type MethodName,
  type Question,
  type Questions,
  type RunReply,
  type RunRequest,
  type ShapeName,
  type State,
  type StatefulRunRequest,
  type StatefulStepRequest,
  type StepReply,
  type StepRequest,
  UnsupportedError,
  type VectorAnswer,
} from '../claims/implementation/implementation.js';
export { reference } from '../claims/implementation/reference.js';
export type { Restrictions } from '../claims/implementation/restrictions.js';
export { type CheckedClaim, type ClaimObserver, runClaims } from '../claims/run-claims.js';
export type { Source } from '../claims/schemas.js';
export { type Verdict, verdictLegend } from '../claims/verdict.js';
export { type LocalExecutorOptions, localExecutor } from '../executors/replicate-pool.js';
export type { Judgement } from '../judging/judges/judgement.js';
export { type PropertyClaim, propertyClaim, propertyPart } from '../judging/parts/property-claim.js';
export type { PropertyPart } from '../judging/parts/property-part.js';
export { type BudgetOptions, createBudget } from './budget.js';
export { type CheckOptions, checkClaims, type Register } from './check-claims.js';
