import { one, type Rational, zero } from '../../../exact/arithmetic/rational.js';
import type { Polynomial } from '../certificates/polynomial.js';
import {
  difference,
  inverse,
  isSame,
  minusOne,
  monomial,
  number,
  product,
  type RationalFunction,
  sum,
} from './rational-function.js';
import { addTo, NotRead, type SourceReading, symbols, type Vector, vectorOf } from './read-source.js';

/** A function in which symbols are replaced by numbers or functions. */
function replaced(
  { numerator, denominator }: RationalFunction,
  by: Readonly<Record<string, RationalFunction>>,
): RationalFunction {
  const at = (polynomial: Polynomial): RationalFunction =>
    [...polynomial.values()].reduce(
      (total, { powers, coefficient }) =>
        sum(
          total,
          powers.reduce((term, [name, exponent]) => {
            const factor = by[name] ?? monomial(name, 1);
            return Array.from({ length: exponent }).reduce((each: RationalFunction) => product(each, factor), term);
          }, number(coefficient)),
        ),
      number(zero),
    );
  const below = at(denominator);
  if (below.numerator.size === 0) throw new NotRead('a division by 0');
  return product(at(numerator), inverse(below));
}

/** The coefficients of a bound, as functions of √T. */
type Coefficients = Readonly<Record<'gap' | 'noise' | 'distance' | 'constant', RationalFunction>>;

/** The multiple of f(x⁰) − f*, ‖x⁰ − x*‖², σ² or ‖σ‖₁ and the constant of a bound, for L = 1 or ‖L‖₁ = 1. */
function coefficientsOf(bound: RationalFunction): Coefficients {
  const at = (gap: Rational, sigma: Rational, distance: Rational) =>
    replaced(bound, {
      [symbols.rootL]: number(one),
      [symbols.gap]: number(gap),
      [symbols.sigma]: number(sigma),
      [symbols.distance]: number(distance),
    });
  const constant = at(zero, zero, zero);
  return {
    constant,
    gap: difference(at(one, zero, zero), constant),
    noise: difference(at(zero, one, zero), constant),
    distance: difference(at(zero, zero, one), constant),
  };
}

/** The powers of L that a step may be proportional to. */
const stepPowers = [0, -1, -2];

/**
 * Whether a schedule and a bound that were read from a text are those that were fitted to their values; why not, if they are not.
 *
 * @param fitted γL, B or √B and the coefficients for L = 1, as functions of T or of √T; undefined where the T were asked for one by one
 * @param scale by which power of 1/L the left side scales otherwise than ‖∇f‖²
 */
export function requireRead(
  { step, miniBatch, bound }: Exclude<SourceReading['values'], NotRead>,
  {
    fitted,
    byCoordinates,
    scale,
  }: {
    readonly fitted:
      | (Coefficients & { readonly step: RationalFunction; readonly noiseDivisor: RationalFunction })
      | undefined;
    readonly byCoordinates: boolean;
    readonly scale: 0 | 1 | 2;
  },
): void {
  const unit = replaced(step, { [symbols.rootL]: number(one) });
  const halves = (byCoordinates ? stepPowers : [-2]).find((k) => isSame(step, product(unit, ofL(k))));
  if (halves === undefined) throw new NotRead('a step that is not a function of T times a power of L');
  const found = coefficientsOf(bound);
  const of = (name: string, exponent: number, coefficient: RationalFunction, ofLipschitz: number) =>
    product(product(coefficient, monomial(name, exponent)), ofL(ofLipschitz));
  const parts = byCoordinates
    ? [
        of(symbols.gap, 1, found.gap, -halves),
        of(symbols.sigma, 1, found.noise, 0),
        product(found.constant, ofL(halves + 2)),
      ]
    : [
        of(symbols.gap, 1, found.gap, 2 - 2 * scale),
        of(symbols.sigma, 2, found.noise, -2 * scale),
        of(symbols.distance, 2, found.distance, 4 - 2 * scale),
        found.constant,
      ];
  if (!isSame(bound, parts.reduce(sum))) throw new NotRead('a bound that is no such sum for all L');
  if (fitted === undefined) return;
  const ofT = (f: RationalFunction) => replaced(f, { T: monomial(symbols.rootT, 2) });
  const divisor = ofT(fitted.noiseDivisor);
  const wanted = { step: ofT(fitted.step), miniBatch: byCoordinates ? product(divisor, divisor) : divisor };
  const isFitted =
    isSame(unit, wanted.step) &&
    isSame(miniBatch, wanted.miniBatch) &&
    (['gap', 'noise', 'distance', 'constant'] as const).every((name) => isSame(found[name], ofT(fitted[name])));
  if (!isFitted) throw new NotRead('functions of T that are not those of its values');
}

/**
 * Whether a schedule and a bound that were read from a text are γL = s and C·r^T times f(x⁰) − f* or ‖x⁰ − x*‖², as they were fitted to their values as functions of k = L/μ; why
 * not, if they are not.
 */
export function requireRate(
  { step, bound, base }: Exclude<SourceReading['values'], NotRead>,
  fitted: Readonly<Record<'modulus' | 'step' | 'factor' | 'multiple', RationalFunction>>,
  start: 'gap' | 'distance',
): void {
  const lipschitz = ofL(2);
  const withModulus = (f: RationalFunction) => replaced(f, { [symbols.modulus]: product(fitted.modulus, lipschitz) });
  if (base === undefined) throw new NotRead('a bound without a power of T');
  const b = withModulus(base);
  const n = [1, 2, 3, 4].find((count) =>
    isSame(
      Array.from({ length: count }).reduce((each: RationalFunction) => product(each, b), number(one)),
      fitted.factor,
    ),
  );
  const isFitted =
    n !== undefined &&
    isSame(withModulus(step), product(fitted.step, inverse(lipschitz))) &&
    isSame(
      withModulus(bound),
      product(
        product(fitted.multiple, monomial(symbols.power, n)),
        start === 'gap' ? monomial(symbols.gap, 1) : monomial(symbols.distance, 2),
      ),
    );
  if (!isFitted) throw new NotRead('a rate that is not that of its values');
}

/** A power of √L, which may be negative. */
const ofL = (exponent: number): RationalFunction =>
  exponent < 0 ? inverse(monomial(symbols.rootL, -exponent)) : monomial(symbols.rootL, exponent);

/** Algorithms of the suite as sums of multiples of vectors. */
const plainVectors: Readonly<Record<'gradient-descent' | 'sgd' | 'spgm', Vector>> = {
  'gradient-descent': addTo(vectorOf('x'), vectorOf('∇f(x)'), product(minusOne, monomial(symbols.step, 1))),
  sgd: addTo(vectorOf('x'), vectorOf('ĝ(x)'), product(minusOne, monomial(symbols.step, 1))),
  spgm: vectorOf('P̂(x)'),
};

/** Throws where an iteration that was read is not that of an algorithm of the suite. */
export function requirePlain(next: Vector, name: keyof typeof plainVectors): void {
  const rest = addTo(next, plainVectors[name], minusOne);
  if ([...rest.values()].some(({ numerator }) => numerator.size > 0))
    throw new NotRead(`another iteration than ${name}`);
}
