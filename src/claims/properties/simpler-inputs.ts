import { isExtremeNumber } from '../implementation/call.js';

/** Keys below which numbers are no quantities of the mathematics: places, lengths and counts. */
const places: readonly string[] = [
  ...['indices', 'workers', 'seed', 'count', 'rows', 'columns', 'shape', 'length', 'groups', 'component', 'k'],
];

type Path = readonly (string | number)[];

/** Numbers that are checked by hand in an instant, the simplest first. */
const simple = [0, 1, 2, 0.5, 3, 4, -1, -2, -0.5, 5, 10];

/** How hard a number is to read: its significant digits, and a little for a sign and a point. */
function effort(value: number): number {
  if (value === 0) return 0;
  if (!Number.isFinite(value)) return 1;
  const digits = Math.abs(value)
    .toPrecision(15)
    .replace(/e.*/, '')
    .replace('.', '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
  return (
    digits.length + (value < 0 ? 0.25 : 0) + (Number.isInteger(value) ? 0 : 0.5) + (Math.abs(value) === 1 ? -0.5 : 0)
  );
}

/** Numbers to try in the place of one: simple ones, and its own beginnings. */
function simplerNumbers(value: number): number[] {
  const beginnings = [1, 2].map((digits) => Number(value.toPrecision(digits)));
  const own = effort(value);
  return [...new Set([...simple, Math.round(value), ...beginnings])].filter((other) => effort(other) < own);
}

/** The same input with one number simpler, or a vector of probabilities uniform, in the order in which they are worth trying. */
export function* simplerInputs(input: unknown): Generator<unknown> {
  for (const [path, value] of leavesOf(input, [])) {
    const others = typeof value === 'number' ? simplerNumbers(value) : [value.map(() => 1 / value.length)];
    for (const other of others) yield replaced(input, path, other);
  }
}

function* leavesOf(value: unknown, path: Path): Generator<readonly [Path, number | readonly number[]]> {
  if (typeof value === 'number') {
    if (effort(value) > 0) yield [path, value];
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.at(-1) === 'probabilities') {
    const probabilities = Array.from(value as ArrayLike<number>);
    if (probabilities.some((entry) => entry !== 1 / probabilities.length)) yield [path, probabilities];
    return;
  }
  const entries: Iterable<readonly [string | number, unknown]> =
    value instanceof Float64Array || Array.isArray(value) ? (value as unknown[]).entries() : Object.entries(value);
  for (const [key, entry] of entries) if (!places.includes(String(key))) yield* leavesOf(entry, [...path, key]);
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (value instanceof Float64Array) return value.map((entry, i) => (i === key ? (by as number) : entry));
  if (Array.isArray(value)) return value.map((entry: unknown, i) => (i === key ? replaced(entry, rest, by) : entry));
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: replaced(fields[key], rest, by) };
}

/** Small integers of both signs, as many as few vectors have entries: two vectors in a row differ. */
const small = [3, -2, 1, 4, -1, 2, 5, -3, -4, 6, -5];

/**
 * The same input at ordinary numbers, shapes and places as they are: points of small integers, the step 1, and in the place of extreme parameters,
 * or of every one that is a single number, 1.
 */
export function* ordinaryInputs(input: unknown): Generator<unknown> {
  for (const all of [false, true]) {
    for (let start = 0; start < small.length; start += 3) {
      let place = start;
      yield madeOrdinary(input, '', all, () => small[place++ % small.length]!);
    }
  }
}

function madeOrdinary(value: unknown, name: string, all: boolean, next: () => number): unknown {
  if (places.includes(name)) return value;
  if (typeof value === 'number') return all || name === 'step' || isExtremeNumber(value, name) ? 1 : value;
  if (value instanceof Float64Array) return value.map(next);
  // Numbers in a list depend on each other more often than one that stands alone.
  if (Array.isArray(value)) return value.map((entry) => madeOrdinary(entry, name, false, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, madeOrdinary(entry, key, all, next)]));
}
