import type { ClaimMutant } from '../../src/claims/claim-mutant.js';
import { assumptionMutants } from './assumptions.js';
import { boundMutants, searchMutants } from './bounds.js';
import { certificateMutants } from './certificates.js';
import { convexMutants } from './convex.js';
import { counterexampleMutants } from './counterexamples.js';
import { errorFeedbackMutants } from './error-feedback.js';
import { exactMutants } from './exact.js';
import { experimentMutants } from './experiments.js';
import { kernelMutants } from './kernels.js';
import { marginMutants } from './margins.js';
import { momentumMutants } from './momentum.js';
import { otherTheoremMutants } from './others.js';
import { lineMutants, remarkMutants } from './proof-lines.js';
import { scheduleMutants } from './schedules.js';
import { sharpenedMutants } from './sharpened.js';
import { unimodalMutants } from './unimodal.js';

/** Run by `mutants.test.ts` beside this file. */
export const plainMutants: readonly ClaimMutant[] = [
  ...assumptionMutants,
  ...boundMutants,
  ...certificateMutants,
  ...convexMutants,
  ...counterexampleMutants,
  ...errorFeedbackMutants,
  ...exactMutants,
  ...experimentMutants,
  ...kernelMutants,
  ...marginMutants,
  ...momentumMutants,
  ...otherTheoremMutants,
  ...remarkMutants,
  ...scheduleMutants,
  ...sharpenedMutants,
  ...unimodalMutants,
];

/** Every wrong version of a claim about the theorems; the lines of the proofs and the searches are run by tests of their own, which ask for more. */
export const theoremMutants: readonly ClaimMutant[] = [...plainMutants, ...lineMutants, ...searchMutants];
