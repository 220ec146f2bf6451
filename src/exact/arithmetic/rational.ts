/** Integers up to this size are doubles. */
const safe = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * An exact rational number s·n/d in lowest terms: s = ±1 (+1 for 0), n ≥ 0, d ≥ 1.
 *
 * `fromDouble` and `rational` are the only ways in, `toDouble` and the fields s, n, d the only ways out. A number where a rational is needed is an
 * error, and so is the reverse, in the types and at run time.
 */
export class Rational {
  readonly s: bigint;
  readonly n: bigint;
  readonly d: bigint;
  /** k where d = 2^k; −1 for other denominators. */
  readonly #places: number;

  private constructor(signed: bigint, d: bigint, places: number) {
    this.s = signed < 0n ? -1n : 1n;
    this.n = signed < 0n ? -signed : signed;
    this.d = d;
    this.#places = places;
  }

  /** For `rational` only: n/d, where d may be negative. */
  static quotient(numerator: bigint, denominator: bigint): Rational {
    if (denominator < 0n) return Rational.quotient(-numerator, -denominator);
    const places = placesOf(denominator);
    if (places >= 0) return Rational.dyadic(numerator, places);
    const common = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
    return Rational.#lowest(numerator / common, denominator / common);
  }

  /** For numbers without a common factor. */
  static #lowest(signed: bigint, d: bigint): Rational {
    return new Rational(signed, d, placesOf(d));
  }

  /** value/2^places. Doubles are such numbers, and so are their sums and products: these need no search for common factors. */
  static dyadic(value: bigint, places: number): Rational {
    if (places === 0) return new Rational(value, 1n, 0);
    const common = value === 0n ? places : Math.min(places, trailingZeros(value));
    if (common === 0) return new Rational(value, 1n << BigInt(places), places);
    return new Rational(value >> BigInt(common), 1n << BigInt(places - common), places - common);
  }

  get #signed(): bigint {
    return this.s < 0n ? -this.n : this.n;
  }

  /** The numerator of this over 2^places, with its sign. */
  #over(places: number): bigint {
    return places === this.#places ? this.#signed : this.#signed << BigInt(places - this.#places);
  }

  /** this + sign·other. */
  #plus(other: Rational, sign: 1 | -1): Rational {
    if (this.#places >= 0 && other.#places >= 0) {
      const places = Math.max(this.#places, other.#places);
      const [own, added] = [this.#over(places), other.#over(places)];
      return Rational.dyadic(sign > 0 ? own + added : own - added, places);
    }
    // Knuth, The Art of Computer Programming, 4.5.1: only factors that the denominators share can cancel.
    const shared = greatestCommonDivisor(this.d, other.d);
    const [left, right] = [this.#signed * (other.d / shared), other.#signed * (this.d / shared)];
    const numerator = sign > 0 ? left + right : left - right;
    const denominator = (this.d / shared) * other.d;
    if (shared === 1n) return Rational.#lowest(numerator, denominator);
    const common = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, shared);
    return Rational.#lowest(numerator / common, denominator / common);
  }

  /** This + other. */
  add(other: Rational): Rational {
    return this.#plus(other, 1);
  }

  /** This − other. */
  sub(other: Rational): Rational {
    return this.#plus(other, -1);
  }

  /** This · other. */
  mul(other: Rational): Rational {
    if (this.#places >= 0 && other.#places >= 0) {
      return Rational.dyadic(this.#signed * other.#signed, this.#places + other.#places);
    }
    return Rational.#product(this.#signed, this.d, other.#signed, other.d);
  }

  /** (n/d)·(m/e), both in lowest terms: only n and e, and m and d, have factors in common. */
  static #product(n: bigint, d: bigint, m: bigint, e: bigint): Rational {
    const first = greatestCommonDivisor(n < 0n ? -n : n, e);
    const second = greatestCommonDivisor(m < 0n ? -m : m, d);
    return Rational.#lowest((n / first) * (m / second), (d / second) * (e / first));
  }

  /** Throws for a divisor of 0. */
  div(other: Rational): Rational {
    if (other.n === 0n) throw new RangeError('a rational must not be divided by 0');
    const power = placesOf(other.n);
    if (this.#places >= 0 && other.#places >= 0 && power >= 0) {
      return Rational.dyadic((this.#signed * other.s) << BigInt(other.#places), this.#places + power);
    }
    return Rational.#product(this.#signed, this.d, other.s * other.d, other.n);
  }

  /** −this. */
  neg(): Rational {
    return this.n === 0n ? this : new Rational(-this.#signed, this.d, this.#places);
  }

  /** |this|. */
  abs(): Rational {
    return this.s < 0n ? this.neg() : this;
  }

  /** < 0, 0 or > 0 as this is less than, equal to or greater than `other`. */
  compare(other: Rational): number {
    const [own, others] =
      this.#places === other.#places && this.#places >= 0
        ? [this.#signed, other.#signed]
        : [this.#signed * other.d, other.#signed * this.d];
    return own === others ? 0 : own < others ? -1 : 1;
  }

  /** Whether this = other. */
  equals(other: Rational): boolean {
    return this.#places === other.#places && this.n === other.n && this.d === other.d && this.s === other.s;
  }

  /** Whether this < other. */
  lt(other: Rational): boolean {
    return this.compare(other) < 0;
  }

  /** Whether this ≤ other. */
  lte(other: Rational): boolean {
    return this.compare(other) <= 0;
  }

  /** Whether this > other. */
  gt(other: Rational): boolean {
    return this.compare(other) > 0;
  }

  /** Whether this ≥ other. */
  gte(other: Rational): boolean {
    return this.compare(other) >= 0;
  }

  /** `p/q`, or `p` when q = 1. */
  toFraction(): string {
    return `${this.#signed}${this.d === 1n ? '' : `/${this.d}`}`;
  }

  /** Rejects +x, Number(x), x < y, `${x}` and the like, which the types allow. */
  [Symbol.toPrimitive](): never {
    throw new TypeError(
      `${this.toFraction()} is a rational: convert it by toDouble or toFraction, compare it by lt, equals, …`,
    );
  }
}

/** s·n/d with s = ±1, n ≥ 0, d ≥ 1, not necessarily in lowest terms. */
export type Quotient = Pick<Rational, 's' | 'n' | 'd'>;

/**
 * n/d.
 * @throws RangeError when d = 0
 *
 * @example
 * assert.equal(rational(2n, -4n).toFraction(), '-1/2');
 */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('the denominator of a rational must not be 0');
  if (typeof numerator !== 'bigint') throw new TypeError(`a rational is made of bigints, got ${numerator}`);
  return Rational.quotient(numerator, denominator);
}

/** 0. */
export const zero = rational(0n);
/** 1. */
export const one = rational(1n);
/** 2. */
export const two = rational(2n);

/** The rational that a string `p` or `p/q` of decimal digits denotes, as `toFraction` writes it. */
export function parseRational(text: string): Rational {
  const match = /^(-?\d+)(?:\/(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`a rational is written as p or p/q, got ${JSON.stringify(text)}`);
  return rational(BigInt(match[1]!), BigInt(match[2] ?? '1'));
}

const view = new DataView(new ArrayBuffer(8));
const fractionBits = 52n;
const hiddenBit = 1n << fractionBits;
/** Exponent of the last place of subnormal numbers: they are multiples of 2⁻¹⁰⁷⁴. */
const smallestExponent = -1074;
const smallestNormal = 2 ** -1022;
const infinityBits = 0x7ffn << fractionBits;
const signBit = 1n << 63n;

/**
 * The exact value of a double, from its bits; −0 is 0.
 * @throws RangeError for NaN and ±∞
 *
 * @example
 * assert.equal(fromDouble(0.75).toFraction(), '3/4');
 * assert.ok(fromDouble(0.1).gt(rational(1n, 10n)));
 */
export function fromDouble(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`only finite doubles are rational, got ${value}`);
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> fractionBits) & 0x7ffn);
  const fraction = bits & (hiddenBit - 1n);
  const significand = biased === 0 ? fraction : fraction | hiddenBit;
  const exponent = biased === 0 ? smallestExponent : biased - 1075;
  const signed = bits >> 63n === 1n ? -significand : significand;
  return exponent >= 0 ? Rational.dyadic(signed << BigInt(exponent), 0) : Rational.dyadic(signed, -exponent);
}

/** k where a positive integer is 2^k; −1 for others. */
function placesOf(d: bigint): number {
  // The lowest digits tell nearly all others.
  const low = Number(BigInt.asUintN(32, d));
  if ((low & (low - 1)) !== 0) return -1;
  return (d & (d - 1n)) === 0n ? bitLength(d) - 1 : -1;
}

/** How often 2 divides an integer that is not 0. */
function trailingZeros(value: bigint): number {
  for (let skipped = 0; ; skipped += 32) {
    const low = Number(BigInt.asUintN(32, skipped === 0 ? value : value >> BigInt(skipped)));
    if (low !== 0) return skipped + 31 - Math.clz32(low & -low);
  }
}

/** Number of binary digits of a natural number; 0 for 0. */
export function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  if (value <= safe) {
    const [low, high] = [Number(value), Math.floor(Number(value) / 2 ** 32)];
    return high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(low);
  }
  const near = Number(value);
  if (near < Number.POSITIVE_INFINITY) {
    view.setFloat64(0, near);
    const length = (view.getUint16(0) >> 4) - 1022;
    // Rounding may have made it the power of two above it.
    const isPower = (view.getBigUint64(0) & (hiddenBit - 1n)) === 0n;
    return isPower && value >> BigInt(length - 1) === 0n ? length - 1 : length;
  }
  const hex = value.toString(16);
  return 4 * (hex.length - 1) + (32 - Math.clz32(Number.parseInt(hex[0]!, 16)));
}

/**
 * ⌊√n⌋ of a natural number, by Newton's method from above.
 *
 * @example
 * assert.equal(integerRoot(99n), 9n);
 */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  const near = Math.sqrt(Number(n));
  // The double is off by less than 2⁻⁵¹ of the root.
  const isNear = near < Number.POSITIVE_INFINITY;
  let root = isNear ? BigInt(Math.ceil(near * (1 + 2 ** -50))) : 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/**
 * The double nearest to a rational, ties to the even significand: subnormal results are rounded once, and values that round
 * beyond the largest double become ±∞, as in IEEE 754. A negative value that rounds to 0 becomes −0.
 *
 * @example
 * assert.equal(toDouble(rational(1n, 3n)), 1 / 3);
 */
export function toDouble({ s, n, d }: Quotient): number {
  if (n === 0n) return 0;
  // Of two integers that are doubles the quotient is rounded once, and is no subnormal number.
  if (n <= safe && d <= safe) return (Number(s) * Number(n)) / Number(d);
  // Over a power of two only n is rounded, unless the result is subnormal or too large.
  const quick = Number(n) / Number(d);
  if (quick >= smallestNormal && quick < Number.POSITIVE_INFINITY && (d & (d - 1n)) === 0n)
    return s < 0n ? -quick : quick;
  // 2^(length − 1) < n/d < 2^(length + 1), so that the quotient has 53 or 54 digits unless the result is subnormal.
  const length = bitLength(n) - bitLength(d);
  let exponent = Math.max(length - 53, smallestExponent);
  const numerator = exponent < 0 ? n << BigInt(-exponent) : n;
  let divisor = exponent > 0 ? d << BigInt(exponent) : d;
  let quotient = numerator / divisor;
  let remainder = numerator - quotient * divisor;
  if (quotient >= hiddenBit << 1n) {
    // One digit too many: the last one belongs to the remainder.
    exponent++;
    if ((quotient & 1n) === 1n) remainder += divisor;
    quotient >>= 1n;
    divisor <<= 1n;
  }
  const twice = remainder << 1n;
  const up = twice > divisor || (twice === divisor && (quotient & 1n) === 1n);
  // A carry of the significand into the exponent's field is right: from subnormal to normal, and from 2⁵³ − 1 to 2⁵³.
  const bits = (BigInt(exponent - smallestExponent) << fractionBits) + quotient + (up ? 1n : 0n);
  view.setBigUint64(0, (bits < infinityBits ? bits : infinityBits) | (s < 0n ? signBit : 0n));
  return view.getFloat64(0);
}

/**
 * The smaller of two numbers.
 *
 * @example
 * assert.equal(minimum(rational(1n, 3n), rational(1n, 2n)).toFraction(), '1/3');
 */
export function minimum(a: Rational, b: Rational): Rational {
  return b.lt(a) ? b : a;
}

/**
 * The larger of two numbers.
 *
 * @example
 * assert.equal(maximum(rational(1n, 3n), rational(1n, 2n)).toFraction(), '1/2');
 */
export function maximum(a: Rational, b: Rational): Rational {
  return b.gt(a) ? b : a;
}

/**
 * a + b + …; 0 for no terms.
 *
 * @example
 * assert.equal(sum([rational(1n, 2n), rational(1n, 3n)]).toFraction(), '5/6');
 */
export function sum(terms: Iterable<Rational>): Rational {
  let total = zero;
  for (const term of terms) total = total.add(term);
  return total;
}

/**
 * a².
 *
 * @example
 * assert.equal(square(rational(-2n, 3n)).toFraction(), '4/9');
 */
export function square(a: Rational): Rational {
  return a.mul(a);
}

/**
 * The largest double ≤ value and the smallest ≥ value: equal when the value is a double.
 *
 * @example
 * const [below, above] = enclosingDoubles(rational(1n, 10n));
 * assert.ok(below < above && above === 0.1);
 */
export function enclosingDoubles(value: Quotient): readonly [number, number] {
  const nearest = toDouble(value);
  if (!Number.isFinite(nearest)) {
    return nearest > 0 ? [Number.MAX_VALUE, nearest] : [nearest, -Number.MAX_VALUE];
  }
  const { s, n, d } = fromDouble(nearest);
  const order = value.s * value.n * d - s * n * value.d;
  return [order < 0n ? neighbour(nearest, -1) : nearest, order > 0n ? neighbour(nearest, 1) : nearest];
}

/** The next double above (1) or below (−1) a finite one. */
export function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  view.setFloat64(0, value);
  const outward = value > 0 === direction > 0;
  view.setBigUint64(0, view.getBigUint64(0) + (outward ? 1n : -1n));
  return view.getFloat64(0);
}

