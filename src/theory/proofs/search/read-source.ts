import {
  type AnyNode,
  type CallExpression,
  type Expression,
  type Pattern,
  type Program,
  parse,
  type Statement,
} from 'acorn';
import { one, type Rational, rational, toDouble, two, zero } from '../../../exact/arithmetic/rational.js';
import { squareRootBelow } from '../../../exact/problem/constants.js';
import { constant, fromTerms, multiply, type Polynomial, symbolsOf } from '../certificates/polynomial.js';
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

/**
 * What a theorem's file says as a text. Trials say what a program does where it was tried; the text says what it does everywhere, if it stays within
 * a subset without side effects: constants, arrow functions, arithmetic, square roots, and vectors entry by entry.
 */
export interface SourceReading {
  /** γ, B and the bound as functions of `symbols`, and what the bound is where γ is put in; or why they were not read. */
  readonly values:
    | {
        readonly step: RationalFunction;
        readonly miniBatch: RationalFunction;
        readonly bound: RationalFunction;
        /** b, if the bound has powers of b^T, each a power of the symbol `power`. */
        readonly base?: RationalFunction;
        /** The same as they are written in the file; undefined by coordinates. */
        readonly stated: StatedValues | undefined;
      }
    | NotRead;
  /** The iterations of the theorem's own algorithm, or why they were not read. */
  readonly next: Iterations | NotRead;
  /**
   * T iterations of the theorem's own algorithm at one T, which may ask for gradients elsewhere than at x, and count.
   *
   * @param at γ and parameters at this T, from what they are at all
   * @throws NotRead where they are not read
   */
  readonly run: (iterations: number, at: (f: RationalFunction) => RationalFunction) => Run;
}

/** x⁺ and the memory after it as sums of multiples of x, of the vectors of the memory before it, and of ∇f(x), ĝ(x) and P̂(x). */
export interface Moves {
  readonly x: Vector;
  readonly memory: ReadonlyMap<string, Vector>;
}

/** Iterations that are all the same but the first, where the memory is made of multiples of x⁰, or is none. */
export type Iterations = Readonly<Record<'first' | 'later', Moves>>;

/** Points as sums of multiples of x⁰, by the name x, and of the gradients g0, g1, … at the first point that was asked for, the second, …; or of what else was asked. */
export type Run = Readonly<Record<'queries' | 'iterates', readonly Vector[]>> & {
  readonly of: (typeof ofPoints)[keyof typeof ofPoints];
};

/** A formula as it is written, with the names T, L, σ, gap, distance, and in a bound γ and B. */
export type Formula =
  | { readonly kind: 'number' | 'name'; readonly text: string }
  | { readonly kind: 'opposite' | 'sqrt'; readonly of: Formula }
  | { readonly kind: '+' | '-' | '*' | '/' | '**'; readonly left: Formula; readonly right: Formula };

/** γ, B and the bound of a theorem as formulas. */
export interface StatedValues extends Readonly<Record<'step' | 'miniBatch' | 'bound', Formula>> {
  /** They are not those of a text, but were fitted to the values of a file. */
  readonly isFitted?: true;
}

/** √T, √L, μ, σ, f(x⁰) − f* and ‖x⁰ − x*‖, all ≥ 0; by coordinates L is ‖L‖₁ and σ is ‖σ‖₁. γ is a symbol in an algorithm alone; b^T in a bound. */
export const symbols = {
  ...{ rootT: 's', rootL: 'l', modulus: 'μ', sigma: 'σ', gap: 'Δ', distance: 'D', step: 'γ', power: 'E' },
} as const;

/** Why something was not read. */
export class NotRead extends Error {}

/** A sum of multiples of vectors by their names. */
export type Vector = ReadonlyMap<string, RationalFunction>;

/** What an expression of the subset can be. */
type Value =
  | { readonly kind: 'number'; readonly value: RationalFunction /** How it is written. */; readonly as?: Formula }
  | { readonly kind: 'vector' | 'entry'; readonly value: Vector }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'function'; readonly node: FunctionNode; readonly scope: Scope }
  /** A vector of which the sum of the entries is known alone, such as L_1 … L_n. */
  | { readonly kind: 'summed'; readonly total: RationalFunction }
  | { readonly kind: 'problem'; readonly answer: (question: Question, at: Vector) => Vector }
  /** `nothing` is undefined. */
  | { readonly kind: 'batch' | 'index' | 'nothing' };

/** What the problem of a theorem's own algorithm is asked of a point alone, and of which combinations its points then are. */
const ofPoints = {
  gradient: 'gradients',
  subgradient: 'subgradients',
  mean: 'proximal-steps',
  gradientMapping: 'proximal-steps',
} as const;
const isOfPoint = (question: Question): question is keyof typeof ofPoints => question in ofPoints;
/** Those, and what it is asked of a mini-batch and a point. */
const questions = [
  ...(Object.keys(ofPoints) as (keyof typeof ofPoints)[]),
  ...(['stochasticGradient', 'stochasticGradientMapping', 'miniBatch'] as const),
];
type Question = (typeof questions)[number];

type FunctionNode = Extract<
  AnyNode,
  { type: 'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration' }
>;

interface Scope {
  find(name: string): Value | undefined;
}

const whole = (value: Polynomial): RationalFunction => ({ numerator: value, denominator: constant(one) });
/** Largest power of a symbol, and size of a number, that are read: beyond them doubles end. */
const largestPower = 12;
const largestNumber = 2 ** 100;

function requireSmall(found: RationalFunction): RationalFunction {
  for (const polynomial of [found.numerator, found.denominator]) {
    for (const { powers, coefficient } of polynomial.values()) {
      const size = Math.abs(toDouble(coefficient));
      if (
        powers.some(([, exponent]) => exponent > 8 * largestPower) ||
        !(size < largestNumber && size > 1 / largestNumber)
      )
        throw new NotRead('a power or a number is too large, or too small');
    }
  }
  return found;
}

