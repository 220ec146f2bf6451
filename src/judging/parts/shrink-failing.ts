import fc from 'fast-check';
import type { CaseRecord } from '../../claims/evidence.js';
import { isExtremeNumber } from '../../claims/implementation/call.js';
import type { Observed } from '../../claims/implementation/observed.js';
import { reference } from '../../claims/implementation/reference.js';
import { askable, replacedEntry, symmetricOrder } from '../arbitraries/basic-functions.js';
import type { Judgement } from '../judges/judgement.js';
import { isExtreme, isPlainlyWrong } from './failing-cases.js';
import { type JudgedCase, notAsked, type PartFindings, passes, recordOf } from './part-findings.js';
import type { PropertyPart, PropertyRun } from './property-part.js';
import { smallerCase } from './tallies.js';

/** Keys whose numbers are not mathematical quantities but indices, lengths and counts. */
const places: readonly string[] = [
  ...['indices', 'workers', 'seed', 'count', 'rows', 'columns', 'shape', 'length', 'groups', 'component', 'k'],
];

type Path = readonly (string | number)[];

/** Numbers that are easy to check by hand, the simplest first. */
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

/** Numbers to try instead of one: simple ones, and roundings of it. */
function simplerNumbers(value: number): number[] {
  const beginnings = [1, 2].map((digits) => Number(value.toPrecision(digits)));
  const own = effort(value);
  return [...new Set([...simple, Math.round(value), ...beginnings])].filter((other) => effort(other) < own);
}

/** The same input with one number simpler, or a vector of probabilities uniform, in the order in which they are worth trying. */
export function* simplerInputs(input: unknown): Generator<unknown> {
  const order = symmetricOrder(input);
  for (const [path, value] of leavesOf(input, [])) {
    const others = typeof value === 'number' ? simplerNumbers(value) : [value.map(() => 1 / value.length)];
    for (const other of others) yield replaced(input, path, other, order);
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

/** Small integers of both signs, as many as few vectors have entries: two vectors in a row differ. */
const small = [3, -2, 1, 4, -1, 2, 5, -3, -4, 6, -5];

/**
 * The same input with ordinary numbers, but the same shapes and indices: points of small integers, the step 1, and 1 for extreme parameters, or for
 * every parameter that is a single number.
 */
export function* ordinaryInputs(input: unknown): Generator<unknown> {
  for (const all of [false, true]) {
    for (let start = 0; start < small.length; start += 3) yield ordinaryInput(input, all, start);
  }
}

function ordinaryInput(input: unknown, all: boolean, start: number): unknown {
  let place = start;
  return madeOrdinary(input, '', all, (y) =>
    askable(
      input,
      y.map(() => small[place++ % small.length]!),
    ),
  );
}

function madeOrdinary(value: unknown, name: string, all: boolean, made: (y: Float64Array) => Float64Array): unknown {
  if (places.includes(name)) return value;
  if (typeof value === 'number') return all || name === 'step' || isExtremeNumber(value, name) ? 1 : value;
  if (value instanceof Float64Array) return made(value);
  // Numbers in a list depend on each other more often than one that stands alone.
  if (Array.isArray(value)) return value.map((entry) => madeOrdinary(entry, name, false, made));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, madeOrdinary(entry, key, all, made)]));
}

/** Cases of one arbitrary that a seed reproduces. */
export interface Round<Case> {
  readonly arbitrary: fc.Arbitrary<Case>;
  readonly seed: number;
  /** The place of its first case among all of the part. */
  readonly start: number;
}

/** Most discarded cases per kept one before the generator is called unhealthy. */
const maximumSkipsPerRun = 10;

/** Passes every case of a round to `observe`; if that throws, also simpler ones, unless the round should end there. */
export async function runRound<Case>(
  { arbitrary, seed }: Round<Case>,
  numRuns: number,
  observe: (input: Case) => Promise<void>,
  endOnFailure: boolean,
): Promise<fc.RunDetails<[Case]>> {
  const parameters = { seed, numRuns, maxSkipsPerRun: maximumSkipsPerRun, endOnFailure };
  return fc.check(fc.asyncProperty(arbitrary, observe), parameters);
}

/** Whether as many milliseconds have passed since. */
export function limited(milliseconds: number = Number.POSITIVE_INFINITY): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() >= end;
}

/** The judged cases of a part, from which its failing cases are reproduced. */
export interface Checked<Case> {
  readonly part: PropertyPart<Case>;
  readonly run: PropertyRun;
  readonly findings: PartFindings<Case>;
  readonly judge: (input: Case) => Promise<JudgedCase<Case>>;
  readonly rounds: readonly Round<Case>[];
  /** Cases of a round. */
  readonly runs: number;
}

