import fc from 'fast-check';
import { dyadic, stepSize } from '../arbitraries/dyadic.js';
import type { ProblemCase } from '../arbitraries/problem-case.js';
import type { Implementation } from './implementation.js';
import { unitRoundoff } from './precision.js';
import type { PropertyPart } from './property-check.js';
import { propertyPart } from './property-claim.js';
import { judgeSignStep } from './signs.js';

/** Size of the slopes: far below the spacing of single precision at an x of ordinary size, far above that of double precision. */
const slopeSize = 2 ** -30;

const slopes = (n: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(1, -1)), { minLength: n, maxLength: n })
    .map((entries) => entries.map(([size, sign]) => sign * size * slopeSize));

/** x of ordinary size and r_k = ⟨a_k, ·⟩ with small a_k, the second of them all of one sign with the first: x − P̂(x) is small and certain. */
const smallDirection: fc.Arbitrary<ProblemCase> = fc.integer({ min: 1, max: 4 }).chain((n) =>
  fc
    .record({
      first: slopes(n),
      x: fc.array(
        dyadic().map((value) => value || 1),
        { minLength: n, maxLength: n },
      ),
      step: stepSize(),
      indices: fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 4 }),
    })
    .map(({ first, x, step, indices }) => ({
      problem: {
        smooth: { type: 'zero' },
        functions: [1, 2].map((factor) => ({ type: 'linear', coefficients: first.map((slope) => factor * slope) })),
        probabilities: [0.5, 0.5],
      },
      step,
      x: Float64Array.from(x),
      indices,
    })),
);

/**
 * Sign steps where x − P̂(x) is small beside x, and its sign certain in double precision: differences that are taken in single precision
 * show. None for implementations in single precision or without linear r_k and d = 0.
 */
export function smallDirectionPart(
  { description }: Implementation,
  name: string,
  next: (input: ProblemCase) => Promise<Float64Array>,
): PropertyPart[] {
  const { dtype, functions, smooth } = description;
  if (dtype !== 'f64' || !functions.includes('linear') || !smooth.includes('zero')) return [];
  const precision = unitRoundoff(dtype);
  return [
    propertyPart<ProblemCase>({
      name: 'small beside x',
      arbitrary: smallDirection,
      runs: 20,
      async judge(input) {
        const { problem, step, x, indices } = input;
        const coefficients = problem.functions.map((fn) => fn['coefficients'] as readonly number[]);
        const direction = x.map((_, i) => step * indices.reduce((sum, k) => sum + coefficients[k]![i]!, 0));
        return judgeSignStep({ name, x, step, next: await next(input), direction, error: 0, precision });
      },
    }),
  ];
}
