import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { replacedEntry, symmetricOrder } from '../arbitraries/basic-functions.js';

/**
 * Inputs that are simpler than one. Each is answered by whether it still fails: then it takes the place of the one before, and the next inputs
 * are simpler than it.
 */
type Simpler = Generator<unknown, void, boolean | undefined>;

/** What a case may have that has more to make simpler than numbers and points. */
interface Parts {
  readonly hyperparameters?: Hyperparameters;
  readonly problem?: ProblemSpecification;
  /** The mini-batch of each iteration of a run, or that of one. */
  readonly batches?: readonly (readonly number[])[];
  readonly indices?: readonly number[];
  readonly schedule?: unknown;
}

/** Hyperparameters 0 or off. */
function* hyperparametersOff(input: unknown): Simpler {
  let best = input as Parts;
  for (const [name, value] of Object.entries(best.hyperparameters ?? {})) {
    if (typeof value === 'object' || Number(value) === 0) continue;
    const off = typeof value === 'boolean' ? false : 0;
    const next = { ...best, hyperparameters: { ...best.hyperparameters, [name]: off } };
    if (yield next) best = next;
  }
}

/** A constant γ, and fewer iterations. */
function* fewerSteps(input: unknown): Simpler {
  let best = input as Parts;
  if (best.schedule !== undefined) {
    const { schedule: _, ...next } = best;
    if (yield next) best = next;
  }
  const { batches = [] } = best;
  for (let count = 1; count < batches.length; count++) {
    if (yield { ...best, batches: batches.slice(0, count) }) return;
  }
}

/** Most entries that are tried alone, and lengths that are tried of longer points. */
const [mostAlone, lengths] = [4, [2, 3, 4, 8, 16, 64]] as const;

/** Points of one entry, or of fewer. */
function* fewerEntries(input: unknown): Simpler {
  const length = pointLength(input) ?? 0;
  if (length < 2 || symmetricOrder(input) !== undefined) return;
  const alone = firstPlaces(Math.min(length, mostAlone)).map((i) => [i]);
  for (const kept of [...alone, ...lengths.filter((n) => n < length).map(firstPlaces)]) {
    if (yield withEntries(input, length, kept)) return;
  }
}

/** d = 0, r = 0 or a single r_k, and the r_k that are drawn. */
function* fewerTerms(input: unknown, isUsable: (type: string) => boolean): Simpler {
  let best = input as Parts & { readonly problem: ProblemSpecification };
  if (best.problem === undefined) return;
  const zero = { type: 'zero' };
  const drawn = (choose: (k: number) => number): Parts => ({
    ...(best.batches && { batches: best.batches.map((batch) => batch.map(choose)) }),
    ...(best.indices && { indices: best.indices.map(choose) }),
  });
  const only = (r: FunctionSpecification) => ({
    ...best,
    problem: { ...best.problem, functions: [r], probabilities: [1] },
    ...drawn(() => 0),
  });
  const oneDraw = (): Parts => ({
    ...(best.batches && { batches: best.batches.map((batch) => batch.slice(0, 1)) }),
    ...(best.indices && { indices: best.indices.slice(0, 1) }),
  });
  if (best.problem.smooth.type !== zero.type && isUsable(zero.type)) {
    const next = { ...best, problem: { ...best.problem, smooth: zero } };
    if (yield next) best = next;
  }
  const { functions } = best.problem;
  const used = [...new Set([...(best.batches ?? []).flat(), ...(best.indices ?? [])])];
  // Its gradient is the same everywhere.
  const linear = { type: 'linear', coefficients: Array<number>(pointLength(best) ?? 0).fill(1) };
  // A d beside r = 0 cannot be left out alone: a linear r has its gradient.
  const onlyLinear = only(linear);
  if (best.problem.smooth.type !== zero.type && isUsable(zero.type) && isUsable(linear.type)) {
    if (yield { ...onlyLinear, problem: { ...onlyLinear.problem, smooth: zero } }) return;
  }
  const simplest = [zero, linear].filter(({ type }) => isUsable(type));
  const singles = [...simplest, ...used.slice(0, mostAlone).map((k) => functions[k]!)];
  for (const r of singles) {
    // Nothing is simpler than what it is.
    if (functions.length === 1 && r.type === functions[0]!.type) break;
    if (yield only(r)) return;
  }
  if ([best.batches ?? [], best.indices ?? []].flat().length === 0) return;
  const next = { ...best, ...oneDraw() };
  if (used.length > 0 && JSON.stringify(next) !== JSON.stringify(best) && (yield next)) best = next;
  if (used.length === functions.length || used.length === 0) return;
  yield {
    ...best,
    problem: {
      ...best.problem,
      functions: used.map((k) => functions[k]!),
      probabilities: used.map(() => 1 / used.length),
    },
    ...drawn((k) => used.indexOf(k)),
  };
}

