import type { Stage } from '../../claims/certificate.js';
import type { Algebra } from '../../theory/proofs/certificates/expression.js';
import { readExpression } from '../../theory/proofs/certificates/expression.js';
import type { Polynomial, Term } from '../../theory/proofs/certificates/polynomial.js';
import { symbolSet } from '../../theory/proofs/certificates/slack.js';

/** A term of Coq, in the notations of `prelude.v`. */
export interface CoqTerm {
  readonly text: string;
  /** How tightly it holds together: a sum, a product, a power, one word. */
  readonly level: 0 | 1 | 2 | 3;
  readonly isVector: boolean;
  /** Whether it depends on the outcome of the mini-batch. */
  readonly isRandom: boolean;
}

/** The value that random symbols are looked at, in a statement about every outcome. */
export const outcome = 'ω';

const marks: Readonly<Record<string, string>> = { '̃': '_tilde', '̂': '_hat', '⁺': '_next', '′': "'", '*': '_min' };

/** A symbol or the name of a point or of a stage as an identifier of Coq. */
export function identifier(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\u{302}\u{303}⁺′*]/gu, (mark) => marks[mark]!)
    .replace(/'s\b/, 's')
    .replaceAll(/[ -]/g, '_');
}

/** Expressions of a stage as terms of Coq; with `atOutcome`, random symbols are functions, and stand for their value at ω. */
export class CoqWriter implements Algebra<CoqTerm> {
  private readonly vectors: ReadonlySet<string>;
  private readonly randomSymbols: ReadonlySet<string>;

  constructor(
    stage: Stage,
    private readonly atOutcome: boolean,
  ) {
    this.vectors = symbolSet(stage.vectors);
    this.randomSymbols = symbolSet(stage.random);
  }

  read(text: string): CoqTerm {
    return readExpression(text, this);
  }

  number(value: bigint): CoqTerm {
    return { text: String(value), level: 3, isVector: false, isRandom: false };
  }

  symbol(name: string): CoqTerm {
    const isRandom = this.atOutcome && this.randomSymbols.has(name);
    const text = isRandom ? `${identifier(name)} ${outcome}` : identifier(name);
    return { text, level: 3, isVector: this.vectors.has(name), isRandom };
  }

  sum(left: CoqTerm, right: CoqTerm): CoqTerm {
    return join(`${left.text} + ${atLeast(1, right)}`, 0, left.isVector, left, right);
  }

  difference(left: CoqTerm, right: CoqTerm): CoqTerm {
    return join(`${left.text} - ${atLeast(1, right)}`, 0, left.isVector, left, right);
  }

  opposite(of: CoqTerm): CoqTerm {
    if (of.isVector) return this.product({ ...this.number(-1n), text: '(-1)' }, of);
    return join(`- ${atLeast(1, of)}`, 0, false, of);
  }

  product(left: CoqTerm, right: CoqTerm): CoqTerm {
    if (left.isVector && right.isVector) return this.inner(left, right);
    if (left.isVector) return this.product(right, left);
    if (right.isVector) return join(`${atLeast(2, left)} • ${atLeast(2, right)}`, 1, true, left, right);
    return join(`${atLeast(1, left)} * ${atLeast(2, right)}`, 1, false, left, right);
  }

  quotient(of: CoqTerm, divisor: bigint): CoqTerm {
    if (of.isVector) return this.product({ ...this.number(1n), text: `(1 / ${divisor})` }, of);
    return join(`${atLeast(1, of)} / ${divisor}`, 1, false, of);
  }

  power(base: CoqTerm, exponent: number): CoqTerm {
    if (base.isVector) return join(`‖ ${base.text} ‖²`, 3, false, base);
    return join(`${atLeast(3, base)} ^ ${exponent}`, 2, false, base);
  }

  inner(left: CoqTerm, right: CoqTerm): CoqTerm {
    if (!left.isVector && !right.isVector) return this.product(left, right);
    return join(`⟨ ${left.text}, ${right.text} ⟩`, 3, false, left, right);
  }
}

function join(text: string, level: CoqTerm['level'], isVector: boolean, ...parts: readonly CoqTerm[]): CoqTerm {
  return { text, level, isVector, isRandom: parts.some(({ isRandom }) => isRandom) };
}

/** The term in brackets where it does not hold together as tightly. */
export function atLeast(level: CoqTerm['level'], term: CoqTerm): string {
  return term.level < level ? `(${term.text})` : term.text;
}

/** A fraction as a factor. */
export const number = (value: Term['coefficient']): string => {
  const text = value.toFraction().replace('/', ' / ');
  return /^\d+$/.test(text) ? text : `(${text})`;
};

/** A polynomial as Coq reads it, term by term: products of two vectors are inner products. */
export function formText(form: Polynomial, vectors: readonly string[]): string {
  const terms = [...form.values()].map(({ powers, coefficient }) => {
    const factors = powers.flatMap(([name, power]) => Array.from({ length: power }, () => name));
    const numbers = factors.filter((name) => !vectors.includes(name)).map(identifier);
    const pair = factors.filter((name) => vectors.includes(name));
    const [first, second] = [...pair].sort((a, b) => vectors.indexOf(a) - vectors.indexOf(b)).map(identifier);
    const atoms = [
      ...numbers,
      ...(first === undefined ? [] : [second === undefined ? first : `⟨${first}, ${second}⟩`]),
    ];
    if (coefficient.toFraction() !== '1' || atoms.length === 0) atoms.unshift(number(coefficient));
    return atoms.join(' * ');
  });
  return terms.length === 0 ? '0' : terms.join(' + ');
}
