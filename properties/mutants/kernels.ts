import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import type { BoundJob } from '../../src/theory/left-side/bound-job.js';
import { kernelLeftSide } from '../../src/theory/left-side/monte-carlo-kernel.js';
import {
  type KernelUnderTest,
  monteCarloKernelsAgreeClaim,
} from '../second-implementation/monte-carlo-kernels-agree.js';

/** The kernel of another job. */
const ofJob =
  (change: (job: BoundJob) => Partial<BoundJob>): KernelUnderTest =>
  (theorem, job) =>
    kernelLeftSide(theorem, { ...job, ...change(job) });

const kernels: Readonly<Record<string, KernelUnderTest>> = {
  'a left side that is off in the last bit': (theorem, job) => {
    const kernel = kernelLeftSide(theorem, job)!;
    return (index) => kernel(index) * (1 + 2 ** -52);
  },
  'a step that is off in the last bit': ofJob(({ step }) => ({ step: step * (1 + 2 ** -52) })),
  'another stream': ofJob(({ version }) => ({ version: version + 1 })),
  'one iteration less': ofJob(({ iterations }) => ({ iterations: Math.max(1, iterations - 1) })),
  'one component more in a mini-batch': ofJob(({ miniBatch }) => ({ miniBatch: miniBatch === 1 ? 1 : miniBatch + 1 })),
  'sums in the reverse order of the components': ofJob(({ problem }) => ({
    problem: {
      ...problem,
      functions: problem.functions.toReversed(),
      probabilities: problem.probabilities.toReversed(),
    },
  })),
  'a 0 that counts as negative': ofJob(() => ({ signOfZero: 'negative' })),
  'the sum over all iterates but the last': (theorem, job) => {
    const kernel = kernelLeftSide(theorem, { ...job, iterations: Math.max(1, job.iterations - 1) })!;
    return (index) => (kernel(index) * Math.max(1, job.iterations - 1)) / job.iterations;
  },
  'no kernel': () => undefined,
};

/** Kernels of Monte Carlo that do not compute what the reference computes. */
export const kernelMutants: readonly ClaimMutant[] = violated(monteCarloKernelsAgreeClaim, {
  ...Object.fromEntries(Object.entries(kernels).map(([wrong, kernel]) => [wrong, () => ({ kernel })])),
});
