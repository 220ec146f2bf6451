import fc from 'fast-check';
import {
  atStep,
  fromDouble,
  maximum,
  minimum,
  one,
  type Rational,
  rational,
  square,
  two,
  zero,
} from '../../../src/library/exact.js';
import {
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
} from '../../../src/library/testing.js';
import { negative, of, product, sum } from '../../lines/arithmetic.js';
import { rationalProblemOf } from '../../lines/case-categories.js';
import { coordinateConstants, pointOf } from '../../lines/exact-iteration.js';
import { atMost, type Line, objective } from '../../lines/iteration.js';
import { exactLinesClaim } from '../../lines/line-claim.js';
import { evaluateAt, voteByIntegral } from './vote-polynomial.js';

/** A symmetric unimodal law: uniform on an interval about 0, drawn from some by weights in 16ths, or 0 with what is left of the weight. */
interface UnimodalLaw {
  /** Half-widths in units of |G(x)|, or of 1 where G(x) = 0, so that few cases have noise that does not matter. */
  readonly parts: readonly { readonly halfWidth: number; readonly weight: number }[];
}

/** A problem in one coordinate with x and γ, and the additive noise of every worker. */
interface UnimodalCase {
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
const unimodalCase = (...counts: readonly number[]): fc.Arbitrary<UnimodalCase> => {
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
interface UnimodalStep {
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
function unimodalStep({ problem: own, workers }: UnimodalCase): UnimodalStep {
  const problem = rationalProblemOf(own);
  const [x, step] = [fromDouble(own.x[0]!), fromDouble(own.step)];
  const at = atStep(problem, step);
  const [mapping] = at.residualMapping(problem.probabilities, [x]) as [Rational];
  const size = mapping.n === 0n ? one : mapping.abs();
  const valueAt = (point: Rational): Rational => objective(pointOf(at, [point]));
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
function categoriesOf({ mapping, workers }: UnimodalStep, { workers: laws }: UnimodalCase): string[] {
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

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface UnimodalConstants {
  /** 3 of |G|/√(3v). */
  readonly three: number;
  /** 2/3, the margin of far G; as a double a little less. */
  readonly far: number;
  /** 1 of γ²L. */
  readonly curvature: number;
}

/**
 * Of 0 ≤ a = min(|G|/√(3v), ⅔), which has a root, a²·3v = min(G², (4/9)·3v) is rational: a ≤ b for b ≥ 0 where a²·3v ≤ b²·3v.
 */
function noiseLines({ mapping, step, lipschitz, workers, decrease }: UnimodalStep, constants: UnimodalConstants) {
  const { margin, tripled } = workers[0]!;
  const own = product(of(constants.three / 3), tripled);
  const squared = minimum(square(mapping), product(square(of(constants.far)), own));
  const gained = sum(decrease(margin), product(of(constants.curvature), square(step), lipschitz));
  const lines: Line[] = [
    atMost('E[s] sgn G ≥ min(|G|/√(3v), 2/3), squared and times 3v', squared, product(own, square(margin))),
    atMost('E[f(x⁺) − f(x) | x] ≤ γ²L', zero, gained),
    atMost(
      'E[f(x⁺) − f(x) | x] ≤ −γ|G|min(|G|/√(3v), 2/3) + γ²L, squared and times 3v',
      product(square(step), square(mapping), squared),
      product(own, square(gained)),
    ),
  ];
  return lines;
}

/**
 * Symmetric unimodal noise, one step in one coordinate. By Gauss's inequality noise of variance v leaves the sign of G a margin of
 * min(|G|/√(3v), 2/3), and the lemma of margins does the rest. The laws are mixtures of uniform ones and of 0, which all symmetric unimodal
 * laws are limits of.
 */
export const unimodalNoiseStepClaim = exactLinesClaim({
  id: 'unimodal-noise-step',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise, one step' },
  statement:
    'E[f(x⁺) − f(x) | x] ≤ −γ|G| min(|G|/√(3v), 2/3) + γ²L for signProx under additive noise that is symmetric, unimodal and of variance v',
  method:
    'on generated problems of one coordinate under mixtures of uniform noise and of none, whose sign has a rational law, in rationals without a tolerance',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  constants: { three: 3, far: 2 / 3, curvature: 1 },
  arbitrary: unimodalCase(1),
  linesOf: (input: UnimodalCase, constants: UnimodalConstants) => noiseLines(unimodalStep(input), constants),
  classify: (input) => categoriesOf(unimodalStep(input), input),
  mustReach: ['a sign that may be wrong', 'a mixture of widths', 'noise that may be 0'],
});

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface VoteConstants {
  /** 1 of φ_M(δ). */
  readonly margin: number;
  /** 2/3 of the margin, as a double a little less; and 3 of |G|/√(3v). */
  readonly far: number;
  readonly three: number;
}

/** E[sgn Σ_m s_m] of votes s_m = ±1 that are independent, with E[s_m] = δ_m: from the law of how many are 1. */
function voted(margins: readonly Rational[]): Rational {
  let law = [one];
  for (const margin of margins) {
    const [right, wrong] = [one.add(margin).div(two), one.sub(margin).div(two)];
    const next = new Array<Rational>(law.length + 1).fill(zero);
    law.forEach((mass, count) => {
      next[count] = next[count]!.add(mass.mul(wrong));
      next[count + 1] = next[count + 1]!.add(mass.mul(right));
    });
    law = next;
  }
  const majority = sum(...law.slice((margins.length + 1) / 2));
  return two.mul(majority).sub(one);
}

function voteLines({ mapping, step, lipschitz, workers, decrease }: UnimodalStep, constants: VoteConstants) {
  const M = rational(BigInt(workers.length));
  const margins = workers.map(({ margin }) => margin);
  const vote = voted(margins);
  const least = margins.reduce(minimum);
  const tripled = product(of(constants.three / 3), workers.map((worker) => worker.tripled).reduce(maximum));
  // The square of ⅔ min(√M|G|/√(3v), 1), times 3v.
  const squared = product(square(of(constants.far)), minimum(product(M, square(mapping)), tripled));
  const gained = sum(decrease(vote), product(square(step), lipschitz));
  const lines: Line[] = [
    atMost(
      'E[s] sgn G ≥ φ_M(δ), δ the smallest margin of a worker',
      product(of(constants.margin), evaluateAt(voteByIntegral(workers.length), least)),
      vote,
    ),
    atMost('E[f(x⁺) − f(x) | x] ≤ γ²L', zero, gained),
    atMost('E[s] sgn G ≥ (2/3) min(√M|G|/√(3v), 1), squared and times 3v', squared, product(tripled, square(vote))),
    atMost(
      'E[f(x⁺) − f(x) | x] ≤ −(2/3)γ|G|min(√M|G|/√(3v), 1) + γ²L, squared and times 3v',
      product(square(step), square(mapping), squared),
      product(tripled, square(gained)),
    ),
  ];
  return lines;
}

/**
 * A vote of M workers under symmetric unimodal noise, one step in one coordinate. Each worker has noise of its own law, with a margin of δ at least, and the vote has φ_M(δ). From M = 3
 * on this is ⅔ min(√M|G|/√(3v), 1): as for the mean of M draws, up to constants.
 */
export const unimodalVoteStepClaim = exactLinesClaim({
  id: 'unimodal-vote-step',
  version: 1,
  source: { section: 'beyond the paper', equation: 'majority vote under unimodal noise, one step' },
  statement:
    'E[f(x⁺) − f(x) | x] ≤ −(2/3)γ|G| min(√M|G|/√(3v), 1) + γ²L for the vote of an odd M ≥ 3 workers, each under symmetric unimodal noise of its own, of variance v at most',
  method:
    'on generated problems of one coordinate for 3, 5 and 7 workers under mixtures of uniform noise and of none, in rationals without a tolerance',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  constants: { margin: 1, far: 2 / 3, three: 3 },
  arbitrary: unimodalCase(3, 5, 7),
  linesOf: (input: UnimodalCase, constants: VoteConstants) => voteLines(unimodalStep(input), constants),
  classify: (input) => [
    ...categoriesOf(unimodalStep(input), input),
    ...(input.workers.some((law) => law !== input.workers[0]) ? ['workers of different laws'] : []),
  ],
  mustReach: ['a sign that may be wrong', 'a mixture of widths', 'noise that may be 0', 'workers of different laws'],
});
