import { nearbyFraction } from '../../../exact/arithmetic/elimination.js';
import { one, type Rational, rational, toDouble, two, zero } from '../../../exact/arithmetic/rational.js';
import { squareRootBelow } from '../../../exact/problem/constants.js';
import { type Arithmetic, evaluate } from '../../formulas/evaluate.js';
import { type Formula, FormulaError, partsOf } from '../../formulas/formula.js';
import type { Theorem } from '../../theorem/theorem.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import type { Asked, Combination, WrittenAlgorithm } from '../../theorem/written-algorithm.js';
import { algorithmFormulas, boundFormula, scheduleFormulas } from '../../theorem/written-theorem.js';
import { constant, fromTerms, multiply, type Polynomial, type Term } from '../certificates/polynomial.js';
import {
  difference,
  inverse,
  isNonNegative,
  isSame,
  minusOne,
  monomial,
  number,
  ofSquare,
  product,
  type RationalFunction,
  signAtRoot,
  sum,
  withoutFactors,
} from './rational-function.js';

/** √T, √L, μ, σ, f(x⁰) − f* and ‖x⁰ − x*‖, all ≥ 0; by coordinates L is ‖L‖₁ and σ is ‖σ‖₁. γ and t are symbols in an algorithm alone; b^T in a bound. */
export const symbols = {
  ...{ rootT: 's', rootL: 'l', modulus: 'μ', sigma: 'σ', gap: 'Δ', distance: 'D', step: 'γ', power: 'E', index: 't' },
} as const;

/** Those that are > 0, and not 0. */
const positive: ReadonlySet<string> = new Set([symbols.rootT, symbols.rootL, symbols.modulus, symbols.step]);

/** Why a formula was not taken for a function of these symbols. */
export class NotRead extends Error {
  constructor(
    message: string,
    /** Whether the formula is ∞: nothing is claimed there. */
    readonly isInfinite = false,
  ) {
    super(message);
  }
}

/** A sum of multiples of vectors by their names. */
export type Vector = ReadonlyMap<string, RationalFunction>;
export const vectorOf = (name: string): Vector => new Map([[name, number(one)]]);
export const addTo = (a: Vector, b: Vector, factor: RationalFunction): Vector => {
  const found = new Map(a);
  for (const [name, each] of b) found.set(name, sum(found.get(name) ?? number(zero), product(factor, each)));
  return found;
};
export const isSameVector = (a: Vector, b: Vector): boolean =>
  [...addTo(a, b, minusOne).values()].every(({ numerator }) => numerator.size === 0);

/** For which T a formula is taken: where it has cases, each T has one of them. */
export type Places = { readonly at: number } | { readonly from: number };

/** A theorem's formulas as functions of `symbols`. */
export interface FormulaReading {
  /** γ, B or √B and the bound, where γ is put in; or why they are no such functions. */
  readonly values: Values | NotRead;
  /** The iterations of the theorem's own algorithm, which ask at x alone and do not count, or why they are no such. */
  readonly next: Iterations | NotRead;
  /** Two iterations one after the other at any t, from vectors that may be any, and the point that is asked about in the very first. */
  readonly inT: () => TwoIterations;
  /**
   * T iterations of the theorem's own algorithm at one T and for one γ, which may ask for gradients elsewhere than at x, and count.
   *
   * @throws NotRead where they are not read
   */
  readonly run: (iterations: number, step: RationalFunction) => Run;
}

/** A schedule and a bound as functions of `symbols`. */
export interface Values {
  readonly step: RationalFunction;
  /** What a mini-batch divides the noise by: B, or √B by coordinates. */
  readonly noiseDivisor: RationalFunction;
  readonly bound: RationalFunction;
  /** b, if the bound has powers of b^T, each a power of the symbol `power`. */
  readonly base?: RationalFunction;
}

/** x⁺ and the memory after it as sums of multiples of x, of the vectors of the memory before it, and of ∇f(x), ĝ(x) and P̂(x). */
export interface Moves {
  readonly x: Vector;
  readonly memory: ReadonlyMap<string, Vector>;
}

/** Iterations that are all the same but the first, where the memory is made of multiples of x⁰, or is none. */
export type Iterations = Readonly<Record<'first' | 'later', Moves>>;