/** An entry of a vector that no factor makes too large or too small for doubles. */
function entryOf(value: Vector): Value {
  const sizes = (polynomial: Polynomial) => [...polynomial.values()].map(({ coefficient }) => coefficient.abs());
  for (const { numerator, denominator } of value.values()) {
    for (const above of sizes(numerator)) {
      for (const below of sizes(denominator)) {
        const size = toDouble(above.div(below));
        if (!(size < largestNumber && size > 1 / largestNumber))
          throw new NotRead('a factor of a vector is too large, or too small');
      }
    }
  }
  return { kind: 'entry', value };
}

/** √ of one term over another, where it has no root. */
function squareRoot({ numerator, denominator }: RationalFunction): RationalFunction {
  const rootOf = (polynomial: Polynomial): Polynomial => {
    const [term, ...more] = [...polynomial.values()];
    if (term === undefined) return polynomial;
    const { powers, coefficient } = term;
    const root = coefficient.lt(zero) ? zero : squareRootBelow(coefficient);
    if (more.length > 0 || !root.mul(root).equals(coefficient) || powers.some(([, exponent]) => exponent % 2 !== 0))
      throw new NotRead('Math.sqrt of anything but a square of T, of √T, of L or of a number');
    return fromTerms([{ powers: powers.map(([name, exponent]) => [name, exponent / 2] as const), coefficient: root }]);
  };
  // Factors in common would hide a square, as in √(2T/2).
  return product(whole(rootOf(multiply(numerator, denominator))), inverse(whole(denominator)));
}

