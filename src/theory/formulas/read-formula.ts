import { nearestWord } from '../../claims/text.js';
import { one, type Rational, rational } from '../../exact/arithmetic/rational.js';
import { type Condition, type Formula, FormulaError, type OverCoordinates, type Relation } from './formula.js';

/** What a formula may speak of, beside numbers. */
export interface Notation {
  /** Its names; any letter with marks if left out, as in a certificate. */
  readonly names?: ReadonlySet<string>;
  /** Names of vectors over the coordinates, such as L of L_i and ‖L‖₁. */
  readonly ofCoordinates?: ReadonlySet<string>;
  /** What is asked at a point, such as ∇f of ∇f(x). */
  readonly asked?: ReadonlySet<string>;
  /** Whether ⟨a, b⟩ and ‖a‖² are inner products and squares of vectors. */
  readonly hasVectors?: true;
}

/** Names for keyboards without these letters. */
const spelled: Readonly<Record<string, string>> = {
  ...{ sigma: 'σ', Delta: 'Δ', gamma: 'γ', mu: 'μ', delta: 'δ', alpha: 'α', beta: 'β', eta: 'η', theta: 'θ' },
  ...{ grad: '∇f', ghat: 'ĝ', Phat: 'P̂', Ghat: 'Ĝ' },
};
const words = ['sum_i', 'min_i', 'max_i', 'norm1', 'norm_inf', 'sqrt', 'min', 'max', 'ln', 'inf'] as const;
const reserved = ['if', 'else', 'and', 'or', 'even', 'odd'];
const vulgar: Readonly<Record<string, Rational>> = {
  '½': rational(1n, 2n),
  '¼': rational(1n, 4n),
  '¾': rational(3n, 4n),
};
const relations: Readonly<Record<string, Relation>> = {
  ...{ '<=': '≤', '>=': '≥', '!=': '≠', '≤': '≤', '≥': '≥', '≠': '≠', '<': '<', '>': '>', '=': '=' },
};
/** A letter with any of: combining marks, subscripts, ⁺, ′; in a certificate *, too. So `γ²L` is a product, and `x̃`, `f⁺` are symbols. */
const symbolPattern = /^\p{L}[\p{M}₀-₉⁺′]*/u;
const certificatePattern = /^\p{L}[\p{M}₀-₉⁺′*]*/u;
const numberPattern = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,2}))?(?![\d.])/;
const powerPattern = /^⁻?[⁰¹²³⁴-⁹]+/;
const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Longest text, and most brackets in brackets. */
const [longest, deepest] = [4000, 40];

/**
 * Reads a formula as it is written on paper: products by juxtaposition, powers as `²` or `^`, `√`, `min(a, b)`, `a if T < 10 else b`, sums over
 * coordinates as `sum_i(…)` or `‖σ‖₁`. The grammar is in the documentation.
 *
 * What paper leaves open is refused: `a/bc`, `√2T`, `x^y^z`.
 *
 * @throws FormulaError of one line with the place, when the text is no such formula
 * @example
 * assert.equal(formulaText(readFormula('2Delta/(gamma T) + γLσ²', boundNotation)), '2Δ/(γT) + γLσ²');
 */
export function readFormula(text: string, notation: Notation): Formula {
  const reader = new Reader(text, notation);
  const formula = reader.choice();
  reader.requireEnd();
  return formula;
}

/** An assignment `x = x − γ∇f(x)`. */
export function readAssignment(text: string, notation: Notation): { readonly name: string; readonly value: Formula } {
  const reader = new Reader(text, notation);
  const name = reader.assigned();
  const value = reader.choice();
  reader.requireEnd();
  return { name, value };
}

class Reader {
  readonly #text: string;
  readonly #notation: Notation;
  readonly #names: readonly string[];
  #at = 0;
  /** Whether there is a space before the place. */
  #isApart = false;
  #depth = 0;
  /** Inside of sum_i( … ). */
  #isOverCoordinates = false;
  /** Inside ‖…‖ a bar closes; norms are not nested. */
  #isInNorm = false;