/** Points as sums of multiples of the vectors before, and of the gradient g that the first of two iterations asks for. */
export interface TwoIterations {
  readonly asked: Asked;
  /** Where the very first iteration asks, and where these two do. */
  readonly queries: readonly [start: Vector, now: Vector, next: Vector];
  /** x after the first of them. */
  readonly x: Vector;
}

/** What a problem answers at a point alone, and of which combinations points then are. */
const ofPoints: Readonly<Partial<Record<Asked, 'gradients' | 'subgradients' | 'proximal steps'>>> = {
  ...{ '∇f': 'gradients', s: 'subgradients', P: 'proximal steps', G: 'proximal steps' },
};

/** Points as sums of multiples of x⁰, by the name x, and of the gradients g0, g1, … at the first point that was asked for, the second, …; or of what else was asked. */
export type Run = Readonly<Record<'queries' | 'iterates', readonly Vector[]>> & {
  readonly of: 'gradients' | 'subgradients' | 'proximal steps';
  /** Of all iterates the best is returned. */
  readonly isBest: boolean;
};

/** What the problem answers at x. */
const overStep = (of: string) =>
  addTo(new Map(), addTo(vectorOf('x'), vectorOf(of), minusOne), inverse(monomial(symbols.step, 1)));
const answers: Readonly<Partial<Record<Asked, Vector>>> = {
  ...{ '∇f': vectorOf('∇f(x)'), ĝ: vectorOf('ĝ(x)'), P̂: vectorOf('P̂(x)'), P: vectorOf('P(x)'), s: vectorOf('s(x)') },
  ...{ G: overStep('P(x)'), Ĝ: overStep('P̂(x)') },
};

/** What a step, a parameter or a bound has that no such function has. */
function inField<Result>(field: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotRead || error instanceof FormulaError || error instanceof RangeError)
      throw new NotRead(`${field} has ${error.message}`, error instanceof NotRead && error.isInfinite);
    throw error;
  }
}

const attempt = <Result>(read: () => Result): Result | NotRead => {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotRead) return error;
    if (error instanceof FormulaError || error instanceof RangeError) return new NotRead(error.message);
    throw error;
  }
};

/**
 * Takes a theorem's formulas for functions of T and its constants.
 *
 * @param places for which T; all of them if left out
 */
