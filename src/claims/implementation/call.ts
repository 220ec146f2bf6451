import { isStateful } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { registry } from '../../reference/functions/index.js';
import type { Answers, Implementation, Question } from './implementation.js';

/**
 * The subject of a question and of a verdict: `prox of huber`, `value of translated`, `mini-batch`,
 * `step of sign-prox`, `sample`.
 */
export interface Subject {
  readonly name: string;
  /** 0 for plain functions and terms, 1 for those built from functions, 2 for those built from a problem. */
  readonly level: 0 | 1 | 2;
}

/** One question to an implementation, with its answer. */
export interface Call {
  readonly subject: Subject;
  /** The data of the question, by their mathematical names: r, d, γ, x, … */
  readonly given: Readonly<Record<string, unknown>>;
  /** Of a step or run of an implementation with variants: the one that was asked. */
  readonly variant?: string;
  /** The question as it was asked, with x as it was before. */
  readonly question?: Question;
  /** Of a step: the one from whose x and state it goes on. */
  readonly before?: Call;
  /** Whether the answer depends on the implementation's memory. */
  readonly isRemembered?: true;
  /** The same question to another implementation. */
  ask(implementation: Implementation): Promise<unknown>;
  answer?: unknown;
}

/** Kinds of parameters that are functions themselves. */
const functionKinds: readonly string[] = ['function', 'functions', 'blocks'];

/** Whether functions of the type are built from other functions. */
export function isBuiltOfFunctions(type: string): boolean {
  const parameters = registry.get(type)?.definition.parameters ?? {};
  return Object.values(parameters).some(({ kind }) => functionKinds.includes(kind));
}

/** The name of a problem's smooth term, which may have the same type as a function but is not one. */
export const termOf = (type: string): string => `d = ${type}`;

/** The type of the term that `termOf` names; undefined for a function. */
export const typeOfTerm = (name: string): string | undefined => /^d = (.*)$/.exec(name)?.[1];

/** Types of functions that the question is about and the term of its problem, `d = quadratic`, each once, in alphabetical order. */
export function typesOf({ given: { d, ...rest } }: Call): string[] {
  return [...new Set([...typesIn(d).map(termOf), ...typesIn(rest)])].sort();
}

/** Types of a specification and of everything inside of it. */
export function typesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const { type } = value as { readonly type?: unknown };
  return [...(typeof type === 'string' ? [type] : []), ...Object.values(value).flatMap(typesIn)];
}

/**
 * The question in one line, with four digits of its numbers: `prox of logistic(weight 1) at y = 1, γ ≈ 0.3333`. Of long vectors there are a few
 * entries, those of `first` before the others.
 */
export const callText = (call: Call, first: readonly number[] = []): string => questionText(call, { ...prose, first });

/** How much there is to write in a question, with every digit and every entry. */
export const callLength = (call: Call): number => questionText(call, everything).length;

/** Whether an algorithm takes no more of r than its gradient, which is the same everywhere if r is linear and d = 0. */
function takesSlope({ name }: Subject, { d, r_k }: Call['given']): boolean {
  const algorithm = /^(?:step|run) of (.*)$/.exec(name)?.[1] ?? '';
  const [r, ...others] = (Array.isArray(r_k) ? r_k : []) as readonly { readonly type: string }[];
  const isPlain = (d as { readonly type?: string } | undefined)?.type === 'zero' && others.length === 0;
  return (
    isPlain && r?.type === 'linear' && isStateful(algorithm) && statefulAlgorithms[algorithm].takes === 'gradients'
  );
}

