import { rational } from '../../../exact/arithmetic/rational.js';
import { add, constant, multiply, nothing, type Polynomial, raise, scale, subtract, symbol } from './polynomial.js';

/** A letter with any of: combining marks, subscripts, ⁺, ′, *. So `γ²L` is a product, `x̃`, `f⁺` and `f*` are symbols. */
const symbolPattern = /^\p{L}[\p{M}₀-₉⁺′*]*/u;
const numberPattern = /^\d+/;
const powerPattern = /^[⁰¹²³⁴-⁹]+/;
const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The algebra in which an expression is built. */
export interface Algebra<Value> {
  number(value: bigint): Value;
  symbol(name: string): Value;
  sum(left: Value, right: Value): Value;
  difference(left: Value, right: Value): Value;
  opposite(of: Value): Value;
  product(left: Value, right: Value): Value;
  quotient(of: Value, divisor: bigint): Value;
  power(base: Value, exponent: number): Value;
  inner(left: Value, right: Value): Value;
}

const polynomials: Algebra<Polynomial> = {
  number: (value) => constant(rational(value)),
  symbol,
  sum: add,
  difference: subtract,
  opposite: (of) => subtract(nothing, of),
  product: multiply,
  quotient: (of, divisor) => scale(of, rational(1n, divisor)),
  power: raise,
  inner: multiply,
};

/**
 * Reads a polynomial as it is written on paper: products by juxtaposition, `²` for powers, `p/q` for a rational, + and −, brackets,
 * `⟨a, b⟩` for an inner product and `‖a‖²` for a squared norm. Vectors are commuting symbols like numbers: the map that sends
 * ⟨a, b⟩ to the monomial ab is one to one, so an identity of Gram entries is an identity of polynomials of degree 2 in them.
 * @throws SyntaxError naming the place, when the text is not such an expression
 */
export function parseExpression(text: string): Polynomial {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const result = readExpression(text, polynomials);
  parsed.set(text, result);
  return result;
}

/** Certificates use the same few expressions in every case. */
const parsed = new Map<string, Polynomial>();

/** Parses the same texts into another algebra. */
export function readExpression<Value>(text: string, algebra: Algebra<Value>): Value {
  const reader = new Reader(text, algebra);
  const result = reader.sum();
  if (reader.rest !== '') reader.fail('an operator or the end');
  return result;
}

class Reader<Value> {
  rest: string;
  /** Inside ‖…‖ a bar closes; norms are not nested. */
  private insideNorm = false;

  constructor(
    private readonly text: string,
    private readonly algebra: Algebra<Value>,
  ) {
    this.rest = text.normalize('NFC').trim();
  }

  fail(expected: string): never {
    throw new SyntaxError(`in "${this.text}": expected ${expected} before "${this.rest}"`);
  }

  sum(): Value {
    let total = this.take('−') ? this.algebra.opposite(this.product()) : this.product();
    for (;;) {
      if (this.take('+')) total = this.algebra.sum(total, this.product());
      else if (this.take('−')) total = this.algebra.difference(total, this.product());
      else return total;
    }
  }

  private product(): Value {
    let result = this.factor();
    if (result === undefined) this.fail('a number, a symbol or a bracket');
    for (;;) {
      if (this.take('/')) {
        result = this.algebra.quotient(result, this.natural());
        continue;
      }
      const next = this.factor();
      if (next === undefined) return result;
      result = this.algebra.product(result, next);
    }
  }

  private factor(): Value | undefined {
    const base = this.base();
    if (base === undefined) return undefined;
    const power = this.match(powerPattern);
    if (power === undefined) return base;
    return this.algebra.power(base, Number([...power].map((digit) => digits.indexOf(digit)).join('')));
  }

  private base(): Value | undefined {
    const number = this.match(numberPattern);
    if (number !== undefined) return this.algebra.number(BigInt(number));
    const name = this.match(symbolPattern);
    if (name !== undefined) return this.algebra.symbol(name);
    if (this.take('⟨')) {
      const left = this.sum();
      this.expect(',');
      const right = this.sum();
      this.expect('⟩');
      return this.algebra.inner(left, right);
    }
    if (this.take('(')) {
      const inner = this.sum();
      this.expect(')');
      return inner;
    }
    if (!this.insideNorm && this.take('‖')) {
      this.insideNorm = true;
      const inner = this.sum();
      this.expect('‖');
      this.insideNorm = false;
      if (!this.rest.startsWith('²')) this.fail('² after a norm');
      return inner;
    }
    return undefined;
  }

  private natural(): bigint {
    const number = this.match(numberPattern);
    if (number === undefined || BigInt(number) === 0n) this.fail('a positive integer');
    return BigInt(number);
  }

  private match(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0];
    if (found !== undefined) this.rest = this.rest.slice(found.length).trimStart();
    return found;
  }

  private take(text: string): boolean {
    if (!this.rest.startsWith(text)) return false;
    this.rest = this.rest.slice(text.length).trimStart();
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) this.fail(`"${text}"`);
  }
}
