import type { ClaimMutant } from '../../src/library/testing.js';
import {
  convexMutants,
  envelopeMutants,
  errorFeedbackMutants,
  marginMutants,
  momentumMutants,
  scheduleMutants,
  unimodalMutants,
} from './beyond.js';
import { boundMutants, exactMutants, sharpenedMutants } from './bounds.js';
import { counterexampleMutants, experimentMutants } from './counterexamples.js';
import { otherTheoremMutants } from './others.js';
import { assumptionMutants, certificateMutants, lineMutants, remarkMutants } from './proofs.js';

/** Run by `mutants.test.ts` beside this file. */
export const plainMutants: readonly ClaimMutant[] = [
  ...assumptionMutants,
  ...boundMutants,
  ...certificateMutants,
  ...convexMutants,
  ...counterexampleMutants,
  ...envelopeMutants,
  ...errorFeedbackMutants,
  ...exactMutants,
  ...experimentMutants,
  ...marginMutants,
  ...momentumMutants,
  ...otherTheoremMutants,
  ...remarkMutants,
  ...scheduleMutants,
  ...sharpenedMutants,
  ...unimodalMutants,
];

/** Every wrong version of a claim about the theorems; the lines of the proofs are run by tests of their own, which ask for more. */
export const theoremMutants: readonly ClaimMutant[] = [...plainMutants, ...lineMutants];
