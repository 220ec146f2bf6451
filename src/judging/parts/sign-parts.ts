import fc from 'fast-check';
import { flatFunctions, flatTerms } from '../../claims/implementation/detect-conventions.js';
import { unitRoundoff } from '../../claims/implementation/dtype.js';
import { type Implementation, requiredSignOfZero, valuesAtZero } from '../../claims/implementation/implementation.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import { dyadic, stepSize } from '../arbitraries/dyadic.js';
import {
  cancellingCase,
  hasTiny,
  magnifiedCase,
  type ProblemCase,
  scalableTypes,
  tinyCase,
} from '../arbitraries/problem-case.js';
import type { Direction } from '../judges/next-iterate.js';
import { ofAnything } from '../judges/precision.js';
import { judgeSignStep } from '../judges/sign-step.js';
import { differentiableTypes, problemParts } from './problem-parts.js';
import { propertyPart } from './property-claim.js';
import type { PropertyPart } from './property-part.js';

export interface TinySignOptions {
  readonly name: string;
  /** Types that the r_k may have, beside which only those that scale are drawn. */
  readonly functionTypes?: readonly string[];
  readonly maximumBatch?: number;
  /** The direction at a case of ordinary size. */
  directionOf(input: ProblemCase): Direction;
  /** x⁺ of the implementation from the tiny case. */
  next(input: ProblemCase): Promise<Float64Array>;
}

/** Cases per part: few, because these parts repeat the cases of the ordinary ones and differ from them in the scale of the data alone. */
const runs = 60;

/**
 * Sign steps, where the dtype holds such numbers, whose direction is of the size of 2⁻⁴⁰ and its signs are certain all the same, because everything else is as small: the
 * direction and its rounding error are those of the case at ordinary size, scaled. An implementation that takes small numbers for 0 shows.
 */
export function tinySignParts(implementation: Implementation, options: TinySignOptions): PropertyPart[] {
  const { functionTypes = scalableTypes, maximumBatch } = options;
  const { dtype } = implementation.description;
  // With as few digits as those of bfloat16 no sign is certain.
  if (!hasTiny(dtype) || ofAnything * unitRoundoff(dtype) > 1 / 4) return [];
  const scaled = problemParts(
    implementation,
    async (input) => {
      const next = await options.next(input);
      const { direction, error } = options.directionOf(magnifiedCase(input));
      return judgeSignStep({
        name: options.name,
        x: input.x,
        step: input.step,
        next,
        direction,
        error,
        precision: unitRoundoff(dtype),
      });
    },
    {
      smoothTypes: ['zero', 'quadratic'],
      functionTypes: functionTypes.filter((type) => scalableTypes.includes(type)),
      ...(maximumBatch === undefined ? {} : { maximumBatch }),
    },
  ).map((part) => ({
    ...part,
    name: `tiny, ${part.name}`,
    runs,
    arbitrary: ([part.arbitrary].flat() as fc.Arbitrary<ProblemCase>[]).map((stratum) => stratum.map(tinyCase)),
    classify: (input: unknown) => {
      const { direction, error } = options.directionOf(magnifiedCase(input as ProblemCase));
      const certain = direction.some((value) => Math.abs(value) > error);
      return [...(part.classify?.(input) ?? []), ...(certain ? ['certain sign of a tiny direction'] : [])];
    },
    mustReach: [...(part.mustReach ?? []), 'certain sign of a tiny direction'],
  }));
  return [...scaled, ...cancellingParts(implementation, options)];
}

/** Slopes a and −a(1 + 2⁻²⁶): the sign of their mean is certain, but is lost in single precision. */
function cancellingParts(implementation: Implementation, { name, directionOf, next }: TinySignOptions): PropertyPart[] {
  const { functions, smooth, dtype } = implementation.description;
  if (dtype !== 'f64' || !functions.includes('linear') || !smooth.includes('zero')) return [];
  return [
    propertyPart<ProblemCase>({
      name: 'nearly opposite slopes',
      runs: 20,
      arbitrary: cancellingCase(),
      judge: async (input) =>
        judgeSignStep({
          name,
          x: input.x,
          step: input.step,
          precision: unitRoundoff(dtype),
          next: await next(input),
          ...directionOf(input),
        }),
      classify(input) {
        const { direction, error } = directionOf(input);
        return direction.every((value) => Math.abs(value) > error) ? ['certain sign of what is left'] : [];
      },
      mustReach: ['certain sign of what is left'],
    }),
  ];
}

