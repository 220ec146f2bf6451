import type { Claim } from '../src/claims/claim.js';
import { claim as assumption1a } from './assumptions/assumption-1a.js';
import { claim as assumption1aAttained } from './assumptions/assumption-1a-attained.js';
import { claim as assumption1b } from './assumptions/assumption-1b.js';
import { claim as assumption1c } from './assumptions/assumption-1c.js';
import { claim as assumption1d } from './assumptions/assumption-1d.js';
import { claim as assumption2a } from './assumptions/assumption-2a.js';
import { claim as assumption2b } from './assumptions/assumption-2b.js';
import { claim as assumption2bcSeparability } from './assumptions/assumption-2bc-separability.js';
import { claim as assumption2c } from './assumptions/assumption-2c.js';
import { claim as assumption2d } from './assumptions/assumption-2d.js';
import { claim as assumptionCConvexity } from './assumptions/assumption-c-convexity.js';
import { claim as certifiedConstants } from './assumptions/certified-constants.js';
import { claim as phaseRetrievalAssumptions } from './assumptions/phase-retrieval-assumptions.js';
import { claim as remarkAssumption2Implies1 } from './assumptions/remark-assumption-2-implies-1.js';
import { claim as remarkMiniBatchVariance } from './assumptions/remark-mini-batch-variance.js';
import { claim as counterexampleBiasedSampling } from './counterexamples/counterexample-biased-sampling.js';
import { claim as counterexampleBoundedBelow } from './counterexamples/counterexample-bounded-below.js';
import { claim as counterexampleConvexity } from './counterexamples/counterexample-convexity.js';
import { claim as counterexampleFreshBatches } from './counterexamples/counterexample-fresh-batches.js';
import { claim as counterexampleLipschitz } from './counterexamples/counterexample-lipschitz.js';
import { claim as counterexampleMiniBatch } from './counterexamples/counterexample-mini-batch.js';
import { claim as counterexamplePlainAverage } from './counterexamples/counterexample-plain-average.js';
import { claim as counterexampleSignOfZero } from './counterexamples/counterexample-sign-of-zero.js';
import { claim as counterexampleSmoothnessSignProx } from './counterexamples/counterexample-smoothness-sign-prox.js';
import { claim as counterexampleSmoothnessSpgm } from './counterexamples/counterexample-smoothness-spgm.js';
import { claim as counterexampleStep } from './counterexamples/counterexample-step.js';
import { claim as counterexampleVarianceSignProx } from './counterexamples/counterexample-variance-sign-prox.js';
import { claim as counterexampleVarianceSpgm } from './counterexamples/counterexample-variance-spgm.js';
import { claim as searchKeptBatch } from './counterexamples/search-kept-batch.js';
import { claim as enginesAgree } from './engines/engines-agree.js';
import { claim as monteCarloKernelsAgree } from './engines/monte-carlo-kernels-agree.js';
import { claim as figure1 } from './experiments/figure-1.js';
import { claim as phaseRetrievalReconstruction } from './experiments/phase-retrieval-reconstruction.js';
import { claim as remarkSparseNoise } from './experiments/remark-sparse-noise.js';
import { claim as counterexampleMajorityVote } from './majority-vote/counterexample-majority-vote.js';
import { claim as majorityVoteNoise } from './majority-vote/majority-vote-noise.js';
import { claim as certificateTheorem1 } from './proof-of-theorem-1/certificate-theorem-1.js';
import { claim as certificateTheorem1Sharp } from './proof-of-theorem-1/certificate-theorem-1-sharp.js';
import { claim as theorem1SharpExpectation } from './proof-of-theorem-1/theorem-1-sharp-expectation.js';
import { claim as theorem1SharpStep } from './proof-of-theorem-1/theorem-1-sharp-step.js';
import { claim as theorem1Step1 } from './proof-of-theorem-1/theorem-1-step-1.js';
import { claim as theorem1Step2 } from './proof-of-theorem-1/theorem-1-step-2.js';
import { claim as theorem1Step3 } from './proof-of-theorem-1/theorem-1-step-3.js';
import { claim as theorem1Step4 } from './proof-of-theorem-1/theorem-1-step-4.js';
import { claim as theorem1Step5 } from './proof-of-theorem-1/theorem-1-step-5.js';
import { claim as theorem1StepsInDoubles } from './proof-of-theorem-1/theorem-1-steps-in-doubles.js';
import { claim as certificateTheorem2 } from './proof-of-theorem-2/certificate-theorem-2.js';
import { claim as certificateTheorem2Sharp } from './proof-of-theorem-2/certificate-theorem-2-sharp.js';
import { claim as theorem2CoupledStep } from './proof-of-theorem-2/theorem-2-coupled-step.js';
import { claim as theorem2SharpExpectation } from './proof-of-theorem-2/theorem-2-sharp-expectation.js';
import { claim as theorem2SharpStep } from './proof-of-theorem-2/theorem-2-sharp-step.js';
import { claim as theorem2Step1 } from './proof-of-theorem-2/theorem-2-step-1.js';
import { claim as theorem2Step2 } from './proof-of-theorem-2/theorem-2-step-2.js';
import { claim as theorem2Step3 } from './proof-of-theorem-2/theorem-2-step-3.js';
import { claim as theorem2Step4 } from './proof-of-theorem-2/theorem-2-step-4.js';
import { claim as theorem2Step5 } from './proof-of-theorem-2/theorem-2-step-5.js';
import { claim as theorem2Step6 } from './proof-of-theorem-2/theorem-2-step-6.js';
import { claim as theorem2Step7 } from './proof-of-theorem-2/theorem-2-step-7.js';
import { claim as theorem2Step8 } from './proof-of-theorem-2/theorem-2-step-8.js';
import { claim as theorem2Step9 } from './proof-of-theorem-2/theorem-2-step-9.js';
import { claim as theorem2StepsInDoubles } from './proof-of-theorem-2/theorem-2-steps-in-doubles.js';
import { claim as corollaryFixedObjective } from './theorem-1/corollary-fixed-objective.js';
import { claim as theorem1 } from './theorem-1/theorem-1.js';
import { claim as theorem1Controls } from './theorem-1/theorem-1-controls.js';
import { claim as theorem1Exact } from './theorem-1/theorem-1-exact.js';
import { claim as theorem1FixedObjective } from './theorem-1/theorem-1-fixed-objective.js';
import { claim as theorem1GeneralStep } from './theorem-1/theorem-1-general-step.js';
import { claim as theorem1Moments } from './theorem-1/theorem-1-moments.js';
import { claim as theorem1Sharp } from './theorem-1/theorem-1-sharp.js';
import { claim as theorem1SharpLastIterate } from './theorem-1/theorem-1-sharp-last-iterate.js';
import { claim as theorem1SharpTight } from './theorem-1/theorem-1-sharp-tight.js';
import { claim as theorem1SharpTightnessSearch } from './theorem-1/theorem-1-sharp-tightness-search.js';
import { claim as theorem1TightnessSearch } from './theorem-1/theorem-1-tightness-search.js';
import { claim as meanAbsoluteDeviation } from './theorem-2/mean-absolute-deviation.js';
import { claim as theorem2 } from './theorem-2/theorem-2.js';
import { claim as theorem2Controls } from './theorem-2/theorem-2-controls.js';
import { claim as theorem2Coupled } from './theorem-2/theorem-2-coupled.js';
import { claim as theorem2Evaluations } from './theorem-2/theorem-2-evaluations.js';
import { claim as theorem2EvenBatch } from './theorem-2/theorem-2-even-batch.js';
import { claim as theorem2Exact } from './theorem-2/theorem-2-exact.js';
import { claim as theorem2FixedObjective } from './theorem-2/theorem-2-fixed-objective.js';
import { claim as theorem2GeneralStep } from './theorem-2/theorem-2-general-step.js';
import { claim as theorem2Lattice } from './theorem-2/theorem-2-lattice.js';
import { claim as theorem2NoiseCoefficient } from './theorem-2/theorem-2-noise-coefficient.js';
import { claim as theorem2Sharp } from './theorem-2/theorem-2-sharp.js';
import { claim as theorem2SharpTight } from './theorem-2/theorem-2-sharp-tight.js';
import { claim as theorem2SharpTightnessSearch } from './theorem-2/theorem-2-sharp-tightness-search.js';
import { claim as theorem2SignConventions } from './theorem-2/theorem-2-sign-conventions.js';
import { claim as theorem2TightnessSearch } from './theorem-2/theorem-2-tightness-search.js';

