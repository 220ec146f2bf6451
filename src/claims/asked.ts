import type { Call } from './implementation/call.js';

/** What a range of numbers does not say. */
export const besides = ['0', '−0', 'negative', '∞', '−∞', 'NaN'] as const;

/** The numbers of one name that were asked. */
export interface AskedNumbers {
  /** All finite ones if they are few; else `from` and `to`, the smallest and the largest size of those that are not 0. */
  readonly values?: readonly number[];
  readonly from?: number;
  readonly to?: number;
  /** What these do not say: −0 and what is not finite; 0 and negative ones beside a range. */
  readonly also?: readonly (typeof besides)[number][];
}

/** What was asked about a subject in the cases that were judged. */
export interface Asked {
  /** By name: γ, hyperparameters, parameters of r, the entries of x, n, the components, B, T, draws; of long vectors and runs, `long n` and `long T`. */
  readonly numbers: Readonly<Record<string, AskedNumbers>>;
  /** By name: the types of d, of r_k and inside of r, schedules of γ, switches, shapes, variants; `…` for more than a record keeps. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** Most numbers that are kept one by one, and most words of one name; beyond that there is a range, and one word for more than that. */
const fewNumbers = 6;
const manyWords = 128;

/** Most entries of a vector, and iterations of a run, that is no long one: those have a list of their own. */
const mostOfShort = 64;
const more = '…';

/** Numbers of one name. What is kept is a function of the set of them: neither their order nor how they were split up matters. */
class NumbersSoFar {
  private values: Set<number> | undefined = new Set();
  private least = Number.POSITIVE_INFINITY;
  private most = 0;
  private readonly also = new Set<(typeof besides)[number]>();

