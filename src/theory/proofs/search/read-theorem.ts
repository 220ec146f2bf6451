import { power } from '../../../exact/arithmetic/multinomial.js';
import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { namesIn } from '../../formulas/formula.js';
import type { ScheduleConstants, Theorem, TheoremConstants } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import { scheduleFormulas } from '../../theorem/written-theorem.js';
import type { Polynomial } from '../certificates/polynomial.js';
import {
  cancelled,
  difference,
  inverse,
  isNonNegative,
  isSame,
  monomial,
  number,
  ofSquare,
  product,
  type RationalFunction,
  reduced,
  signAtRoot,
  sum,
  valueAtRoot,
} from './rational-function.js';
import { NotRead, type Places, readFormulas, symbols, unitOf, type Values } from './read-formulas.js';

/** What L, σ and γ are: Euclidean, as for gradients; or of every coordinate, as for signs; with a prox, γ‖L‖₁ must be a number. */
export type Constants = 'euclidean' | 'coordinates' | 'coordinates-of-prox';

/**
 * A theorem at one T with L = 1, which scaling makes general: left side ≤ gap·Δ + distance·D² + noise·σ² + constant. By coordinates L is ‖L‖₁, and ‖σ‖₁ takes the
 * place of σ².
 */
export interface Reading {
  readonly iterations: number;
  /** γL. */
  readonly step: Rational;
  /** What a mini-batch divides the noise by: B, or √B by coordinates. */
  readonly noiseDivisor: Rational;
  readonly gap: Rational;
  readonly distance: Rational;
  readonly noise: Rational;
  readonly constant: Rational;
}

/** The same as functions of one symbol. */
export interface SymbolicReading {
  /** What the symbol stands for; with `T` everything is rational in T. */
  readonly symbol: 'T' | 's';
  readonly step: RationalFunction;
  readonly noiseDivisor: RationalFunction;
  readonly gap: RationalFunction;
  readonly distance: RationalFunction;
  readonly noise: RationalFunction;
  readonly constant: RationalFunction;
  /** The least value of the symbol at which they are read, for a theorem about T ≥ T₀; 1 if left out. */
  readonly least?: Rational;
  /** The only T that they are about; every T if left out. */
  readonly only?: number;
}

/** By which power of 1/L a left side scales otherwise than ‖∇f‖². */
export const powerOf = (term: Theorem['term']): 0 | 1 | 2 =>
  term === 'objective-gap' ? 1 : term === 'squared-distance' ? 2 : 0;

