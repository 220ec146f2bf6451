import fc from 'fast-check';
import type { ProblemSpecification } from '../../../src/library/algorithms.js';
import {
  atStep,
  fromDouble,
  maximum,
  multinomialLaw,
  type Rational,
  type RationalProblemAtStep,
  rational,
  zero,
} from '../../../src/library/exact.js';
import type { FunctionSpecification, SmoothSpecification } from '../../../src/library/functions.js';
import { dyadic, positiveDyadic, probabilities, smallDimension } from '../../../src/library/testing.js';
import { minus, product, squaredNorm, sum } from '../../lines/arithmetic.js';
import { rationalProblemOf } from '../../lines/case-categories.js';
import { largestOf } from '../../lines/exact-iteration.js';
import { slopes, tilted, translated } from '../../shared/instances.js';

/** A walk on the integers from 0 that goes to one of two places with probability ½ each. */
interface FairWalk {
  /** The two places that n leads to. */
  next(n: number): readonly [number, number];
  /** A value ≥ 0. */
  value(n: number): number;
}

/** Places with |n| beyond this are left out. */
const farthest = 2 ** 12;

/** (1/T) Σ E value(n_t) over the first T places, in doubles. What goes too far is dropped, which makes it a lower end. */
export function walkAverage({ next, value }: FairWalk, iterations: number): number {
  const places = Array.from({ length: 2 * farthest + 1 }, (_, index) => index - farthest);
  const values = Float64Array.from(places, value);
  // One more index for all that is too far.
  const targets = Int32Array.from(places.flatMap((n) => next(n).map((to) => index(to))));
  let [law, moved] = [new Float64Array(places.length + 1), new Float64Array(places.length + 1)];
  law[farthest] = 1;
  let total = 0;
  for (let t = 1; t <= iterations; t++) {
    moved.fill(0);
    for (let place = 0; place < places.length; place++) {
      const mass = law[place]!;
      if (mass === 0) continue;
      total += mass * values[place]!;
      moved[targets[2 * place]!]! += mass / 2;
      moved[targets[2 * place + 1]!]! += mass / 2;
    }
    [law, moved] = [moved, law];
  }
  return total / iterations;
}

const index = (n: number): number => (Math.abs(n) <= farthest ? n + farthest : 2 * farthest + 1);

/** A convex problem with a start x⁰, a point z to compare with, and a run. */
export interface ConvexCase {
  readonly problem: ProblemSpecification;
  /** d is a function of turned coordinates: with the r_k, f is separable in no frame. */
  readonly turned: boolean;
  readonly x: readonly number[];
  readonly z: readonly number[];
  readonly step: number;
  readonly miniBatch: number;
  readonly iterations: number;
}

const vector = (entry: fc.Arbitrary<number>, n: number) => fc.array(entry, { minLength: n, maxLength: n });

/** Convex d with rational values; a curvature of 0 in a coordinate is met. */
const smoothTerm = (n: number): fc.Arbitrary<SmoothSpecification> =>
  fc.oneof(
    fc.constant({ type: 'zero' }),
    fc
      .record({ curvature: vector(dyadic(2, 2).map(Math.abs), n), center: vector(dyadic(2, 4), n) })
      .map((parameters) => ({ type: 'quadratic', ...parameters })),
    fc
      .record({ weight: positiveDyadic(2, 2), threshold: positiveDyadic(2, 4) })
      .map((parameters) => ({ type: 'huber', ...parameters })),
  );

/** r_k with bounded slopes, smooth or not. */
const sloped = (n: number): fc.Arbitrary<FunctionSpecification> =>
  fc.oneof(
    fc.record({ type: fc.constantFrom('l1', 'hinge'), weight: positiveDyadic(2, 4) }),
    fc.record({ type: fc.constant('huber'), weight: positiveDyadic(2, 4), threshold: positiveDyadic(2, 4) }),
    vector(dyadic(2, 2), n).map((coefficients) => ({ type: 'linear', coefficients })),
  );

const moved = (n: number, inner: fc.Arbitrary<FunctionSpecification>): fc.Arbitrary<FunctionSpecification> =>
  fc
    .tuple(vector(dyadic(2, 4), n), vector(dyadic(1, 4), n), inner)
    .map(([shift, slope, fn]) => tilted(slope, translated(shift, fn)));

/** Any convex case with r_k of bounded slopes; d is turned in half of those with two coordinates. */
export function convexCase(): fc.Arbitrary<ConvexCase> {
  return fc
    .record({ dimension: smallDimension(2), components: fc.integer({ min: 1, max: 3 }) })
    .chain(({ dimension: n, components }) =>
      fc
        .record({
          smooth: smoothTerm(n),
          functions: fc.array(moved(n, sloped(n)), {
            minLength: components,
            maxLength: components,
          }),
          probabilities: probabilities(components),
          turned: fc.boolean(),
          x: vector(dyadic(2, 4), n),
          z: fc.option(vector(dyadic(2, 4), n), { nil: undefined, freq: 3 }),
          step: positiveDyadic(2, 4),
          miniBatch: fc.constantFrom(1, 1, 2),
          iterations: fc.integer({ min: 1, max: 3 }),
        })
        .map(({ smooth, functions, probabilities: theta, turned, z, ...rest }) => ({
          ...rest,
          problem: { smooth, functions, probabilities: theta },
          turned: turned && n === 2,
          z: z ?? rest.x,
        })),
    );
}