/** The simplest case of all that fail, and one that is simple and yet has at least half the worst ratio, or a gross one. */
export interface Shrunk {
  readonly minimal?: CaseRecord;
  readonly largest?: CaseRecord;
}

/**
 * Shrinks the failing cases about each subject: to the smallest that fails, and to the smallest with at least half the worst ratio or a gross one,
 * because plain shrinking ends just beyond the tolerance and makes a gross error look like rounding. Often these are one case.
 */
export async function shrinkFailing<Case>(checked: Checked<Case>): Promise<Shrunk> {
  const { ratios, worst, tallies } = checked.findings;
  const isOver = limited(checked.run.milliseconds ?? checked.run.timeOfSubject?.milliseconds);
  let minimal: CaseRecord | undefined;
  let largest: CaseRecord | undefined;
  const subjects = new Set(ratios.filter(({ ratio }) => !passes(ratio)).map(({ subject }) => subject));
  for (const subject of subjects) {
    if (tallies.named(subject)?.failing.isAround(checked.run.knownWrong)) continue;
    const smallest = await shrink(checked, 1, subject, isOver);
    if (smallest !== undefined) minimal = smallerCase(minimal, smallest);
  }
  const half = Math.max(1, worst!.judgement.ratio / 2);
  const enough =
    half === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : Math.min(half, checked.run.gross ?? Number.MAX_VALUE);
  if (minimal !== undefined && minimal.ratio > enough) largest = minimal;
  else if (minimal !== undefined)
    for (const subject of subjects) largest ??= await shrink(checked, enough, subject, isOver);
  return { ...(minimal && { minimal }), ...(largest && { largest }) };
}

/** The smallest case about the subject with a ratio above the threshold. */
async function shrink<Case>(
  { part, run, findings, judge, rounds, runs }: Checked<Case>,
  threshold: number,
  subject: string | undefined,
  isOver: () => boolean,
): Promise<CaseRecord | undefined> {
  const failing = findings.ratios.findIndex(
    (found, index) => index >= run.saved.length && found.ratio > threshold && found.subject === subject,
  );
  if (failing < 0) return undefined;
  const round = rounds.findLast(({ start }) => start <= failing)!;
  let skipped = round.start;
  let last: Found<Case> | undefined;
  let broken = false;
  let first: Found<Case> | undefined;
  const observe = async (input: Case): Promise<void> => {
    // The first pass has judged the cases before the one that fails.
    if (broken || skipped++ < failing || isOver()) return;
    const outcome = await judge(input);
    // A case without an answer is not a counterexample; after a hang or a crash every further one would cost seconds.
    if ('failure' in outcome) broken = !['error', 'shape'].includes(outcome.failure.kind);
    if (!('judgement' in outcome) || outcome.judgement.ratio <= threshold) return;
    if (outcome.observed.subject?.name !== subject) return;
    first ??= { input, judgement: outcome.judgement, observed: outcome.observed };
    last = { input, judgement: outcome.judgement, observed: outcome.observed };
    throw new Error('above the threshold');
  };
  await runRound(round, runs, observe, false);
  run.signal?.throwIfAborted();
  if (last === undefined) return undefined;
  const attempt = async (input: Case): Promise<Found<Case> | undefined> => {
    if (isOver()) return undefined;
    const outcome = await judge(input);
    const fails = 'judgement' in outcome && outcome.judgement.ratio > threshold;
    return fails && outcome.observed.subject?.name === subject ? outcome : undefined;
  };
  const { plainlyWrong: fewest = 6 } = run;
  const simplest = await simplified(last, fewest, attempt);
  // Keep a case that a generator can make: simpler numbers may be invalid for the claim.
  const generated = recordOf(part, run, last.input, last.judgement);
  const simplestRecord = recordOf(part, run, simplest.input, simplest.judgement);
  const tally = findings.tallies.named(subject);
  tally?.shrunk(generated, simplest.observed, simplestRecord);
  // A failure at extreme numbers alone is reported as such, so ordinary ones are tried first.
  if (tally?.failing.isExtreme) {
    const usual = await ordinarily([simplest, last, first!], fewest, attempt);
    if (usual) tally.shrunk(generated, usual.observed, recordOf(part, run, usual.input, usual.judgement));
  }
  return generated;
}

/**
 * Makes the case about each subject smaller that crashes or hangs the implementation. A failure costs a process, and an answer next to nothing: so
 * the simplest cases are tried first, and the first one is taken that a fresh process does not answer, and the reference does.
 */