  constructor(text: string, notation: Notation) {
    this.#text = text.normalize('NFC');
    this.#notation = notation;
    // Longer names first: x⁰ is not x to the power 0.
    this.#names = [...(notation.names ?? []), ...(notation.asked ?? [])]
      .filter((name) => name.length > 1)
      .sort((a, b) => b.length - a.length);
    if (this.#text.length > longest) throw new FormulaError(`a formula has at most ${longest} characters`);
    this.#skip();
  }

  get #rest(): string {
    return this.#text.slice(this.#at);
  }

  #fail(what: string): never {
    const before = [...this.#text.slice(0, this.#at)];
    const column = before.length + 1;
    const shown = before.join('').trim();
    const place = shown === '' ? '' : `after "${shown.length > 24 ? `…${shown.slice(-24)}` : shown}": `;
    throw new FormulaError(`${place}${what}, column ${column}`);
  }

  requireEnd(): void {
    if (this.#rest !== '') this.#fail(`${this.#next()} is no part of the formula`);
  }

  #next(): string {
    const [word] = /^[A-Za-z]+/.exec(this.#rest) ?? [];
    return `"${word ?? [...this.#rest][0] ?? ''}"`;
  }

  #skip(): void {
    const [space = ''] = /^\s*/.exec(this.#rest) ?? [];
    this.#isApart = space !== '';
    this.#at += space.length;
  }

  #take(text: string): boolean {
    if (!this.#rest.startsWith(text)) return false;
    this.#at += text.length;
    this.#skip();
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#rest) ?? undefined;
    if (found !== undefined) {
      this.#at += found[0].length;
      this.#skip();
    }
    return found;
  }

  #expect(text: string): void {
    if (!this.#take(text))
      this.#fail(this.#rest === '' ? `"${text}" is missing` : `"${text}" must stand before ${this.#next()}`);
  }

  #word(word: string): boolean {
    if (this.#notation.names === undefined || !this.#rest.startsWith(word)) return false;
    return !/^[A-Za-z]/.test(this.#rest.slice(word.length)) && this.#take(word);
  }

  /** The left side of an assignment and its sign. */
  assigned(): string {
    const found = this.#symbol();
    if (found === undefined) this.#fail('the name of a vector must stand here, as in x = x − γ∇f(x)');
    this.#expect('=');
    return found;
  }

  choice(): Formula {
    if (++this.#depth > deepest) this.#fail(`there are more than ${deepest} brackets in brackets`);
    const yes = this.#sum();
    if (!this.#word('if')) {
      this.#depth--;
      return yes;
    }
    const condition = this.#condition();
    if (!this.#word('else')) this.#fail('"else" is missing: a case is written a if T < 10 else b');
    const no = this.choice();
    this.#depth--;
    return { kind: 'if', condition, yes, no };
  }

  #condition(): Condition {
    let found = this.#both();
    while (this.#word('or')) found = { kind: 'or', left: found, right: this.#both() };
    return found;
  }

  #both(): Condition {
    let found = this.#comparison();
    while (this.#word('and')) found = { kind: 'and', left: found, right: this.#comparison() };
    return found;
  }

  #comparison(): Condition {
    const left = this.#sum();
    for (const kind of ['even', 'odd'] as const) if (this.#word(kind)) return { kind, of: left };
    const relation = Object.keys(relations).find((each) => this.#take(each));
    if (relation === undefined) this.#fail('a comparison is missing, such as T < 10 or B even');
    return { kind: 'comparison', relation: relations[relation]!, left, right: this.#sum() };
  }

  #minus(): boolean {
    return this.#take('−') || this.#take('-');
  }

  #sum(): Formula {
    let total: Formula = this.#minus() ? { kind: 'opposite', of: this.#product() } : this.#product();
    for (;;) {
      if (this.#take('+')) total = { kind: '+', left: total, right: this.#product() };
      else if (this.#minus()) total = { kind: '−', left: total, right: this.#product() };
      else return total;
    }
  }

  #missing(): never {
    const found = this.#rest === '' || /^[)/·,=+−*-]/.test(this.#rest) ? '' : `: ${this.#next()} is none`;
    const [word = ''] = /^[A-Za-z]{2,}/.exec(this.#rest) ?? [];
    const meant = nearestWord(word, [...Object.keys(spelled), ...words]);
    const known =
      this.#notation.names && /^\p{L}/u.test(this.#rest)
        ? `; its names are ${[...this.#notation.names].join(', ')}`
        : '';
    this.#fail(`an operand is missing${found}${meant === undefined ? known : ` (did you mean ${meant}?)`}`);
  }

  #product(): Formula {
    let result = this.#factor();
    if (result === undefined) this.#missing();
    let before = result.of;
    /** What may not be followed by a factor without a sign. */
    let [open, isDivisor] = [result.isOpen, false];
    for (;;) {
      const isProduct = this.#take('·') || this.#take('*');
      if (isProduct || this.#take('/')) {
        const next = this.#factor();
        if (next === undefined) this.#missing();
        before = { kind: isProduct ? '·' : '/', left: before, right: next.of };
        [open, isDivisor] = [next.isOpen || !isProduct, !isProduct && next.of.kind !== 'number'];
        continue;
      }
      const [place, isApart] = [this.#at, this.#isApart];
      result = this.#factor();
      if (result === undefined) return before;
      if (isDivisor || (open && !isApart)) {
        this.#at = place;
        this.#fail(
          isDivisor
            ? `is ${this.#next()} below the line or beside it? write a/(bc), or (a/b)·c`
            : `is ${this.#next()} part of what stands before it? write brackets, or a · between them`,
        );
      }
      if (result.of.kind === 'number') {
        this.#at = place;
        this.#fail('a number stands before other factors, or after ·');
      }
      before = { kind: '·', left: before, right: result.of };
      [open, isDivisor] = [result.isOpen, false];
    }
  }

  /** A factor with its power; `isOpen` after √T, where a factor might be meant to stand under the root. */
  #factor(): { readonly of: Formula; readonly isOpen: boolean } | undefined {
    if (this.#take('√')) {
      const under = this.#base();
      if (under === undefined) this.#missing();
      if (powerPattern.test(this.#rest) || this.#rest.startsWith('^'))
        this.#fail('is the power under the root? write √(T²), or (√T)²');
      return { of: { kind: 'root', of: under }, isOpen: true };
    }
    const base = this.#base();
    if (base === undefined) return undefined;
    const raised = this.#match(powerPattern)?.[0];
    if (raised === undefined && this.#take('^')) {
      const exponent = this.#base();
      if (exponent === undefined) this.#missing();
      if (this.#rest.startsWith('^') || powerPattern.test(this.#rest)) this.#fail('write x^(y^z), or (x^y)^z');
      return { of: { kind: '^', left: base, right: exponent }, isOpen: true };
    }
    if (base.kind === 'length' && raised !== '²') this.#fail('² must stand after a norm');
    if (raised === undefined) return { of: base, isOpen: false };
    if (this.#rest.startsWith('^')) this.#fail('write x^(y^z), or (x^y)^z');
    const size = [...raised.replace('⁻', '')].map((digit) => digits.indexOf(digit)).join('');
    if (size.length > 4) this.#fail('a power has at most four digits');
    const value: Formula = { kind: 'number', value: rational(BigInt(size)) };
    return {
      of: { kind: '^', left: base, right: raised.startsWith('⁻') ? { kind: 'opposite', of: value } : value },
      isOpen: false,
    };
  }

  #base(): Formula | undefined {
    const number = this.#number();
    if (number !== undefined) return { kind: 'number', value: number };
    if (this.#take('(')) {
      const inner = this.choice();
      this.#expect(')');
      return inner;
    }
    if (this.#take('∞')) return { kind: 'infinity' };
    if (!this.#isInNorm && this.#take('‖')) return this.#norm();
    if (this.#notation.hasVectors && this.#take('⟨')) {
      const left = this.choice();
      this.#expect(',');
      const right = this.choice();
      this.#expect('⟩');
      return { kind: 'inner', left, right };
    }
    const word = words.find((each) => this.#word(each));
    if (word !== undefined) return this.#call(word);
    const name = this.#symbol();
    if (name === undefined) return undefined;
    if (this.#notation.asked?.has(name)) {
      this.#expect('(');
      const of = this.choice();
      this.#expect(')');
      return { kind: 'at', asked: name, of };
    }
    const isOfCoordinate = this.#notation.ofCoordinates?.has(name) === true && this.#take('_i');
    if (isOfCoordinate && !this.#isOverCoordinates)
      this.#fail(`${name}_i has its place inside of sum_i(…), min_i(…) or max_i(…)`);
    if (!isOfCoordinate && this.#notation.names?.has(name) === false)
      this.#fail(`${name} stands in ${name}_i and ‖${name}‖₁ alone`);
    return { kind: 'name', name, ...(isOfCoordinate && { ofCoordinate: true }) };
  }

  #number(): Rational | undefined {
    const short = Object.keys(vulgar).find((each) => this.#take(each));
    if (short !== undefined) return vulgar[short];
    if (!/^[\d.]/.test(this.#rest)) return undefined;
    const found = this.#match(this.#notation.names === undefined ? /^\d+/ : numberPattern);
    if (found === undefined) this.#fail(`${/^[\d.]+/.exec(this.#rest)![0]} is no number: decimals are written 0.25`);
    const [, whole = found[0], after = '', exponent = '0'] = found;
    const shift = Number(exponent) - after.length;
    const value = BigInt(whole + after);
    return shift < 0 ? rational(value, 10n ** BigInt(-shift)) : rational(value * 10n ** BigInt(shift));
  }

  #norm(): Formula {
    if (!this.#notation.hasVectors) {
      const of = this.#vectorOfCoordinates();
      this.#expect('‖');
      if (this.#take('₁')) return { kind: 'norm', of, order: '₁' };
      if (this.#take('_∞') || this.#take('∞')) return { kind: 'norm', of, order: '∞' };
      this.#fail('₁ or _∞ must stand after a norm');
    }
    this.#isInNorm = true;
    const of = this.#sum();
    this.#expect('‖');
    this.#isInNorm = false;
    return { kind: 'length', of };
  }

  #vectorOfCoordinates(): string {
    const of = this.#symbol();
    const known = this.#notation.ofCoordinates ?? new Set();
    if (of === undefined || !known.has(of)) this.#fail(`a norm is one of ${[...known].join(' or ') || 'no name here'}`);
    return of;
  }

  #call(word: (typeof words)[number]): Formula {
    if (word === 'inf') return { kind: 'infinity' };
    this.#expect('(');
    if (word === 'norm1' || word === 'norm_inf') {
      const of = this.#vectorOfCoordinates();
      this.#expect(')');
      return { kind: 'norm', of, order: word === 'norm1' ? '₁' : '∞' };
    }
    const isOver = word === 'sum_i' || word === 'min_i' || word === 'max_i';
    if (isOver && this.#isOverCoordinates) this.#fail('a sum over coordinates has none inside');
    if (isOver && this.#notation.ofCoordinates === undefined) this.#fail('there are no coordinates here');
    if (isOver) this.#isOverCoordinates = true;
    const given = [this.choice()];
    while ((word === 'min' || word === 'max') && this.#take(',')) given.push(this.choice());
    this.#expect(')');
    if (isOver) this.#isOverCoordinates = false;
    const [of] = given as [Formula];
    if (word === 'min' || word === 'max') return { kind: word, of: given };
    if (word === 'sqrt') return { kind: 'root', of };
    return word === 'ln' ? { kind: 'logarithm', of } : { kind: word as OverCoordinates, of };
  }

  /** A name; of a run of Latin letters each must be one. */
  #symbol(): string | undefined {
    const { names } = this.#notation;
    if (names === undefined) return this.#match(certificatePattern)?.[0];
    const long = this.#names.find((each) => this.#take(each));
    if (long !== undefined) return long;
    const isKnown = (name: string) =>
      names.has(name) || this.#notation.asked?.has(name) || this.#notation.ofCoordinates?.has(name);
    const [run = ''] = /^[A-Za-z]+/.exec(this.#rest) ?? [];
    if (reserved.includes(run)) return undefined;
    const letter = spelled[run];
    if (letter !== undefined && isKnown(letter) && this.#take(run)) return letter;
    const [name] = symbolPattern.exec(this.#rest) ?? [];
    if (name === undefined || !isKnown(name) || [...run.slice(1)].some((each) => !isKnown(each))) {
      if (name !== undefined) this.#missing();
      return undefined;
    }
    this.#take(name);
    return name;
  }
}

/** 1 as a formula. */
export const formulaOfOne: Formula = { kind: 'number', value: one };
