import type { Call } from './call.js';
import {
  type Answers,
  type Implementation,
  iterationsOf,
  type Question,
  type StatefulStepRequest,
} from './implementation.js';

/** The syntax of a language for the data of a question. */
interface Syntax {
  readonly comment: string;
  readonly assign: (name: string, value: string) => string;
  readonly list: (entries: readonly string[]) => string;
  readonly record: (fields: readonly (readonly [name: string, value: string])[]) => string;
  readonly number: (value: number) => string;
  /** A value that is not a number, list or record. */
  readonly word: (value: unknown) => string;
}

const quoted = (name: string): string => JSON.stringify(name);
const digits = (value: number): string => (Object.is(value, -0) ? '-0.0' : String(value));
const fields = (separator: string, name: (name: string) => string) => (all: readonly (readonly [string, string])[]) =>
  all.map(([key, value]) => `${name(key)}${separator}${value}`).join(', ');

const python: Syntax = {
  comment: '#',
  assign: (name, value) => `${name} = ${value}`,
  list: (entries) => `[${entries.join(', ')}]`,
  record: (all) => `{${fields(': ', quoted)(all)}}`,
  number: (value) =>
    Number.isFinite(value) ? digits(value) : `float("${value < 0 ? '-' : ''}${Number.isNaN(value) ? 'nan' : 'inf'}")`,
  word: (value) => (typeof value === 'boolean' ? (value ? 'True' : 'False') : (JSON.stringify(value) ?? 'None')),
};

const javascript: Syntax = {
  ...python,
  comment: '//',
  assign: (name, value) => `const ${name} = ${value};`,
  number: digits,
  word: (value) => JSON.stringify(value) ?? 'null',
};

const octave: Syntax = {
  ...python,
  comment: '%',
  assign: (name, value) => `${name} = ${value};`,
  list: (entries) => {
    if (entries.some((entry) => /^(struct|\{)/.test(entry))) return `{${entries.join(', ')}}`;
    // A vector is a column; the rows of a matrix are not.
    const isMatrix = entries.some((entry) => entry.startsWith('['));
    return `[${(isMatrix ? entries.map((row) => row.slice(1, -1).replaceAll(';', ',')) : entries).join('; ')}]`;
  },
  record: (all) => {
    // Braces around a cell array keep it one value, where struct would make an array of structures.
    const values = all.map(([key, value]) => `${quoted(key)}, ${value.startsWith('{') ? `{${value}}` : value}`);
    return `struct(${values.join(', ')})`;
  },
  number: (value) => digits(value).replace('Infinity', 'Inf'),
  word: (value) => (typeof value === 'boolean' ? String(value) : (JSON.stringify(value) ?? '[]')),
};

const r: Syntax = {
  ...python,
  assign: (name, value) => `${name} <- ${value};`,
  list: (entries) => {
    const maker = entries.some((entry) => entry.startsWith('list'))
      ? 'list'
      : entries.some((entry) => entry.startsWith('c('))
        ? 'rbind'
        : 'c';
    return `${maker}(${entries.join(', ')})`;
  },
  // A reserved word is a name in backticks only.
  record: (all) => `list(${fields(' = ', (name) => (name === 'function' ? '`function`' : name))(all)})`,
  number: (value) => digits(value).replace('Infinity', 'Inf'),
  word: (value) => (typeof value === 'boolean' ? String(value).toUpperCase() : (JSON.stringify(value) ?? 'NULL')),
};

export const syntaxes: Readonly<Record<string, Syntax>> = {
  python,
  javascript,
  typescript: javascript,
  octave,
  matlab: octave,
  r,
};

/** Mathematical names as identifiers in a program. */
const names: Readonly<Record<string, string>> = { γ: 'step', θ: 'theta', r_k: 'functions', k: 'indices' };

/** Longest useful line in characters. */
const longest = 500;
/** The same of its comment: a message of an exception may be of any length, and what is returned and right is shorter. */
const longestComment = 500;

/** Values by name; of several questions those that differ by the name and a number: `step_1 = 256; step_2 = 1024`. */
function entriesOf(calls: readonly Call[]): (readonly [name: string, value: unknown])[] {
  const [first, ...others] = calls;
  return Object.entries(first!.given).flatMap(([name, value]) => {
    const values = [value, ...others.map(({ given }) => given[name])];
    const isShared = new Set(values.map((each) => JSON.stringify(each, exactly))).size === 1;
    return isShared ? [[name, value] as const] : values.map((each, i) => [`${name}_${i + 1}`, each] as const);
  });
}

/** Different numbers that JSON writes in the same way. */
const exactly = (_: string, value: unknown): unknown =>
  typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value)) ? digits(value) : value;

