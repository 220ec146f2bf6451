import fc from 'fast-check';
import { dyadic, positiveDyadic, smallDimension } from '../../../src/claims/arbitraries/dyadic.js';
import { rationalSmoothTypes } from '../../../src/claims/arbitraries/smooth-problem-case.js';
import { smoothSpecification } from '../../../src/claims/arbitraries/smooth-specification.js';
import type { FunctionSpecification } from '../../../src/reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../../src/reference/problem/problem.js';
import { parabolas, slopes } from '../../shared/functions.js';

/** Three linear r_k on the line: no noise, or ±τ with probability ϱ/2 each. The noise of B = 1 is symmetric and sparse, and r = 0. */
export function sparseDraws(rarity: number, size: number): Pick<ProblemSpecification, 'functions' | 'probabilities'> {
  return { functions: slopes(0, size, -size), probabilities: [1 - rarity, rarity / 2, rarity / 2] };
}

/** No noise, −τ with probability ϱm/(m + 1), or mτ with probability ϱ/(m + 1): of mean 0, sparse, and seldom of the sign of its mean. */
export function skewedDraws(
  rarity: number,
  size: number,
  ratio: number,
): Pick<ProblemSpecification, 'functions' | 'probabilities'> {
  const rare = rarity / (ratio + 1);
  return { functions: slopes(0, -size, ratio * size), probabilities: [1 - rarity, rarity - rare, rare] };
}

/** A problem whose noise Ĝ(x) − G(x) is sparse and does not depend on x, with what one step of signProx needs. */
export interface SparseCase {
  readonly problem: ProblemSpecification;
  readonly symmetric: boolean;
  readonly x: readonly number[];
  readonly miniBatch: number;
  readonly step: number;
  readonly signOfZero: 'zero' | 'positive' | 'negative';
}

const vector = (entry: fc.Arbitrary<number>, n: number) => fc.array(entry, { minLength: n, maxLength: n });

/** Linear r_k by their slopes, or parabolas of one curvature by their centres: of P_k − P both make a constant. */
const shapes = {
  linear: (_curvature: number, place: readonly number[]): FunctionSpecification => ({
    type: 'linear',
    coefficients: place,
  }),
  parabolas: (curvature: number, place: readonly number[]): FunctionSpecification => ({
    ...parabolas(curvature, 0)[0]!,
    center: place,
  }),
} as const;

/** Shifts of the r_k and their weights in 64ths: one or two pairs ±h, or −h and mh with mean 0; h may be 0 in a coordinate. */
const noises = (n: number): fc.Arbitrary<{ symmetric: boolean; shifts: number[][]; weights: number[] }> => {
  const shift = fc
    .tuple(vector(dyadic(2, 4), n), fc.constantFrom(1, 16, 1024))
    .map(([h, scale]) => h.map((entry) => scale * entry));
  const pairs = fc
    .array(fc.tuple(shift, fc.integer({ min: 1, max: 14 })), { minLength: 1, maxLength: 2 })
    .map((sizes) => ({
      symmetric: true,
      shifts: sizes.flatMap(([h]) => [h, h.map((entry) => -entry)]),
      weights: sizes.flatMap(([, weight]) => [weight, weight]),
    }));
  const skewed = fc.tuple(shift, fc.constantFrom([1, 1], [2, 1], [4, 2], [16, 1], [24, 1])).map(([h, [m, weight]]) => ({
    symmetric: false,
    shifts: [h.map((entry) => -entry), h.map((entry) => m! * entry)],
    weights: [m! * weight!, weight!],
  }));
  return fc.oneof(pairs, skewed);
};

/** Cases in one or two coordinates: any rational d, noise of any size, mini-batches of up to three draws. */
export const sparseCase: fc.Arbitrary<SparseCase> = fc
  .record({
    dimension: smallDimension(2),
    smoothType: fc.constantFrom(...rationalSmoothTypes),
    shape: fc.constantFrom('linear' as const, 'parabolas' as const),
  })
  .chain(({ dimension, smoothType, shape }) =>
    fc
      .record({
        smooth: smoothSpecification(smoothType, dimension),
        curvature: positiveDyadic(2, 4),
        center: vector(dyadic(2, 4), dimension),
        noise: noises(dimension),
        x: vector(dyadic(2, 4), dimension),
        miniBatch: fc.integer({ min: 1, max: 3 }),
        step: positiveDyadic(2, 16),
        signOfZero: fc.constantFrom('zero' as const, 'positive' as const, 'negative' as const),
      })
      .map(({ smooth, curvature, center, noise: { symmetric, shifts, weights }, ...rest }) => ({
        ...rest,
        symmetric,
        problem: {
          smooth,
          functions: [center, ...shifts.map((h) => h.map((entry, i) => center[i]! + entry))].map((place) =>
            shapes[shape](curvature, place),
          ),
          probabilities: [64 - weights.reduce((sum, weight) => sum + weight, 0), ...weights].map(
            (weight) => weight / 64,
          ),
        },
      })),
  );