/** Keys whose numbers are not mathematical quantities but indices, lengths and counts. */
export const places: readonly string[] = [
  ...['indices', 'seed', 'count', 'rows', 'columns', 'shape', 'length', 'groups', 'k'],
];

type Path = readonly (string | number)[];

/** Numbers that are easy to check by hand, the simplest first. */
const simple = [0, 1, -1, 2, 0.5, 3, 4, -2, -0.5, 5, 10];

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

/** Numbers to try instead of one: simple ones, and roundings of it. */
function simplerNumbers(value: number): number[] {
  const beginnings = [1, 2].map((digits) => Number(value.toPrecision(digits)));
  const own = effort(value);
  return [...new Set([...simple, Math.round(value), ...beginnings])].filter((other) => effort(other) < own);
}

/** The same input with numbers simpler, or a vector of probabilities uniform, one after another. */
export function* simplerNumbersIn(input: unknown): Simpler {
  let best = input;
  const order = symmetricOrder(input);
  for (const [path, value] of leavesOf(input, [])) {
    const others = typeof value === 'number' ? simplerNumbers(value) : [value.map(() => 1 / value.length)];
    for (const other of others) {
      const next = replaced(best, path, other, order);
      if (!(yield next)) continue;
      best = next;
      break;
    }
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

/** The input with another value at the path; where points are symmetric matrices of that order, they stay such. */
function replaced(value: unknown, [key, ...rest]: Path, by: unknown, order: number | undefined): unknown {
  if (key === undefined) return by;
  if (value instanceof Float64Array) return replacedEntry(value, key as number, by as number, order);
  if (Array.isArray(value)) {
    return value.map((entry: unknown, i) => (i === key ? replaced(entry, rest, by, order) : entry));
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: replaced(fields[key], rest, by, order) };
}

/** The length of the points of a case. */
export function pointLength(value: unknown): number | undefined {
  if (value instanceof Float64Array) return value.length;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value)
    .map(pointLength)
    .find((length) => length !== undefined);
}

/** The first n places. */
export const firstPlaces = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** The input with the entries at some places of points of the given length, and of parameters that have one number for each entry. */
export function withEntries(value: unknown, length: number, kept: readonly number[], name = ''): unknown {
  if (places.includes(name) || name === 'probabilities') return value;
  if (value instanceof Float64Array) return value.length === length ? Float64Array.from(kept, (i) => value[i]!) : value;
  if (Array.isArray(value)) {
    const isPerEntry = value.length === length && value.every((entry) => typeof entry === 'number');
    return isPerEntry ? kept.map((i) => value[i] as unknown) : value.map((entry) => withEntries(entry, length, kept));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withEntries(entry, length, kept, key)]));
}

/** What makes a counterexample simpler, the first first. */
export const simplifications: readonly ((input: unknown, isUsable: (type: string) => boolean) => Simpler)[] = [
  hyperparametersOff,
  fewerSteps,
  fewerEntries,
  fewerTerms,
  simplerNumbersIn,
];
