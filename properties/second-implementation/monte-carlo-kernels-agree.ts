import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { probabilities } from '../../src/judging/arbitraries/dyadic.js';
import { type ProblemCase, problemCase } from '../../src/judging/arbitraries/problem-case.js';
import type { Judgement } from '../../src/judging/judges/judgement.js';
import { directFunctionTypes } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import { type SignConvention, signConventions } from '../../src/reference/algorithms/algorithm.js';
import { entries } from '../../src/reference/algorithms/fast/component-row.js';
import type { KernelOf } from '../../src/reference/algorithms/fast/kernel.js';
import { kernelOf } from '../../src/reference/algorithms/fast/kernel-of.js';
import { signProx } from '../../src/reference/algorithms/sign-prox.js';
import type { ProximableFunction } from '../../src/reference/functions/definition/proximable-function.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import type { Problem, ProblemAtStep, ProblemSpecification } from '../../src/reference/problem/problem.js';
import type { BoundJob } from '../../src/theory/left-side/bound-job.js';
import { referenceLeftSide } from '../../src/theory/left-side/monte-carlo.js';
import { kernelLeftSide, type LeftSide } from '../../src/theory/left-side/monte-carlo-kernel.js';
import { type LeftSideOf, leftTerm } from '../../src/theory/theorem/left-term.js';
import { signProxProblems, spgmProblems } from './replicate-problems.js';

/** The left sides that have kernels: of SPGM with B = 1, and of signProx. */
const alongSpgm: LeftSideOf = { id: 'spgm', algorithm: 'spgm', term: 'squared-gradient-mapping' };
const alongSignProx: LeftSideOf = { id: 'sign-prox', algorithm: 'sign-prox', term: 'gradient-mapping-l1' };

/** One step of signProx from x with a mini-batch of sixteen. */
interface TieCase {
  readonly problem: ProblemSpecification;
  readonly x: number;
  readonly counts: readonly number[];
  readonly signOfZero: keyof typeof atZero;
}

const atZero = { zero: 0, positive: 1, negative: -1 } as const;

/** Like the tenths in the problems, not exact in binary, so that sums round. */
const step = 0.7;

/**
 * Quadratic r_k, d = 0 and the mean x of the centres of the mini-batch, where Ĝ(x) = 0 but for rounding: each order of summation has a sign of its
 * own there, or none.
 */
const tieCases: fc.Arbitrary<TieCase> = fc.integer({ min: 2, max: 5 }).chain((components) =>
  fc
    .record({
      centers: fc.array(fc.integer({ min: -40, max: 40 }), { minLength: components, maxLength: components }),
      shares: probabilities(components),
      curvature: fc.integer({ min: 1, max: 9 }),
      signOfZero: fc.constantFrom('zero', 'positive', 'negative'),
    })
    .map(({ centers, shares, curvature, signOfZero }) => ({
      problem: {
        smooth: { type: 'zero' },
        functions: centers.map((c) => ({ type: 'quadratic', curvature: curvature / 10, center: [c / 10] })),
        probabilities: centers.map(() => 1 / components),
      },
      x: centers.reduce((sum, c, k) => sum + (shares[k]! * c) / 10, 0),
      counts: shares.map((share) => 16 * share),
      signOfZero,
    })),
);

function judgeTies(makeKernel: KernelOf, { problem, x, counts, signOfZero }: TieCase): Judgement {
  const atStep = parseProblem(problem).at(step);
  const kernel = makeKernel(atStep, Array.from(counts.keys()), 1);
  kernel.start(Float64Array.of(x));
  kernel.counts.set(counts);
  kernel.stepSignProx(16, atZero[signOfZero]);
  const expected = new Float64Array(1);
  signProx(atStep, 1, { signOfZero })(Float64Array.of(x), { counts }, expected);
  return {
    ratio: Object.is(kernel.x[0], expected[0]) ? 0 : Number.POSITIVE_INFINITY,
    explanation: () => `the kernel moves to ${kernel.x[0]}, the reference to ${expected[0]}`,
  };
}