  take(value: number): void {
    if (value === 0) {
      this.also.add(Object.is(value, -0) ? '−0' : '0');
    } else if (Number.isFinite(value)) {
      const size = Math.abs(value);
      if (size < this.least) this.least = size;
      if (size > this.most) this.most = size;
      if (value < 0) this.also.add('negative');
    } else {
      this.also.add(Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞');
      return;
    }
    if (this.values === undefined) return;
    this.values.add(value === 0 ? 0 : value);
    if (this.values.size > fewNumbers) this.values = undefined;
  }

  add({ values, from, to, also = [] }: AskedNumbers): void {
    for (const sign of also) this.also.add(sign);
    // A 0 among few values may stand for −0 alone.
    const zero = also.includes('−0') && !also.includes('0') ? -0 : 0;
    for (const value of values ?? []) this.take(value === 0 ? zero : value);
    if (from === undefined || to === undefined) return;
    this.values = undefined;
    this.least = Math.min(this.least, from);
    this.most = Math.max(this.most, to);
  }

  summary(): AskedNumbers {
    const isFew = this.values !== undefined;
    const also = besides.filter((sign) => this.also.has(sign) && !(isFew && sign === 'negative'));
    const kept = isFew && !this.also.has('−0') ? also.filter((sign) => sign !== '0') : also;
    return {
      ...(isFew
        ? { values: [...this.values!].sort((one, other) => one - other) }
        : { from: this.least, to: this.most }),
      ...(kept.length > 0 && { also: kept }),
    };
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || ArrayBuffer.isView(value);

/** Adds up what was asked about one subject: ranges and sets, which grow neither with the number of questions nor with their length. */
export class AskedSoFar {
  private readonly numbers = new Map<string, NumbersSoFar>();
  private readonly words = new Map<string, Set<string>>();
  private lastFunction: unknown;

  /** Takes the questions of a case that are about the subject. Of the steps of a run, the last one has those before it. */
  take(calls: readonly Call[], subject: string): void {
    let longest = 1;
    for (const call of calls) {
      if (call.subject.name === subject) longest = Math.max(longest, (call.given['t'] as number | undefined) ?? 1);
    }
    for (const call of calls) {
      if (call.subject.name !== subject || ((call.given['t'] as number | undefined) ?? 1) < longest) continue;
      this.takeCall(call, subject);
    }
  }

  add({ numbers, words }: Asked): void {
    for (const [name, own] of Object.entries(numbers)) this.of(name).add(own);
    for (const [name, own] of Object.entries(words)) for (const word of own) this.word(name, word);
  }

  summary(): Asked {
    return {
      numbers: byName(this.numbers, (own) => own.summary()),
      words: byName(this.words, (own) => [...own].sort()),
    };
  }

  private takeCall({ given, variant }: Call, subject: string): void {
    const { r, r_k, d, θ, γ, k, g, x, N, t, seed: _, variant: __, ...hyperparameters } = given;
    if (γ !== undefined) this.takeSteps(γ as number | number[], t !== undefined || subject.startsWith('run of '));
    this.takeParameters(hyperparameters);
    if (r !== undefined) this.takeFunction(r);
    if (isNumber(N)) this.number('draws', N);
    if (d !== undefined) this.word('d', typeOf(d));
    if (r_k !== undefined) {
      const functions: readonly unknown[] = Array.isArray(r_k) ? r_k : [r_k];
      for (const each of functions) this.word('r_k', typeOf(each));
    }
    if (isList(θ)) this.number('components', θ.length);
    if (isList(k)) this.takeBatches(k, t !== undefined || subject.startsWith('run of '));
    if (isList(g)) this.takeGradients(g, t !== undefined || subject.startsWith('run of '));
    if (variant !== undefined) this.word('variant', variant);
    if (x instanceof Float64Array) {
      // Few lengths are far beyond the others: one range of all would say that those between were asked.
      this.number(x.length > mostOfShort ? 'long n' : 'n', x.length);
      const entries = this.of('x');
      for (const entry of x) entries.take(entry);
    }
  }

  /** γ of one question, or of each step of a run; of a run with one γ it is constant. */
  private takeSteps(γ: number | readonly number[], isRun: boolean): void {
    const steps = isNumber(γ) ? [γ] : γ;
    for (const step of steps) this.number('γ', step);
    if (!isRun) return;
    const falls = steps.some((step, i) => i > 0 && step < steps[i - 1]!);
    const grows = steps.some((step, i) => i > 0 && step > steps[i - 1]!);
    this.word('schedule', falls && grows ? 'changing' : falls ? 'decaying' : grows ? 'warm-up' : 'constant');
  }

  /** Draws k_b, one list for each iteration of a run. */
  private takeBatches(k: ArrayLike<unknown>, isRun: boolean): void {
    if (isRun) {
      this.takeLength(k.length);
      for (const each of Array.from(k)) if (isList(each)) this.takeBatches(each, false);
    } else this.number('B', k.length);
  }

  /** The given gradients, one list for each iteration of a run. */
  private takeGradients(g: ArrayLike<unknown>, isRun: boolean): void {
    if (isRun) this.takeLength(g.length);
    for (const entry of Array.from(g).flat()) this.number('g', entry as number);
  }

  private takeLength(iterations: number): void {
    this.number(iterations > mostOfShort ? 'long T' : 'T', iterations);
  }

  private takeFunction(r: unknown): void {
    // Several questions of a case are about one function.
    if (r === this.lastFunction) return;
    this.lastFunction = r;
    const { type: _, ...parameters } = r as Readonly<Record<string, unknown>>;
    this.takeParameters(parameters);
  }

  private takeParameters(parameters: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(parameters)) this.takeParameter(name, value);
  }

  private takeParameter(name: string, value: unknown): void {
    if (isNumber(value)) this.number(name, value);
    else if (typeof value === 'boolean') this.word(name, value ? 'on' : 'off');
    else if (isList(value)) this.takeList(name, value);
    else if (typeof value === 'object' && value !== null) {
      const { rows, columns } = value as Readonly<Record<string, unknown>>;
      if (isNumber(rows)) this.word(name, `${rows} × ${String(columns)}`);
      else this.word(name, typeOf(value));
    }
  }

  private takeList(name: string, list: ArrayLike<unknown>): void {
    if (name === 'shape') {
      this.word(name, Array.from(list, String).join(' × '));
      return;
    }
    for (let i = 0; i < list.length; i++) {
      const value = list[i];
      if (isNumber(value)) this.number(name, value);
      else if (isList(value)) this.number(`size of ${name}`, value.length);
      else this.word(name, typeOf((value as { readonly function?: unknown }).function ?? value));
    }
  }

  private of(name: string): NumbersSoFar {
    let own = this.numbers.get(name);
    if (own === undefined) {
      own = new NumbersSoFar();
      this.numbers.set(name, own);
    }
    return own;
  }

  private number(name: string, value: number): void {
    this.of(name).take(value);
  }

  private word(name: string, word: string): void {
    let own = this.words.get(name);
    if (own === undefined) {
      own = new Set();
      this.words.set(name, own);
    }
    if (own.has(more)) return;
    own.add(word);
    if (own.size <= manyWords && word !== more) return;
    own.clear();
    own.add(more);
  }
}

/** By name, in an order that does not depend on what came first. */
function byName<Own, Summary>(
  all: ReadonlyMap<string, Own>,
  summarise: (own: Own) => Summary,
): Record<string, Summary> {
  return Object.fromEntries([...all.keys()].sort().map((name) => [name, summarise(all.get(name)!)]));
}

/** What was asked in several runs or claims, by subject. */
export function joinAsked(parts: Iterable<readonly [subject: string, asked: Asked]>): Record<string, Asked> {
  const all = new Map<string, AskedSoFar>();
  for (const [subject, asked] of parts) {
    const own = all.get(subject) ?? new AskedSoFar();
    own.add(asked);
    all.set(subject, own);
  }
  return byName(all, (own) => own.summary());
}

const typeOf = (value: unknown): string => String((value as { readonly type?: unknown } | null)?.type);
