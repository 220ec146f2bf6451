/**
 * Problems f = d + r_γ, the algorithms of the paper that run on them, and the random draws they need.
 *
 * @module signprox/algorithms
 */
export type {
  AlgorithmName,
  CountStream,
  Form,
  IndexStream,
  Observer,
  RunOptions,
  SignConvention,
  StepOptions,
} from '../reference/algorithms/algorithm.js';
export { type FistaOptions, runFista } from '../reference/algorithms/fista.js';
export { runGradientDescent } from '../reference/algorithms/gradient-descent.js';
export { type Iteration, type IterationFactory, runAlgorithm, takeStep } from '../reference/algorithms/iteration.js';
export type { Layout } from '../reference/algorithms/layout.js';
export type { ZeroRule } from '../reference/algorithms/one-bit-codec.js';
export { runProximalGradient } from '../reference/algorithms/proximal-gradient.js';
export { algorithms } from '../reference/algorithms/registry.js';
export { packScaledSign, scaledSign, scaledSignLength, unpackScaledSign } from '../reference/algorithms/scaled-sign.js';
export { runSgd } from '../reference/algorithms/sgd.js';
export { runSignProx } from '../reference/algorithms/sign-prox.js';
export { runSignSgd } from '../reference/algorithms/sign-sgd.js';
export type { Solution, SolverOptions } from '../reference/algorithms/solver.js';
export { runSpgm } from '../reference/algorithms/spgm.js';
export {
  type ErrorFeedbackState,
  errorFeedbackStep,
  runErrorFeedbackSignProx,
} from '../reference/algorithms/stateful/error-feedback-sign-prox.js';
export { type Hyperparameters, statefulIteration, statefulStep } from '../reference/algorithms/stateful/iteration.js';
export { type StatefulAlgorithmName, statefulAlgorithmNames } from '../reference/algorithms/stateful/names.js';
export {
  type MomentumOptions,
  type MomentumRunOptions,
  type MomentumState,
  runSignProxMomentum,
  signProxMomentum,
  signProxMomentumStep,
} from '../reference/algorithms/stateful/sign-prox-momentum.js';
export { smoothedProblem } from '../reference/algorithms/stateful/smoothed-sign-prox.js';
export type { Memory, StatefulPoint } from '../reference/algorithms/stateful/stateful-algorithm.js';
export {
  type PhaseRetrievalOptions,
  type PhaseRetrievalProblem,
  phaseRetrievalProblem,
} from '../reference/imaging/phase-retrieval-problem.js';
export { createProblem, type ProblemParts, parseProblem } from '../reference/problem/create-problem.js';
export type { BatchCounts, MiniBatch } from '../reference/problem/mini-batch.js';
export type {
  LipschitzConstants,
  Problem,
  ProblemAtStep,
  ProblemConstants,
  ProblemSpecification,
} from '../reference/problem/problem.js';
export type { BinomialTable } from '../reference/sampling/binomial-table.js';
export { type CategoricalSampler, categoricalSampler } from '../reference/sampling/categorical.js';
export { type GaussianNoise, noiseSource, sparseGaussian } from '../reference/sampling/gaussian-noise.js';
export { keyedStream, type RandomStream, streamKey } from '../reference/sampling/keyed-stream.js';
export { type MultinomialSampler, multinomialSampler } from '../reference/sampling/multinomial.js';
