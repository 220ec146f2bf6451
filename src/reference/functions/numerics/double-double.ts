/** 2²⁷ + 1: splits a double into two halves of 26 bits (Veltkamp 1968). */
const SPLITTER = 134217729;

/**
 * The rounding error of a product: ab − fl(ab), exact unless an intermediate under- or overflows (Dekker 1971); 0 where the
 * factors are too large to be split.
 */
export function productError(a: number, b: number): number {
  const product = a * b;
  const aSplit = SPLITTER * a;
  const bSplit = SPLITTER * b;
  const aHigh = aSplit - (aSplit - a);
  const bHigh = bSplit - (bSplit - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  const error = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  return Number.isFinite(error) ? error : 0;
}

/** ln 2 to 106 bits. */
const LN2_HIGH = Math.LN2;
const LN2_LOW = 2.3190468138462996e-17;
/** 1/24, 1/6, 1/2 and 1 to 106 bits, each as two doubles: the series of (exp(r) − 1)/r from its fourth term down. */
const COEFFICIENTS = Float64Array.of(1 / 24, 2.3129646346357427e-18, 1 / 6, 9.25185853854297e-18, 0.5, 0, 1, 0);

/** exp is tabulated at multiples of 1/32, so that its series at the remainder needs few terms. */
const NODES_PER_UNIT = 32;
/** The multiples up to (ln 2)/2, on either side of 0. */
const LARGEST_NODE = 12;

/** Exponents beyond which a single power of two over- or underflows. */
const LARGEST_EXPONENT = 1000;

/**
 * A number as the unevaluated sum of two doubles, the second at most half a unit in the last place of the first: about 106 bits
 * (Dekker 1971; Knuth, volume 2). For the last correction of an equation whose terms cancel. Every operation changes the number
 * in place and returns it, so that a loop allocates nothing. Products that under- or overflow keep 53 bits or none.
 */
export class DoubleDouble {
  high = 0;
  low = 0;

  set(high: number, low = 0): this {
    this.high = high;
    this.low = low;
    return this;
  }

  copy(other: DoubleDouble): this {
    return this.set(other.high, other.low);
  }

  /** a·b, exactly. */
  setProduct(a: number, b: number): this {
    return this.set(a * b, productError(a, b));
  }

  /** Adds high + low; `low` must be small against `high`. */
  add(high: number, low = 0): this {
    const sum = this.high + high;
    const virtual = sum - this.high;
    const error = this.high - (sum - virtual) + (high - virtual);
    return this.normalise(sum, error + (this.low + low));
  }

  addTo(other: DoubleDouble): this {
    return this.add(other.high, other.low);
  }

  subtract(other: DoubleDouble): this {
    return this.add(-other.high, -other.low);
  }

  negate(): this {
    return this.set(-this.high, -this.low);
  }

  /** Multiplies by high + low. */
  multiply(high: number, low = 0): this {
    const product = this.high * high;
    const error = productError(this.high, high) + (this.high * low + this.low * high);
    return this.normalise(product, error);
  }

  /** Divides by high + low. */
  divide(high: number, low = 0): this {
    const quotient = this.high / high;
    const product = quotient * high;
    const remainder = this.high - product - productError(quotient, high) + this.low - quotient * low;
    return this.normalise(quotient, remainder / high);
  }

  /** Multiplies by a power of two that may lie beyond the largest double, as long as the result does not. */
  scale(exponent: number): this {
    const half = 2 ** Math.trunc(exponent / 2);
    const rest = 2 ** (exponent - Math.trunc(exponent / 2));
    return this.set(this.high * half * rest, this.low * half * rest);
  }

  /** Replaces z by exp(z), for z up to 700; 0 if that underflows. */
  exp(): this {
    const power = Math.round(this.high / LN2_HIGH);
    if (power < -LARGEST_EXPONENT) return this.set(0);
    return this.reduce(power).series().add(1).scale(power);
  }

  /** Replaces z by exp(z) − 1 without its cancellation at small z, for z up to 700. */
  expm1(): this {
    const power = Math.round(this.high / LN2_HIGH);
    if (power < -LARGEST_EXPONENT) return this.set(-1);
    this.reduce(power).series();
    return power === 0 ? this : this.add(1).scale(power).add(-1);
  }

  /** Replaces a positive x, which may be subnormal, by log x, with an error relative to 1 + |log x|. */
  log(): this {
    const power = Math.round(Math.log2(this.high));
    this.scale(-power);
    const { high, low } = this;
    const near = Math.log(high);
    // log x = near + log(1 + d) with 1 + d = x exp(−near).
    this.set(-near).exp().multiply(high, low).add(-1);
    const d = this.high;
    return this.add(-d * d * (0.5 - d / 3))
      .add(near)
      .add(power * LN2_HIGH, productError(power, LN2_HIGH) + power * LN2_LOW);
  }

  /** z − power·ln 2. */
  private reduce(power: number): this {
    return this.add(-power * LN2_HIGH, -productError(power, LN2_HIGH) - power * LN2_LOW);
  }

  /** exp(z) − 1 for |z| ≤ 0.36: by the series at r = z − k/32, and exp(k/32)(exp(r) − 1) + (exp(k/32) − 1). */
  private series(): this {
    const k = Math.round(this.high * NODES_PER_UNIT);
    if (k !== 0) this.add(-k / NODES_PER_UNIT);
    const { high: r, low: rLow } = this;
    // exp(r) − 1 = r(1 + r(1/2 + r(1/6 + r(1/24 + …)))): the terms from r⁵ on need no second double, as r⁴/120 < 2⁻³⁰.
    let high = (r / 120) * (1 + (r / 6) * (1 + (r / 7) * (1 + (r / 8) * (1 + r / 9))));
    let low = 0;
    for (let j = 0; j < COEFFICIENTS.length; j += 2) {
      const coefficient = COEFFICIENTS[j]!;
      // The coefficient is larger than what is added to it, whose rounding error is then known.
      const sum = coefficient + high;
      low += high - (sum - coefficient) + COEFFICIENTS[j + 1]!;
      high = sum * r;
      low = productError(sum, r) + (sum * rLow + low * r);
    }
    this.normalise(high, low);
    // NaN is nearest to no node.
    if (k === 0 || Number.isNaN(k)) return this;
    const { power, lessOne } = nodes[k + LARGEST_NODE]!;
    return this.multiply(power.high, power.low).addTo(lessOne);
  }

  private normalise(high: number, low: number): this {
    const sum = high + low;
    return this.set(sum, Number.isFinite(sum) ? low - (sum - high) : 0);
  }
}

/** exp(k/32) and exp(k/32) − 1 for k = −12 … 12, as powers of exp(±1/32). */
const nodes = Array.from({ length: 2 * LARGEST_NODE + 1 }, (_, index) => {
  const k = index - LARGEST_NODE;
  const [high, low] =
    k < 0 ? [0.9692332344763441, -4.801151707083219e-17] : [1.0317434074991028, -8.944417741043132e-17];
  const power = new DoubleDouble().set(1);
  for (let factors = Math.abs(k); factors > 0; factors--) power.multiply(high, low);
  return { power, lessOne: new DoubleDouble().copy(power).add(-1) };
});
