import { greatestCommonDivisor, one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';

/** A product of powers of symbols with its coefficient, e.g. 3/2·γ²L. */
export interface Term {
  /** Symbols with their powers ≥ 1, sorted by symbol. */
  readonly powers: readonly (readonly [string, number])[];
  readonly coefficient: Rational;
}

/** A polynomial in commuting symbols with rational coefficients: non-zero terms under the key of their powers. */
export type Polynomial = ReadonlyMap<string, Term>;

const keyOf = (powers: Term['powers']): string => powers.map(([symbol, power]) => `${symbol}^${power}`).join(' ');

export const nothing: Polynomial = new Map();

export function constant(value: Rational): Polynomial {
  return fromTerms([{ powers: [], coefficient: value }]);
}

const unit: Polynomial = constant(one);

export function symbol(name: string): Polynomial {
  return fromTerms([{ powers: [[name, 1]], coefficient: one }]);
}

/** The sum of the terms; like terms are collected, zeros dropped. */
export function fromTerms(terms: Iterable<Term>): Polynomial {
  const collected = new Map<string, Term>();
  for (const { powers, coefficient } of terms) {
    const key = keyOf(powers);
    const total = (collected.get(key)?.coefficient ?? zero).add(coefficient);
    if (total.equals(zero)) collected.delete(key);
    else collected.set(key, { powers, coefficient: total });
  }
  return collected;
}

export function add(...summands: readonly Polynomial[]): Polynomial {
  return fromTerms(summands.flatMap((summand) => [...summand.values()]));
}

export function scale(polynomial: Polynomial, factor: Rational): Polynomial {
  return fromTerms([...polynomial.values()].map((term) => ({ ...term, coefficient: term.coefficient.mul(factor) })));
}

export function subtract(left: Polynomial, right: Polynomial): Polynomial {
  return add(left, scale(right, rational(-1n)));
}

export function multiply(...factors: readonly Polynomial[]): Polynomial {
  return factors.reduce(
    (product, factor) =>
      fromTerms(
        [...product.values()].flatMap((left) =>
          [...factor.values()].map((right) => ({
            powers: joinPowers(left.powers, right.powers),
            coefficient: left.coefficient.mul(right.coefficient),
          })),
        ),
      ),
    unit,
  );
}

function joinPowers(left: Term['powers'], right: Term['powers']): Term['powers'] {
  const powers = new Map(left);
  for (const [name, power] of right) powers.set(name, (powers.get(name) ?? 0) + power);
  return [...powers].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** polynomial^exponent for a natural exponent. */
export function raise(polynomial: Polynomial, exponent: number): Polynomial {
  return multiply(...Array.from({ length: exponent }, () => polynomial));
}

/** Replaces every symbol that has a definition; a definition may use other symbols, but they are not replaced again. */
export function substitute(polynomial: Polynomial, definitions: ReadonlyMap<string, Polynomial>): Polynomial {
  return fromTerms(
    [...polynomial.values()].flatMap((term) => {
      const replaced = term.powers.filter(([name]) => definitions.has(name));
      if (replaced.length === 0) return [term];
      const kept = fromTerms([{ ...term, powers: term.powers.filter(([name]) => !definitions.has(name)) }]);
      const factors = replaced.map(([name, power]) => raise(definitions.get(name)!, power));
      return [...multiply(kept, ...factors).values()];
    }),
  );
}

/** An equation monomial = polynomial, used from left to right. */
export interface Rewriting {
  readonly monomial: Term['powers'];
  readonly equals: Polynomial;
}

/**
 * Replaces the monomial of an equation wherever it divides a term, until it divides none: the result is equal whenever the equation holds. Terminates
 * if the right side has no term that the monomial divides, and fewer of its symbols.
 */
export function rewrite(polynomial: Polynomial, rewriting: Rewriting): Polynomial {
  return divide(polynomial, rewriting).remainder;
}

/** polynomial = quotient · (monomial − equals) + remainder, where the monomial divides no term of the remainder. */
export function divide(
  polynomial: Polynomial,
  { monomial, equals }: Rewriting,
): { readonly quotient: Polynomial; readonly remainder: Polynomial } {
  const rule = subtract(fromTerms([{ powers: monomial, coefficient: one }]), equals);
  let quotient = nothing;
  let remainder = polynomial;
  for (;;) {
    const divisible = fromTerms(
      [...remainder.values()].flatMap(({ powers, coefficient }) => {
        const rest = without(powers, monomial);
        return rest === undefined ? [] : [{ powers: rest, coefficient }];
      }),
    );
    if (divisible.size === 0) return { quotient, remainder };
    quotient = add(quotient, divisible);
    remainder = subtract(remainder, multiply(divisible, rule));
  }
}

/** The powers of a monomial divided by another one; undefined if that is not a divisor. */
function without(powers: Term['powers'], divisor: Term['powers']): Term['powers'] | undefined {
  const left = new Map(powers);
  for (const [name, power] of divisor) {
    const rest = (left.get(name) ?? 0) - power;
    if (rest < 0) return undefined;
    if (rest === 0) left.delete(name);
    else left.set(name, rest);
  }
  return [...left];
}

/** Polynomials without fractions, and the smallest natural number by which they are multiplied for that. */
export function withoutFractions(...polynomials: readonly Polynomial[]): {
  readonly times: Rational;
  readonly multiples: readonly Polynomial[];
} {
  let multiple = 1n;
  for (const polynomial of polynomials)
    for (const { coefficient } of polynomial.values())
      multiple *= coefficient.d / greatestCommonDivisor(multiple, coefficient.d);
  const times = rational(multiple);
  return { times, multiples: polynomials.map((polynomial) => scale(polynomial, times)) };
}

/** Total degree of a term in the given symbols. */
export function degreeIn(term: Term, symbols: ReadonlySet<string>): number {
  return term.powers.reduce((total, [name, power]) => total + (symbols.has(name) ? power : 0), 0);
}

/** Every symbol that occurs. */
export function symbolsOf(polynomial: Polynomial): Set<string> {
  return new Set([...polynomial.values()].flatMap(({ powers }) => powers.map(([name]) => name)));
}

const superscripts = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/** `3/2 γ²L − d⁺`, in the grammar of `parseExpression`; `0` for no term. */
export function format(polynomial: Polynomial): string {
  let text = '';
  for (const { powers, coefficient } of polynomial.values()) {
    const size = coefficient.abs();
    const factors = powers.map(
      ([name, power]) =>
        name + (power === 1 ? '' : [...String(power)].map((digit) => superscripts[Number(digit)]).join('')),
    );
    const number = size.equals(one) && factors.length > 0 ? '' : size.toFraction();
    const negative = coefficient.lt(zero);
    text += text === '' ? (negative ? '−' : '') : negative ? ' − ' : ' + ';
    text += [number, factors.join('')].filter((part) => part !== '').join(' ');
  }
  return text === '' ? '0' : text;
}