export function readFormulas(
  theorem: Pick<Theorem, 'schedule' | 'algorithm'> & Hypothesised & Partial<Pick<Theorem, 'bound'>>,
  byCoordinates: boolean,
  places: Places = { from: 1 },
): FormulaReading {
  const unit = unitOf(theorem);
  const schedule = scheduleFormulas(theorem);
  const bound = boundFormula(theorem.bound);
  const own = algorithmFormulas(theorem);
  const constants = constantsOf(theorem, byCoordinates);
  const isApart = unit === 'slope';
  const arithmetic = new Functions(places, constants, isApart);
  const parameters = attempt(() =>
    Object.fromEntries(
      [...(schedule?.parameters ?? [])].map(([name, of]) => [name, inField(name, () => evaluate(of, arithmetic))]),
    ),
  );
  const values = attempt(() => {
    if (schedule === undefined) throw new NotRead('a schedule that is a function');
    if (parameters instanceof NotRead) throw parameters;
    // Where γ is any number it need not be a function of √T, such as √(T + 2).
    const step = inField('the step', () => {
      if (unit !== 'step' || !isPositiveForm(schedule.step)) {
        const found = evaluate(schedule.step, arithmetic);
        arithmetic.requirePositive(found);
        if (unit !== 'step') return found;
      }
      return inverse(monomial(symbols.rootL, 2));
    });
    const miniBatch = inField('the mini-batch', () => evaluate(schedule.miniBatch, arithmetic));
    const noiseDivisor = byCoordinates ? inField('the mini-batch', () => arithmetic.root(miniBatch)) : miniBatch;
    const ofBound = new Functions(places, { ...constants, ...parameters, γ: step, B: miniBatch }, isApart);
    // A theorem whose worst case is looked for has none.
    const most = bound === undefined ? number(zero) : inField('the bound', () => evaluate(bound, ofBound));
    return { step, noiseDivisor, bound: most, ...(ofBound.base && { base: ofBound.base }) };
  });
  const written = (): WrittenAlgorithm => {
    if (own === undefined) throw new NotRead('an algorithm that is a function');
    if (parameters instanceof NotRead) throw parameters;
    return own;
  };
  const iterated = (
    given: ReadonlyMap<string, Vector>,
    { step, t, of, ask }: Iterating,
  ): ReadonlyMap<string, Vector> => {
    const factors = new Functions(places, { ...of, γ: step, t });
    const now = new Map(given);
    for (const { name, value } of written().step) now.set(name, combined(value, now, factors, ask));
    return now;
  };
  const started = ({ step, t, of, ask }: Iterating): ReadonlyMap<string, Vector> => {
    const factors = new Functions(places, { ...of, γ: step, t });
    const x = new Map([['x⁰', vectorOf('x')]]);
    const memory = [...written().memory].map(([name, value]) => [name, combined(value, x, factors, ask)] as const);
    return new Map([['x', vectorOf('x')], ...memory]);
  };
  const constantsIn = () => (parameters instanceof NotRead ? {} : parameters);
  const γ = monomial(symbols.step, 1);
  const next = attempt((): Iterations => {
    const given: Iterating = {
      ...{ step: γ, t: undefined, of: constantsIn() },
      ask(asked, at) {
        const answer = answers[asked];
        if (answer === undefined || !isSameVector(at, vectorOf('x')))
          throw new NotRead(`${asked} at another point than x`);
        return answer;
      },
    };
    if (written().best !== undefined) throw new NotRead('the best point');
    const split = (now: ReadonlyMap<string, Vector>): Moves => ({
      x: now.get('x')!,
      memory: new Map([...now].filter(([name]) => name !== 'x').map(([name, of]) => [`memory.${name}`, of] as const)),
    });
    const named = new Map([
      ['x', vectorOf('x')],
      ...[...written().memory.keys()].map((name) => [name, vectorOf(`memory.${name}`)] as const),
    ]);
    return { first: split(iterated(started(given), given)), later: split(iterated(named, given)) };
  });
  const inT = (): TwoIterations => {
    let asked: Asked | undefined;
    const queries: Vector[] = [];
    const at = (t: RationalFunction): Iterating => {
      let known: Vector | undefined;
      return {
        ...{ step: γ, t, of: constantsIn() },
        ask(question, point) {
          asked ??= question;
          if (asked !== question || (known !== undefined && !isSameVector(known, point)))
            throw new NotRead('an iteration that asks at two points');
          if (known === undefined) queries.push(point);
          known ??= point;
          return vectorOf(`g${queries.length - 1}`);
        },
      };
    };
    if (written().best !== undefined) throw new NotRead('the best point');
    const t = monomial(symbols.index, 1);
    const start = at(number(zero));
    iterated(started(start), start);
    const before = new Map(['x', ...written().memory.keys()].map((name) => [name, vectorOf(name)] as const));
    const after = iterated(before, at(t));
    iterated(after, at(sum(t, number(one))));
    const [first, now, later] = queries;
    if (asked === undefined || later === undefined || queries.length !== 3)
      throw new NotRead('an iteration that asks for nothing');
    return { asked, queries: [first!, now!, later], x: after.get('x')! };
  };
  const run: FormulaReading['run'] = (iterations, step) => {
    const queries: Vector[] = [];
    let of: Run['of'] | undefined;
    const here = constantsIn();
    const given = (t: number): Iterating => ({
      ...{ step, t: number(rational(BigInt(t))), of: here },
      ask(asked, point) {
        const kind = ofPoints[asked];
        of ??= kind;
        const { name } = written();
        if (kind === undefined) throw new NotRead(`${name} takes ${asked} of a point, which is not linear`);
        if (of !== kind) throw new NotRead(`${name} asks for ${of} and for ${kind}`);
        const k = queries.findIndex((other) => isSameVector(other, point));
        const answer = vectorOf(`g${k < 0 ? queries.push(point) - 1 : k}`);
        // P(x) = x − γG(x).
        return asked === 'P' ? addTo(point, answer, product(minusOne, step)) : answer;
      },
    });
    const iterates = [vectorOf('x')];
    let now = started(given(0));
    for (let t = 0; t < iterations; t++) {
      now = iterated(now, given(t));
      iterates.push(now.get('x')!);
    }
    return { queries, iterates, of: of ?? 'gradients', isBest: written().best !== undefined };
  };
  return { values, next, inT, run };
}