/** The number that the digits of a literal denote. */
function literal(raw: string): Rational {
  const [, whole = '', digits = '', exponent = '0'] =
    /^(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(raw.replaceAll('_', '')) ?? [];
  const shift = Number(exponent) - digits.length;
  if (whole + digits === '' || Math.abs(shift) > 40) throw new NotRead(`the number ${raw}`);
  const value = BigInt(whole + digits);
  return shift < 0 ? rational(value, 10n ** BigInt(-shift)) : rational(value * 10n ** BigInt(shift));
}

/** The only exponent that a constant can be: a whole number, or a half. */
function raised(base: RationalFunction, exponent: RationalFunction): RationalFunction {
  const [term] = [...exponent.numerator.values()];
  const isConstant = [exponent.numerator, exponent.denominator].every((each) =>
    [...each.values()].every(({ powers }) => powers.length === 0),
  );
  const [below] = [...exponent.denominator.values()];
  if (!isConstant) throw new NotRead('an exponent that is no number');
  const twice = (term?.coefficient ?? zero).div(below!.coefficient).mul(two);
  const size = Math.abs(toDouble(twice));
  if (twice.d !== 1n || size > 2 * largestPower) throw new NotRead(`the exponent ${twice.div(two).toFraction()}`);
  const of = size % 2 === 0 ? base : squareRoot(base);
  const count = size % 2 === 0 ? size / 2 : size;
  const found = Array.from({ length: count }).reduce((each: RationalFunction) => product(each, of), number(one));
  return twice.lt(zero) ? reciprocal(found) : found;
}

function reciprocal(found: RationalFunction): RationalFunction {
  if (found.numerator.size === 0) throw new NotRead('a division by 0');
  return inverse(found);
}

export const addTo = (a: Vector, b: Vector, factor: RationalFunction): Vector => {
  const found = new Map(a);
  for (const [name, each] of b) found.set(name, sum(found.get(name) ?? number(zero), product(factor, each)));
  return found;
};

const asNumber = (value: Value): RationalFunction => {
  if (value.kind === 'number') return value.value;
  throw new NotRead(`arithmetic with ${value.kind === 'entry' ? 'a product of two vectors' : `a ${value.kind}`}`);
};

/** a + b, a − b, a·b, a/b, of numbers, and of entries of vectors where that is linear. */
function binary(operator: string, left: Value, right: Value): Value {
  if (left.kind === 'entry' || right.kind === 'entry') {
    if (operator === '*' || operator === '/') {
      const [entry, factor] = left.kind === 'entry' ? [left, right] : [right, left];
      if (operator === '/' && right.kind === 'entry') throw new NotRead('a division by an entry of a vector');
      const by = operator === '/' ? reciprocal(asNumber(factor)) : asNumber(factor);
      return entryOf(addTo(new Map(), (entry as { readonly value: Vector }).value, by));
    }
    if ((operator === '+' || operator === '-') && left.kind === 'entry' && right.kind === 'entry')
      return entryOf(addTo(left.value, right.value, operator === '+' ? number(one) : minusOne));
    throw new NotRead(`${operator} of an entry of a vector`);
  }
  const [a, b] = [asNumber(left), asNumber(right)];
  const found = () => {
    switch (operator) {
      case '+':
        return sum(a, b);
      case '-':
        return difference(a, b);
      case '*':
        return product(a, b);
      case '/':
        return product(a, reciprocal(b));
      default:
        throw new NotRead(`the operator ${operator}`);
    }
  };
  return { kind: 'number', value: requireSmall(found()), ...writtenAs(operator as '+', left, right) };
}

/** How a number is written that two others make. */
function writtenAs(kind: '+' | '-' | '*' | '/' | '**', ...of: readonly [Value, Value]): { readonly as?: Formula } {
  const [left, right] = of.map((each) => (each.kind === 'number' ? each.as : undefined));
  return left && right ? { as: { kind, left, right } } : {};
}

const numberAs = (value: Rational): Formula => ({ kind: 'number', text: value.toFraction() });
const nameAs = (text: string): { readonly as: Formula } => ({ as: { kind: 'name', text } });

/** How often functions may call each other. */
const deepest = 16;

/** What is read of Math. */
const readOfMath: ReadonlySet<string> = new Set(['sqrt', 'pow', 'min', 'max']);

/** For which T a text is read: where it has cases, each T has one of them. */
export type Places = { readonly at: number } | { readonly from: number };

/** Relative, for two numbers of which doubles may be compared. */
const rounding = rational(1n, 2n ** 40n);
/** Sums and differences of T and whole numbers, which are the same in doubles. */
const isExact = (of: Formula | undefined): boolean => {
  switch (of?.kind) {
    case 'name':
      return of.text === 'T';
    case 'number':
      return /^\d{1,12}$/.test(of.text);
    case '+':
    case '-':
      return isExact(of.left) && isExact(of.right);
    default:
      return false;
  }
};
/** Whether doubles have few wrong digits: numbers ≥ 0, of which none is subtracted. */
const isSteady = (of: Formula | undefined): boolean => {
  switch (of?.kind) {
    case 'name':
    case 'number':
      return true;
    case 'sqrt':
      return isSteady(of.of);
    case '+':
    case '*':
    case '/':
      return isSteady(of.left) && isSteady(of.right);
    case '**':
      return isSteady(of.left);
    default:
      return false;
  }
};

class Reader {
  readonly places: Places;
  #depth = 0;
  /** b of the powers b^T that were read: there may be one. */
  base: RationalFunction | undefined;

  constructor(places: Places) {
    this.places = places;
  }

  /** A power, of which the exponent may be nT + c for whole n and c if the base does not depend on T. */
  #raised(base: RationalFunction, exponent: RationalFunction): RationalFunction {
    const { rootT } = symbols;
    const terms = [...exponent.numerator.values()];
    const hasT = ({ numerator, denominator }: RationalFunction) =>
      [numerator, denominator].some((polynomial) =>
        [...polynomial.values()].some(({ powers }) => powers.some(([name]) => name === rootT)),
      );
    const isLinear = terms.every(({ powers }) => powers.every(([name, count]) => name === rootT && count === 2));
    if (!hasT(exponent) || !isLinear || hasT(base)) return raised(base, exponent);
    const [of] = [...exponent.denominator.values()];
    const coefficient = (isOfT: boolean) =>
      (terms.find(({ powers }) => powers.length > 0 === isOfT)?.coefficient ?? zero).div(of!.coefficient);
    const [n, c] = [coefficient(true), coefficient(false)];
    if (exponent.denominator.size > 1 || of!.powers.length > 0 || n.d !== 1n || n.lt(one) || n.gt(rational(4n)))
      throw new NotRead('an exponent that is no small multiple of T');
    if (this.base !== undefined && !isSame(this.base, base)) throw new NotRead('powers of two different numbers');
    this.base = base;
    return product(monomial(symbols.power, Number(n.n)), raised(base, number(c)));
  }

  #monomial(base: Value, exponent: Value): Value {
    const value = requireSmall(this.#raised(asNumber(base), asNumber(exponent)));
    return { kind: 'number', value, ...writtenAs('**', base, exponent) };
  }

  expression(node: AnyNode, scope: Scope): Value {
    switch (node.type) {
      case 'Literal':
        if (typeof node.value !== 'number') throw new NotRead(`the value ${node.raw}`);
        return { kind: 'number', value: number(literal(node.raw!)), as: numberAs(literal(node.raw!)) };
      case 'Identifier': {
        const found = scope.find(node.name);
        if (found === undefined && node.name === 'undefined') return { kind: 'nothing' };
        if (found === undefined) throw new NotRead(`the name ${node.name}`);
        return found;
      }
      case 'ParenthesizedExpression':
        return this.expression(node.expression, scope);
      case 'UnaryExpression': {
        if (node.operator !== '-' && node.operator !== '+') throw new NotRead(`the operator ${node.operator}`);
        const sign = { kind: 'number', value: number(rational(node.operator === '-' ? -1n : 1n)) } as const;
        const of = this.expression(node.argument, scope);
        const found = binary('*', sign, of);
        if (found.kind !== 'number' || of.kind !== 'number' || of.as === undefined) return found;
        return { ...found, as: node.operator === '-' ? { kind: 'opposite', of: of.as } : of.as };
      }
      case 'BinaryExpression': {
        const [left, right] = [this.expression(node.left, scope), this.expression(node.right, scope)];
        return node.operator === '**' ? this.#monomial(left, right) : binary(node.operator, left, right);
      }
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return { kind: 'function', node, scope };
      case 'ObjectExpression': {
        const entries = new Map<string, Value>();
        for (const property of node.properties) {
          const name = plainName(property);
          if (name === undefined) throw new NotRead('an object with more than plain names');
          entries.set(name, this.expression((property as { readonly value: Expression }).value, scope));
        }
        return { kind: 'object', entries };
      }
      case 'MemberExpression':
        return this.#member(node, scope);
      case 'CallExpression':
        return this.#call(node, scope);
      case 'NewExpression':
        return this.#zeros(node, scope);
      case 'LogicalExpression': {
        if (node.operator !== '??') throw new NotRead(nameOf(node));
        const left = this.expression(node.left, scope);
        return left.kind === 'nothing' ? this.expression(node.right, scope) : left;
      }
      case 'ConditionalExpression':
        return this.expression(this.#holds(node.test, scope, nameOf(node)) ? node.consequent : node.alternate, scope);
      default:
        throw new NotRead(`${nameOf(node)}`);
    }
  }

  /** Whether f ≥ 0, or f > 0, is shown for the T that are read, and for all L > 0 and σ, f(x⁰) − f* and ‖x⁰ − x*‖ ≥ 0. */
  #isAtLeast0(f: RationalFunction, strictly = false): boolean {
    const { rootT, rootL, step, sigma, gap, distance } = symbols;
    const positive = [rootL, step];
    const { numerator } = withoutFactors(f, strictly ? positive : [...positive, sigma, gap, distance]);
    const { denominator } = withoutFactors(f, positive);
    const rest = { numerator, denominator };
    const { places } = this;
    if ('at' in places) return (signAtRoot(rest, rootT, places.at) ?? -1) >= (strictly ? 1 : 0);
    const inT = ofSquare(rest, rootT);
    const found = inT ?? rest;
    if ([found.numerator, found.denominator].some((each) => [...symbolsOf(each)].some((name) => name !== rootT)))
      return false;
    const from = rational(BigInt(places.from));
    return isNonNegative(found, rootT, strictly, inT === undefined ? squareRootBelow(from) : from);
  }

  /** The least or the largest of numbers, if the same one is so for all T that are read. */
  #extreme(name: 'min' | 'max', numbers: readonly Value[]): Value {
    const [first, ...rest] = numbers;
    if (first === undefined) throw new NotRead(`Math.${name} of 0 numbers`);
    return rest.reduce((a, b) => {
      const more = difference(asNumber(a), asNumber(b));
      if (this.#isAtLeast0(more)) return name === 'max' ? a : b;
      if (this.#isAtLeast0(product(minusOne, more))) return name === 'max' ? b : a;
      throw new NotRead(`Math.${name}`);
    }, first);
  }

  /** Whether a condition holds for all T that are read; `why` names it where that is neither shown nor refuted. */
  #holds(test: Expression, scope: Scope, why: string): boolean {
    if (test.type === 'UnaryExpression' && test.operator === '!') return !this.#holds(test.argument, scope, why);
    if (test.type === 'LogicalExpression' && test.operator !== '??') {
      const left = this.#holds(test.left, scope, why);
      return left === (test.operator === '||') ? left : this.#holds(test.right, scope, why);
    }
    if (test.type !== 'BinaryExpression') throw new NotRead(why);
    const [a, b] = [test.left, test.right].map((side) => this.expression(side, scope)) as [Value, Value];
    const isEqual = test.operator === '===' || test.operator === '!==';
    // The first iteration may have no memory.
    if (isEqual && (a.kind === 'nothing' || b.kind === 'nothing'))
      return (a.kind === b.kind) === (test.operator === '===');
    if (a.kind !== 'number' || b.kind !== 'number') throw new NotRead(why);
    const isBelow = (less: typeof a, more: typeof a, orEqual = false): boolean => {
      if (isExact(a.as) && isExact(b.as)) return this.#isAtLeast0(difference(more.value, less.value), !orEqual);
      if (!isSteady(a.as) || !isSteady(b.as)) return false;
      // Doubles may take the other case where both are equal up to rounding.
      const apart = difference(more.value, product(less.value, number(one.add(rounding))));
      return this.#isAtLeast0(less.value) && this.#isAtLeast0(apart, true);
    };
    const [less, more] = [isBelow(a, b), isBelow(b, a)];
    if (isEqual && (less || more)) return test.operator === '!==';
    if (isEqual && isExact(a.as) && isExact(b.as) && isBelow(a, b, true) && isBelow(b, a, true))
      return test.operator === '===';
    switch (test.operator) {
      case '<':
        if (less || isBelow(b, a, true)) return less;
        break;
      case '<=':
        if (more || isBelow(a, b, true)) return !more;
        break;
      case '>':
        if (more || isBelow(a, b, true)) return more;
        break;
      case '>=':
        if (less || isBelow(b, a, true)) return !less;
    }
    throw new NotRead(why);
  }

  /** new Float64Array(x.length). */
  #zeros({ callee, arguments: given }: Extract<AnyNode, { type: 'NewExpression' }>, scope: Scope): Value {
    const [length, ...more] = given;
    const isNew =
      callee.type === 'Identifier' && callee.name === 'Float64Array' && scope.find(callee.name) === undefined;
    const isLength =
      length?.type === 'MemberExpression' &&
      !length.computed &&
      !length.optional &&
      (length.property as { readonly name: string }).name === 'length';
    if (!isNew || !isLength || more.length > 0 || this.expression(length.object, scope).kind !== 'vector')
      throw new NotRead('new, other than new Float64Array(x.length)');
    return { kind: 'vector', value: new Map() };
  }

  #member(node: Extract<AnyNode, { type: 'MemberExpression' }>, scope: Scope): Value {
    if (node.optional) throw new NotRead('?.');
    const of = this.expression(node.object, scope);
    if (node.computed) {
      const index = this.expression(node.property, scope);
      if (of.kind === 'vector' && index.kind === 'index') return { kind: 'entry', value: of.value };
      throw new NotRead('an index of anything but a vector, entry by entry');
    }
    const name = (node.property as { readonly name: string }).name;
    const found = of.kind === 'object' ? of.entries.get(name) : undefined;
    if (found === undefined) throw new NotRead(`.${name}`);
    return found;
  }

  #call(node: CallExpression, scope: Scope): Value {
    const { callee, arguments: given } = node;
    if (node.optional || given.some(({ type }) => type === 'SpreadElement')) throw new NotRead('?. or ... in a call');
    if (callee.type === 'MemberExpression' && !callee.computed && !callee.optional) {
      const name = (callee.property as { readonly name: string }).name;
      if (callee.object.type === 'Identifier' && callee.object.name === 'Math' && scope.find('Math') === undefined) {
        if (!readOfMath.has(name)) throw new NotRead(`Math.${name}`);
        const numbers = given.map((each) => this.expression(each, scope));
        if (name === 'min' || name === 'max') return this.#extreme(name, numbers);
        if (name === 'pow' && given.length === 2) return this.#monomial(numbers[0]!, numbers[1]!);
        const [first] = numbers;
        if (name === 'sqrt' && given.length === 1) {
          const value = squareRoot(asNumber(first!));
          const of = first!.kind === 'number' ? first!.as : undefined;
          return { kind: 'number', value, ...(of && { as: { kind: 'sqrt', of } }) };
        }
        throw new NotRead(`Math.${name} of ${given.length} numbers`);
      }
      const of = this.expression(callee.object, scope);
      if (of.kind === 'summed' && name === 'reduce' && this.#isSum(given, scope))
        return { kind: 'number', value: of.total };
      if (of.kind === 'vector' && name === 'map' && given.length === 1) {
        const by = this.expression(given[0]!, scope);
        if (by.kind !== 'function' || by.node.params.length > 2)
          throw new NotRead('map of anything but (entry, i) => …');
        const entry = this.apply(by, [{ kind: 'entry', value: of.value }, { kind: 'index' }]);
        if (entry.kind === 'number' && entry.value.numerator.size === 0) return { kind: 'vector', value: new Map() };
        if (entry.kind !== 'entry') throw new NotRead('map to anything but a sum of multiples of entries');
        return { kind: 'vector', value: entry.value };
      }
      if (of.kind === 'vector' && name === 'slice' && given.length === 0) return of;
      if (of.kind === 'problem') {
        const asked = given.map((each) => this.expression(each, scope));
        const [at, drawn] = asked.toReversed();
        const question = questions.find((each) => each === name);
        const isComplete =
          question !== undefined &&
          (isOfPoint(question) ? asked.length === 1 : asked.length === 2 && drawn?.kind === 'batch');
        if (!isComplete || at?.kind !== 'vector') throw new NotRead(`problem.${name}`);
        return { kind: 'vector', value: of.answer(question, at.value) };
      }
      throw new NotRead(`.${name}(…)`);
    }
    const called = this.expression(callee, scope);
    if (called.kind !== 'function') throw new NotRead('a call of what is no function of the file');
    return this.apply(
      called,
      given.map((each) => this.expression(each, scope)),
    );
  }

  /** Whether the arguments of a reduce are (a, b) => a + b and 0. */
  #isSum(given: CallExpression['arguments'], scope: Scope): boolean {
    const [by, from] = given;
    if (given.length !== 2 || from?.type !== 'Literal' || from.value !== 0) return false;
    const added = this.expression(by!, scope);
    if (added.kind !== 'function' || added.node.params.length !== 2) return false;
    const [a, b] = ['a', 'b'].map((name) => ({ kind: 'number', value: monomial(name, 1) }) as const);
    return isSame(asNumber(this.apply(added, [a!, b!])), sum(a!.value, b!.value));
  }

  /** The value of a function of the file. */
  apply(called: Extract<Value, { kind: 'function' }>, given: readonly Value[]): Value {
    const { node, scope } = called;
    if (node.async || node.generator) throw new NotRead('a function that is async, or a generator');
    if (++this.#depth > deepest) throw new NotRead('functions that call each other');
    const known = new Map<string, Value>();
    const inner: Scope = {
      find: (name) => known.get(name) ?? (name === node.id?.name ? called : scope.find(name)),
    };
    if (given.length < node.params.length) throw new NotRead('a function with more parameters than it is given');
    for (const [k, parameter] of node.params.entries()) bind(parameter, given[k]!, known);
    try {
      if (node.body.type !== 'BlockStatement') return this.expression(node.body, inner);
      const returned = this.#returned(node.body.body, inner, known);
      if (returned === undefined) throw new NotRead('a function without return');
      return returned;
    } finally {
      this.#depth--;
    }
  }

  /** What statements return: undefined if they go on. */
  #returned(statements: readonly Statement[], scope: Scope, known: Map<string, Value>): Value | undefined {
    for (const statement of statements) {
      if (statement.type === 'ReturnStatement' && statement.argument) return this.expression(statement.argument, scope);
      if (statement.type === 'IfStatement') {
        const branch = this.#holds(statement.test, scope, nameOf(statement))
          ? statement.consequent
          : statement.alternate;
        const inside = new Map<string, Value>();
        const within: Scope = { find: (name) => inside.get(name) ?? scope.find(name) };
        const of = branch?.type === 'BlockStatement' ? branch.body : branch ? [branch] : [];
        const returned = this.#returned(of, within, inside);
        if (returned !== undefined) return returned;
        continue;
      }
      if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') throw new NotRead(nameOf(statement));
      for (const { id, init } of statement.declarations) bind(id, this.expression(init!, scope), known);
    }
    return undefined;
  }
}

