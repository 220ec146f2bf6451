import { solutionsOf } from '../../../exact/arithmetic/elimination.js';
import { power } from '../../../exact/arithmetic/multinomial.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { type Enclosure, enclosures, known, rootOf } from '../../formulas/evaluate.js';
import {
  add,
  constant,
  degreeIn,
  fromTerms,
  multiply,
  type Polynomial,
  raise,
  substitute,
  symbol,
  type Term,
} from '../certificates/polynomial.js';

/** A quotient of polynomials in one symbol. */
export interface RationalFunction {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

/** Points that a fit must meet beside those that determine it. */
const spareOfReading = 3;

/**
 * The rational function of least degree through all points; it is determined by fewer of them, and the others confirm it.
 *
 * @param points (x, y) with different x
 * @param spare how many points must confirm it
 * @returns undefined if there is none
 */
export function fitted(
  name: string,
  points: readonly (readonly [x: Rational, y: Rational])[],
  spare = spareOfReading,
): RationalFunction | undefined {
  for (let total = 0; total + 1 + spare <= points.length; total++) {
    for (let below = 0; below <= total; below++) {
      const above = total - below;
      // p(x) − y q(x) = 0 in the coefficients of p and q: a line of solutions has one quotient.
      const rows = points.map(([x, y]) => [
        ...Array.from({ length: above + 1 }, (_, k) => power(x, k)),
        ...Array.from({ length: below + 1 }, (_, k) => y.mul(power(x, k)).neg()),
      ]);
      const { kernel } = solutionsOf(
        rows,
        rows.map(() => zero),
        above + below + 2,
      )!;
      const [found, ...more] = kernel;
      if (found === undefined || more.length > 0) continue;
      const denominator = found.slice(above + 1);
      const scale = denominator.findLast((entry) => !entry.equals(zero));
      if (scale === undefined) continue;
      const of = (coefficients: readonly Rational[]) =>
        fromTerms(
          coefficients.map((entry, k) => ({ powers: k === 0 ? [] : [[name, k]], coefficient: entry.div(scale) })),
        );
      const fit = { numerator: of(found.slice(0, above + 1)), denominator: of(denominator) };
      // A common factor of p and q that vanishes at a point meets every y there.
      const meets = points.every(([x, y]) => {
        const divisor = valueAt(fit.denominator, x);
        return !divisor.equals(zero) && valueAt(fit.numerator, x).div(divisor).equals(y);
      });
      if (meets) return fit;
    }
  }
  return undefined;
}

/** The value of a polynomial in one symbol. */
export const valueAt = (polynomial: Polynomial, x: Rational): Rational =>
  [...polynomial.values()].reduce(
    (total, { powers: [factor], coefficient }) => total.add(coefficient.mul(power(x, factor?.[1] ?? 0))),
    zero,
  );

/** The coefficient of a power in a polynomial in one symbol. */
export const coefficientOf = (polynomial: Polynomial, exponent: number): Rational =>
  [...polynomial.values()].find(({ powers }) => (powers[0]?.[1] ?? 0) === exponent)?.coefficient ?? zero;

/** The same polynomial in one symbol, with its highest power first where it is written out. */
export const highestFirst = (polynomial: Polynomial): Polynomial =>
  new Map([...polynomial].sort(([, a], [, b]) => (b.powers[0]?.[1] ?? 0) - (a.powers[0]?.[1] ?? 0)));

/** p(a) for a polynomial p in the symbol `name` and a rational function a. */
export function composed(p: Polynomial, name: string, { numerator, denominator }: RationalFunction): RationalFunction {
  const degree = Math.max(0, ...[...p.values()].map((term) => degreeIn(term, new Set([name]))));
  const terms = [...p.values()].map((term) => {
    const k = degreeIn(term, new Set([name]));
    return multiply(constant(term.coefficient), raise(numerator, k), raise(denominator, degree - k));
  });
  return { numerator: add(...terms), denominator: raise(denominator, degree) };
}

/** a·b or a/b. */
export function product(a: RationalFunction, b: RationalFunction): RationalFunction {
  return { numerator: multiply(a.numerator, b.numerator), denominator: multiply(a.denominator, b.denominator) };
}
export const inverse = ({ numerator, denominator }: RationalFunction): RationalFunction => ({
  numerator: denominator,
  denominator: numerator,
});
export function difference(a: RationalFunction, b: RationalFunction): RationalFunction {
  return {
    numerator: add(multiply(a.numerator, b.denominator), multiply(constant(rational(-1n)), b.numerator, a.denominator)),
    denominator: multiply(a.denominator, b.denominator),
  };
}
export const monomial = (name: string, k: number): RationalFunction => ({
  numerator: raise(symbol(name), k),
  denominator: constant(one),
});
export const number = (value: Rational): RationalFunction => ({
  numerator: constant(value),
  denominator: constant(one),
});
export const minusOne = number(rational(-1n));
export const sum = (a: RationalFunction, b: RationalFunction): RationalFunction => difference(a, product(minusOne, b));

/** Whether two functions are the same. */
export const isSame = (a: RationalFunction, b: RationalFunction): boolean => difference(a, b).numerator.size === 0;

/** A function of one symbol in lowest terms, where the highest coefficient below the line is 1. */
export function reduced({ numerator, denominator }: RationalFunction, name: string): RationalFunction {
  const [above, below] = [numerator, denominator].map((polynomial) => {
    const found: Rational[] = [];
    for (const term of polynomial.values()) found[degreeIn(term, new Set([name]))] = term.coefficient;
    return Array.from(found, (entry) => entry ?? zero);
  }) as [Rational[], Rational[]];
  let [common, rest] = [above, below];
  while (rest.length > 0) [common, rest] = [rest, divided(common, rest).rest];
  const lowest = [above, below].map((each) => divided(each, common).quotient) as [Rational[], Rational[]];
  const scale = lowest[1].at(-1)!;
  const [p, q] = lowest.map((coefficients) =>
    fromTerms(coefficients.map((entry, k) => ({ powers: k === 0 ? [] : [[name, k]], coefficient: entry.div(scale) }))),
  ) as [Polynomial, Polynomial];
  return { numerator: p, denominator: q };
}

/** Division of polynomials by their coefficients, that of the highest power last and not 0. */
function divided(above: readonly Rational[], below: readonly Rational[]) {
  const [rest, quotient] = [[...above], [] as Rational[]];
  while (rest.length >= below.length) {
    const factor = rest.at(-1)!.div(below.at(-1)!);
    const shift = rest.length - below.length;
    quotient[shift] = factor;
    for (const [k, entry] of below.entries()) rest[shift + k] = rest[shift + k]!.sub(factor.mul(entry));
    while (rest.at(-1)?.equals(zero)) rest.pop();
  }
  return { quotient: Array.from(quotient, (entry) => entry ?? zero), rest };
}

/** 1, −1 or 0 as a polynomial in one symbol is shown to be > 0, < 0 or neither for all values beyond the least: after a shift its coefficients have one sign. */
function signBeyond(least: Rational, polynomial: Polynomial, name: string): 1 | -1 | 0 {
  const shifted = substitute(polynomial, new Map([[name, add(symbol(name), constant(least))]]));
  const negative = [...shifted.values()].filter(({ coefficient }) => coefficient.lt(zero)).length;
  if (shifted.size === 0) return 0;
  return negative === 0 ? 1 : negative === shifted.size ? -1 : 0;
}

/** Whether a rational function is shown to be ≥ 0 for all values ≥ 1 of its symbol, or from another one on; `strictly`: > 0. A denominator that vanishes there is not. */
export function isNonNegative(
  { numerator, denominator }: RationalFunction,
  name: string,
  strictly = false,
  least: Rational = one,
): boolean {
  const below = signBeyond(least, denominator, name);
  if (below === 0 || valueAt(denominator, least).equals(zero)) return false;
  if (numerator.size === 0) return !strictly;
  if (strictly && valueAt(numerator, least).equals(zero)) return false;
  return signBeyond(least, numerator, name) === below;
}

/** The largest powers of these symbols that all terms have. */
const sharedPowers = (terms: readonly Term[], names: readonly string[]): ReadonlyMap<string, number> =>
  new Map(
    names.map((name) => [
      name,
      Math.min(...terms.map(({ powers }) => powers.find(([each]) => each === name)?.[1] ?? 0)),
    ]),
  );

const dividedBy = (polynomial: Polynomial, shared: ReadonlyMap<string, number>): Polynomial =>
  fromTerms(
    [...polynomial.values()].map(({ powers, coefficient }) => ({
      coefficient,
      powers: powers.flatMap(([name, exponent]) => {
        const left = exponent - (shared.get(name) ?? 0);
        return left === 0 ? [] : [[name, left] as const];
      }),
    })),
  );

/** A function without powers of these symbols that all terms have; the symbols are numbers > 0, so that its sign is the same. */
export function withoutFactors(
  { numerator, denominator }: RationalFunction,
  names: readonly string[],
): RationalFunction {
  const without = (polynomial: Polynomial) => dividedBy(polynomial, sharedPowers([...polynomial.values()], names));
  return { numerator: without(numerator), denominator: without(denominator) };
}

/** The same function, where no symbol is a factor of both polynomials. */
export function cancelled({ numerator, denominator }: RationalFunction): RationalFunction {
  const terms = [...numerator.values(), ...denominator.values()];
  const shared = sharedPowers(terms, [...new Set(terms.flatMap(({ powers }) => powers.map(([name]) => name)))]);
  return { numerator: dividedBy(numerator, shared), denominator: dividedBy(denominator, shared) };
}

/** A function of the square of a symbol that has even powers alone, under the same name or another one; undefined if it has others. */
export function ofSquare(
  { numerator, denominator }: RationalFunction,
  name: string,
  square = name,
): RationalFunction | undefined {
  const terms = [numerator, denominator].map((polynomial) => [...polynomial.values()]);
  const isEven = terms
    .flat()
    .every(({ powers }) => powers.every(([each, exponent]) => each !== name || exponent % 2 === 0));
  if (!isEven) return undefined;
  const [above, below] = terms.map((each) =>
    fromTerms(
      each.map(({ powers, coefficient }) => ({
        coefficient,
        powers: powers.map(([of, exponent]) => (of === name ? ([square, exponent / 2] as const) : [of, exponent])),
      })),
    ),
  ) as [Polynomial, Polynomial];
  return { numerator: above, denominator: below };
}

/** Numerator and denominator as a + bs where s² is a whole number; undefined where they have other symbols. */
function atSquare({ numerator, denominator }: RationalFunction, name: string, square: number) {
  const [above, below] = [numerator, denominator].map((polynomial) => {
    let [a, b] = [zero, zero];
    for (const { powers, coefficient } of polynomial.values()) {
      const exponent = powers[0]?.[1] ?? 0;
      const term = coefficient.mul(power(rational(BigInt(square)), Math.floor(exponent / 2)));
      if (powers.some(([each]) => each !== name)) return undefined;
      if (exponent % 2 === 0) a = a.add(term);
      else b = b.add(term);
    }
    return [a, b] as const;
  });
  return above && below && ([above, below] as const);
}

/** 1, −1 or 0 as a function of a symbol s is > 0, < 0 or 0 where s² is a whole number; undefined where it is a quotient by 0, or has other symbols. */
export function signAtRoot(f: RationalFunction, name: string, square: number): 1 | -1 | 0 | undefined {
  const signOf = (value: Rational) => (value.gt(zero) ? 1 : value.lt(zero) ? -1 : 0);
  const [above, below] =
    atSquare(f, name, square)?.map(([a, b]) => {
      const larger = signOf(a.mul(a).sub(b.mul(b).mul(rational(BigInt(square)))));
      return signOf(a) * signOf(b) >= 0
        ? signOf(a) || signOf(b)
        : larger === 0
          ? 0
          : larger > 0
            ? signOf(a)
            : signOf(b);
    }) ?? [];
  if (above === undefined || below === undefined || below === 0) return undefined;
  return (above * below) as 1 | -1 | 0;
}

/** Between which numbers a function of a symbol s is where s² is a whole number; undefined where it has other symbols. */
export function valueAtRoot(f: RationalFunction, name: string, square: number): Enclosure | undefined {
  const { sum: plus, product: times, quotient } = enclosures(() => known(zero));
  const root = rootOf(rational(BigInt(square)));
  const ends = atSquare(f, name, square)?.map(([a, b]) => plus(known(a), times(known(b), root)));
  return ends && quotient(ends[0]!, ends[1]!);
}
