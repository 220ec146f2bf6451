import type { CaseRecord } from '../evidence.js';
import type { Observed } from '../implementation/observed.js';
import type { Judgement } from '../judges/judgement.js';
import { isExtreme, isPlainlyWrong } from './failing-cases.js';
import { type Outcome, passes, recordOf } from './judged-case.js';
import type { PartFindings } from './part-findings.js';
import type { PropertyPart, PropertyRun } from './property-part.js';
import { limited, type Round, runRound } from './rounds.js';
import { ordinaryInputs, simplerInputs } from './simpler-inputs.js';
import { smallerCase } from './tallies.js';

/** What a part has judged, from which its failing cases are made again. */
export interface Checked<Case> {
  readonly part: PropertyPart<Case>;
  readonly run: PropertyRun;
  readonly findings: PartFindings<Case>;
  readonly judge: (input: Case) => Promise<Outcome<Case>>;
  readonly rounds: readonly Round<Case>[];
  /** Cases of a round. */
  readonly runs: number;
}

/** The simplest case of all that fail, and one that is simple and yet has at least half the worst ratio. */
export interface Shrunk {
  readonly minimal?: CaseRecord;
  readonly largest?: CaseRecord;
}

/**
 * Makes the failing cases about each subject smaller: to the smallest that fails, and among cases with at least half the worst ratio, because
 * plain shrinking ends just beyond the tolerance and makes a gross error look like rounding.
 */
export async function shrinkFailing<Case>(checked: Checked<Case>): Promise<Shrunk> {
  const { ratios, worst, tallies } = checked.findings;
  const isOver = limited(checked.run.milliseconds);
  let minimal: CaseRecord | undefined;
  let largest: CaseRecord | undefined;
  const subjects = new Set(ratios.filter(({ ratio }) => !passes(ratio)).map(({ subject }) => subject));
  for (const subject of subjects) {
    if (tallies.named(subject)?.failing.isAround(checked.run.suspects)) continue;
    const smallest = await shrink(checked, 1, subject, isOver);
    if (smallest !== undefined) minimal = smallerCase(minimal, smallest);
  }
  const half = Math.max(1, worst!.judgement.ratio / 2);
  const enough = half === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : half;
  if (minimal !== undefined) for (const subject of subjects) largest ??= await shrink(checked, enough, subject, isOver);
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
  const simplest = await simplified(last, attempt);
  // Keep a case that a generator can make: simpler numbers may be invalid for the claim.
  const generated = recordOf(part, run, last.input, last.judgement);
  const simplestRecord = recordOf(part, run, simplest.input, simplest.judgement);
  const tally = findings.tallies.named(subject);
  tally?.shrunk(generated, simplest.observed, simplestRecord);
  // A failure at extreme numbers alone is reported as such, so ordinary ones are tried first.
  if (tally?.failing.isExtreme) {
    const usual = await ordinarily([simplest, last, first!], attempt);
    if (usual) tally.shrunk(generated, usual.observed, recordOf(part, run, usual.input, usual.judgement));
  }
  return generated;
}

/** Most simpler inputs that are tried for one counterexample. */
const mostSimpler = 200;

/** A failing case with what was asked in it. */
interface Found<Case> {
  readonly input: Case;
  readonly judgement: Judgement;
  readonly observed: Observed<Judgement>;
}

/** A failing case with numbers that people can check by hand, as long as it stays an ordinary one whose answer is plainly wrong. */
async function simplified<Case>(
  found: Found<Case>,
  attempt: (input: Case) => Promise<Found<Case> | undefined>,
): Promise<Found<Case>> {
  if (found.observed.subject === undefined || !(await isPlainlyWrong(found.observed))) return found;
  const ordinary = !isExtreme(found.observed);
  let best = found;
  let tried = 0;
  for (let improved = true; improved; ) {
    improved = false;
    for (const input of simplerInputs(best.input)) {
      if (++tried > mostSimpler) return best;
      // Not every number may stand in every place: what the suite itself refuses is no case.
      const next = await attempt(input as Case).catch(() => undefined);
      if (next === undefined || (ordinary && isExtreme(next.observed)) || !(await isPlainlyWrong(next.observed)))
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
  attempt: (input: Case) => Promise<Found<Case> | undefined>,
): Promise<Found<Case> | undefined> {
  for (const { input } of found) {
    for (const usual of ordinaryInputs(input)) {
      const next = await attempt(usual as Case).catch(() => undefined);
      if (next !== undefined && !isExtreme(next.observed) && (await isPlainlyWrong(next.observed))) return next;
    }
  }
  return undefined;
}
