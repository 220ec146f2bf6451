import fc from 'fast-check';
import { type Dtype, smallestNormal } from '../../claims/implementation/dtype.js';
import type { Restrictions } from '../../claims/implementation/restrictions.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { vector } from './basic-functions.js';
import { dyadic, extremeSteps, positiveDyadic, smallDimension, stepSize } from './dyadic.js';
import { components } from './function-specification.js';
import { smoothSpecification } from './smooth-specification.js';

/** A problem, a step, a point and a mini-batch: the input of one iteration of any algorithm. */
export interface ProblemCase {
  readonly problem: ProblemSpecification;
  readonly step: number;
  readonly x: Float64Array;
  /** 0-based components of the mini-batch, repeats included, components of probability zero excluded. */
  readonly indices: readonly number[];
}

/** Which problems are drawn, and how large they are. */
export interface ProblemCaseOptions {
  readonly smoothTypes: readonly string[];
  readonly functionTypes: readonly string[];
  readonly maximumDimension?: number;
  /** The length of x; default: drawn. */
  readonly dimension?: number;
  readonly maximumComponents?: number;
  readonly maximumBatch?: number;
  /** Larger than the small cases: n, K and B from 5 on, smaller steps and larger coordinates. */
  readonly larger?: boolean;
  readonly restrictions?: Restrictions | undefined;
}

/** Sizes of a larger case: above those of small cases, and small enough for an interpreter. */
const fewest = 5;
const most = 8;
const several = fc.integer({ min: fewest, max: most });

/** Steps and coordinates that small cases do not have, where a bound that fits those fails. */
const small = fc.constant(extremeSteps['small step']);
const far = dyadic(64, 4);

/** Components that can be drawn: those with θ_k > 0. */
export function drawable(probabilities: readonly number[]): number[] {
  return probabilities.flatMap((probability, k) => (probability > 0 ? [k] : []));
}

/** Number of draws of a mini-batch of size B: K^B with K the components that can be drawn. */
export function countBatches(probabilities: readonly number[], miniBatch: number): number {
  return drawable(probabilities).length ** miniBatch;
}

/** Every draw of a mini-batch of size B with its probability Π θ_{k_b}: K^B of them, so keep both small. */
export function enumerateBatches(
  probabilities: readonly number[],
  miniBatch: number,
): { readonly indices: readonly number[]; readonly probability: number }[] {
  let batches: { indices: number[]; probability: number }[] = [{ indices: [], probability: 1 }];
  for (let b = 0; b < miniBatch; b++) {
    batches = batches.flatMap((batch) =>
      drawable(probabilities).map((k) => ({
        indices: [...batch.indices, k],
        probability: batch.probability * probabilities[k]!,
      })),
    );
  }
  return batches;
}

/** Problems with separable and coupled r_k of the given types, a step γ, a point x and a mini-batch. */
export function problemCase(options: ProblemCaseOptions): fc.Arbitrary<ProblemCase> {
  const { smoothTypes, functionTypes, maximumDimension = 3, maximumComponents = 4, maximumBatch = 4 } = options;
  const { restrictions } = options;
  const larger = options.larger === true;
  const dimensions = larger ? several : smallDimension(maximumDimension);
  return (options.dimension === undefined ? dimensions : fc.constant(options.dimension)).chain((dimension) =>
    fc
      .record({
        smooth: fc.constantFrom(...smoothTypes).chain((type) => smoothSpecification(type, dimension, restrictions)),
        parts: larger
          ? components(functionTypes, dimension, { maximum: most, minimum: fewest, restrictions })
          : components(functionTypes, dimension, { maximum: maximumComponents, restrictions }),
        step: larger ? fc.oneof({ weight: 3, arbitrary: stepSize() }, { weight: 1, arbitrary: small }) : stepSize(),
        x: fc.array(larger ? fc.oneof({ weight: 3, arbitrary: dyadic() }, { weight: 1, arbitrary: far }) : dyadic(), {
          minLength: dimension,
          maxLength: dimension,
        }),
        draws: fc.array(fc.nat({ max: 1000 }), {
          minLength: larger ? fewest : 1,
          maxLength: larger ? most : maximumBatch,
        }),
      })
      .map(({ smooth, parts, step, x, draws }) => {
        const allowed = drawable(parts.probabilities);
        return {
          problem: {
            smooth,
            functions: parts.functions as FunctionSpecification[],
            probabilities: parts.probabilities,
          },
          step,
          x: Float64Array.from(x),
          indices: draws.map((draw) => allowed[draw % allowed.length]!),
        };
      }),
  );
}

/** Categories of a problem case: `K > 1`, `repeated component`, `non-uniform θ`, `one element`, and the guaranteed steps. */
export function classifyProblemCase(input: ProblemCase): string[] {
  const { probabilities } = input.problem;
  const positive = probabilities.filter((probability) => probability > 0);
  return [
    ...(positive.length > 1 ? ['several components'] : []),
    ...(new Set(input.indices).size < input.indices.length ? ['repeated component'] : []),
    ...(new Set(positive).size > 1 ? ['non-uniform θ'] : []),
    ...(input.x.length === 1 ? ['one element'] : []),
    ...(input.x.length > 1 ? ['several coordinates'] : []),
  ];
}

