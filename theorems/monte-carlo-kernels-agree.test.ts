import test from 'ava';
import { kernelLeftSide } from '../src/claims/left-side-kernel.js';
import { reference } from '../src/claims/reference.js';
import type { BoundJob } from '../src/claims/replicator.js';
import { quickBudget } from '../src/cli/registry-tests.test.helper.js';
import { claimWith, type KernelUnderTest } from './monte-carlo-kernels-agree.js';

/** The kernel of another job. */
const ofJob =
  (change: (job: BoundJob) => Partial<BoundJob>): KernelUnderTest =>
  (theorem, job) =>
    kernelLeftSide(theorem, { ...job, ...change(job) });

const mutants: Readonly<Record<string, KernelUnderTest>> = {
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

for (const [name, kernel] of Object.entries(mutants)) {
  test(`a kernel with ${name} is found`, async (t) => {
    const { verdict, reason } = await claimWith(kernel).check(reference, quickBudget());
    t.is(verdict, 'violated', reason);
  });
}
