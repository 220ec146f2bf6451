import fc from 'fast-check';
import { probabilities } from '../../src/claims/arbitraries/dyadic.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { propertyPart } from '../../src/claims/properties/property-claim.js';
import type { PropertyPart } from '../../src/claims/properties/property-part.js';
import type { KernelOf } from '../../src/reference/algorithms/fast/kernel.js';
import { kernelOf } from '../../src/reference/algorithms/fast/kernel-of.js';
import { signProx } from '../../src/reference/algorithms/sign-prox.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';

/** One step of signProx from x with a mini-batch of sixteen. */
interface TieCase {
  readonly problem: ProblemSpecification;
  readonly x: number;
  readonly counts: readonly number[];
  readonly signOfZero: keyof typeof atZero;
}

const atZero = { zero: 0, positive: 1, negative: -1 } as const;

/** Like the tenths of the problems it is no double, so that sums round. */
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

function judge(makeKernel: KernelOf, { problem, x, counts, signOfZero }: TieCase): Judgement {
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
export function signsAtTies(runs: number, makeKernel: KernelOf = kernelOf): PropertyPart {
  return propertyPart<TieCase>({
    name: 'sign-prox, signs of sums of quadratic r_k that nearly cancel',
    runs,
    arbitrary: tieCases,
    classify: ({ counts, signOfZero }) => [
      `sgn(0) ${signOfZero}`,
      ...(counts.filter((count) => count > 0).length > 2 ? ['more than two centres'] : []),
    ],
    mustReach: ['sgn(0) zero', 'sgn(0) positive', 'sgn(0) negative', 'more than two centres'],
    judge: (input) => judge(makeKernel, input),
  });
}