function questionText({ subject, given }: Call, wanted: Style): string {
  const { r, x, d, r_k, θ, k, ...rest } = given;
  const style = { ...wanted, length: vectorOf(x)?.length ?? 0 };
  const about = r === undefined ? subject.name : subject.name.replace(/ of .*/, ` of ${valueText(r, style)}`);
  // A prox is taken at y. After its entries only the step is needed.
  const point = x === undefined ? {} : { [subject.name.startsWith('prox ') ? 'y' : 'x']: x };
  const functions = Array.isArray(r_k) ? (r_k as readonly unknown[]) : undefined;
  const drawn = Array.isArray(k) ? [...new Set(k.flat(2) as number[])].sort((one, other) => one - other) : [];
  const parts = {
    ...point,
    ...rest,
    // A part that is absent, not drawn or has only one form is not mentioned.
    ...(functions === undefined && r_k !== undefined && { r: r_k }),
    ...(functions?.length === 1 &&
      (takesSlope(subject, given)
        ? { g: (functions[0] as { readonly coefficients: readonly number[] }).coefficients }
        : { r: functions[0] })),
    ...(functions !== undefined && functions.length > 1 && drawn.length === 0 && { r_k, θ }),
    ...(functions !== undefined &&
      functions.length > 1 && {
        ...(drawn.length > 0 && { k }),
        ...Object.fromEntries(drawn.map((j) => [`r_${j}`, functions[j]])),
      }),
    ...((d as { readonly type?: string } | undefined)?.type !== 'zero' && d !== undefined && { d }),
  };
  const shown = Object.entries(parts).map(([name, value]) => {
    return `${name} ${isRounded(value, style) ? '≈' : '='} ${valueText(value, style)}`;
  });
  return shown.length === 0 ? about : `${about} at ${shown.join(', ')}`;
}

/** Several questions about one subject as one, with the differences listed: `γ = 256 and 1024`. */
export function together(calls: readonly Call[]): Call {
  const [first, ...others] = calls;
  const given = Object.entries(first!.given).map(([name, value]) => {
    const values = [value, ...others.map((call) => call.given[name])].map((each) => valueText(each));
    return [name, values.every((text) => text === values[0]) ? value : [...new Set(values)].join(' and ')] as const;
  });
  return { ...first!, given: Object.fromEntries(given) };
}

/** Largest number of entries of an answer that is shown in full. */
const mostShown = 2;

/** Errors below this part of the largest one are told of nowhere: they may be the rounding of entries that are right. */
const negligible = 2 ** -10;

/** The entries that are off, the largest error first. */
export function entriesOff(answer: unknown, right: unknown): number[] {
  const [own, other] = [vectorOf(answer), vectorOf(right)];
  if (own === undefined || own.length !== other?.length) return [];
  const off = Array.from(own, (entry, i) => {
    const error = entry === other[i] ? 0 : Math.abs(entry - other[i]!);
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  });
  const most = largest(off);
  const places = [...off.keys()].filter((i) => off[i]! > 0 && off[i]! >= negligible * most);
  return places.sort((i, j) => (off[i] === off[j] ? i - j : off[j]! - off[i]!));
}

/** The returned and the right value, in one line; of more than two entries the one with the largest error, and how many others are off. */
export function comparisonText(answer: unknown, right: unknown): string {
  const [own, other] = [vectorOf(answer), vectorOf(right)];
  if (own === undefined || other === undefined) {
    return `returned ${valueText(answer, prose)}, right is ${valueText(right, prose)}`;
  }
  if (own.length !== other.length) return `returned ${own.length} numbers, right are ${other.length}`;
  if (own.length <= mostShown) return differenceText(own, other);
  const [i = 0, ...others] = entriesOff(own, other);
  const more = others.length === 0 ? '' : `; ${others.length} of the other ${own.length - 1} entries are off too`;
  return `entry ${i}: ${differenceText([own[i]!], [other[i]!])}${more}`;
}

/** Smallest number of digits of a number in a sentence, and the number that a double has. */
const [fewestDigits, mostDigits] = [4, 17];

/**
 * The digits in which two answers differ: so many that the numbers as they are shown are about as far apart as they are. With four digits 3.46250010
 * and 3.4625 are 3.463 and 3.462.
 */