/** A function in which symbols are replaced by numbers or functions. */
export function replaced(
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

/** A power of √L, which may be negative. */
export const ofL = (exponent: number): RationalFunction =>
  exponent < 0 ? inverse(monomial(symbols.rootL, -exponent)) : monomial(symbols.rootL, exponent);

/** γL, what divides the noise and the coefficients of the bound for L = 1, as functions of √T. */
type Normal = Pick<SymbolicReading, 'step' | 'noiseDivisor' | 'gap' | 'distance' | 'noise' | 'constant'>;

/** The powers of √L that a step may be proportional to. */
const stepPowers = { euclidean: [-2], coordinates: [0, -1, -2], 'coordinates-of-prox': [-2] } as const;

/** @throws NotRead where γL is no function of T, or the bound no sum of multiples of the constants of one dimension with these */
function normalised(
  { step, noiseDivisor, bound: given }: Values,
  constants: Constants,
  { term, hypotheses }: Pick<Theorem, 'term' | 'hypotheses'>,
): Normal {
  const scale = powerOf(term);
  const bound = cancelled(given);
  const unit = cancelled(replaced(cancelled(step), { [symbols.rootL]: number(one) }));
  const halves = stepPowers[constants].find((k) => isSame(step, product(unit, ofL(k))));
  requireModulus(unit, bound);
  if (halves === undefined || !isOfRootT(unit) || !isOfRootT(noiseDivisor))
    throw new NotRead(
      constants === 'euclidean'
        ? unitOf({ hypotheses }) === 'slope'
          ? 'the step is not a number times ‖x⁰ − x*‖/M: γM/‖x⁰ − x*‖ must be the same for all M'
          : 'the step is not a number divided by L: γL must be the same for all L'
        : `the step is not a number divided by ‖L‖₁${constants === 'coordinates' ? ', by its root or by 1' : ''}, for all L, σ and f(x⁰) − f*`,
    );
  const at = (gap: Rational, sigma: Rational, distance: Rational) =>
    replaced(bound, {
      ...{ [symbols.rootL]: number(one), [symbols.gap]: number(gap) },
      ...{ [symbols.sigma]: number(sigma), [symbols.distance]: number(distance) },
    });
  const constant = at(zero, zero, zero);
  const gap = difference(at(one, zero, zero), constant);
  const noise = difference(at(zero, one, zero), constant);
  const distance = difference(at(zero, zero, one), constant);
  const of = (name: string, exponent: number, coefficient: RationalFunction, ofLipschitz: number) =>
    product(product(coefficient, monomial(name, exponent)), ofL(ofLipschitz));
  // Of one dimension: ‖∇f‖² ∼ LΔ ∼ σ² ∼ L²D², f − f* ∼ Δ ∼ LD² ∼ σ²/L, and ‖x − x*‖² ∼ Δ/L ∼ D² ∼ σ²/L².
  const parts =
    constants === 'euclidean'
      ? [
          of(symbols.gap, 1, gap, 2 - 2 * scale),
          of(symbols.sigma, 2, noise, -2 * scale),
          of(symbols.distance, 2, distance, 4 - 2 * scale),
        ]
      : [of(symbols.gap, 1, gap, -halves), of(symbols.sigma, 1, noise, 0), product(constant, ofL(halves + 2))];
  const coefficients = { gap, distance, noise, constant };
  if (!Object.values(coefficients).every(isOfRootT) || !isSame(bound, parts.reduce(sum)))
    throw new NotRead(
      constants === 'euclidean'
        ? `the bound is not a sum of multiples of ${['L(f(x⁰) − f*), L²D² and σ²', 'f(x⁰) − f*, LD² and σ²/L', '(f(x⁰) − f*)/L, D² and σ²/L²'][scale]}, D = ‖x⁰ − x*‖`
        : 'the bound is not a sum of multiples of f(x⁰) − f*, ‖σ‖₁ and γ‖L‖₁ with powers of ‖L‖₁',
    );
  const lowest = (f: RationalFunction) => reduced(f, symbols.rootT);
  return {
    ...{ step: lowest(unit), noiseDivisor: lowest(noiseDivisor), gap: lowest(gap) },
    ...{ distance: lowest(distance), noise: lowest(noise), constant: lowest(constant) },
  };
}

export const namesOf = ({ numerator, denominator }: RationalFunction): readonly string[] =>
  [...numerator.values(), ...denominator.values()].flatMap(({ powers }) => powers.map(([name]) => name));
export const isOfRootT = (f: RationalFunction): boolean => namesOf(f).every((name) => name === symbols.rootT);

/** @throws NotRead for functions of every μ */
function requireModulus(...functions: readonly RationalFunction[]): void {
  if (functions.flatMap(namesOf).includes(symbols.modulus))
    throw new NotRead(
      'the theorem is about every μ: without inverseConditionNumber it is known of rates C·r^T of the last f(x) − f* or ‖x − x*‖² of gradient descent alone',
    );
}

/** The bound at one T, where b^T is a number. */
function withPower({ bound, base, ...values }: Values, places: Places): Values {
  if (base === undefined) return { ...values, bound };
  if (!('at' in places)) throw new NotRead('the bound has a power of T');
  const unit = replaced(base, { [symbols.rootL]: number(one) });
  requireModulus(unit);
  const value = valueAtRoot(unit, symbols.rootT, 1)!.lower;
  return { ...values, bound: replaced(bound, { [symbols.power]: number(power(value, places.at)) }) };
}

/** @throws NotRead where a coefficient of the bound is not shown to be ≥ 0 */
function requireSigns(found: Normal, isAtLeast0: (f: RationalFunction) => boolean): void {
  if (![found.gap, found.distance, found.noise, found.constant].every(isAtLeast0))
    throw new NotRead('the bound has a multiple of a constant that is not shown to be ≥ 0');
}

/** Whether γ or B are made of what is known of a problem beside L. */
export function isTuned(theorem: Theorem): boolean {
  const { step, miniBatch } = scheduleFormulas(theorem)!;
  const tuning = new Set(['Δ', 'σ', ...(unitOf(theorem) === undefined ? ['D'] : [])]);
  return [step, miniBatch].some((of) => [...namesIn(of)].some((name) => tuning.has(name)));
}

/** @throws NotRead */
function readAt(theorem: Theorem, constants: Constants, places: Places): Normal {
  const { values } = readFormulas(theorem, constants !== 'euclidean', places);
  if (values instanceof NotRead) throw values;
  const found = normalised(withPower(values, places), constants, theorem);
  if ('at' in places) requireSigns(found, (f) => (signAtRoot(f, symbols.rootT, places.at) ?? -1) >= 0);
  return found;
}

/** A theorem at T, if its γL is a fraction there; or why it is not read. */
export function readingAt(
  theorem: Theorem,
  iterations: number,
  constants: Constants,
): { readonly iterations: number; readonly reading: Reading | undefined; readonly unread?: NotRead } {
  try {
    const found = readAt(theorem, constants, { at: iterations });
    const ends = (name: keyof Normal) => valueAtRoot(found[name], symbols.rootT, iterations)!;
    const [step, divisor] = [ends('step'), ends('noiseDivisor')];
    if (![step, divisor].every(({ lower, upper }) => lower.equals(upper))) return { iterations, reading: undefined };
    // What is proved of a smaller bound holds for the bound.
    const least = (name: keyof Normal) => ends(name).lower;
    return {
      iterations,
      reading: {
        ...{ iterations, step: step.lower, noiseDivisor: divisor.lower },
        ...{ gap: least('gap'), distance: least('distance'), noise: least('noise'), constant: least('constant') },
      },
    };
  } catch (error) {
    if (error instanceof NotRead) return { iterations, reading: undefined, unread: error };
    throw error;
  }
}

/** A theorem at one T, where γL need not be a fraction. */
export const readingAtRoot = (theorem: Theorem, only: number): SymbolicReading => ({
  ...{ symbol: 's', only },
  ...readAt(theorem, 'euclidean', { at: only }),
});

/** @throws NoModelError in place of NotRead */
export function unreadIs<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotRead) throw new NoModelError(error.message);
    throw error;
  }
}

