import fc from 'fast-check';
import { dyadic } from '../../src/claims/arbitraries/dyadic.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { exact } from '../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { multinomialLaw } from '../../src/exact/arithmetic/multinomial.js';
import { fromDouble, one, type Rational, rational, square, sum, zero } from '../../src/exact/arithmetic/rational.js';

/** The law of one draw: values, with weights that need not sum to 1, and a distance G from which the mean of `size` draws is seen. */
interface NoiseCase {
  readonly values: readonly number[];
  readonly weights: readonly number[];
  readonly size: number;
  readonly mapping: number;
}

/** The constants of the lines, as numbers of their own so that tests can change them. */
export interface DeviationConstants {
  /** 27/16 of (E|X + Y|)² ≤ (27/16)σ². */
  readonly two: number;
  /** 27/32 of (2|G|·P[wrong sign])² ≤ (27/32)σ²/B. */
  readonly wrong: number;
  /** 4 of (E|X + Y|)² ≤ 4h(p)σ². */
  readonly shape: number;
  /** 108 of 108t² ≤ 125(12σ² + t²)·P[|X − Y| < t]². */
  readonly close: number;
}

interface Atom {
  readonly value: Rational;
  readonly probability: Rational;
}

/** The law with its mean taken off. */
function centred({ values, weights }: NoiseCase): Atom[] {
  const total = weights.reduce((a, b) => a + b, 0);
  const probabilities = weights.map((weight) => fromDouble(weight).div(fromDouble(total)));
  const exactValues = values.map(fromDouble);
  const mean = sum(exactValues.map((value, k) => value.mul(probabilities[k]!)));
  return exactValues.map((value, k) => ({ value: value.sub(mean), probability: probabilities[k]! }));
}

const expectation = (atoms: readonly Atom[], of: (value: Rational) => Rational): Rational =>
  sum(atoms.map(({ value, probability }) => probability.mul(of(value))));

/** 1 where |value| < width. */
const indicator = (value: Rational, width: Rational): Rational => (value.abs().lt(width) ? one : zero);

/** h(p) = (1 − p)³(1 + 4p)/(3 − 4p), at most 27/64 on [0, ½], where it is attained at p = ¼. */
function shapeAt(p: Rational): Rational {
  const rest = one.sub(p);
  const four = rational(4n).mul(p);
  return square(rest).mul(rest).mul(one.add(four)).div(rational(3n).sub(four));
}

/** Two independent draws are nearer than t to one another with a probability of at least (3/(5√5))/√(σ²/t² + 1/12). */
function closeLine(law: readonly Atom[], width: Rational, close: number): Line<Rational> {
  const probability = sum(
    law.map((own) => own.probability.mul(expectation(law, (other) => indicator(own.value.sub(other), width)))),
  );
  const spread = rational(12n).mul(expectation(law, square)).add(square(width));
  return {
    name: '108t² ≤ 125(12σ² + t²)·P[|X − Y| < t]²',
    left: fromDouble(close).mul(square(width)),
    relation: '≤',
    right: rational(125n).mul(spread).mul(square(probability)),
  };
}

function linesOf(input: NoiseCase, { two, wrong, shape, close }: DeviationConstants): Line<Rational>[] {
  const law = centred(input);
  const variance = expectation(law, square);
  const deviation = sum(
    law.map(({ value, probability }) => probability.mul(expectation(law, (other) => value.add(other).abs()))),
  );
  const positive = sum(law.filter(({ value }) => value.s > 0n && value.n > 0n).map(({ probability }) => probability));
  const negative = sum(law.filter(({ value }) => value.s < 0n).map(({ probability }) => probability));
  const smaller = positive.lte(negative) ? positive : negative;
  const size = rational(BigInt(input.size));
  const mapping = fromDouble(input.mapping);
  const missed = sum(
    multinomialLaw(
      law.map(({ probability }) => probability),
      input.size,
    )
      .filter(({ counts }) => {
        const mean = sum(counts.map((count, k) => law[k]!.value.mul(rational(BigInt(count))))).div(size);
        return mapping.add(mean).lte(rational(0n));
      })
      .map(({ probability }) => probability),
  );
  return [
    {
      name: '(E|X + Y|)² ≤ 4h(p)σ²',
      left: square(deviation),
      relation: '≤',
      right: fromDouble(shape).mul(shapeAt(smaller)).mul(variance),
    },
    {
      name: '(E|X + Y|)² ≤ (27/16)σ²',
      left: square(deviation),
      relation: '≤',
      right: fromDouble(two).mul(variance),
    },
    {
      name: `(2G·P[Ĝ ≤ 0])² ≤ (27/32)σ²/B, B = ${input.size}`,
      left: square(rational(2n).mul(mapping).mul(missed)),
      relation: '≤',
      right: fromDouble(wrong).mul(variance).div(size),
    },
    closeLine(law, mapping, close),
  ];
}

