import { rational } from '../../../exact/arithmetic/rational.js';
import { add, constant, multiply, nothing, type Polynomial, raise, scale, subtract, symbol } from './polynomial.js';

/** A letter with any of: combining marks, subscripts, ⁺, ′, *. So `γ²L` is a product, `x̃`, `f⁺` and `f*` are symbols. */
const symbolPattern = /^\p{L}[\p{M}₀-₉⁺′*]*/u;
const numberPattern = /^\d+/;
const powerPattern = /^[⁰¹²³⁴-⁹]+/;
const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Reads a polynomial as it is written on paper: products by juxtaposition, `²` for powers, `p/q` for a rational, + and −, brackets,
 * `⟨a, b⟩` for an inner product and `‖a‖²` for a squared norm. Vectors are commuting symbols like numbers: the map that sends
 * ⟨a, b⟩ to the monomial ab is one to one, so an identity of Gram entries is an identity of polynomials of degree 2 in them.
 * @throws SyntaxError naming the place, when the text is no such expression
 */
export function parseExpression(text: string): Polynomial {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const reader = new Reader(text);
  const result = reader.sum();
  if (reader.rest !== '') reader.fail('an operator or the end');
  parsed.set(text, result);
  return result;
}

/** Certificates use the same few expressions in every case. */
const parsed = new Map<string, Polynomial>();

class Reader {
  rest: string;
  /** Inside ‖…‖ a bar closes; norms are not nested. */
  private insideNorm = false;

  constructor(private readonly text: string) {
    this.rest = text.normalize('NFC').trim();
  }

  fail(expected: string): never {
    throw new SyntaxError(`in "${this.text}": expected ${expected} before "${this.rest}"`);
  }

  sum(): Polynomial {
    let total = this.take('−') ? subtract(nothing, this.product()) : this.product();
    for (;;) {
      if (this.take('+')) total = add(total, this.product());
      else if (this.take('−')) total = subtract(total, this.product());
      else return total;
    }
  }

  private product(): Polynomial {
    let result = this.factor();
    if (result === undefined) this.fail('a number, a symbol or a bracket');
    for (;;) {
      if (this.take('/')) {
        result = scale(result, rational(1n, this.natural()));
        continue;
      }
      const next = this.factor();
      if (next === undefined) return result;
      result = multiply(result, next);
    }
  }

  private factor(): Polynomial | undefined {
    const base = this.base();
    if (base === undefined) return undefined;
    const power = this.match(powerPattern);
    return power === undefined ? base : raise(base, Number([...power].map((digit) => digits.indexOf(digit)).join('')));
  }

  private base(): Polynomial | undefined {
    const number = this.match(numberPattern);
    if (number !== undefined) return constant(rational(BigInt(number)));
    const name = this.match(symbolPattern);
    if (name !== undefined) return symbol(name);
    if (this.take('⟨')) {
      const left = this.sum();
      this.expect(',');
      const right = this.sum();
      this.expect('⟩');
      return multiply(left, right);
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