export const vectorOf = (name: string): Vector => new Map([[name, number(one)]]);

export const isSameVector = (a: Vector, b: Vector): boolean =>
  [...addTo(a, b, minusOne).values()].every(({ numerator }) => numerator.size === 0);

/** What the problem answers at x. */
const answers: Readonly<Record<Question, Vector>> = {
  gradient: vectorOf('∇f(x)'),
  stochasticGradient: vectorOf('ĝ(x)'),
  miniBatch: vectorOf('P̂(x)'),
  mean: vectorOf('P(x)'),
  subgradient: vectorOf('s(x)'),
  gradientMapping: addTo(
    new Map(),
    addTo(vectorOf('x'), vectorOf('P(x)'), minusOne),
    inverse(monomial(symbols.step, 1)),
  ),
  stochasticGradientMapping: addTo(
    new Map(),
    addTo(vectorOf('x'), vectorOf('P̂(x)'), minusOne),
    inverse(monomial(symbols.step, 1)),
  ),
};

/** The problem where it is asked at x alone. */
const problemAtX: Value = {
  kind: 'problem',
  answer(question, at) {
    if (!isSameVector(at, vectorOf('x'))) throw new NotRead(`problem.${question} at another point than x`);
    return answers[question];
  },
};

/** The vectors of a memory by where they stand; what has none is a vector of its own that is 0, so that memories of one shape have the same names. */
function vectorsIn(memory: Value, place = 'memory'): Map<string, Vector> {
  if (memory.kind === 'vector') return new Map([[place, memory.value]]);
  if (memory.kind === 'nothing') return new Map([[`${place} is undefined`, new Map()]]);
  if (memory.kind !== 'object') throw new NotRead(`a memory with a ${memory.kind}, which is no vector`);
  if (memory.entries.size === 0) return new Map([[`${place} is empty`, new Map()]]);
  return new Map(
    [...memory.entries].flatMap(([name, entry]) => [...vectorsIn(entry, `${place}[${JSON.stringify(name)}]`)]),
  );
}

