import fc from 'fast-check';
import type { ProblemSpecification } from '../../src/library/algorithms.js';
import type { FunctionSpecification } from '../../src/library/functions.js';
import { dyadic, positiveDyadic, smoothSpecification } from '../../src/library/testing.js';

/** A problem for which every constant of Assumptions 1 and 2 is certified, with a point of its dimension. */
export interface CertifiedProblem {
  readonly problem: ProblemSpecification;
  readonly start: readonly number[];
}

/** Smooth terms that are bounded below, separable and globally smooth. */
const smoothTypes = ['zero', 'cosine', 'geman-mcclure', 'huber', 'log-cosh'] as const;

const point = (dimension: number): fc.Arbitrary<number[]> =>
  fc.array(dyadic(2, 8), { minLength: dimension, maxLength: dimension });

/** Huber or log cosh about different centres: their slopes are bounded, so the variance is finite for any curvatures. */
function boundedSlope(dimension: number): fc.Arbitrary<FunctionSpecification> {
  const inner = fc.oneof(
    fc.record({ type: fc.constant('huber'), weight: positiveDyadic(2), threshold: positiveDyadic(2) }),
    fc.record({ type: fc.constant('log-cosh'), weight: positiveDyadic(2), scale: positiveDyadic(2) }),
  );
  return fc.record({ type: fc.constant('translated'), shift: point(dimension), inner });
}

/** Parabolas of the same curvature about different centres: their noise does not depend on x. */
function parabolas(dimension: number, count: number): fc.Arbitrary<FunctionSpecification[]> {
  return positiveDyadic(2).chain((curvature) =>
    fc.array(
      point(dimension).map((center) => ({ type: 'quadratic', curvature, center })),
      { minLength: count, maxLength: count },
    ),
  );
}

/** Two or three components of one kind over any of the smooth terms, in one or two dimensions. */
export function certifiedProblem(): fc.Arbitrary<CertifiedProblem> {
  return fc.record({ dimension: fc.integer({ min: 1, max: 2 }), count: fc.constantFrom(2, 3) }).chain((size) =>
    fc
      .record({
        smooth: fc.constantFrom(...smoothTypes).chain((type) => smoothSpecification(type, size.dimension)),
        functions: fc.oneof(
          parabolas(size.dimension, size.count),
          fc.array(boundedSlope(size.dimension), { minLength: size.count, maxLength: size.count }),
        ),
        start: point(size.dimension),
      })
      .map(({ smooth, functions, start }) => ({
        problem: { smooth, functions, probabilities: size.count === 2 ? [0.25, 0.75] : [0.5, 0.25, 0.25] },
        start,
      })),
  );
}
