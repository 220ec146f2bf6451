import { productError } from './two-product.js';

/** ln 2 and 1/6 to 106 bits. */
const LN2_HIGH = Math.LN2;
const LN2_LOW = 2.3190468138462996e-17;
const SIXTH_HIGH = 1 / 6;
const SIXTH_LOW = 9.25185853854297e-18;

/** Halvings of the argument of exp before its series, which then needs few terms. */
const HALVINGS = 8;
const HALVED = 2 ** -HALVINGS;
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

  /** Replaces z by exp(z), for z up to 700; 0 where that underflows. */
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

  /** exp(z) − 1 for |z| ≤ 0.35: the series at z/2⁸, then eight times p ← 2p + p². */
  private series(): this {
    const high = this.high * HALVED;
    const low = this.low * HALVED;
    // The terms from z⁴ on need no second double: z³ < 2⁻²⁸.
    const tail = (high / 24) * (1 + (high / 5) * (1 + (high / 6) * (1 + high / 7)));
    // z(1 + z(1/2 + z(1/6 + tail))).
    this.set(SIXTH_HIGH, SIXTH_LOW)
      .add(tail)
      .multiply(high, low)
      .add(0.5)
      .multiply(high, low)
      .add(1)
      .multiply(high, low);
    for (let k = 0; k < HALVINGS; k++) {
      const { high: p, low: pLow } = this;
      this.multiply(p, pLow).add(2 * p, 2 * pLow);
    }
    return this;
  }

  private normalise(high: number, low: number): this {
    const sum = high + low;
    return this.set(sum, Number.isFinite(sum) ? low - (sum - high) : 0);
  }
}
