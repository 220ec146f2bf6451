import fc from 'fast-check';
import { type SignConvention, signConventions } from '../src/algorithms/algorithm.js';
import { type ProblemCase, problemCase } from '../src/arbitraries/problem-case.js';
import { kernelLeftSide, type LeftSide } from '../src/claims/left-side-kernel.js';
import { directFunctionTypes } from '../src/claims/problem-parts.js';
import type { Judgement, PropertyPart } from '../src/claims/property-check.js';
import { propertyClaim, propertyPart } from '../src/claims/property-claim.js';
import { type BoundJob, referenceLeftSide } from '../src/claims/replicator.js';
import type { Theorem } from '../src/claims/theorem.js';
import { theorem1Instances, theorem2Instances } from './instances.js';
import { theorem1 } from './theorem-1.js';
import { theorem2 } from './theorem-2.js';

/** A job and the replicate that is compared. */
interface ReplicateCase {
  readonly job: BoundJob;
  readonly index: number;
}

/** What makes left sides of a job; `kernelLeftSide`, or a wrong one in tests. */
export type KernelUnderTest = (theorem: Theorem, job: BoundJob) => LeftSide | undefined;

const smoothTypes = ['zero', 'quadratic', 'cosine', 'geman-mcclure', 'huber', 'log-cosh', 'least-squares'];

/** Replicates of problems drawn from the vocabulary. With more than four components a weighted sum takes more than one sweep. */
function replicates(theorem: Theorem, problems: fc.Arbitrary<ProblemCase>): fc.Arbitrary<ReplicateCase> {
  return fc
    .record({
      input: problems,
      iterations: fc.integer({ min: 1, max: 12 }),
      beyond: fc.integer({ min: 1, max: 40 }),
      signOfZero: fc.constantFrom<SignConvention>(...signConventions),
      index: fc.nat({ max: 1000 }),
    })
    .map(({ input: { problem, step, x }, iterations, beyond, signOfZero, index }) => ({
      job: {
        ...{ problem, start: Array.from(x), iterations, step, signOfZero },
        miniBatch: theorem === theorem1 ? 1 : problem.functions.length + beyond,
        ...{ seed: 'kernel', check: 'agreement', version: 1 },
      },
      index,
    }));
}

/** Replicates of the instances of the bound checks, as long as those are. */
function instances(theorem: Theorem): fc.Arbitrary<ReplicateCase> {
  const known = theorem === theorem1 ? theorem1Instances : theorem2Instances;
  return fc
    .record({
      instance: fc.constantFrom(...known),
      root: fc.integer({ min: 2, max: 16 }),
      index: fc.nat({ max: 1000 }),
    })
    .map(({ instance: { problem, start }, root, index }) => ({
      job: {
        ...{ problem, start, iterations: root ** 2, step: 1 / (4 * root), signOfZero: 'zero' as const },
        miniBatch: theorem === theorem1 ? 1 : root ** 2,
        ...{ seed: 'kernel', check: 'instances', version: 1 },
      },
      index,
    }));
}

/** Equal to the last bit; or not finite, where the reference throws or is not finite either. */
function judge(theorem: Theorem, kernelOf: KernelUnderTest, { job, index }: ReplicateCase): Judgement {
  const kernel = kernelOf(theorem, job);
  if (kernel === undefined) return { ratio: Number.POSITIVE_INFINITY, explanation: () => 'there is no kernel' };
  const left = kernel(index);
  let reference = Number.NaN;
  try {
    reference = referenceLeftSide(theorem, job)(index);
  } catch {
    // An iterate that is not finite.
  }
  const agree = Object.is(left, reference) || (!Number.isFinite(left) && !Number.isFinite(reference));
  return {
    ratio: agree ? 0 : Number.POSITIVE_INFINITY,
    explanation: () => `the kernel computes ${left}, the reference ${reference}`,
  };
}

function classify({ job: { problem, signOfZero, iterations } }: ReplicateCase): string[] {
  return [
    `sgn(0) ${signOfZero}`,
    ...(problem.functions.length > 4 ? ['more than four components'] : []),
    ...(problem.probabilities.includes(0) ? ['a component that never occurs'] : []),
    ...(iterations > 1 ? ['several iterations'] : []),
  ];
}

/** The claim about another kernel, for tests. */
export function claimWith(kernel: KernelUnderTest) {
  const affine = { smoothTypes: ['quadratic'], functionTypes: ['linear'] };
  const shape = { maximumDimension: 5, maximumComponents: 9, maximumBatch: 1 };
  return propertyClaim({
    id: 'monte-carlo-kernels-agree',
    version: 1,
    source: { section: 'beyond the paper', equation: 'checks of Theorems 1 and 2' },
    statement: 'the kernels that the Monte Carlo checks run compute what the readable reference computes, bit for bit',
    method: 'the left side of one replicate by both, from the same stream: no tolerance',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) =>
      [theorem1, theorem2].flatMap((theorem): PropertyPart[] => {
        const { algorithm } = theorem;
        const part = (name: string, arbitrary: fc.Arbitrary<ReplicateCase>, mustReach: readonly string[]) =>
          propertyPart<ReplicateCase>({
            name: `${algorithm}, ${name}`,
            runs: { quick: 60, standard: 200, deep: 5000 }[depth],
            arbitrary,
            classify,
            mustReach,
            judge: (input) => judge(theorem, kernel, input),
          });
        const conventions = signConventions.map((convention) => `sgn(0) ${convention}`);
        const reached = [...conventions, 'more than four components', 'several iterations'];
        const any = { smoothTypes, functionTypes: directFunctionTypes };
        return [
          part('quadratic d and linear r_k', replicates(theorem, problemCase({ ...affine, ...shape })), reached),
          part('any problem', replicates(theorem, problemCase({ ...any, ...shape })), reached),
          part('the instances of the bound checks', instances(theorem), ['several iterations']),
        ];
      }),
  });
}

export const claim = claimWith(kernelLeftSide);