/** Claims about assumptions and theorems, in the paper's order. */
export const theorems: readonly Claim[] = [
  assumption1a,
  assumption1aAttained,
  assumption1b,
  assumption1c,
  assumption1d,
  assumption2a,
  assumption2b,
  assumption2c,
  assumptionCConvexity,
  assumption2d,
  assumption2bcSeparability,
  remarkAssumption2Implies1,
  certifiedConstants,
  remarkMiniBatchVariance,
  theorem1,
  theorem1Exact,
  theorem1Moments,
  theorem1Controls,
  theorem1TightnessSearch,
  theorem1Sharp,
  theorem1SharpStep,
  theorem1SharpExpectation,
  theorem1SharpLastIterate,
  theorem1SharpTight,
  theorem1SharpTightnessSearch,
  theorem1GeneralStep,
  theorem2,
  theorem2Exact,
  theorem2Lattice,
  theorem2Controls,
  theorem2TightnessSearch,
  theorem2SignConventions,
  theorem2Evaluations,
  theorem2Sharp,
  theorem2SharpStep,
  theorem2SharpExpectation,
  theorem2SharpTight,
  theorem2SharpTightnessSearch,
  theorem2GeneralStep,
  meanAbsoluteDeviation,
  theorem2EvenBatch,
  theorem2NoiseCoefficient,
  theorem2Coupled,
  theorem2CoupledStep,
  corollaryFixedObjective,
  theorem1FixedObjective,
  theorem2FixedObjective,
  enginesAgree,
  monteCarloKernelsAgree,
  theorem1Step1,
  theorem1Step2,
  theorem1Step3,
  theorem1Step4,
  theorem1Step5,
  theorem1StepsInDoubles,
  theorem2Step1,
  theorem2Step2,
  theorem2Step3,
  theorem2Step4,
  theorem2Step5,
  theorem2Step6,
  theorem2Step7,
  theorem2Step8,
  theorem2Step9,
  theorem2StepsInDoubles,
  certificateTheorem1,
  certificateTheorem2,
  certificateTheorem1Sharp,
  certificateTheorem2Sharp,
  counterexamplePlainAverage,
  counterexampleSmoothnessSpgm,
  counterexampleSmoothnessSignProx,
  counterexampleMiniBatch,
  counterexampleStep,
  counterexampleLipschitz,
  counterexampleVarianceSpgm,
  counterexampleVarianceSignProx,
  counterexampleConvexity,
  counterexampleBoundedBelow,
  counterexampleFreshBatches,
  searchKeptBatch,
  counterexampleBiasedSampling,
  majorityVoteNoise,
  counterexampleMajorityVote,
  counterexampleSignOfZero,
  phaseRetrievalAssumptions,
  phaseRetrievalReconstruction,
  figure1,
  remarkSparseNoise,
];