/** d = 0 and r = c|u| from x⁰ = γcT: every step goes down by γc, and the last one ends at 0. */
export const slope: fc.Arbitrary<ConvexCase> = fc
  .record({ weight: positiveDyadic(2, 4), step: positiveDyadic(2, 4), iterations: fc.integer({ min: 1, max: 4 }) })
  .map(({ weight, step, iterations }) => ({
    problem: { smooth: { type: 'zero' }, functions: [{ type: 'l1', weight }], probabilities: [1] },
    ...{ turned: false, x: [step * weight * iterations], z: [0], step, miniBatch: 1, iterations },
  }));

/** d = 0, r₁ = kc|u|, r₂ = −cu from the minimiser 0 of their average: P₂ leaves it again and again, so that f̄ stays above its minimum by a multiple of γ. */
export const fixedKink: fc.Arbitrary<ConvexCase> = fc
  .record({
    weight: positiveDyadic(2, 4),
    ratio: fc.constantFrom(2, 3, 3),
    step: positiveDyadic(2, 4),
    iterations: fc.integer({ min: 3, max: 4 }),
  })
  .map(({ weight, ratio, step, iterations }) => ({
    problem: {
      smooth: { type: 'zero' },
      functions: [{ type: 'l1', weight: ratio * weight }, ...slopes(-weight)],
      probabilities: [0.5, 0.5],
    },
    ...{ turned: false, x: [0], z: [0], step, miniBatch: 1, iterations },
  }));

/** The problem of a case in rationals at its step, with L of ∇d, which need not be the least one. */
interface ExactConvexCase {
  readonly at: RationalProblemAtStep;
  readonly lipschitz: Rational;
  readonly x: readonly Rational[];
  readonly z: readonly Rational[];
}

export function exactConvexCase({ problem, turned, x, z, step }: ConvexCase): ExactConvexCase {
  const exact = rationalProblemOf({
    ...{ problem, turned, x: Float64Array.from(x) },
    ...{ indices: [], step, root: 1, signOfZero: 'zero' as const },
  });
  return {
    at: atStep(exact, fromDouble(step)),
    lipschitz: largestOf(exact.coordinates.map(({ smooth }) => smooth.lipschitz)),
    x: x.map(fromDouble),
    z: z.map(fromDouble),
  };
}

/** What a case is good for, of the hypotheses that the theorem does without and of those that it has. */
export const convexCategories = ['r_k not smooth', 'several components', 'γL > 1', 'z = x⁰', 'coupled'] as const;

export function convexCategoriesOf(input: ConvexCase): string[] {
  const { problem, turned, x, z, step } = input;
  const kinked = ['"l1"', '"hinge"'];
  const written = JSON.stringify(problem.functions);
  return [
    ...(kinked.some((type) => written.includes(type)) ? ['r_k not smooth'] : []),
    ...(problem.probabilities.filter((theta) => theta > 0).length > 1 ? ['several components'] : []),
    ...(exactConvexCase(input).lipschitz.gt(fromDouble(1 / step)) ? ['γL > 1'] : []),
    ...(x.every((entry, i) => entry === z[i]) ? ['z = x⁰'] : []),
    ...(turned ? ['coupled'] : []),
  ];
}

/** A point that a path of SPGM has come to. */
interface State {
  readonly probability: Rational;
  readonly x: readonly Rational[];
}

/** What SPGM does from x⁰ in T iterations, over every sequence of mini-batches. */
interface ExactRun {
  /** (1/T) Σ_t E term(x^{t−1}, P(x^{t−1}), G(x^{t−1})). */
  average(term: (full: readonly Rational[], mapping: readonly Rational[]) => Rational): Rational;
  /** The largest E‖P_k(x) − P(x)‖²/γ² over the points at which noise is drawn before the last iteration. */
  readonly variance: Rational;
}

export function exactRun(
  at: RationalProblemAtStep,
  start: readonly Rational[],
  { miniBatch, iterations }: { readonly miniBatch: number; readonly iterations: number },
): ExactRun {
  const { probabilities } = at.problem;
  const size = rational(BigInt(miniBatch));
  const outcomes = multinomialLaw(probabilities, miniBatch).map(({ counts, probability }) => ({
    probability,
    weights: counts.map((count) => rational(BigInt(count)).div(size)),
  }));
  const variances: Rational[] = [];
  const visited: State[][] = [];
  let states: State[] = [{ probability: rational(1n), x: start }];
  for (let t = 1; t <= iterations; t++) {
    visited.push(states);
    variances.push(states.map(({ x }) => singleVariance(at, x)).reduce(maximum));
    states = states.flatMap(({ probability, x }) =>
      outcomes.map(
        (outcome): State => ({
          probability: product(probability, outcome.probability),
          x: at.weightedMean(outcome.weights, x),
        }),
      ),
    );
  }
  const T = rational(BigInt(iterations));
  return {
    average: (term) =>
      sum(
        ...visited
          .flat()
          .map(({ probability, x }) =>
            product(probability, term(at.weightedMean(probabilities, x), at.residualMapping(probabilities, x))),
          ),
      ).div(T),
    variance: variances.slice(0, -1).reduce(maximum, zero),
  };
}

/** E‖P_k(x) − P(x)‖²/γ² of a single draw. */
export function singleVariance(at: RationalProblemAtStep, x: readonly Rational[]): Rational {
  const { probabilities } = at.problem;
  const mapping = at.residualMapping(probabilities, x);
  return sum(
    ...probabilities.map((theta, k) => {
      const alone = probabilities.map((_, j) => rational(j === k ? 1n : 0n));
      return product(theta, squaredNorm(minus(at.residualMapping(alone, x), mapping)));
    }),
  );
}