function digitsOfDifference(own: ArrayLike<number>, other: ArrayLike<number>): number {
  const [i = 0] = entriesOff(own, other);
  const error = Math.abs(own[i]! - other[i]!);
  for (let digits = fewestDigits; digits < mostDigits; digits++) {
    const shown = Math.abs(Number(own[i]!.toPrecision(digits)) - Number(other[i]!.toPrecision(digits)));
    if (vectorText(own, digits) !== vectorText(other, digits) && !(Math.abs(shown - error) > error / 2)) return digits;
  }
  return mostDigits;
}

/** Two answers with as many digits as show how they differ. */
function differenceText(own: ArrayLike<number>, other: ArrayLike<number>): string {
  const digits = digitsOfDifference(own, other);
  const [returned, right] = [vectorText(own, digits), vectorText(other, digits)];
  return returned === right
    ? `returned ${vectorText(own, fewestDigits)}, right is the same`
    : `returned ${returned}, right is ${right}`;
}

function vectorText(vector: ArrayLike<number>, digits: number): string {
  const entries = Array.from(vector, (entry) => roundedText(entry, digits));
  return vector.length === 1 ? entries[0]! : `[${entries.join(', ')}]`;
}

/** An answer as numbers: a value, counts, a vector, the end of a run. */
function vectorOf(answer: unknown): ArrayLike<number> | undefined {
  if (typeof answer === 'number') return [answer];
  if (answer instanceof Float64Array || Array.isArray(answer)) return answer as ArrayLike<number>;
  const { x, value, counts } = (answer ?? {}) as Partial<Answers['prox'] & Answers['value'] & Answers['sample']>;
  return value === undefined ? (counts ?? x) : [value];
}

/** Whether an answer has an entry that is not a finite number. The value +∞ of a function is a right answer. */
export function isFiniteAnswer(answer: unknown): boolean {
  const { value = answer } = (answer ?? {}) as Partial<Answers['value']>;
  if (typeof value === 'number') return !Number.isNaN(value);
  const vector = vectorOf(answer);
  return vector === undefined || Array.from(vector).every(Number.isFinite);
}

/** All digits of a number: the correct digits of an answer that is right, or for which no right answer is known. */
export const allDigits = 17;

/** Decimal digits to which the answer agrees with the right one, relative to the largest entry of the right one and of the point. */
export function rightDigits(answer: unknown, right: unknown, { given }: Call): number {
  const [own, other] = [vectorOf(answer), vectorOf(right)];
  if (own === undefined || other === undefined || own.length !== other.length) return 0;
  let error = 0;
  let scale = largest(given['x'] as ArrayLike<number> | undefined);
  for (let i = 0; i < own.length; i++) {
    if (own[i] === other[i]) continue;
    if (!Number.isFinite(own[i]) || !Number.isFinite(other[i])) return 0;
    error = Math.max(error, Math.abs(own[i]! - other[i]!));
    scale = Math.max(scale, Math.abs(other[i]!));
  }
  return error === 0 ? allDigits : Math.max(0, -Math.log10(error / scale));
}