/**
 * A question and its result as a line of the language, or of Python if the language is unknown, with every number exact, e.g.
 * `r = {"type": "l1", "weight": 1}; y = [1]; step = 0.1  # prox of l1: returned 0, right is 0.9`; undefined where it would be too long. Several
 * questions with one common answer are one line.
 */
export function questionAsCode(calls: readonly Call[], came: string, language: string): string | undefined {
  const syntax = syntaxes[language.toLowerCase()] ?? python;
  const { subject } = calls[0]!;
  const assignments = entriesOf(calls)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const [plain = '', number] = name.split(/_(?=\d+$)/);
      const point = plain === 'x' && subject.name.startsWith('prox ') ? 'y' : plain;
      const word = [names[plain] ?? point, ...(number === undefined ? [] : [number])].join('_');
      return syntax.assign(word, literal(value, syntax));
    });
  const line = assignments.join(syntax === python ? '; ' : ' ');
  return line.length > longest ? undefined : `${line}  ${syntax.comment} ${subject.name}: ${onOneLine(came)}`;
}

/** Longest useful program in characters. */
const longestProgram = 2000;

/** Iterations as the fields of a run. */
const together = (each: ReturnType<typeof iterationsOf>) =>
  each[0]?.gradient === undefined
    ? { indices: each.map(({ indices }) => indices!) }
    : { gradients: each.map(({ gradient }) => gradient!) };

/** The run at whose end the answer to a step or a run stands, or an iterate of it. */
function runTo({ question, before, answer }: Call, iterate?: Float64Array): Question<'run'> | undefined {
  if (question?.method === 'run') {
    const { trajectory = [] } = (answer ?? {}) as Partial<Answers['run']>;
    const { steps } = question;
    const own = iterationsOf(question);
    const count = (iterate === undefined ? 0 : trajectory.indexOf(iterate) + 1) || own.length;
    return { ...question, ...together(own.slice(0, count)), ...(steps && { steps: steps.slice(0, count) }) };
  }
  if (question?.method !== 'step') return undefined;
  const { state: _, resumed, gradient, indices, ...own } = question as StatefulStepRequest;
  if (resumed === true) return undefined;
  const earlier = before && runTo(before);
  if (before !== undefined && earlier === undefined) return undefined;
  const since = earlier === undefined ? [] : iterationsOf(earlier);
  const steps = [...(earlier?.steps ?? since.map(() => earlier!.step)), own.step];
  const isConstant = steps.every((step) => step === own.step);
  const about = together([...since, gradient ? { gradient } : { indices: indices! }]);
  const { x } = earlier ?? own;
  return { ...own, method: 'run', x, step: steps[0]!, ...(!isConstant && { steps }), ...about } as Question<'run'>;
}

/**
 * A step or a run as a program of the user's, by which the implementation reaches the same iterate, with what came of it as a comment; undefined
 * where there is no such program.
 */
export async function callAsProgram(
  call: Call,
  iterate: Float64Array | undefined,
  came: string,
  { description, program }: Pick<Implementation, 'description' | 'program'>,
): Promise<string | undefined> {
  const run = program && runTo(call, iterate);
  const reached = iterate ?? (call.answer as Partial<Answers['run']> | undefined)?.x;
  if (program === undefined || run === undefined) return undefined;
  const { comment } = syntaxes[description.language.toLowerCase()] ?? python;
  for (const way of call.question!.method === 'run' ? (['run'] as const) : (['run', 'steps'] as const)) {
    const written = await program({ ...run, x: run.x.slice() }, way).catch(() => undefined);
    if (written === undefined || written.text.length > longestProgram) continue;
    // Only single steps may be wrong, or only interleaved ones.
    const { x, fault } = written;
    const isSame =
      reached === undefined
        ? fault !== undefined && came.includes(fault)
        : fault === undefined && x.length === reached.length && x.every((value, i) => Object.is(value, reached[i]));
    if (isSame) return `${written.text}\n${comment} ${call.subject.name}: ${onOneLine(came)}`;
  }
  return undefined;
}

/** A comment ends where its line does. */
const onOneLine = (came: string): string => came.replaceAll(/\s+/g, ' ').slice(0, longestComment);

/** A value of a question in the syntax of a language, with every number exact. */
export function literal(value: unknown, syntax: Syntax): string {
  if (typeof value === 'number') return syntax.number(value);
  if (value instanceof Float64Array || Array.isArray(value)) {
    return syntax.list(Array.from(value as ArrayLike<unknown>, (entry) => literal(entry, syntax)));
  }
  if (typeof value !== 'object' || value === null) return syntax.word(value);
  return syntax.record(Object.entries(value).map(([name, entry]) => [name, literal(entry, syntax)] as const));
}