/** A memory of the same shape whose vectors are called by where they stand. */
function namedMemory(memory: Value, place = 'memory'): Value {
  if (memory.kind === 'vector') return { kind: 'vector', value: vectorOf(place) };
  if (memory.kind !== 'object') return memory;
  const named = [...memory.entries].map(
    ([name, entry]) => [name, namedMemory(entry, `${place}[${JSON.stringify(name)}]`)] as const,
  );
  return { kind: 'object', entries: new Map(named) };
}

/** Gives a parameter or a constant its value. */
function bind(pattern: Pattern, value: Value, known: Map<string, Value>): void {
  if (pattern.type === 'Identifier') {
    if (known.has(pattern.name)) throw new NotRead(`${pattern.name}, twice`);
    known.set(pattern.name, value);
    return;
  }
  if (pattern.type !== 'ObjectPattern' || value.kind !== 'object') throw new NotRead(nameOf(pattern));
  for (const property of pattern.properties) {
    const name = plainName(property);
    if (name === undefined) throw new NotRead('a parameter with more than plain names');
    const found = value.entries.get(name);
    if (found === undefined) throw new NotRead(`the constant ${name}`);
    bind((property as { readonly value: Pattern }).value, found, known);
  }
}

/** The name of a property that is nothing but a name and a value; undefined for getters, spreads and computed names. */
function plainName(property: AnyNode): string | undefined {
  if (property.type !== 'Property' || property.kind !== 'init' || property.computed) return undefined;
  const { key } = property;
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
  return name === '__proto__' ? undefined : name;
}