/** What an iteration is given. */
interface Iterating {
  readonly step: RationalFunction;
  readonly t: RationalFunction | undefined;
  readonly of: Readonly<Record<string, RationalFunction>>;
  ask(asked: Asked, at: Vector): Vector;
}

function combined(
  combination: Combination,
  vectors: ReadonlyMap<string, Vector>,
  factors: Functions,
  ask: Iterating['ask'],
): Vector {
  return combination.reduce((total: Vector, { factor, of }) => {
    const vector = typeof of === 'string' ? vectors.get(of)! : ask(of.asked, combined(of.at, vectors, factors, ask));
    return addTo(total, vector, evaluate(factor, factors));
  }, new Map());
}

type Constants = Readonly<Record<string, RationalFunction | undefined>>;

type Hypothesised = Pick<Theorem, 'hypotheses' | 'inverseConditionNumber'>;

/** What L stands for where a theorem assumes none, as one about d = 0: 1/γ, so that γ is any number, or M/‖x⁰ − x*‖. */
export function unitOf({ hypotheses }: Pick<Theorem, 'hypotheses'>): 'step' | 'slope' | undefined {
  if (!hypotheses.includes('d-zero')) return undefined;
  return hypotheses.includes('r-lipschitz') ? 'slope' : 'step';
}

/** Whether a theorem says that f is strongly convex: without that no proof may use it. */
export const isStronglyConvex = ({ hypotheses }: Pick<Theorem, 'hypotheses'>): boolean =>
  hypotheses.includes('fixed-strongly-convex') || hypotheses.includes('d-strongly-convex');

/** μ/L of a theorem about one, as a fraction; undefined if it is about every μ, or has none. */
export function modulusFraction(theorem: Hypothesised): Rational | undefined {
  const modulus = isStronglyConvex(theorem) ? theorem.inverseConditionNumber : undefined;
  const found = modulus === undefined ? undefined : fractionOf(modulus);
  if (modulus !== undefined && found === undefined)
    throw new NoModelError(`inverseConditionNumber = ${modulus} is no simple fraction`);
  return found;
}

/** The simple fraction that a double is the rounding of; undefined if it is none. */
const fractionOf = (value: number): Rational | undefined =>
  nearbyFraction(value, 2 ** -48 * Math.min(1, Math.abs(value)), 100_000);

/** T and the constants that the theorem has; by coordinates the sums over them alone are known. */
function constantsOf(theorem: Hypothesised, byCoordinates: boolean): Constants {
  const unit = unitOf(theorem);
  const [T, L] = [symbols.rootT, symbols.rootL].map((name) => monomial(name, 2)) as [
    RationalFunction,
    RationalFunction,
  ];
  const of = (name: string) => monomial(name, 1);
  const [gap, σ, D] = [of(symbols.gap), of(symbols.sigma), of(symbols.distance)];
  if (byCoordinates) return { T, Δ: gap, L_i: L, σ_i: σ };
  const ofUnit = unit === undefined ? { L } : unit === 'slope' ? { M: product(L, D) } : {};
  const modulus = modulusFraction(theorem);
  const μ = modulus === undefined ? of(symbols.modulus) : product(number(modulus), L);
  return { T, ...ofUnit, σ, Δ: gap, D, ...(isStronglyConvex(theorem) && { μ }) };
}

/** Largest power that is multiplied out. */
const largestPower = 32;

const whole = (value: Polynomial): RationalFunction => ({ numerator: value, denominator: constant(one) });

/** √ of one term over another, where it has no root. */
function squareRoot({ numerator, denominator }: RationalFunction): RationalFunction {
  const rootOf = (polynomial: Polynomial): Polynomial => {
    const [term, ...more] = [...polynomial.values()];
    if (term === undefined) return polynomial;
    const { powers, coefficient } = term;
    const root = coefficient.lt(zero) ? zero : squareRootBelow(coefficient);
    if (more.length > 0 || !root.mul(root).equals(coefficient) || powers.some(([, exponent]) => exponent % 2 !== 0))
      throw new NotRead('√ of anything but a square of T, of √T, of L or of a number');
    return fromTerms([{ powers: powers.map(([name, exponent]) => [name, exponent / 2] as const), coefficient: root }]);
  };
  // Factors in common would hide a square, as in √(2T/2).
  return product(whole(rootOf(multiply(numerator, denominator))), inverse(whole(denominator)));
}

