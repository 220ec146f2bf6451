import { atMost, type BinomialLaw, binomialLaw, lawError } from '../arithmetic/binomial-law.js';
import { outcomeCount } from '../arithmetic/multinomial.js';
import { greatestCommonDivisor, type Rational, sum } from '../arithmetic/rational.js';

/** The law of sgn(Σ c_k h_k) for counts c of a mini-batch. */
export interface SignLaw {
  readonly positive: number;
  readonly negative: number;
  readonly tie: number;
  /** Probability that the sign may be wrong, because the sum is within a positive tolerance of 0; and errors of the law itself. */
  readonly uncertain: number;
}

/** Σ c_k h_k with h_k in the order of the components of positive probability; `tolerance` bounds the error of Σ c_k h_k/B, 0 for exact h_k. */
export interface LinearForm {
  readonly values: readonly Rational[];
  readonly tolerance: Rational;
}

/** The law of the sign of a linear form of Multinomial(B, θ) counts. */
export type SignLawOf = (form: LinearForm) => SignLaw;

/** Numerators over 2¹²⁸. */
interface Masses {
  positive: bigint;
  negative: bigint;
  uncertain: bigint;
}

const unit = 128n;

/**
 * Prepares the law of Multinomial(B, θ) for signs of linear forms. Given all counts but the last two, the form is affine in one
 * binomial count: monotone, so its sign changes at one place, found by an exact integer division, and one distribution function
 * gives the three probabilities. K = 2 needs one such step, more components one for each outcome of the first K − 2 counts.
 *
 * @param probabilities θ_k > 0, sum 1
 * @param largest most outcomes of the first K − 2 counts
 * @returns undefined when there are more
 *
 * @example
 * const half = rational(1n, 2n);
 * const lawOf = signLaws([half, half], 2, 1);
 * assert.equal(lawOf({ values: [one, one.neg()], tolerance: rational(0n) }).tie, 0.5);
 */
export function signLaws(probabilities: readonly Rational[], batch: number, largest: number): SignLawOf | undefined {
  const components = probabilities.length;
  if (components === 1) return ({ values, tolerance }) => certain(values[0]!, tolerance);
  if (outcomeCount(components - 1, batch) > largest) return undefined;
  const conditional = probabilities.map((theta, k) => theta.div(sum(probabilities.slice(k))));
  const tables: Map<number, BinomialLaw>[] = probabilities.map(() => new Map());
  const table = (k: number, trials: number): BinomialLaw => {
    let law = tables[k]!.get(trials);
    if (law === undefined) {
      law = binomialLaw(trials, conditional[k]!);
      tables[k]!.set(trials, law);
    }
    return law;
  };
  const error = components * lawError(batch);

  return (form) => {
    const { scaled, tolerance } = integers(form, batch);
    const masses: Masses = { positive: 0n, negative: 0n, uncertain: 0n };
    const descend = (k: number, remaining: number, value: bigint, weight: bigint): void => {
      const law = table(k, remaining);
      if (k === components - 2) {
        const [here, last] = [scaled[k]!, scaled[k + 1]!];
        addPair(masses, law, weight, { base: value + BigInt(remaining) * last, slope: here - last, tolerance });
        return;
      }
      let before = 0n;
      law.cumulative.forEach((cumulative, j) => {
        const count = law.first + j;
        const share = (weight * (cumulative - before)) / law.total;
        before = cumulative;
        if (share > 0n) descend(k + 1, remaining - count, value + BigInt(count) * scaled[k]!, share);
      });
    };
    descend(0, batch, 0n, 1n << unit);
    const [positive, negative] = [fraction(masses.positive), fraction(masses.negative)];
    const tie = fraction((1n << unit) - masses.positive - masses.negative);
    return { positive, negative, tie, uncertain: fraction(masses.uncertain) + error };
  };
}

function certain(value: Rational, tolerance: Rational): SignLaw {
  const sign = value.n === 0n ? 0n : value.s;
  return {
    positive: sign > 0n ? 1 : 0,
    negative: sign < 0n ? 1 : 0,
    tie: sign === 0n ? 1 : 0,
    uncertain: tolerance.n > 0n && value.abs().lte(tolerance) ? 1 : 0,
  };
}

function fraction(mass: bigint): number {
  return Number(mass) / Number(1n << unit);
}

/**
 * h and B·tolerance over their common denominator. An integer is within a tolerance if it is within its integer part. A tolerance of −1 means
 * exact values, none of them in doubt.
 */
function integers({ values, tolerance }: LinearForm, batch: number): { scaled: bigint[]; tolerance: bigint } {
  const common = values.reduce((product, { d }) => product * (d / greatestCommonDivisor(product, d)), 1n);
  const scaled = values.map(({ s, n, d }) => s * n * (common / d));
  return { scaled, tolerance: tolerance.n === 0n ? -1n : (tolerance.n * BigInt(batch) * common) / tolerance.d };
}

/** base + slope·c, uncertain within ±tolerance. */
interface AffineForm {
  readonly base: bigint;
  readonly slope: bigint;
  readonly tolerance: bigint;
}

function addPair(masses: Masses, law: BinomialLaw, weight: bigint, { base, slope, tolerance }: AffineForm): void {
  // For a decreasing form use −S, with positive and negative exchanged.
  const rising = slope > 0n || (slope === 0n && base >= 0n);
  const [b, m] = rising ? [base, slope] : [-base, -slope];
  /** Mass where b + mc ≤ level. */
  const upTo = (level: bigint): bigint => {
    if (m === 0n) return b <= level ? law.total : 0n;
    return atMost(law, floorDivide(level - b, m));
  };
  const below = upTo(-1n);
  const atMostZero = upTo(0n);
  const share = (mass: bigint): bigint => (weight * mass) / law.total;
  const [low, high] = [share(below), share(law.total - atMostZero)];
  masses.positive += rising ? high : low;
  masses.negative += rising ? low : high;
  if (tolerance >= 0n) masses.uncertain += share(upTo(tolerance) - upTo(-tolerance - 1n));
}

/**
 * ⌊a/b⌋ for b > 0.
 *
 * @example
 * assert.equal(floorDivide(-7n, 2n), -4n);
 */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
