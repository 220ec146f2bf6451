/**
 * The library behind the `signprox` command: functions with their proxes, problems with certified constants, the algorithms of the
 * paper, and claims that judge any implementation of them.
 */
export { properties } from '../properties/index.js';
export { theorems } from '../theorems/index.js';
export type { AlgorithmName, Form, IndexStream, Observer, RunOptions, SignConvention } from './algorithms/algorithm.js';
export { type FistaOptions, runFista } from './algorithms/fista.js';
export { runGradientDescent } from './algorithms/gradient-descent.js';
export { type Iteration, type IterationFactory, runAlgorithm, takeStep } from './algorithms/iteration.js';
export type { MiniBatch } from './algorithms/mini-batch.js';
export { runProximalGradient } from './algorithms/proximal-gradient.js';
export { algorithms } from './algorithms/registry.js';
export { runSgd } from './algorithms/sgd.js';
export { runSignProx } from './algorithms/sign-prox.js';
export { runSignSgd } from './algorithms/sign-sgd.js';
export { runSpgm } from './algorithms/spgm.js';
export type { Interval } from './certified/interval.js';
export { type BoundClaim, boundClaim, controlClaim } from './claims/bound-claim.js';
export type { BoundInstance } from './claims/bound-row.js';
export type { Budget, Claim, Depth, Source } from './claims/claim.js';
export type { Engine, ReplicateJob } from './claims/engine.js';
export type { BoundRow, CaseRecord, Evidence, Part, Verdict } from './claims/evidence.js';
export {
  type Implementation,
  type ImplementationDescription,
  ImplementationError,
  UnsupportedError,
} from './claims/implementation.js';
export type { Judgement, PropertyPart } from './claims/property-check.js';
export { type PropertyClaim, propertyClaim, propertyPart } from './claims/property-claim.js';
export { reference } from './claims/reference.js';
export { type BoundJob, type Replicate, replicator } from './claims/replicator.js';
export { type CheckedClaim, runClaims } from './claims/run-claims.js';
export type { Schedule, Theorem, TheoremConstants } from './claims/theorem.js';
export { type LocalEngineOptions, localEngine } from './engine/local.js';
export * as functions from './functions/index.js';
export type { FunctionSpecification, ProximableFunction } from './functions/proximable-function.js';
export { loadModule, wrapModule } from './guard/module-implementation.js';
export { phaseRetrievalProblem } from './imaging/phase-retrieval-problem.js';
export {
  createProblem,
  type Problem,
  type ProblemAtStep,
  type ProblemConstants,
  type ProblemSpecification,
  parseProblem,
} from './problem.js';
export { categoricalSampler } from './sampling/categorical.js';
export { keyedStream, streamKey } from './sampling/keyed-stream.js';
export { multinomialSampler } from './sampling/multinomial.js';
export * as smooth from './smooth/index.js';
export type { SmoothFunction, SmoothSpecification } from './smooth/smooth-function.js';
export { type Decision, decideBound } from './statistics/decision.js';
