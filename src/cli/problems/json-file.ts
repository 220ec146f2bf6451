import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { ParameterError } from '../../reference/functions/definition/parameter-error.js';
import { vector } from '../../reference/functions/parameters/vector.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import type { Problem } from '../../reference/problem/problem.js';
import { UsageError } from '../options/usage-error.js';
import { unknownKeysText } from './unknown-keys.js';

/** The JSON value in a file; a UsageError of one line when it cannot be read or is not JSON. */
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

/** What an option gives, and how to call it in a message. */
export interface Given {
  readonly json: unknown;
  readonly origin: string;
}

/** True for JSON itself, an object or an array, in place of the file that an option may name. */
export function isInline(given: string): boolean {
  return /^\s*[[{]/.test(given);
}

/** True for what a second run can read again: JSON itself or a named file, not standard input or a pipe. */
export function isReplayable(given: string): boolean {
  return given !== '-' && !given.startsWith('/dev/');
}

/** What a problem is called in a report. */
export function problemTitle(given: string): string {
  return isInline(given) || !isReplayable(given) ? 'the given problem' : given;
}

/** The JSON value of an option that takes a file or the JSON itself. */
export async function readGiven(option: string, given: string, what: string): Promise<Given> {
  if (isInline(given)) return { json: parseJson(given, option), origin: option };
  const json = await readJson(given, `${what}, or the JSON itself`);
  return { json, origin: given === '-' ? 'standard input' : given };
}

/** Runs what may reject a parameter, and says which file or option the parameter came from. */
export function fromFile<Value>(origin: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    // An option says by its name whose parameters it gives.
    const owner = `${error.owner}: `;
    const message = origin === `--${error.owner}` ? error.message.slice(owner.length) : error.message;
    throw new UsageError(`${origin}: ${message}`);
  }
}

/** A problem in the JSON vocabulary: a file or the JSON itself, as `--problem` gives it. */
export async function readProblem(given: string): Promise<Problem> {
  const { json, origin } = await readGiven('--problem', given, 'a JSON file with smooth, functions and probabilities');
  // A misspelt key would otherwise be told as one that is missing, if at all.
  const unknown = unknownKeysText(json);
  if (unknown !== undefined) throw new UsageError(`${origin}: ${unknown}`);
  return fromFile(origin, () => parseProblem(json));
}

/** x⁰ for a problem, as `--start` gives it: an array of numbers, or an object with one as x. */
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