/** Formulas as functions of `symbols`. Every divisor is shown to vanish at no T that is read, and every case to be the one at all of them. */
class Functions implements Arithmetic<RationalFunction> {
  /** b of the powers b^T that were read: there may be one. */
  base: RationalFunction | undefined;
  /** Sums over coordinates are those of one coordinate, where they are linear. */
  readonly dimension = 1;
  readonly #positive: ReadonlySet<string>;
  readonly number = number;
  readonly sum = sum;
  readonly difference = difference;
  readonly product = product;

  constructor(
    private readonly places: Places,
    private readonly constants: Constants,
    /** Whether ‖x⁰ − x*‖ is > 0. */
    isApart = false,
  ) {
    this.#positive = new Set([...positive, ...(isApart ? [symbols.distance] : [])]);
  }

  name(name: string, coordinate: number | undefined): RationalFunction {
    const found = this.constants[coordinate === undefined ? name : `${name}_i`];
    if (found === undefined)
      throw new NotRead(
        name === 'μ'
          ? 'a μ, and a μ needs fixed-strongly-convex or d-strongly-convex'
          : `the name ${name}${coordinate === undefined ? '' : '_i'}, which its models do not have`,
      );
    return found;
  }

  /** Σ(aL_i + bσ_i) is a‖L‖₁ + b‖σ‖₁, where a and b are the same for all i; other sums are no functions of ‖L‖₁ and ‖σ‖₁. */
  over(kind: 'sum_i' | 'min_i' | 'max_i', of: Formula): RationalFunction {
    if (kind !== 'sum_i' || !isLinearInCoordinates(of))
      throw new NotRead(kind === 'sum_i' ? 'sum_i of anything but multiples of L_i and σ_i' : kind);
    return evaluate(of, this, 0);
  }

  infinity(): never {
    throw new NotRead(
      '∞, which says nothing: give the theorem from: T₀, the least T at which its bound is a number, or ask for other T by --iterations',
      true,
    );
  }

  opposite(of: RationalFunction): RationalFunction {
    return product(minusOne, of);
  }

  quotient(left: RationalFunction, right: RationalFunction): RationalFunction {
    if (right.numerator.size === 0) throw new NotRead('a division by 0');
    const isApart = this.#isAtLeast0(right, true) || this.#isAtLeast0(this.opposite(right), true);
    if (!isApart) throw new NotRead('a division by what may be 0');
    return product(left, inverse(right));
  }

  /** At one T also √(T + 1) is a number where that is a square. */
  root(of: RationalFunction): RationalFunction {
    const value = this.#valueOf(of);
    const root = value === undefined || value.lt(zero) ? undefined : squareRootBelow(value);
    return root?.mul(root).equals(value!) ? number(root) : squareRoot(of);
  }

