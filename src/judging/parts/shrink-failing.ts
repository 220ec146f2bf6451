import fc from 'fast-check';
import type { CaseRecord } from '../../claims/evidence.js';
import { type Call, isExtremeNumber } from '../../claims/implementation/call.js';
import type { Observed } from '../../claims/implementation/observed.js';
import { reference } from '../../claims/implementation/reference.js';
import { askable } from '../arbitraries/basic-functions.js';
import type { Judgement } from '../judges/judgement.js';
import { isExtreme, isExtremeAs, isPlainlyWrong } from './failing-cases.js';
import { type JudgedCase, notAsked, type PartFindings, passes, recordOf } from './part-findings.js';
import type { PropertyPart, PropertyRun } from './property-part.js';
import { firstPlaces, places, pointLength, simplifications, withEntries } from './simplifications.js';
import { smallerCase } from './tallies.js';

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

/** Right digits of an answer below which rounding does not explain it. */
const mostRightDigits = 6;

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
  const { plainlyWrong: fewest = mostRightDigits } = run;
  const smallest = await simplified(last, run, attempt);
  // Keep a case that a generator can make: simpler numbers may be invalid for the claim.
  const generated = recordOf(part, run, last.input, last.judgement);
  const simplestRecord = recordOf(part, run, smallest.input, smallest.judgement);
  const tally = findings.tallies.named(subject);
  tally?.shrunk(generated, smallest.observed, simplestRecord);
  // A failure at extreme numbers alone is reported as such, so ordinary ones are tried first.
  if (tally?.failing.isExtreme) {
    const usual = await ordinarily([smallest, last, first!], fewest, attempt);
    if (usual) tally.shrunk(generated, usual.observed, recordOf(part, run, usual.input, usual.judgement));
  }
  return generated;
}

/** A message of an error, whose numbers are those of the case. */
const withoutNumbers = (message: string): string => message.replaceAll(/\[[^\]]*\]|[\d.]+/g, '');

/**
 * Makes the case about each subject smaller that the implementation does not answer. A crash or a hang costs a process, and an answer next to nothing:
 * so the simplest cases are tried first, and the first one is taken that a fresh process does not answer, and the reference does.
 */
export async function shrinkSilent<Case>({ run, findings, judge }: Checked<Case>): Promise<void> {
  const { again, offered = (input: Case) => input, signal } = run;
  const isOver = limited(run.milliseconds ?? run.timeOfSubject?.milliseconds);
  for (const silent of [...findings.silent.values()]) {
    const { input, observed, failure } = silent;
    if (failure.kind === 'error' || failure.kind === 'shape') {
      const smaller = await simplest<Case, typeof silent>(silent, run, async (simpler) => {
        const next = isOver() ? undefined : await judge(offered(simpler)).catch(() => undefined);
        if (next === undefined || !('failure' in next) || !isExtremeAs(next.observed, observed)) return undefined;
        const isSame =
          next.observed.subject?.name === observed.subject?.name &&
          withoutNumbers(next.failure.message) === withoutNumbers(failure.message);
        return isSame && (await isValid(next.observed.calls.at(-1))) ? next : undefined;
      });
      if (smaller !== silent) findings.showSilent(smaller);
      continue;
    }
    if (again === undefined || (failure.kind !== 'crash' && failure.kind !== 'timeout')) continue;
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
      if (!isSame || !(await isValid(outcome.observed.calls.at(-1)))) continue;
      findings.showSilent(outcome);
      break;
    }
  }
}

/** Whether the reference answers the question. */
async function isValid(call: Call | undefined): Promise<boolean> {
  try {
    await call!.ask(reference);
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
  const shorter = lengths.map((n) => withEntries(input, length, firstPlaces(n)));
  for (const all of [true, false]) yield* shorter.map((each) => ordinaryInput(each, all, 0));
  yield* shorter.slice(0, -1);
}

/** Most simpler inputs that are tried for one counterexample. */
const mostSimpler = 400;

/** A failing case with its questions. */
interface Found<Case> {
  readonly input: Case;
  readonly judgement: Judgement;
  readonly observed: Observed<Judgement>;
}

/** A failing case that can be checked by hand, as long as it stays an ordinary case with a plainly wrong answer. */
async function simplified<Case>(
  found: Found<Case>,
  run: PropertyRun,
  attempt: (input: Case) => Promise<Found<Case> | undefined>,
): Promise<Found<Case>> {
  const { plainlyWrong: fewest = mostRightDigits } = run;
  if (found.observed.subject === undefined || !(await isPlainlyWrong(found.observed, fewest))) return found;
  return simplest<Case, Found<Case>>(found, run, async (input) => {
    const next = await attempt(input).catch(() => undefined);
    if (next === undefined || !isExtremeAs(next.observed, found.observed)) return undefined;
    return (await isValid(next.observed.calls[0])) && (await isPlainlyWrong(next.observed, fewest)) ? next : undefined;
  });
}

/** What `tryIt` still finds at the simplest input. Not everything is allowed everywhere: an input that the suite itself refuses, or the reference, is not a case. */
async function simplest<Case, Failing extends { readonly input: Case }>(
  found: Failing,
  { offers, knownWrong }: PropertyRun,
  tryIt: (input: Case) => Promise<Failing | undefined>,
): Promise<Failing> {
  const isUsable = (type: string): boolean => offers?.has(type) === true && knownWrong?.has(type) !== true;
  let best = found;
  let tried = 0;
  for (let improved = true; improved; ) {
    improved = false;
    for (const simplify of simplifications) {
      const inputs = simplify(best.input, isUsable);
      for (let { done, value } = inputs.next(); done !== true; ) {
        if (++tried > mostSimpler) return best;
        const next = await tryIt(value as Case);
        best = next ?? best;
        improved ||= next !== undefined;
        ({ done, value } = inputs.next(next !== undefined));
      }
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