const anyLaw: fc.Arbitrary<NoiseCase> = fc.integer({ min: 2, max: 4 }).chain((atoms) =>
  fc.record({
    values: fc.array(dyadic(4, 4), { minLength: atoms, maxLength: atoms }),
    weights: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: atoms, maxLength: atoms }),
    size: fc.constantFrom(2, 4),
    mapping: fc.integer({ min: 1, max: 32 }).map((k) => k / 16),
  }),
);

/** Two values, the farther one with probability ¼: the first two lines are equalities, and unless flipped the third one too. */
const extremalLaw: fc.Arbitrary<NoiseCase> = fc
  .record({ range: fc.integer({ min: 1, max: 32 }), flipped: fc.boolean() })
  .map(({ range, flipped }) => ({
    values: flipped ? [0, -range] : [0, range],
    weights: [3, 1],
    size: 2,
    mapping: range / 4,
  }));

/** R of the values −R … R with weights (R + ½)² − k²: of all laws on the integers, it makes two draws of its variance agree most seldom as R → ∞. */
interface ParabolicLaw {
  readonly range: number;
}

const parabolicLaw: fc.Arbitrary<ParabolicLaw> = fc.integer({ min: 2, max: 24 }).map((range) => ({ range }));

function parabolicAtoms({ range }: ParabolicLaw): Atom[] {
  const values = Array.from({ length: 2 * range + 1 }, (_, k) => k - range);
  const weights = values.map((value) => rational(BigInt((2 * range + 1) ** 2 - 4 * value ** 2)));
  const total = sum(weights);
  return values.map((value, k) => ({ value: rational(BigInt(value)), probability: weights[k]!.div(total) }));
}

/**
 * The mean of two draws cannot be ±√v with equal odds, for which Cantelli's inequality is an equality at |G| = √v. For independent X, Y of one law of mean 0 and variance
 * σ², with p the smaller of P[X > 0] and P[X < 0],
 *
 *     E|X + Y| ≤ 2√h(p)·σ ≤ (3√3/4)σ,   h(p) = (1 − p)³(1 + 4p)/(3 − 4p),
 *
 * so for even B E|Ĝ_i − G_i| ≤ (3√6/8)σ_i/√B, and |G_i|·P[wrong sign] is at most half of that. And two independent draws are often close: for
 * draws that are symmetric X + Y has the law of X − Y, which is what a majority vote gains by when B is even (`majority-vote-even-batch`). Proofs in PROOFS.md.
 */
export const claim = claimOf({ two: 27 / 16, wrong: 27 / 32, shape: 4, close: 108 }, (constants: DeviationConstants) =>
  propertyClaim({
    id: 'mean-absolute-deviation',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2♯, even mini-batches' },
    statement:
      'E|X + Y| ≤ (3√3/4)σ for i.i.d. X, Y of mean 0; so 2|G_i|·P[sgn Ĝ_i ≠ sgn G_i] ≤ (3√6/8)σ_i/√B = 0.9186σ_i/√B for even B; and P[|X − Y| < t] ≥ (3/(5√5))/√(σ²/t² + 1/12)',
    method:
      'laws of 2 to 4 values, squared, in rationals without a tolerance; equality where the larger of two values has probability ¼, and nearly so for parabolic laws',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<NoiseCase>({
        name: 'any law',
        arbitrary: anyLaw,
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify: ({ values, size }) => [`${values.length} values`, `B = ${size}`],
        mustReach: ['2 values', '3 values', '4 values', 'B = 2', 'B = 4'],
      }),
      propertyPart<NoiseCase>({
        name: 'the extremal law',
        arbitrary: extremalLaw,
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify: ({ values }) => [values[1]! < 0 ? 'skewed to the left' : 'skewed to the right'],
        mustReach: ['skewed to the left', 'skewed to the right'],
      }),
      propertyPart<ParabolicLaw>({
        name: 'parabolic laws',
        arbitrary: parabolicLaw,
        judge: (input) => judgeLines([closeLine(parabolicAtoms(input), one, constants.close)], exact, false),
        classify: ({ range }) => [range > 12 ? 'many values' : 'few values'],
        mustReach: ['many values'],
      }),
    ],
  }),
);