/** x where some entries of the gradient are exactly 0 in every order of operations: along linear r_k, or at the minimiser of all terms. */
function flatPoints(types: readonly string[], terms: readonly string[]): fc.Arbitrary<ProblemCase> | undefined {
  const shared = { indices: fc.constant([0]), step: stepSize() };
  const problemOf = (smooth: SmoothSpecification, component: FunctionSpecification) => ({
    smooth,
    functions: [component],
    probabilities: [1],
  });
  if (types.includes('linear') && terms.includes('zero')) {
    const entry = fc.record({ x: dyadic(), slope: fc.oneof(fc.constant(0), dyadic()) });
    return fc
      .record({ ...shared, entries: fc.array(entry, { minLength: 1, maxLength: 4 }) })
      .map(({ entries, ...rest }) => {
        const coefficients = entries.map(({ slope }) => slope);
        const x = Float64Array.from(entries, (each) => each.x);
        return { ...rest, problem: problemOf({ type: 'zero' }, { type: 'linear', coefficients }), x };
      });
  }
  const component = flatFunctions.find(({ type }) => types.includes(type));
  const term = flatTerms.find(({ type }) => terms.includes(type));
  if (component === undefined || term === undefined) return undefined;
  return fc
    .record({ ...shared, n: fc.integer({ min: 1, max: 4 }) })
    .map(({ n, ...rest }) => ({ ...rest, problem: problemOf(term, component), x: new Float64Array(n) }));
}

/** Steps of signSGD where entries of the gradient are exactly 0: there sgn is what is declared, and 0 if nothing is. */
export function zeroSlopePart(
  { description }: Implementation,
  name: string,
  next: (input: ProblemCase) => Promise<Float64Array>,
): PropertyPart[] {
  const { dtype, functions, smooth } = description;
  const types = functions.filter((type) => differentiableTypes.includes(type));
  const arbitrary = flatPoints(types, smooth);
  if (arbitrary === undefined) return [];
  const slopeOf = ({ problem, x }: ProblemCase): Float64Array => {
    const { type, coefficients } = problem.functions[0]! as { type: string; coefficients?: readonly number[] };
    return type === 'linear' ? Float64Array.from(coefficients!) : new Float64Array(x.length);
  };
  return [
    propertyPart<ProblemCase>({
      name: 'a slope of 0',
      arbitrary,
      runs: 20,
      async judge(input) {
        const { step, x } = input;
        const exact = { direction: slopeOf(input), error: 0, precision: unitRoundoff(dtype) };
        const atZero = valuesAtZero[requiredSignOfZero(description)];
        return judgeSignStep({ name, x, step, next: await next(input), ...exact, atZero });
      },
      classify: (input) => (slopeOf(input).includes(0) ? ['a slope of 0'] : []),
      mustReach: ['a slope of 0'],
    }),
  ];
}

/** Size of slopes: far below the spacing of single precision at an x of ordinary size, far above that of double precision. */
const slopeSize = 2 ** -30;

/** Functions whose slope at x has the signs of x and the given size, or that times |x_i|. */
const flat: Readonly<Record<string, (x: readonly number[], size: number) => FunctionSpecification>> = {
  linear: (x, size) => ({ type: 'linear', coefficients: x.map((value) => size * Math.sign(value)) }),
  l1: (_, size) => ({ type: 'l1', weight: size }),
  huber: (_, size) => ({ type: 'huber', weight: 1, threshold: size }),
  'squared-l2': (_, size) => ({ type: 'squared-l2', weight: size }),
};

/** x of ordinary size, d = 0 and r_k with small slopes of the signs of x: x − P̂(x) is small, and its signs are those of x. */
function smallDirection(types: readonly string[]): fc.Arbitrary<ProblemCase> {
  const coordinate = dyadic().map((value) => value || 1);
  return fc
    .record({
      x: fc.array(coordinate, { minLength: 1, maxLength: 4 }),
      components: fc.array(fc.tuple(fc.constantFrom(...types), fc.integer({ min: 1, max: 8 })), {
        minLength: 2,
        maxLength: 2,
      }),
      step: stepSize(),
      indices: fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 4 }),
    })
    .map(({ x, components, step, indices }) => ({
      problem: {
        smooth: { type: 'zero' },
        functions: components.map(([type, factor]) => flat[type]!(x, factor * slopeSize)),
        probabilities: [0.5, 0.5],
      },
      step,
      x: Float64Array.from(x),
      indices,
    }));
}

/**
 * Sign steps where x − P̂(x) is small beside x, and its sign certain in double precision: differences that are taken in single precision
 * show. None for other dtypes, and without d = 0 and some r_k that can be so flat.
 */
export function smallDirectionPart(
  { description }: Implementation,
  name: string,
  next: (input: ProblemCase) => Promise<Float64Array>,
): PropertyPart[] {
  const { dtype, functions, smooth, accuracy = {} } = description;
  // Within a declared accuracy either sign would be right.
  const types = Object.keys(flat).filter((type) => functions.includes(type) && !Object.hasOwn(accuracy, type));
  if (dtype !== 'f64' || types.length === 0 || !smooth.includes('zero')) return [];
  const precision = unitRoundoff(dtype);
  return [
    propertyPart<ProblemCase>({
      name: 'small beside x',
      arbitrary: smallDirection(types),
      runs: 20,
      async judge(input) {
        const { step, x } = input;
        return judgeSignStep({ name, x, step, next: await next(input), direction: x, error: 0, precision });
      },
    }),
  ];
}