/** What a piece of a program is called in an answer. */
const names: Partial<Record<AnyNode['type'], string>> = {
  IfStatement: 'if',
  ConditionalExpression: '? :',
  LogicalExpression: '&&, || or ??',
  ForStatement: 'for',
  ForOfStatement: 'for',
  WhileStatement: 'while',
  ThisExpression: 'this',
  AssignmentExpression: 'an assignment',
  UpdateExpression: 'an assignment',
  AssignmentPattern: 'a default value',
  VariableDeclaration: 'let or var',
  ExpressionStatement: 'a statement that is run when the file is loaded, or for its effect',
  ImportDeclaration: 'import',
  NewExpression: 'new',
  TemplateLiteral: 'a text',
  ArrayExpression: 'a list',
};
const nameOf = (node: AnyNode): string => names[node.type] ?? node.type;

/** Whether a value of a module is made without running anything. */
function isInert(node: AnyNode | null | undefined): boolean {
  switch (node?.type) {
    case 'Literal':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'Identifier':
      return true;
    case 'TemplateLiteral':
      return node.expressions.length === 0;
    case 'UnaryExpression':
      return node.operator === '-' && node.argument.type === 'Literal';
    case 'BinaryExpression':
      return isNumeric(node);
    case 'ArrayExpression':
      return node.elements.every(isInert);
    case 'ObjectExpression':
      return node.properties.every((each) =>
        each.type === 'SpreadElement'
          ? each.argument.type === 'Identifier'
          : plainName(each) !== undefined && isInert(each.value),
      );
    default:
      return isNumeric(node);
  }
}

/** Arithmetic of literals, such as 1 / 3 or Math.sqrt(2). */
function isNumeric(node: AnyNode | null | undefined): boolean {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'number';
    case 'UnaryExpression':
      return node.operator === '-' && isNumeric(node.argument);
    case 'BinaryExpression':
      return isNumeric(node.left) && isNumeric(node.right);
    case 'MemberExpression':
      return !node.computed && node.object.type === 'Identifier' && node.object.name === 'Math';
    case 'CallExpression':
      return node.callee.type === 'MemberExpression' && isNumeric(node.callee) && node.arguments.every(isNumeric);
    default:
      return false;
  }
}

/** What `new` and `instanceof` name, and whose members are read. */
const isPlainUse = (parent: AnyNode | undefined, found: AnyNode): boolean =>
  (parent?.type === 'MemberExpression' && parent.object === found && !parent.computed) ||
  (parent?.type === 'NewExpression' && parent.callee === found) ||
  parent?.type === 'BinaryExpression';

/** Names by which a function could change what others do. */
const reflective = new Set(
  'globalThis eval Function Object Reflect Proxy process constructor prototype __proto__ arguments'.split(' '),
);

/** A literal, a name, or what arithmetic makes of them: no text that is put together. */
function isIndex(node: AnyNode): boolean {
  if (node.type === 'Literal') return true;
  const isText = (each: AnyNode) => each.type === 'Literal' && typeof each.value === 'string';
  if (node.type === 'BinaryExpression') return [node.left, node.right].every((each) => isIndex(each) && !isText(each));
  return node.type === 'Identifier' || (node.type === 'MemberExpression' && !node.computed);
}

/** Throws where anything in the file could change what `Math` or a function of the file is. */
function requireUntouched(node: unknown, parent?: AnyNode): void {
  if (Array.isArray(node)) {
    for (const each of node) requireUntouched(each, parent);
    return;
  }
  if (typeof node !== 'object' || node === null || typeof (node as AnyNode).type !== 'string') return;
  const found = node as AnyNode;
  if (found.type === 'ImportExpression' || found.type === 'MetaProperty') throw new NotRead('import');
  if (found.type === 'Identifier') {
    if (reflective.has(found.name)) throw new NotRead(`the name ${found.name}`);
    const isRead = parent?.type === 'MemberExpression' && parent.object === found && !parent.computed;
    if (found.name === 'Math' && !isRead) throw new NotRead('Math, other than Math.sqrt and the like');
    if (found.name === 'Float64Array' && !isPlainUse(parent, found))
      throw new NotRead('Float64Array, other than new Float64Array and the like');
  }
  if (found.type === 'Literal' && typeof found.value === 'string' && reflective.has(found.value))
    throw new NotRead(`the name ${found.value}`);
  if (found.type === 'MemberExpression' && found.computed && !isIndex(found.property))
    throw new NotRead('a field whose name is computed');
  const target =
    found.type === 'AssignmentExpression'
      ? found.left
      : found.type === 'UpdateExpression' || (found.type === 'UnaryExpression' && found.operator === 'delete')
        ? found.argument
        : undefined;
  if (target?.type === 'MemberExpression' && target.object.type === 'Identifier' && target.object.name === 'Math')
    throw new NotRead('an assignment to Math');
  for (const [key, value] of Object.entries(found)) if (key !== 'type') requireUntouched(value, found);
}