/** Small enough that single precision rounds x(1 + ε) to x where x has few digits, and large against the rounding of doubles. */
const epsilon = 2 ** -26;

/** The amount moved from one probability to another: less than half the spacing of singles at 1/16. */
const moved = 2 ** -29;

/** Integers, labels, which are ±1, and parts of a whole, which are at most 1. */
const kept = ['groups', 'length', 'rows', 'columns', 'shape', 'count', 'labels', 'quantile'];

function enlarged(value: unknown): unknown {
  if (typeof value === 'number') return value * (1 + epsilon);
  if (value instanceof Float64Array) return value.map((entry) => entry * (1 + epsilon));
  if (Array.isArray(value)) return value.map(enlarged);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, kept.includes(key) ? entry : enlarged(entry)]),
  );
}

/** θ with 2⁻²⁹ moved from its last positive entry to the first, or θ where there is only one. */
function shifted(probabilities: readonly number[]): readonly number[] {
  const positive = (theta: number): boolean => theta > 0;
  const [first, last] = [probabilities.findIndex(positive), probabilities.findLastIndex(positive)];
  if (first === last) return probabilities;
  return probabilities.with(first, probabilities[first]! + moved).with(last, probabilities[last]! - moved);
}

/**
 * The same case of dyadic numbers with x, θ and the parameters of d and r_k a little off, so that single precision holds none of them: an
 * implementation that rounds to it on the way answers another question. Everything that is proportional stays so.
 */
export function beyondSingle(input: ProblemCase): ProblemCase {
  const { problem, x } = input;
  return {
    ...input,
    problem: {
      smooth: enlarged(problem.smooth) as ProblemCase['problem']['smooth'],
      functions: enlarged(problem.functions) as ProblemCase['problem']['functions'],
      probabilities: shifted(problem.probabilities),
    },
    x: enlarged(x) as Float64Array,
  };
}

/** A power of two, so that scaling back and forth is exact, far below any tolerance for zeros that an implementation may have. */
export const tinyScale = 2 ** -40;

/** Whether numbers of that size keep their digits. */
export const hasTiny = (dtype: Dtype): boolean => smallestNormal(dtype) < tinyScale;

/** Parameters of the length of x: with them and x scaled by one factor, gradients and residuals are scaled by it too. */
const lengths: Readonly<Record<string, readonly string[]>> = {
  zero: [],
  linear: ['coefficients'],
  'squared-l2': [],
  quadratic: ['center'],
  l1: ['weight'],
  huber: ['threshold'],
};

/** Types of functions r_k and smooth terms d that `tinyCase` can scale. */
export const scalableTypes: readonly string[] = Object.keys(lengths);

function scaled<T extends { readonly type: string }>(specification: T, factor: number): T {
  const entries = lengths[specification.type]!.map((name) => {
    const value = specification[name as keyof T] as number | readonly number[];
    return [name, typeof value === 'number' ? value * factor : value.map((entry) => entry * factor)];
  });
  return { ...specification, ...Object.fromEntries(entries) };
}

function scaledCase(input: ProblemCase, factor: number): ProblemCase {
  const { smooth, functions, probabilities } = input.problem;
  return {
    ...input,
    problem: {
      smooth: scaled(smooth, factor),
      functions: functions.map((fn) => scaled(fn, factor)),
      probabilities,
    },
    x: input.x.map((value) => value * factor),
  };
}

/** The case with all lengths, and so Ĝ(x) and ∇f̂(x), times 2⁻⁴⁰: all signs and relative rounding errors stay the same. */
export const tinyCase = (input: ProblemCase): ProblemCase => scaledCase(input, tinyScale);

/** The original of a case from `tinyCase`. */
export const magnifiedCase = (input: ProblemCase): ProblemCase => scaledCase(input, 1 / tinyScale);

/** d = 0 with two linear functions, each drawn once, whose slopes cancel up to a fraction of 2⁻²⁶. */
export function cancellingCase(): fc.Arbitrary<ProblemCase> {
  return smallDimension().chain((dimension) =>
    fc
      .record({
        slope: vector(positiveDyadic(), dimension),
        step: stepSize(),
        x: vector(dyadic(), dimension),
        order: fc.constantFrom([0, 1], [1, 0]),
      })
      .map(({ slope, step, x, order: indices }) => ({
        problem: {
          smooth: { type: 'zero' },
          functions: [slope, slope.map((entry) => -entry * (1 + 2 ** -26))].map((coefficients) => ({
            type: 'linear',
            coefficients,
          })),
          probabilities: [0.5, 0.5],
        },
        step,
        x: Float64Array.from(x),
        indices,
      })),
  );
}