/** Longest denominator, in bits, that is reduced and written out. */
const longestWritten = 4096;

/**
 * A quotient in lowest terms as `p/q`; undefined if it is too long to be useful to a reader.
 *
 * @example
 * assert.equal(writtenOut(rational(6n, 8n)), '3/4');
 */
export function writtenOut({ s, n, d }: Quotient): string | undefined {
  return bitLength(d) > longestWritten ? undefined : rational(s * n, d).toFraction();
}

/**
 * a ≤ b, exactly.
 *
 * @example
 * assert.ok(isAtMost(rational(1n, 3n), rational(1n, 2n)));
 */
export function isAtMost(a: Quotient, b: Quotient): boolean {
  return a.s * a.n * b.d <= b.s * b.n * a.d;
}

/** Denominators longer than this are multiplied without a search for common factors. */
const shortDenominator = 1n << 512n;

/**
 * The greatest common divisor of naturals.
 *
 * @example
 * assert.equal(greatestCommonDivisor(12n, 18n), 6n);
 */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small > safe) [large, small] = [small, large % small];
  if (small === 0n) return large;
  // Doubles divide integers of their size exactly, and much faster.
  let [above, below] = [Number(small), Number(large % small)];
  while (below > 0) [above, below] = [below, above % below];
  return BigInt(above);
}

/**
 * Adds many rationals without reducing after every addition: Euclid's algorithm on long numbers costs more than everything else. The
 * denominator is the least common one as long as the terms' are short.
 */
export class QuotientSum {
  #numerator = 0n;
  #denominator = 1n;

  add({ s, n, d }: Quotient): void {
    const common = d < shortDenominator ? greatestCommonDivisor(this.#denominator, d) : 1n;
    this.#numerator = this.#numerator * (d / common) + s * n * (this.#denominator / common);
    this.#denominator *= d / common;
  }

  /** Multiplies the sum so far by an integer. */
  multiply(factor: bigint): void {
    this.#numerator *= factor;
  }

  /** The sum divided by a positive integer. */
  dividedBy(divisor: bigint): Quotient {
    const [numerator, denominator] = [this.#numerator, this.#denominator * divisor];
    return numerator < 0n ? { s: -1n, n: -numerator, d: denominator } : { s: 1n, n: numerator, d: denominator };
  }
}