/** That a kernel takes every sign as the reference does where quadratic r_k nearly cancel. @param makeKernel a wrong one in tests */
function signsAtTies(runs: number, makeKernel: KernelOf = kernelOf): PropertyPart {
  return propertyPart<TieCase>({
    name: 'sign-prox, signs of sums of quadratic r_k that nearly cancel',
    runs,
    arbitrary: tieCases,
    classify: ({ counts, signOfZero }) => [
      `sgn(0) ${signOfZero}`,
      ...(counts.filter((count) => count > 0).length > 2 ? ['more than two centres'] : []),
    ],
    mustReach: ['sgn(0) zero', 'sgn(0) positive', 'sgn(0) negative', 'more than two centres'],
    judge: (input) => judgeTies(makeKernel, input),
  });
}

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

/** The r_k with θ_k > 0: neither side computes with the others, whatever they are. */
const occurring = ({ functions, probabilities }: Problem): ProximableFunction[] =>
  functions.filter((_, k) => probabilities[k]! > 0);

/**
 * By how much ‖G(x)‖₁ or ‖G(x)‖² may differ where quadratic r_k of one curvature are summed into one affine map: G_i = ∇d_i + Σ θ_k a(y_i − c_k,i)/(1 + γa) is
 * a sum of K + 1 terms with at most five roundings each, in one order as in the other, and the terms that the map is made of are up to three
 * times as large as the largest of these.
 */
function roundingOfTerm(side: LeftSideOf, atStep: ProblemAtStep, x: Float64Array): number {
  const { smooth } = atStep.problem;
  const functions = occurring(atStep.problem);
  const gradient = smooth.gradient(x);
  const y = x.map((xi, i) => xi - atStep.step * gradient[i]!);
  const residuals = functions.map((fn) => fn.dividedResidual(y, atStep.step));
  const mapping = atStep.gradientMapping(x);
  const rounding = (6 * functions.length + 48) * 2 ** -53;
  const errors = mapping.map(
    (_, i) => rounding * (Math.abs(gradient[i]!) + Math.max(...residuals.map((residual) => Math.abs(residual[i]!)))),
  );
  const squared = side === alongSpgm;
  const term = leftTerm(side, atStep, x.length).at(x);
  const sum = errors.reduce((total, e, i) => total + (squared ? (2 * Math.abs(mapping[i]!) + e) * e : e), 0);
  return sum + 2 * (x.length + 6) * 2 ** -53 * term;
}

/** 0, or for quadratic r_k of one curvature the mean of `roundingOfTerm` along the replicate. */
function allowance(side: LeftSideOf, { job, index }: ReplicateCase): number {
  const { smooth } = job.problem;
  const functions = occurring(parseProblem(job.problem));
  const curvatures = functions.map(({ parameters }) => entries(parameters['curvature'], job.start.length));
  const summed =
    ['quadratic', 'zero'].includes(smooth.type) &&
    functions.every(({ type }) => type === 'quadratic') &&
    curvatures.every((each) => each.join() === curvatures[0]!.join());
  if (!summed) return 0;
  const watched: LeftSideOf = { ...side, term: (atStep, x) => roundingOfTerm(side, atStep, x) };
  return referenceLeftSide(watched, job)(index);
}

/** Equal to the last bit or within its allowance; or not finite, where the reference throws or is not finite either. */
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
  const allowed = Number.isFinite(reference) ? allowance(side, { job, index }) : 0;
  return { ratio: Math.abs(left - reference) / allowed, explanation };
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

export const monteCarloKernelsAgreeClaim = claimOf(
  { kernel: kernelLeftSide, makeKernel: kernelOf },
  ({ kernel, makeKernel }) => {
    const affine = { smoothTypes: ['quadratic'], functionTypes: ['linear'] };
    const shape = { maximumDimension: 5, maximumComponents: 9, maximumBatch: 1 };
    return propertyClaim({
      id: 'monte-carlo-kernels-agree',
      version: 2,
      source: { section: 'beyond the paper', equation: 'checks of Theorems 1 and 2' },
      statement:
        'the kernels of Monte Carlo agree bit for bit with the readable reference; if quadratic r_k of one curvature are summed into one affine map, every sign and iterate agrees bit for bit, and ‖G‖ up to the rounding of the sums',
      method:
        'the left side of one replicate by both, from the same stream: without a tolerance, except (6K + 48)u times the size of the terms of G_i for summed quadratics; another sign would move x by γ, far beyond that',
      requires: { referenceOnly: true },
      success: 'holds',
      parts: (_implementation, { depth }) => [
        signsAtTies({ quick: 200, standard: 1000, deep: 20_000 }[depth], makeKernel),
        ...[alongSpgm, alongSignProx].flatMap((side): PropertyPart[] => {
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
      ],
    });
  },
);
