import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { type ProblemCase, problemCase } from '../../src/judging/arbitraries/problem-case.js';
import type { Judgement } from '../../src/judging/judges/judgement.js';
import { directFunctionTypes } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import { type SignConvention, signConventions } from '../../src/reference/algorithms/algorithm.js';
import type { BoundJob } from '../../src/theory/left-side/bound-job.js';
import { referenceLeftSide } from '../../src/theory/left-side/monte-carlo.js';
import { kernelLeftSide, type LeftSide } from '../../src/theory/left-side/monte-carlo-kernel.js';
import type { LeftSideOf } from '../../src/theory/theorem/left-term.js';
import { signProxProblems, spgmProblems } from './replicate-problems.js';

/** The left sides that have kernels: of SPGM with B = 1, and of signProx. */
const alongSpgm: LeftSideOf = { id: 'spgm', algorithm: 'spgm', term: 'squared-gradient-mapping' };
const alongSignProx: LeftSideOf = { id: 'sign-prox', algorithm: 'sign-prox', term: 'gradient-mapping-l1' };

/** A job and the replicate that is compared. */
interface ReplicateCase {
  readonly job: BoundJob;
  readonly index: number;
}

/** What makes left sides of a job; `kernelLeftSide`, or a wrong one in tests. */
export type KernelUnderTest = (side: LeftSideOf, job: BoundJob) => LeftSide | undefined;

const smoothTypes = ['zero', 'quadratic', 'cosine', 'geman-mcclure', 'huber', 'log-cosh', 'least-squares'];

/** Replicates of problems drawn from the vocabulary. With more than four components a weighted sum takes more than one sweep. */
function replicates(side: LeftSideOf, problems: fc.Arbitrary<ProblemCase>): fc.Arbitrary<ReplicateCase> {
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
        miniBatch: side === alongSpgm ? 1 : problem.functions.length + beyond,
        ...{ seed: 'kernel', check: 'agreement', version: 1 },
      },
      index,
    }));
}

/** Replicates of the instances of the bound checks, as long as those are. */
function instances(side: LeftSideOf): fc.Arbitrary<ReplicateCase> {
  const known = side === alongSpgm ? spgmProblems : signProxProblems;
  return fc
    .record({
      instance: fc.constantFrom(...known),
      root: fc.integer({ min: 2, max: 16 }),
      index: fc.nat({ max: 1000 }),
    })
    .map(({ instance: { problem, start }, root, index }) => ({
      job: {
        ...{ problem, start, iterations: root ** 2, step: 1 / (4 * root), signOfZero: 'zero' as const },
        miniBatch: side === alongSpgm ? 1 : root ** 2,
        ...{ seed: 'kernel', check: 'instances', version: 1 },
      },
      index,
    }));
}

/** Equal to the last bit; or not finite, where the reference throws or is not finite either. */
function judge(side: LeftSideOf, leftSideOf: KernelUnderTest, { job, index }: ReplicateCase): Judgement {
  const kernel = leftSideOf(side, job);
  if (kernel === undefined) return { ratio: Number.POSITIVE_INFINITY, explanation: () => 'there is no kernel' };
  const left = kernel(index);
  let reference = Number.NaN;
  try {
    reference = referenceLeftSide(side, job)(index);
  } catch {
    // An iterate that is not finite.
  }
  const explanation = (): string => `the kernel computes ${left}, the reference ${reference}`;
  if (Object.is(left, reference) || !(Number.isFinite(left) || Number.isFinite(reference))) return { ratio: 0 };
  return { ratio: Number.POSITIVE_INFINITY, explanation };
}

function classify({ job: { problem, signOfZero, iterations } }: ReplicateCase): string[] {
  return [
    `sgn(0) ${signOfZero}`,
    ...(problem.functions.length > 4 ? ['more than four components'] : []),
    ...(problem.probabilities.includes(0) ? ['a component that never occurs'] : []),
    ...(iterations > 1 ? ['several iterations'] : []),
  ];
}

/** The same with quadratic r_k of one curvature about the slopes, γa ≤ 1. What never occurs stays as it is, and in no sum. */
function withQuadratics({ problem, step, ...rest }: ProblemCase, eighths: number): ProblemCase {
  const curvature = eighths / 8 / step;
  const functions = problem.functions.map((fn, k) =>
    problem.probabilities[k] === 0 ? fn : { type: 'quadratic', curvature, center: fn['coefficients'] },
  );
  return { problem: { ...problem, functions }, step, ...rest };
}

export const monteCarloKernelsAgreeClaim = claimOf({ kernel: kernelLeftSide }, ({ kernel }) => {
  const affine = { smoothTypes: ['quadratic'], functionTypes: ['linear'] };
  const shape = { maximumDimension: 5, maximumComponents: 9, maximumBatch: 1 };
  return propertyClaim({
    id: 'monte-carlo-kernels-agree',
    version: 3,
    source: { section: 'beyond the paper', equation: 'checks of Theorems 1 and 2' },
    statement: 'the kernel of Monte Carlo agrees bit for bit with the readable reference',
    method: 'the left side of one replicate by both, from the same stream, without a tolerance',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) =>
      [alongSpgm, alongSignProx].flatMap((side): PropertyPart[] => {
        const { algorithm } = side;
        const part = (name: string, arbitrary: fc.Arbitrary<ReplicateCase>, mustReach: readonly string[]) =>
          propertyPart<ReplicateCase>({
            name: `${algorithm}, ${name}`,
            runs: { quick: 60, standard: 200, deep: 5000 }[depth],
            arbitrary,
            classify,
            mustReach,
            judge: (input) => judge(side, kernel, input),
          });
        const conventions = signConventions.map((convention) => `sgn(0) ${convention}`);
        const reached = [...conventions, 'more than four components', 'several iterations'];
        const any = { smoothTypes, functionTypes: directFunctionTypes };
        return [
          part('quadratic d and linear r_k', replicates(side, problemCase({ ...affine, ...shape })), reached),
          part(
            'quadratic d and quadratic r_k of one curvature',
            replicates(
              side,
              fc
                .tuple(
                  problemCase({ ...affine, smoothTypes: ['quadratic', 'zero'], ...shape }),
                  fc.integer({ min: 0, max: 8 }),
                )
                .map(([input, eighths]) => withQuadratics(input, eighths)),
            ),
            [...reached, 'a component that never occurs'],
          ),
          part('any problem', replicates(side, problemCase({ ...any, ...shape })), reached),
          part('the instances of the bound checks', instances(side), ['several iterations']),
        ];
      }),
  });
});
