import type { AnyNode, CallExpression, Expression, Pattern, Statement } from 'acorn';
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
export type Value =
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
export const ofPoints = {
  gradient: 'gradients',
  subgradient: 'subgradients',
  mean: 'proximal-steps',
  gradientMapping: 'proximal-steps',
} as const;
export const isOfPoint = (question: Question): question is keyof typeof ofPoints => question in ofPoints;
/** Those, and what it is asked of a mini-batch and a point. */
const questions = [
  ...(Object.keys(ofPoints) as (keyof typeof ofPoints)[]),
  ...(['stochasticGradient', 'stochasticGradientMapping', 'miniBatch'] as const),
];
export type Question = (typeof questions)[number];

export type FunctionNode = Extract<
  AnyNode,
  { type: 'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration' }
>;

export interface Scope {
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

export const asNumber = (value: Value): RationalFunction => {
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
export const nameAs = (text: string): { readonly as: Formula } => ({ as: { kind: 'name', text } });

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

export class Reader {
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
export function plainName(property: AnyNode): string | undefined {
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
export const nameOf = (node: AnyNode): string => names[node.type] ?? node.type;
