import fc from 'fast-check';
import {
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
import { of, product, sum } from '../../lines/arithmetic.js';
import { atMost, type Line } from '../../lines/iteration.js';
import { exactLinesClaim } from '../../lines/line-claim.js';
import { evaluateAt, voteByIntegral } from './vote-polynomial.js';

/** A symmetric unimodal law: uniform on an interval about 0, drawn from some by weights in 16ths, or 0 with what is left of the weight. */
interface UnimodalLaw {
  /** Half-widths in units of |G|. */
  readonly parts: readonly { readonly halfWidth: number; readonly weight: number }[];
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

/** Uniform noise, which has equality in Gauss's inequality. */
const level = halfWidth.map((width): UnimodalLaw => ({ parts: [{ halfWidth: width, weight: 16 }] }));

/** The noise of one worker, or of a few, of one law or each of its own. */
const workers = fc.constantFrom(1, 3, 5, 7).chain((count) =>
  fc.oneof(
    fc.oneof(law, level).map((own) => Array.from({ length: count }, () => own)),
    fc.array(law, { minLength: count, maxLength: count }),
  ),
);

/** E[s] sgn G under the noise of one worker, and 3v in units of G². */
function marginOf({ parts }: UnimodalLaw): { readonly margin: Rational; readonly tripled: Rational } {
  const noises = parts.map(({ halfWidth: width, weight }) => ({
    width: fromDouble(width),
    share: rational(BigInt(weight), 16n),
  }));
  // |e| exceeds |G| with probability (1 − |G|/h)₊, and then in either direction with the same probability.
  const beyond = noises.map(({ width, share }) => product(share, maximum(zero, one.sub(one.div(width)))));
  return {
    margin: one.sub(sum(...beyond)),
    tripled: sum(...noises.map(({ width, share }) => product(share, width, width))),
  };
}

/** E[sgn Σ_m s_m] of votes s_m = ±1 that are independent, with E[s_m] = δ_m: from the law of how many are 1. */
function voted(margins: readonly Rational[]): Rational {
  let votes = [one];
  for (const margin of margins) {
    const [right, wrong] = [one.add(margin).div(two), one.sub(margin).div(two)];
    const next = new Array<Rational>(votes.length + 1).fill(zero);
    votes.forEach((mass, count) => {
      next[count] = next[count]!.add(mass.mul(wrong));
      next[count + 1] = next[count + 1]!.add(mass.mul(right));
    });
    votes = next;
  }
  const majority = sum(...votes.slice((margins.length + 1) / 2));
  return two.mul(majority).sub(one);
}

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface UnimodalConstants {
  /** 1 of φ_M(δ). */
  readonly margin: number;
  /** 3 of |G|/√(3v), and 2/3, as a double a little less: for one worker, and for a vote. */
  readonly three: number;
  readonly far: number;
  readonly threeOfVote: number;
  readonly farOfVote: number;
}

/** Of 0 ≤ a = min(|G|/√(3v), ⅔), which has a root, a²·3v is rational: a ≤ b for b ≥ 0 where a²·3v ≤ b²·3v. |G| is 1. */
function linesOf(laws: readonly UnimodalLaw[], { margin: leading, ...constants }: UnimodalConstants): Line[] {
  const found = laws.map(marginOf);
  const margins = found.map(({ margin }) => margin);
  const vote = voted(margins);
  const [three, far] =
    laws.length === 1 ? [constants.three, constants.far] : [constants.threeOfVote, constants.farOfVote];
  const own = product(of(three / 3), found.map(({ tripled }) => tripled).reduce(maximum));
  if (laws.length === 1) {
    const squared = minimum(one, product(square(of(far)), own));
    return [atMost('E[s] sgn G ≥ min(|G|/√(3v), 2/3), squared and times 3v', squared, product(own, square(vote)))];
  }
  const squared = product(square(of(far)), minimum(rational(BigInt(laws.length)), own));
  return [
    atMost(
      'E[s] sgn G ≥ φ_M(δ), δ the smallest margin of a worker',
      product(of(leading), evaluateAt(voteByIntegral(laws.length), margins.reduce(minimum))),
      vote,
    ),
    atMost('E[s] sgn G ≥ (2/3) min(√M|G|/√(3v), 1), squared and times 3v', squared, product(own, square(vote))),
  ];
}

/** What a case is good for. */
const classify = (laws: readonly UnimodalLaw[]): string[] => [
  laws.length === 1 ? 'one worker' : 'a vote',
  ...(laws.some((own) => marginOf(own).margin.lt(one)) ? ['a sign that may be wrong'] : []),
  ...(laws.some(({ parts }) => parts.length > 1) ? ['a mixture of widths'] : []),
  ...(laws.some(({ parts }) => parts.reduce((total, { weight }) => total + weight, 0) < 16)
    ? ['noise that may be 0']
    : []),
  ...(laws.some((own) => own !== laws[0]) ? ['workers of different laws'] : []),
];

/**
 * What symmetric unimodal noise leaves of a sign. By Gauss's inequality noise of variance v leaves the sign of G a margin of min(|G|/√(3v), 2/3). A vote of M workers, each with noise of its
 * own law and a margin of δ at least, has φ_M(δ), and from M = 3 on this is ⅔ min(√M|G|/√(3v), 1): as for the mean of M draws, up to constants. `sign-prox-margin` does the rest. The laws are
 * mixtures of uniform ones and of 0, which all symmetric unimodal laws are limits of.
 */
export const unimodalMarginClaim = exactLinesClaim({
  id: 'unimodal-noise-margin',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise, the margin' },
  statement:
    'E[s | x] sgn G ≥ min(|G|/√(3v), 2/3) under additive noise that is symmetric, unimodal and of variance v; and ≥ φ_M(δ) ≥ (2/3) min(√M|G|/√(3v), 1) for the vote of an odd M ≥ 3 workers, each under such noise of its own, of variance v at most',
  method:
    'for 1, 3, 5 and 7 workers under mixtures of uniform noise and of none, whose sign has a rational law, in rationals without a tolerance',
  constants: { margin: 1, far: 2 / 3, three: 3, farOfVote: 2 / 3, threeOfVote: 3 },
  arbitrary: workers,
  linesOf,
  classify,
  mustReach: [
    ...['one worker', 'a vote', 'a sign that may be wrong', 'a mixture of widths', 'noise that may be 0'],
    'workers of different laws',
  ],
});
