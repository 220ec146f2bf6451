import fc from 'fast-check';
import {
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
} from '../../../src/claims/arbitraries/smooth-problem-case.js';
import { exact } from '../../../src/claims/proofs/lines/arithmetic.js';
import { rationalProblemOf } from '../../../src/claims/proofs/lines/case-categories.js';
import { coordinateConstants, pointOf } from '../../../src/claims/proofs/lines/exact-iteration.js';
import { objective } from '../../../src/claims/proofs/lines/iteration.js';
import { fromDouble, maximum, one, type Rational, rational, zero } from '../../../src/exact/arithmetic/rational.js';
import { atStep } from '../../../src/exact/problem/rational-problem.js';

const { sum, product, negative } = exact;

/** A symmetric unimodal law: uniform on an interval about 0, drawn from some by weights in 16ths, or 0 with what is left of the weight. */
export interface UnimodalLaw {
  /** Half-widths in units of |G(x)|, or of 1 where G(x) = 0, so that few cases have noise that does not matter. */
  readonly parts: readonly { readonly halfWidth: number; readonly weight: number }[];
}

/** A problem in one coordinate with x and γ, and the additive noise of every worker. */
export interface UnimodalCase {
  readonly problem: SmoothProblemCase;
  readonly workers: readonly UnimodalLaw[];
}

const halfWidth = fc.constantFrom(1 / 2, 9 / 8, 5 / 4, 3 / 2, 7 / 4, 2, 3, 4, 8, 16);

const law: fc.Arbitrary<UnimodalLaw> = fc.oneof(
  fc
    .record({ halfWidth, weight: fc.constantFrom(16, 16, 14, 12, 10, 8, 4) })
    .map((part): UnimodalLaw => ({ parts: [part] })),
  fc.tuple(halfWidth, halfWidth, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).map(
    ([first, second, ...[own, other]]): UnimodalLaw => ({
      parts: [
        { halfWidth: first, weight: own! },
        { halfWidth: second, weight: other! },
      ],
    }),
  ),
);

/** Cases with as many workers as one of the counts says, of one law or each of its own. */
export const unimodalCase = (...counts: readonly number[]): fc.Arbitrary<UnimodalCase> => {
  const options = { smoothTypes: rationalSmoothTypes, families: [...rationalFamilies, 'kinked'] as const };
  const workers = fc.constantFrom(...counts).chain((count) =>
    fc.oneof(
      law.map((own) => Array.from({ length: count }, () => own)),
      fc.array(law, { minLength: count, maxLength: count }),
    ),
  );
  return fc.record({ problem: smoothProblemCase({ ...options, dimension: 1 }), workers });
};

/** One step of signProx, with what a sign of 1 makes of f. */
export interface UnimodalStep {
  /** G(x) and L. */
  readonly mapping: Rational;
  readonly lipschitz: Rational;
  readonly step: Rational;
  /** E[s] sgn G of every worker, with 3v of its noise; 0 where G = 0. */
  readonly workers: readonly { readonly margin: Rational; readonly tripled: Rational }[];
  /** f(x) − E f(x⁺) where E[s] sgn G is μ and s = ±1. */
  decrease(margin: Rational): Rational;
}

/** The case in rationals. */
export function unimodalStep({ problem: own, workers }: UnimodalCase): UnimodalStep {
  const problem = rationalProblemOf(own);
  const [x, step] = [fromDouble(own.x[0]!), fromDouble(own.step)];
  const at = atStep(problem, step);
  const [mapping] = at.residualMapping(problem.probabilities, [x]) as [Rational];
  const size = mapping.n === 0n ? one : mapping.abs();
  const valueAt = (point: Rational): Rational => objective(exact, pointOf(at, [point]));
  const direction = mapping.s < 0n ? step.neg() : step;
  const [here, right, wrong] = [x, x.sub(direction), x.add(direction)].map(valueAt) as [Rational, Rational, Rational];
  const half = rational(1n, 2n);
  return {
    ...{ mapping, step, lipschitz: coordinateConstants(problem)[0]! },
    workers: workers.map(({ parts }) => {
      const noises = parts.map(({ halfWidth: width, weight }) => ({
        width: product(fromDouble(width), size),
        share: rational(BigInt(weight), 16n),
      }));
      // |e| exceeds |G| with probability (1 − |G|/h)₊, and then in either direction with the same probability.
      const beyond = noises.map(({ width, share }) => product(share, maximum(zero, one.sub(size.div(width)))));
      return {
        margin: mapping.n === 0n ? zero : one.sub(sum(...beyond)),
        tripled: sum(...noises.map(({ width, share }) => product(share, width, width))),
      };
    }),
    decrease: (margin) =>
      sum(here, negative(product(half, one.add(margin), right)), negative(product(half, one.sub(margin), wrong))),
  };
}

/** What a case is good for. */
export function categoriesOf({ mapping, workers }: UnimodalStep, { workers: laws }: UnimodalCase): string[] {
  const doubtful = workers.filter(({ margin }) => mapping.n !== 0n && margin.lt(one));
  return [
    ...(mapping.n === 0n ? ['G = 0'] : []),
    ...(doubtful.length > 0 ? ['a sign that may be wrong'] : []),
    ...(laws.some(({ parts }) => parts.length > 1) ? ['a mixture of widths'] : []),
    ...(laws.some(({ parts }) => parts.reduce((total, { weight }) => total + weight, 0) < 16)
      ? ['noise that may be 0']
      : []),
  ];
}