/** The constants of a module by name, and the theorem that it exports; throws where loading it runs anything. */
function constantsOf(program: Program) {
  const constants = new Map<string, AnyNode>();
  let theorem: AnyNode | undefined;
  const take = (statement: AnyNode, isExported: boolean): void => {
    if (statement.type === 'FunctionDeclaration' && statement.id) constants.set(statement.id.name, statement);
    else if (statement.type === 'VariableDeclaration' && statement.kind === 'const') {
      for (const { id, init } of statement.declarations) {
        if (id.type !== 'Identifier' || !isInert(init))
          throw new NotRead('a constant that is made by running something');
        constants.set(id.name, init!);
        if (isExported && id.name === 'theorem') theorem = init!;
      }
    } else throw new NotRead(nameOf(statement));
  };
  let otherwise: AnyNode | undefined;
  for (const each of program.body) {
    if (each.type === 'ExportDefaultDeclaration' && isInert(each.declaration)) otherwise = each.declaration;
    else if (each.type === 'ExportNamedDeclaration' && each.declaration) take(each.declaration, true);
    else take(each, false);
  }
  const named = theorem ?? otherwise;
  return { constants, theorem: named?.type === 'Identifier' ? constants.get(named.name) : named };
}

/** The fields of a theorem or of an algorithm that is written out. */
function fieldsOf(node: AnyNode | undefined, what: string): ReadonlyMap<string, AnyNode> {
  const fields = new Map<string, AnyNode>();
  for (const property of node?.type === 'ObjectExpression' ? node.properties : []) {
    const name = plainName(property);
    if (name === undefined) throw new NotRead(`${what} whose fields are not written out`);
    fields.set(name, (property as { readonly value: Expression }).value);
  }
  return fields;
}

/** T, the constants and the schedule as a file gets them; by coordinates the sums alone are known. */
function givenOf(byCoordinates: boolean) {
  const [rootT, rootL] = [symbols.rootT, symbols.rootL].map(
    (name, k) => ({ kind: 'number', value: monomial(name, 2), ...nameAs('TL'[k]!) }) as const,
  );
  const of = (name: string, word = name): Value => ({ kind: 'number', value: monomial(name, 1), ...nameAs(word) });
  const upper = (name: string, word: string): Value => ({
    kind: 'object',
    entries: new Map([['upper', of(name, word)]]),
  });
  const entries = new Map<string, Value>(
    byCoordinates
      ? [
          ['coordinateLipschitz', { kind: 'summed', total: rootL!.value }],
          ['coordinateSigma', { kind: 'summed', total: monomial(symbols.sigma, 1) }],
          ['gap', upper(symbols.gap, 'gap')],
        ]
      : [
          ['lipschitz', rootL!],
          ['strongConvexity', of(symbols.modulus)],
          // L stands for M/‖x⁰ − x*‖ where M is read.
          ['valueLipschitz', { kind: 'number', value: product(rootL!.value, monomial(symbols.distance, 1)) }],
          ['sigma', of(symbols.sigma)],
          ['gap', upper(symbols.gap, 'gap')],
          ['distance', upper(symbols.distance, 'distance')],
        ],
  );
  return { T: rootT!, constants: { kind: 'object', entries } as const };
}

/**
 * Reads a theorem's schedule, bound and algorithm from the text of its file. In a program, where there is no text of a file, the texts of the
 * functions are read, which may use no name from outside but `Math`, `Float64Array` and `undefined`.
 *
 * @param text the text of the module, or what `Function.prototype.toString` says of each function
 * @param places for which T; all of them if left out
 * @param isAnyStep whether γ is any number, in a theorem without an L: L stands for 1/γ, whatever the schedule says
 */
