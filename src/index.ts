/**
 * The library behind the `signprox` command: functions with their proxes, problems with certified constants, the algorithms of the
 * paper, and claims that judge any implementation of them.
 */
export { properties } from '../properties/index.js';
export { theorems } from '../theorems/index.js';

export { type BoundClaim, boundClaim, controlClaim } from './claims/bounds/bound-claim.js';
export type { Budget, Claim, Depth } from './claims/claim.js';
export type { BoundRow, CaseRecord, Evidence, Part } from './claims/evidence.js';
export {
  type Implementation,
  type ImplementationDescription,
  ImplementationError,
  UnsupportedError,
} from './claims/implementation/implementation.js';
export { reference } from './claims/implementation/reference.js';
export type { Judgement } from './claims/judges/judgement.js';
export type { BoundJob } from './claims/left-side/bound-job.js';
export type { PropertyPart } from './claims/properties/property-check.js';
export { type PropertyClaim, propertyClaim, propertyPart } from './claims/properties/property-claim.js';
export type { Executor, ReplicateJob } from './claims/replicate-job.js';
export { type CheckedClaim, runClaims } from './claims/run-claims.js';
export type { Source } from './claims/source.js';
export type { BoundInstance } from './claims/theorems/bound-instance.js';
export type { Schedule, Theorem, TheoremConstants } from './claims/theorems/theorem.js';
export type { Verdict } from './claims/verdict.js';
export { type LocalExecutorOptions, localExecutor } from './executors/replicate-pool.js';
export { loadModule, wrapModule } from './guard/module-implementation.js';
export type {
  AlgorithmName,
  Form,
  IndexStream,
  Observer,
  RunOptions,
  SignConvention,
} from './reference/algorithms/algorithm.js';
export { type FistaOptions, runFista } from './reference/algorithms/fista.js';
export { runGradientDescent } from './reference/algorithms/gradient-descent.js';
export { type Iteration, type IterationFactory, runAlgorithm, takeStep } from './reference/algorithms/iteration.js';
export type { MiniBatch } from './reference/algorithms/mini-batch.js';
export { runProximalGradient } from './reference/algorithms/proximal-gradient.js';
export { algorithms } from './reference/algorithms/registry.js';
export { runSgd } from './reference/algorithms/sgd.js';
export { runSignProx } from './reference/algorithms/sign-prox.js';
export { runSignSgd } from './reference/algorithms/sign-sgd.js';
export { runSpgm } from './reference/algorithms/spgm.js';
export type { Interval } from './reference/certified/interval.js';
export type {
  FunctionSpecification,
  ProximableFunction,
} from './reference/functions/definition/proximable-function.js';
export * as functions from './reference/functions/index.js';
export { phaseRetrievalProblem } from './reference/imaging/phase-retrieval-problem.js';
export { createProblem, parseProblem } from './reference/problem/create-problem.js';
export type { Problem, ProblemAtStep, ProblemConstants, ProblemSpecification } from './reference/problem/problem.js';
export { categoricalSampler } from './reference/sampling/categorical.js';
export { keyedStream, streamKey } from './reference/sampling/keyed-stream.js';
export { multinomialSampler } from './reference/sampling/multinomial.js';
export type { SmoothFunction, SmoothSpecification } from './reference/smooth/definition/smooth-function.js';
export * as smooth from './reference/smooth/index.js';
export { type Decision, decideBound } from './statistics/decision.js';