function largest(vector: ArrayLike<number> | undefined): number {
  return Array.from(vector ?? []).reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

/** The range of sizes in which entries, steps and parameters are ordinary, besides 0. */
const ordinary = [2 ** -10, 2 ** 10] as const;

/** Parameters that make a function degenerate if they are 0. */
const sizes: readonly string[] = ['weight', 'radius', 'delta', 'scale', 'width'];

/**
 * The extreme value in a question, e.g. `weight 0`, `a number of 4194304`; undefined if there is none. Of several it is the number: a case that was made
 * simple has one only where it is needed, and a weight of 0 also because that is simple.
 */
export function whyExtreme({ given: { shape: _, ...given } }: Call): string | undefined {
  const reasons = [...extremesIn(given, '')];
  return reasons.find((why) => why.startsWith('a number')) ?? reasons[0];
}

/** Whether a number of this name makes a question extreme. */
export function isExtremeNumber(value: number, name: string): boolean {
  if (value === 0) return sizes.includes(name);
  // ε is next to nothing wherever it is used: 10⁻⁸ is its ordinary value.
  if (name.startsWith('epsilon') && value > 0) return false;
  const size = Math.abs(value);
  return Number.isFinite(size) && (size < ordinary[0] || size > ordinary[1]);
}

function* extremesIn(value: unknown, name: string): Generator<string> {
  if (typeof value === 'number') {
    if (isExtremeNumber(value, name)) yield value === 0 ? `${name} 0` : `a number of ${Number(value.toPrecision(3))}`;
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if ((value as { readonly rows?: unknown }).rows === 1) yield 'one row';
  else if (name === 'shape' && (value as readonly unknown[])[0] === 1) yield 'one row';
  for (const [key, entry] of Object.entries(value)) yield* extremesIn(entry, /^\d+$/.test(key) ? name : key);
}

/** How values are written: with how many digits, and with how many entries of a list, which ones first. */
interface Style {
  readonly digits: number;
  /** A list of more entries is shown by its first few, with the number of the others. */
  readonly most: number;
  readonly first: readonly number[];
  /** Lists of this length have an entry for each entry of x, so that the same ones are shown. */
  readonly length: number;
}

const everything: Style = { digits: mostDigits, most: Number.POSITIVE_INFINITY, first: [], length: 0 };

/** For sentences: the record, the saved failure and the line of code have every bit. */
const prose: Style = { digits: fewestDigits, most: 8, first: [], length: 0 };

/** Entries that are shown of a list with more than `most`. */
const fewShown = 4;

/** Integers below this are written in full: more often than not each of their digits counts. */
const countable = 1e9;

const isExactIn = (value: number, { digits }: Style): boolean =>
  !Number.isFinite(value) ||
  (Number.isInteger(value) && Math.abs(value) < countable) ||
  Number(value.toPrecision(digits)) === value;

const numberText = (value: number, style: Style): string =>
  isExactIn(value, style) ? exactText(value) : roundedText(value, style.digits);

/** Places of the entries that are shown of a list of that length. */
function placesShown(length: number, { most, ...style }: Style): number[] {
  const all = Array.from({ length }, (_, i) => i);
  if (length <= most) return all;
  const first = length === style.length ? style.first : [];
  return [...first, ...all.filter((i) => !first.includes(i))].slice(0, fewShown);
}

/** Whether a number of the value is written with fewer digits than it has; a specification says so of each of its own. */
function isRounded(value: unknown, style: Style): boolean {
  if (typeof value === 'number') return !isExactIn(value, style);
  if (!(value instanceof Float64Array) && !Array.isArray(value)) return false;
  return placesShown(value.length, style).some((i) => isRounded(value[i], style));
}

function valueText(value: unknown, style: Style = everything): string {
  if (typeof value === 'number') return numberText(value, style);
  if (value instanceof Float64Array || Array.isArray(value)) return listText(value, style);
  if (typeof value !== 'object' || value === null) return String(value);
  const { type, ...parameters } = value as Readonly<Record<string, unknown>>;
  const shown = Object.entries(parameters).map(
    ([name, entry]) => `${name} ${isRounded(entry, style) ? '≈ ' : ''}${valueText(entry, style)}`,
  );
  if (type === undefined) return `{${shown.join(', ')}}`;
  return shown.length === 0 ? String(type) : `${type}(${shown.join(', ')})`;
}

function listText(list: ArrayLike<unknown>, style: Style): string {
  const places = placesShown(list.length, style);
  const isWhole = places.length === list.length;
  const inOrder = places.every((place, i) => place === i);
  const entries = places.map((i) => `${inOrder ? '' : `entry ${i}: `}${valueText(list[i], style)}`);
  if (list.length === 1 && typeof list[0] === 'number') return entries[0]!;
  return `[${entries.join(', ')}${isWhole ? '' : ` and ${list.length - places.length} more`}]`;
}

const exactText = (value: number): string => (Object.is(value, -0) ? '−0' : String(value).replace(/^-/, '−'));

const roundedText = (value: number, digits: number): string =>
  Number.isFinite(value) ? exactText(Number(value.toPrecision(digits))) : exactText(value);