export function readSource(
  text: string | FunctionTexts,
  byCoordinates: boolean,
  places: Places = { from: 1 },
  isAnyStep = false,
): SourceReading {
  const reader = new Reader(places);
  const attempt = <Result>(read: () => Result): Result | NotRead => {
    try {
      return read();
    } catch (error) {
      if (error instanceof NotRead) return error;
      if (error instanceof SyntaxError || error instanceof RangeError) return new NotRead(error.message);
      throw error;
    }
  };
  const functions = attempt(() => (typeof text === 'string' ? functionsOf(text, reader) : functionsOfTexts(text)));
  if (functions instanceof NotRead) {
    const run = () => {
      throw functions;
    };
    return { values: functions, next: functions, run };
  }
  const { T, constants } = givenOf(byCoordinates);
  const schedule = attempt(() =>
    reader.apply(functionIn(functions, 'schedule'), [T, constants, { kind: 'object', entries: new Map() }]),
  );
  const values = attempt(() => {
    if (schedule instanceof NotRead) throw schedule;
    const entry = (name: string) => {
      const found = schedule.kind === 'object' ? schedule.entries.get(name) : undefined;
      if (found === undefined) throw new NotRead(`a schedule without ${name}`);
      return found;
    };
    asNumber(entry('step'));
    const [step, miniBatch] = [
      isAnyStep ? ({ kind: 'number', value: inverse(monomial(symbols.rootL, 2)) } as const) : entry('step'),
      entry('miniBatch'),
    ];
    // The bound calls them by their names.
    const named = new Map((schedule as Extract<Value, { kind: 'object' }>).entries);
    for (const [name, value, letter] of [
      ['step', step, 'γ'],
      ['miniBatch', miniBatch, 'B'],
    ] as const)
      named.set(name, { ...value, ...nameAs(letter) } as Value);
    const ofBound = functions('bound');
    const given = [T, constants, { kind: 'object', entries: named } as const];
    // A theorem whose worst case is looked for has none.
    const bound =
      ofBound === undefined
        ? ({ kind: 'number', value: number(zero) } as const)
        : reader.apply(ofBound, [...given, { kind: 'object', entries: new Map() }]);
    const [γ, B, most] = [step, miniBatch, bound].map((each) =>
      each.kind === 'number' && 'as' in each ? each.as : undefined,
    );
    return {
      ...{ step: asNumber(step), miniBatch: asNumber(miniBatch), bound: asNumber(bound) },
      ...(reader.base && { base: reader.base }),
      stated: γ && B && most && { step: γ, miniBatch: B, bound: most },
    };
  });
  /** What the schedule gives the algorithm beside γ and B, if it is read. */
  const parameters: Value | undefined =
    !(schedule instanceof NotRead) && schedule.kind === 'object'
      ? (schedule.entries.get('parameters') ?? { kind: 'object', entries: new Map() })
      : undefined;
  /** An iteration from x and a memory; the first one is from x⁰ and the start. */
  const iterated = (given: Readonly<Record<'problem' | 'step' | 'x' | 'state', Value>>, of = parameters) => {
    const entries = new Map<string, Value>([...Object.entries(given), ['batch', { kind: 'batch' }]]);
    if (of !== undefined) entries.set('parameters', of);
    const found = reader.apply(functionIn(functions, 'iterate'), [{ kind: 'object', entries }]);
    const [x, state] = ['x', 'state'].map((name) => (found.kind === 'object' ? found.entries.get(name) : undefined));
    if (x?.kind !== 'vector') throw new NotRead('an iteration that does not return x as a sum of multiples of vectors');
    return { x, state: state ?? ({ kind: 'nothing' } as const) };
  };
  const x = { kind: 'vector', value: vectorOf('x') } as const;
  const started = (): Value => {
    const start = functions('start');
    return start === undefined ? { kind: 'nothing' } : reader.apply(start, [x]);
  };
  const next = attempt((): Iterations => {
    const step: Value = { kind: 'number', value: monomial(symbols.step, 1) };
    const from = (state: Value) => iterated({ problem: problemAtX, step, x, state });
    const first = from(started());
    const later = from(namedMemory(first.state));
    const [before, after] = [vectorsIn(first.state), vectorsIn(later.state)];
    if (before.size !== after.size || [...before.keys()].some((name) => !after.has(name)))
      throw new NotRead('a memory that changes its shape');
    return { first: { x: first.x.value, memory: before }, later: { x: later.x.value, memory: after } };
  });
  const run: SourceReading['run'] = (iterations, at) => {
    if (values instanceof NotRead) throw values;
    const here = (value: Value): Value => {
      if (value.kind === 'number') return { kind: 'number', value: at(value.value) };
      if (value.kind !== 'object') throw new NotRead(`a ${value.kind} among the parameters`);
      return { kind: 'object', entries: new Map([...value.entries].map(([name, each]) => [name, here(each)])) };
    };
    const stepOf = values;
    const queries: Vector[] = [];
    let of: Run['of'] | undefined;
    const problem: Value = {
      kind: 'problem',
      answer(question, point) {
        if (!isOfPoint(question)) throw new NotRead(`problem.${question}`);
        of ??= ofPoints[question];
        if (of !== ofPoints[question]) throw new NotRead(`problem.${question} beside another question`);
        const k = queries.findIndex((other) => isSameVector(other, point));
        const answer = vectorOf(`g${k < 0 ? queries.push(point) - 1 : k}`);
        // P(x) = x − γG(x).
        return question === 'mean' ? addTo(point, answer, product(minusOne, at(stepOf.step))) : answer;
      },
    };
    const found = attempt(() => {
      const step: Value = { kind: 'number', value: at(values.step) };
      const iterates = [x.value];
      let now: ReturnType<typeof iterated> = { x, state: started() };
      for (let t = 0; t < iterations; t++) {
        now = iterated({ ...now, problem, step }, parameters && here(parameters));
        iterates.push(now.x.value);
      }
      return { queries, iterates, of: of ?? 'gradients' };
    });
    if (found instanceof NotRead) throw found;
    return found;
  };
  return { values, next, run };
}

/** What `Function.prototype.toString` says of each function; an algorithm may have no start. */
export type FunctionTexts = Readonly<Partial<Record<'schedule' | 'bound' | 'iterate' | 'start', string | undefined>>>;

/** A function of a theorem or of its algorithm; undefined if there is none. */
type Functions = (name: keyof FunctionTexts) => Extract<Value, { kind: 'function' }> | undefined;

function functionIn(functions: Functions, name: keyof FunctionTexts): Extract<Value, { kind: 'function' }> {
  const found = functions(name);
  if (found === undefined) throw new NotRead(`no ${name} in the file`);
  return found;
}

const asFunction = (value: Value): Extract<Value, { kind: 'function' }> => {
  if (value.kind !== 'function') throw new NotRead('a field that is no function of the file');
  return value;
};

function functionsOf(text: string, reader: Reader): Functions {
  const program = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  requireUntouched(program);
  const { constants, theorem: exported } = constantsOf(program);
  const scope: Scope = {
    find(name) {
      const node = constants.get(name);
      if (node === undefined) return undefined;
      return node.type === 'FunctionDeclaration' ? { kind: 'function', node, scope } : reader.expression(node, scope);
    },
  };
  const theorem = fieldsOf(exported, 'a theorem');
  return (name) => {
    const isOfTheorem = name === 'schedule' || name === 'bound';
    const node = (isOfTheorem ? theorem : algorithmIn(theorem, constants)).get(name);
    return node && asFunction(reader.expression(node, scope));
  };
}

/** The fields of an algorithm that is written out in the theorem, or as a constant. */
function algorithmIn(theorem: ReadonlyMap<string, AnyNode>, constants: ReadonlyMap<string, AnyNode>) {
  const given = theorem.get('algorithm');
  const node = given?.type === 'Identifier' ? constants.get(given.name) : given;
  if (node?.type !== 'ObjectExpression') throw new NotRead('an algorithm that is not written out');
  return fieldsOf(node, 'an algorithm');
}

function functionsOfTexts(texts: FunctionTexts): Functions {
  const scope: Scope = { find: () => undefined };
  return (name) => {
    const text = texts[name];
    if (text === undefined) return undefined;
    const node = functionOfText(text);
    requireUntouched(node);
    return { kind: 'function', node, scope };
  };
}

/** A function from its text, which of a method has no word `function`. */
function functionOfText(text: string): FunctionNode {
  const options = { ecmaVersion: 'latest', sourceType: 'module' } as const;
  const first = (source: string): AnyNode | undefined => {
    const [statement] = parse(source, options).body;
    return statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  };
  let node: AnyNode | undefined;
  try {
    node = first(`(${text})`);
  } catch {
    const object = first(`({${text}})`);
    const [property] = object?.type === 'ObjectExpression' ? object.properties : [];
    node = property?.type === 'Property' && plainName(property) !== undefined ? property.value : undefined;
  }
  if (node?.type !== 'ArrowFunctionExpression' && node?.type !== 'FunctionExpression')
    throw new NotRead('a function whose text is not to be had');
  return node;
}