export async function shrinkSilent<Case>({ run, findings, judge }: Checked<Case>): Promise<void> {
  const { again, offered = (input: Case) => input, signal } = run;
  if (again === undefined) return;
  const isOver = limited(run.milliseconds ?? run.timeOfSubject?.milliseconds);
  for (const { input, observed, failure } of [...findings.silent.values()]) {
    if (failure.kind !== 'crash' && failure.kind !== 'timeout') continue;
    for (const plain of plainInputs(input)) {
      if (isOver()) return;
      // Not every number and length is allowed everywhere: an input that the suite itself refuses is not a case.
      const outcome = await again(() => judge(offered(plain as Case))).catch(() => undefined);
      signal?.throwIfAborted();
      if (outcome === undefined) continue;
      if ('refusal' in outcome && outcome.refusal.startsWith(notAsked)) break;
      const isSame =
        'failure' in outcome &&
        outcome.failure.kind === failure.kind &&
        outcome.observed.subject?.name === observed.subject?.name;
      if (!isSame || !(await isValid(outcome.observed))) continue;
      findings.showSilent(outcome);
      break;
    }
  }
}

/** Whether the reference answers the last question. */
async function isValid({ calls }: Observed<Judgement>): Promise<boolean> {
  try {
    await calls.at(-1)!.ask(reference);
    return true;
  } catch {
    return false;
  }
}

/** The same input with shorter points of small integers, the step 1 and parameters 1 where that is possible, the simplest first. */
function* plainInputs(input: unknown): Generator<unknown> {
  const length = pointLength(input) ?? 0;
  // Blocks of vector instructions have lengths that are powers of two, and errors begin beyond one.
  const isTried = (n: number): boolean => n <= 16 || n === length || [n, n - 1].map(Math.log2).some(Number.isInteger);
  const lengths = Array.from({ length }, (_, i) => i + 1).filter(isTried);
  const shorter = lengths.map((n) => shortened(input, '', length, n));
  for (const all of [true, false]) yield* shorter.map((each) => ordinaryInput(each, all, 0));
  yield* shorter.slice(0, -1);
}

/** The length of the points of a case. */
function pointLength(value: unknown): number | undefined {
  if (value instanceof Float64Array) return value.length;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value)
    .map(pointLength)
    .find((length) => length !== undefined);
}

/** The input with only the first n entries of points of the given length, and of parameters that have one number for each entry. */
function shortened(value: unknown, name: string, length: number, n: number): unknown {
  if (places.includes(name) || name === 'probabilities') return value;
  if (value instanceof Float64Array) return value.length === length ? value.slice(0, n) : value;
  if (Array.isArray(value)) {
    const isPerEntry = value.length === length && value.every((entry) => typeof entry === 'number');
    return isPerEntry ? value.slice(0, n) : value.map((entry) => shortened(entry, '', length, n));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shortened(entry, key, length, n)]));
}

/** Most simpler inputs that are tried for one counterexample. */
const mostSimpler = 200;

/** A failing case with its questions. */
interface Found<Case> {
  readonly input: Case;
  readonly judgement: Judgement;
  readonly observed: Observed<Judgement>;
}

/** A failing case with numbers that can be checked by hand, as long as it stays an ordinary case with a plainly wrong answer. */
async function simplified<Case>(
  found: Found<Case>,
  fewest: number,
  attempt: (input: Case) => Promise<Found<Case> | undefined>,
): Promise<Found<Case>> {
  if (found.observed.subject === undefined || !(await isPlainlyWrong(found.observed, fewest))) return found;
  const ordinary = !isExtreme(found.observed);
  let best = found;
  let tried = 0;
  for (let improved = true; improved; ) {
    improved = false;
    for (const input of simplerInputs(best.input)) {
      if (++tried > mostSimpler) return best;
      // Not every number is allowed everywhere: an input that the suite itself refuses is not a case.
      const next = await attempt(input as Case).catch(() => undefined);
      if (
        next === undefined ||
        (ordinary && isExtreme(next.observed)) ||
        !(await isPlainlyWrong(next.observed, fewest))
      )
        continue;
      best = next;
      improved = true;
      break;
    }
  }
  return best;
}

/** One of some failing cases at ordinary numbers, if any of them is plainly wrong there too. */
async function ordinarily<Case>(
  found: readonly Found<Case>[],
  fewest: number,
  attempt: (input: Case) => Promise<Found<Case> | undefined>,
): Promise<Found<Case> | undefined> {
  for (const { input } of found) {
    for (const usual of ordinaryInputs(input)) {
      const next = await attempt(usual as Case).catch(() => undefined);
      if (next !== undefined && !isExtreme(next.observed) && (await isPlainlyWrong(next.observed, fewest))) return next;
    }
  }
  return undefined;
}