/**
 * γL at one T, of a theorem whose bound is not read.
 * @throws NoModelError if its step has another form, or γL is no fraction
 */
export function methodAt(theorem: Theorem, iterations: number): Pick<Reading, 'iterations' | 'step'> {
  const { bound: _, ...unbounded } = theorem;
  const { values } = readFormulas(unbounded, false, { at: iterations });
  const { step } = unreadIs(() => {
    if (values instanceof NotRead) throw values;
    return normalised(values, 'euclidean', unbounded);
  });
  const { lower, upper } = valueAtRoot(step, symbols.rootT, iterations)!;
  if (!lower.equals(upper))
    throw new NoModelError(`γL at T = ${iterations} is no fraction, which a worst case in rationals needs`);
  return { iterations, step: lower };
}

/** γ at T of a theorem in which 1/γ takes the place of L. */
export const rawStep = (theorem: Theorem, iterations: number): number =>
  theorem.schedule(iterations, constantsAt({ lipschitz: 1, gap: 1, sigma: 1, distance: 1 }) as ScheduleConstants).step;

/**
 * A theorem as rational functions of T, or of s = √T.
 * @throws NotRead where its formulas are no such functions
 */
export function readForAll(theorem: Theorem, constants: Constants): SymbolicReading {
  const { from = 1 } = theorem;
  const found = readAt(theorem, constants, { from });
  const names = Object.keys(found) as (keyof Normal)[];
  const inT = names.map((name) => [name, ofSquare(found[name], symbols.rootT, 'T')] as const);
  const isInT = inT.every(([, f]) => f !== undefined);
  // √T is at least the least whole number below √from.
  const least = isInT ? from : Math.floor(Math.sqrt(from));
  const reading: SymbolicReading = {
    ...(isInT ? { symbol: 'T', ...(Object.fromEntries(inT) as unknown as Normal) } : { symbol: 's', ...found }),
    ...(least > 1 && { least: rational(BigInt(least)) }),
  };
  requireSigns(reading, (f) => isNonNegative(f, reading.symbol, false, reading.least));
  return reading;
}

/** Constants of a problem in doubles. */
type Sizes = Readonly<Record<'lipschitz' | 'gap' | 'sigma' | 'distance', number>>;
const constantsAt = ({ lipschitz, gap, sigma, distance }: Sizes): TheoremConstants =>
  ({
    ...{ lipschitz, sigma, valueLipschitz: lipschitz * distance },
    ...{ gap: { lower: gap, upper: gap }, distance: { lower: distance, upper: distance } },
  }) as unknown as TheoremConstants;

/** What a proof of one step says of T steps: left side ≤ start·(Δ or D²) + noise·σ², at γL = a with L = 1, or nothing. */
type SumAt = (
  iterations: number,
  a: number,
  miniBatch: number,
) => { readonly start: number; readonly noise: number } | undefined;

/**
 * Compares the sum of one step with the bound in doubles, for a step that depends on the sizes: at some T and sizes, which proves nothing.
 *
 * @returns at how many it was compared, and at how many it was above the bound or said nothing
 */
export function comparedAt(theorem: Theorem, start: 'gap' | 'distance', sumAt: SumAt) {
  let [compared, above] = [0, 0];
  for (const iterations of [1, 2, 3, 4, 10, 100, 10_000]) {
    for (const gap of [0.01, 1, 30]) {
      for (const sigma of [0.1, 1, 20]) {
        for (const distance of [0.02, 1, 50]) {
          const constants = constantsAt({ lipschitz: 1, gap, sigma, distance });
          const schedule = theorem.schedule(iterations, constants as ScheduleConstants);
          const sum = sumAt(iterations, schedule.step, schedule.miniBatch);
          const left = sum && sum.start * (start === 'gap' ? gap : distance ** 2) + sum.noise * sigma ** 2;
          compared++;
          const bound = theorem.bound(iterations, constants, schedule);
          // Up to the rounding of these numbers.
          if (left === undefined || left > bound * (1 + 2 ** -40)) above++;
        }
      }
    }
  }
  return { compared, above };
}
