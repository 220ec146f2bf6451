import { registry } from '../../reference/functions/index.js';
import type { Implementation } from './implementation.js';

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

/** The question in one line: `prox of logistic(weight 1) at y = 1, γ = 2`. */
export function callText({ subject, given }: Call): string {
  const { r, x, d, r_k, θ, k, ...rest } = given;
  const about = r === undefined ? subject.name : subject.name.replace(/ of .*/, ` of ${valueText(r)}`);
  // A prox is taken at y. After its entries only the step is needed.
  const point = x === undefined ? {} : { [subject.name.startsWith('prox ') ? 'y' : 'x']: x };
  const functions = Array.isArray(r_k) ? (r_k as readonly unknown[]) : undefined;
  const drawn = Array.isArray(k) ? [...new Set(k.flat(2) as number[])].sort((one, other) => one - other) : [];
  const parts = {
    ...point,
    ...rest,
    // A part that is absent, not drawn or has only one form is not mentioned.
    ...(functions === undefined && r_k !== undefined && { r: r_k }),
    ...(functions?.length === 1 && { r: functions[0] }),
    ...(functions !== undefined && functions.length > 1 && drawn.length === 0 && { r_k, θ }),
    ...(functions !== undefined &&
      functions.length > 1 && {
        ...(drawn.length > 0 && { k }),
        ...Object.fromEntries(drawn.map((j) => [`r_${j}`, functions[j]])),
      }),
    ...((d as { readonly type?: string } | undefined)?.type !== 'zero' && d !== undefined && { d }),
  };
  const shown = Object.entries(parts).map(([name, value]) => `${name} = ${valueText(value)}`);
  return shown.length === 0 ? about : `${about} at ${shown.join(', ')}`;
}

/** Several questions about one subject as one, with the differences listed: `γ = 256 and 1024`. */
export function together(calls: readonly Call[]): Call {
  const [first, ...others] = calls;
  const given = Object.entries(first!.given).map(([name, value]) => {
    const values = [value, ...others.map((call) => call.given[name])].map(valueText);
    return [name, values.every((text) => text === values[0]) ? value : [...new Set(values)].join(' and ')] as const;
  });
  return { ...first!, given: Object.fromEntries(given) };
}

/** Largest number of entries of an answer that is shown in full. */
const mostShown = 2;

/** Largest number of characters of an easily readable line. */
const longest = 100;

/** A question and its result, with part of the question left out if both are too long for a line. */
export function joined(question: string, answer: string): string {
  const room = Math.max(longest / 2, longest - answer.length - 2);
  return cut(`${shortened(question, room)}: ${answer}`, longest);
}

/** Cuts the end of the function, not the point, without which nothing can be checked by hand. */
function shortened(question: string, room: number): string {
  const at = question.indexOf(' at ');
  const point = at < 0 ? '' : question.slice(at);
  if (question.length <= room || point.length > room / 2) return cut(question, room);
  return `${cut(question.slice(0, at), room - point.length)}${point}`;
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** The returned and the right value, in one line; for long vectors the entry with the largest error. */
export function comparisonText(answer: unknown, right: unknown): string {
  const [own, other] = [vectorOf(answer), vectorOf(right)];
  if (own === undefined || other === undefined) return `returned ${valueText(answer)}, right is ${valueText(right)}`;
  if (own.length !== other.length) return `returned ${own.length} numbers, right are ${other.length}`;
  if (own.length <= mostShown) return differenceText(own, other);
  const off = Array.from(own, (entry, i) => (entry === other[i] ? 0 : Math.abs(entry - other[i]!)));
  const i = off.reduce((most, error, j) => (Number.isNaN(error) || error > off[most]! ? j : most), 0);
  return `entry ${i}: ${differenceText([own[i]!], [other[i]!])}`;
}

/** Smallest number of digits for two numbers, and the number that a double has. */
const [fewestDigits, mostDigits] = [4, 17];

/** Two answers with as many digits as show that they differ. */
function differenceText(own: ArrayLike<number>, other: ArrayLike<number>): string {
  for (let digits = fewestDigits; digits <= mostDigits; digits++) {
    const [returned, right] = [vectorText(own, digits), vectorText(other, digits)];
    if (returned !== right) return `returned ${returned}, right is ${right}`;
  }
  return `returned ${vectorText(own, fewestDigits)}, right is the same`;
}

function vectorText(vector: ArrayLike<number>, digits: number): string {
  const entries = Array.from(vector, (entry) => roundedText(entry, digits));
  return vector.length === 1 ? entries[0]! : `[${entries.join(', ')}]`;
}

/** An answer as numbers: the end of a run, a vector, counts, a value. */
function vectorOf(answer: unknown): ArrayLike<number> | undefined {
  if (typeof answer === 'number') return [answer];
  if (answer instanceof Float64Array || Array.isArray(answer)) return answer as ArrayLike<number>;
  const { x } = (answer ?? {}) as { readonly x?: unknown };
  return x instanceof Float64Array ? x : undefined;
}

/** Whether an answer has an entry that is not a finite number. The value +∞ of a function is a right answer. */
export function isFiniteAnswer(answer: unknown): boolean {
  if (typeof answer === 'number') return !Number.isNaN(answer);
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

/** The extreme value in a question, e.g. `weight 0`, `a number of 4194304`; undefined if there is none. */
export function whyExtreme({ given: { shape: _, ...given } }: Call): string | undefined {
  return extremeIn(given, '');
}

/** Whether a number of this name makes a question extreme. */
export function isExtremeNumber(value: number, name: string): boolean {
  if (value === 0) return sizes.includes(name);
  const size = Math.abs(value);
  return Number.isFinite(size) && (size < ordinary[0] || size > ordinary[1]);
}

function extremeIn(value: unknown, name: string): string | undefined {
  if (typeof value === 'number') {
    if (!isExtremeNumber(value, name)) return undefined;
    return value === 0 ? `${name} 0` : `a number of ${Number(value.toPrecision(3))}`;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if ((value as { readonly rows?: unknown }).rows === 1) return 'one row';
  if (name === 'shape' && (value as readonly unknown[])[0] === 1) return 'one row';
  for (const [key, entry] of Object.entries(value)) {
    const why = extremeIn(entry, /^\d+$/.test(key) ? name : key);
    if (why !== undefined) return why;
  }
  return undefined;
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return exactText(value);
  if (value instanceof Float64Array || Array.isArray(value)) {
    const entries = Array.from(value as ArrayLike<unknown>, valueText);
    return value.length === 1 && typeof value[0] === 'number' ? entries[0]! : `[${entries.join(', ')}]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const { type, ...parameters } = value as Readonly<Record<string, unknown>>;
  const shown = Object.entries(parameters).map(([name, entry]) => `${name} ${valueText(entry)}`);
  if (type === undefined) return `{${shown.join(', ')}}`;
  return shown.length === 0 ? String(type) : `${type}(${shown.join(', ')})`;
}

const exactText = (value: number): string => (Object.is(value, -0) ? '−0' : String(value).replace(/^-/, '−'));

const roundedText = (value: number, digits: number): string =>
  Number.isFinite(value) ? exactText(Number(value.toPrecision(digits))) : exactText(value);
