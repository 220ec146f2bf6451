import { rational, zero } from '../../../exact/arithmetic/rational.js';
import { type Formula, FormulaError } from '../../formulas/formula.js';
import { readFormula } from '../../formulas/read-formula.js';
import { add, constant, multiply, nothing, type Polynomial, raise, scale, subtract, symbol } from './polynomial.js';

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

/** Reads the same texts into another algebra: formulas in any symbols, with vectors, that are polynomials. */
export function readExpression<Value>(text: string, algebra: Algebra<Value>): Value {
  try {
    return built(readFormula(text, { hasVectors: true }), algebra);
  } catch (error) {
    if (error instanceof FormulaError) throw new SyntaxError(`in "${text}": ${error.message}`);
    throw error;
  }
}

function built<Value>(formula: Formula, algebra: Algebra<Value>): Value {
  const at = (part: Formula) => built(part, algebra);
  switch (formula.kind) {
    case 'number':
      return algebra.number(whole(formula));
    case 'name':
      return algebra.symbol(formula.name);
    case 'opposite':
      return algebra.opposite(at(formula.of));
    case '+':
      return algebra.sum(at(formula.left), at(formula.right));
    case '−':
      return algebra.difference(at(formula.left), at(formula.right));
    case '·':
      return algebra.product(at(formula.left), at(formula.right));
    case '/': {
      const divisor = whole(formula.right);
      if (divisor === 0n) throw new FormulaError('a quotient by 0');
      return algebra.quotient(at(formula.left), divisor);
    }
    case '^':
      return algebra.power(at(formula.left), Number(whole(formula.right)));
    case 'inner':
      return algebra.inner(at(formula.left), at(formula.right));
    // The reader lets it stand before ² alone.
    case 'length':
      return at(formula.of);
    default:
      throw new FormulaError('an expression of a certificate is a polynomial');
  }
}

/** A natural number. */
function whole(formula: Formula): bigint {
  if (formula.kind !== 'number' || formula.value.d !== 1n || formula.value.lt(zero))
    throw new FormulaError('an expression of a certificate has natural numbers, powers and divisors');
  return formula.value.n;
}