  /** The number that a function is at the only T that is read; undefined for another one. */
  #valueOf({ numerator, denominator }: RationalFunction): Rational | undefined {
    const [above, below] = [numerator, denominator].map((each) => valueOfPlace(each, this.places));
    return above && below && !below.equals(zero) ? above.div(below) : undefined;
  }

  logarithm(): never {
    throw new NotRead('ln');
  }

  extreme(kind: 'min' | 'max', a: RationalFunction, b: RationalFunction): RationalFunction {
    const more = difference(a, b);
    if (this.#isAtLeast0(more)) return kind === 'max' ? a : b;
    if (this.#isAtLeast0(this.opposite(more))) return kind === 'max' ? b : a;
    throw new NotRead(`a ${kind} that is not the same one at every T`);
  }

  compare(relation: '<' | '≤' | '>' | '≥' | '=' | '≠', a: RationalFunction, b: RationalFunction): boolean | undefined {
    const [isAbove, isBelow] = [difference(a, b), difference(b, a)].map((more) => this.#isAtLeast0(more, true));
    const [isAtLeast, isAtMost] = [difference(a, b), difference(b, a)].map((more) => this.#isAtLeast0(more));
    const known = (yes: boolean | undefined, no: boolean | undefined) => (yes ? true : no ? false : undefined);
    switch (relation) {
      case '<':
        return known(isBelow, isAtLeast);
      case '≤':
        return known(isAtMost, isAbove);
      case '>':
        return known(isAbove, isAtMost);
      case '≥':
        return known(isAtLeast, isBelow);
      case '=':
        return known(isAtLeast && isAtMost, isAbove || isBelow);
      case '≠':
        return known(isAbove || isBelow, isAtLeast && isAtMost);
    }
  }

  isEven(of: RationalFunction): boolean | undefined {
    const found = this.#valueOf(of);
    return found?.d === 1n ? found.n % 2n === 0n : undefined;
  }

  either(): never {
    throw new NotRead('a case that is not the same one at every T');
  }

  power(base: RationalFunction, exponent: RationalFunction): RationalFunction {
    const { rootT, power } = symbols;
    const terms = [...exponent.numerator.values()];
    const hasT = ({ numerator, denominator }: RationalFunction) =>
      [numerator, denominator].some((each) =>
        [...each.values()].some(({ powers }) => powers.some(([name]) => name === rootT)),
      );
    const isLinear = terms.every(({ powers }) => powers.every(([name, count]) => name === rootT && count === 2));
    if (!hasT(exponent) || !isLinear || hasT(base)) return this.#raised(base, exponent);
    const [of] = [...exponent.denominator.values()];
    const coefficient = (isOfT: boolean) =>
      (terms.find(({ powers }) => powers.length > 0 === isOfT)?.coefficient ?? zero).div(of!.coefficient);
    const [n, c] = [coefficient(true), coefficient(false)];
    if (exponent.denominator.size > 1 || of!.powers.length > 0 || n.d !== 1n || n.lt(one) || n.gt(rational(4n)))
      throw new NotRead('an exponent that is no small multiple of T');
    if (this.base !== undefined && !isSame(this.base, base)) throw new NotRead('powers of two different numbers');
    this.base = base;
    return product(monomial(power, Number(n.n)), this.#raised(base, number(c)));
  }

  /** @throws NotRead where a step is not shown to be > 0 */
  requirePositive(step: RationalFunction): void {
    if (!this.#isAtLeast0(step, true)) throw new NotRead('a value that is not shown to be > 0 at every T');
  }

  /** The only exponents that a constant has: whole numbers, and halves. */
  #raised(base: RationalFunction, exponent: RationalFunction): RationalFunction {
    const isConstant = [exponent.numerator, exponent.denominator].every((each) =>
      [...each.values()].every(({ powers }) => powers.length === 0),
    );
    if (!isConstant) throw new NotRead('an exponent that is no number');
    const [[term], [below]] = [exponent.numerator, exponent.denominator].map((each) => [...each.values()]) as [
      Term[],
      Term[],
    ];
    const twice = (term?.coefficient ?? zero).div(below!.coefficient).mul(two);
    const size = Math.abs(toDouble(twice));
    if (twice.d !== 1n || size > 2 * largestPower) throw new NotRead(`the exponent ${twice.div(two).toFraction()}`);
    const of = size % 2 === 0 ? base : squareRoot(base);
    const count = size % 2 === 0 ? size / 2 : size;
    const found = Array.from({ length: count }).reduce((each: RationalFunction) => product(each, of), number(one));
    return twice.lt(zero) ? this.quotient(number(one), found) : found;
  }

  /** Whether f ≥ 0, or f > 0, is shown for the T that are read, and for all L, μ, γ > 0 and σ, f(x⁰) − f* and ‖x⁰ − x*‖ ≥ 0. */
  #isAtLeast0(f: RationalFunction, strictly = false): boolean {
    if (f.numerator.size === 0) return !strictly;
    const { rootT, sigma, gap, distance } = symbols;
    const factors = [...this.#positive].filter((name) => name !== rootT);
    const { numerator } = withoutFactors(f, strictly ? factors : [...factors, sigma, gap, distance]);
    const { denominator } = withoutFactors(f, factors);
    const rest = { numerator, denominator };
    const { places } = this;
    const isOfTAlone = [numerator, denominator].every((each) =>
      [...each.values()].every(({ powers }) => powers.every(([name]) => name === rootT)),
    );
    if (!isOfTAlone)
      return isPositive(denominator, this.#positive) && isPositive(numerator, strictly ? this.#positive : undefined);
    if ('at' in places) return (signAtRoot(rest, rootT, places.at) ?? -1) >= (strictly ? 1 : 0);
    const inT = ofSquare(rest, rootT);
    const from = rational(BigInt(places.from));
    return isNonNegative(inT ?? rest, rootT, strictly, inT === undefined ? squareRootBelow(from) : from);
  }
}

/** Whether a formula of T has no sign but + between numbers > 0. */
function isPositiveForm(formula: Formula): boolean {
  switch (formula.kind) {
    case 'number':
      return formula.value.gt(zero);
    case 'name':
      return formula.name === 'T';
    case '+':
    case '·':
    case '/':
    case '^':
    case 'root':
      return partsOf(formula).every(isPositiveForm);
    default:
      return false;
  }
}

/** Whether no coefficient of a polynomial is < 0; with names of what is > 0, whether some term has no other ones. */
const isPositive = (polynomial: Polynomial, names?: ReadonlySet<string>): boolean =>
  [...polynomial.values()].every(({ coefficient }) => coefficient.gt(zero)) &&
  (names === undefined || [...polynomial.values()].some(({ powers }) => powers.every(([name]) => names.has(name))));

/** The value of a polynomial in √T alone at one T; undefined for all T, or where √T is irrational. */
function valueOfPlace(polynomial: Polynomial, places: Places): Rational | undefined {
  const terms = [...polynomial.values()];
  if (terms.every(({ powers }) => powers.length === 0)) return terms[0]?.coefficient ?? zero;
  if (!('at' in places)) return undefined;
  let total = zero;
  for (const { powers, coefficient } of terms) {
    const [[name, exponent] = [symbols.rootT, 0], ...more] = powers;
    if (name !== symbols.rootT || exponent % 2 !== 0 || more.length > 0) return undefined;
    total = total.add(coefficient.mul(rational(BigInt(places.at) ** BigInt(exponent / 2))));
  }
  return total;
}

/** Whether a formula is a sum of multiples of L_i and σ_i whose factors are the same for all i. */
function isLinearInCoordinates(formula: Formula): boolean {
  const depends = (part: Formula): boolean =>
    part.kind === 'name' ? part.ofCoordinate === true : partsOf(part).some(depends);
  switch (formula.kind) {
    case 'name':
      return formula.ofCoordinate === true;
    case 'opposite':
      return isLinearInCoordinates(formula.of);
    case '+':
    case '−':
      return isLinearInCoordinates(formula.left) && isLinearInCoordinates(formula.right);
    case '·':
      return depends(formula.left)
        ? isLinearInCoordinates(formula.left) && !depends(formula.right)
        : isLinearInCoordinates(formula.right);
    case '/':
      return isLinearInCoordinates(formula.left) && !depends(formula.right);
    default:
      return false;
  }
}

/**
 * Requires a theorem to be made of formulas.
 * @throws NoModelError that names the field which is a function, and how its formula is written
 */
export function requireFormulas(
  theorem: Pick<Theorem, 'schedule' | 'algorithm'> & Partial<Pick<Theorem, 'bound'>>,
): void {
  const { algorithm, bound } = theorem;
  const functions = [
    ...(scheduleFormulas(theorem) ? [] : [['schedule', "schedule: { step: '1/(L√T)', miniBatch: '1' }"]]),
    ...(bound === undefined || boundFormula(bound) ? [] : [['bound', "bound: '2Δ/(γT) + γLσ²'"]]),
    ...(typeof algorithm === 'string' || algorithmFormulas(theorem)
      ? []
      : [['algorithm', "algorithm: { name: 'momentum', memory: { m: '0' }, step: ['m = ½m + ½ĝ(x)', 'x = x − γm'] }"]]),
  ];
  const [first] = functions;
  if (first === undefined) return;
  throw new NoModelError(`theorem.${first[0]} is a function, and what is proved is a formula: write ${first[1]}`);
}
