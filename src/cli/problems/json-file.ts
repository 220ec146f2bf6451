import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { nearestWord } from '../../claims/text.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { ParameterError } from '../../reference/functions/definition/arguments.js';
import { registry } from '../../reference/functions/definition/parse.js';
import type { Parameters } from '../../reference/functions/parameters/parameter.js';
import { vector } from '../../reference/functions/parameters/vector.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import type { Problem } from '../../reference/problem/problem.js';
import { smoothRegistry } from '../../reference/smooth/definition/parse.js';
import { UsageError } from '../options/usage-error.js';

/** The keys of a problem, `$schema` for editors included, and of parameters that are objects without a type. */
const problemKeys = ['smooth', 'functions', 'probabilities', '$schema'];
const matrixKeys = ['rows', 'columns', 'data'];
const blockKeys = ['length', 'function'];

interface UnknownKey {
  /** Its path, such as `functions[1].weigth`. */
  readonly place: string;
  /** The nearest known key. */
  readonly meant: string | undefined;
}

/** Every unknown key of a problem in JSON, its own keys first. */
function unknownKeys(problem: unknown): UnknownKey[] {
  return [
    ...strangers(problem, '', problemKeys),
    ...inTerm(entry(problem, 'smooth'), 'smooth', (type) => smoothRegistry.get(type)?.definition.parameters),
    ...inFunctions(entry(problem, 'functions'), 'functions'),
  ];
}

/** `unknown key probabilites (did you mean probabilities?)`, or undefined if every key is known. */
function unknownKeysText(problem: unknown): string | undefined {
  const unknown = unknownKeys(problem);
  if (unknown.length === 0) return undefined;
  const named = unknown.map(({ place, meant }) => (meant === undefined ? place : `${place} (did you mean ${meant}?)`));
  return `unknown ${unknown.length === 1 ? 'key' : 'keys'} ${named.join(', ')}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entry = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

const entries = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function strangers(value: unknown, path: string, known: readonly string[]): UnknownKey[] {
  if (!isRecord(value)) return [];
  const prefix = path === '' ? '' : `${path}.`;
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({ place: `${prefix}${key}`, meant: nearestWord(key, known) }));
}

/** The unknown keys of `{ type, ...parameters }` and of what it holds; none if the type itself is unknown. */
function inTerm(value: unknown, path: string, parametersOf: (type: string) => Parameters | undefined): UnknownKey[] {
  const type = entry(value, 'type');
  const parameters = typeof type === 'string' ? parametersOf(type) : undefined;
  if (parameters === undefined) return [];
  const nested = Object.entries(parameters).flatMap(([name, { kind }]) => {
    const [given, place] = [entry(value, name), `${path}.${name}`];
    if (kind === 'function') return inFunction(given, place);
    if (kind === 'functions') return inFunctions(given, place);
    if (kind === 'matrix') return strangers(given, place, matrixKeys);
    if (kind !== 'blocks') return [];
    return entries(given).flatMap((block, k) => [
      ...strangers(block, `${place}[${k}]`, blockKeys),
      ...inFunction(entry(block, 'function'), `${place}[${k}].function`),
    ]);
  });
  return [...strangers(value, path, ['type', ...Object.keys(parameters)]), ...nested];
}

const inFunction = (value: unknown, path: string): UnknownKey[] =>
  inTerm(value, path, (type) => registry.get(type)?.definition.parameters);

const inFunctions = (value: unknown, path: string): UnknownKey[] =>
  entries(value).flatMap((item, k) => inFunction(item, `${path}[${k}]`));

/** Reads the JSON value in a file; throws a UsageError of one line if it cannot be read or is not JSON. */
async function readJson(path: string, what: string): Promise<unknown> {
  let text: string;
  try {
    text = await (path === '-' ? textOf(process.stdin) : readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`cannot read ${path === '' ? '""' : path}: ${whyUnreadable(error)}; give ${what}`);
  }
  return parseJson(text, path === '-' ? 'standard input' : path);
}

/** The JSON value of a text that came from `origin`. */
function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${origin} is not JSON: ${(error as Error).message}`);
  }
}

/** The JSON value of an option, and its name in messages. */
export interface Given {
  readonly json: unknown;
  readonly origin: string;
}

/** Whether an option holds inline JSON, an object or an array, and not the name of a file. */
export function isInline(given: string): boolean {
  return /^\s*[[{]/.test(given);
}

/** Whether a second run can read the value again: inline JSON or a regular file, but not standard input or a pipe. */
export function isReplayable(given: string): boolean {
  return given !== '-' && !given.startsWith('/dev/');
}

/** The name of a problem in a report. */
export function problemTitle(given: string): string {
  return isInline(given) || !isReplayable(given) ? 'the given problem' : given;
}

/** Reads the value of an option that takes a file or inline JSON. */
export async function readGiven(option: string, given: string, what: string): Promise<Given> {
  if (isInline(given)) return { json: parseJson(given, option), origin: option };
  const json = await readJson(given, `${what}, or the JSON itself`);
  return { json, origin: given === '-' ? 'standard input' : given };
}

/** Runs an action that may reject a parameter, and adds the file or option that the parameter came from. */
export function fromFile<Value>(origin: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    // The name of the option already says whose parameter it is.
    const owner = `${error.owner}: `;
    const message = origin === `--${error.owner}` ? error.message.slice(owner.length) : error.message;
    throw new UsageError(`${origin}: ${message}`);
  }
}

/** Reads a problem from the value of `--problem`: a file or inline JSON. */
export async function readProblem(given: string): Promise<Problem> {
  const { json, origin } = await readGiven('--problem', given, 'a JSON file with smooth, functions and probabilities');
  // Otherwise a misspelt key would be reported as a missing one, or not at all.
  const unknown = unknownKeysText(json);
  if (unknown !== undefined) throw new UsageError(`${origin}: ${unknown}`);
  return fromFile(origin, () => parseProblem(json));
}

/** Reads x⁰ from the value of `--start`: an array of numbers, or an object with one as `x`. */
export async function readStart(given: string, problem: Problem): Promise<Float64Array> {
  const { json, origin } = await readGiven('--start', given, 'a JSON file with an array of numbers');
  const entries = typeof json === 'object' && json !== null && 'x' in json ? json.x : json;
  return fromFile(origin, () => {
    const start = vector().read(entries, { owner: 'start', path: 'x' });
    if (problem.dimension !== undefined && start.length !== problem.dimension) {
      throw new ParameterError(
        'start',
        'length of x',
        start.length,
        `${problem.dimension}, the dimension of the problem`,
      );
    }
    return start;
  });
}
