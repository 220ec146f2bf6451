import type fc from 'fast-check';
import { decodeExact } from '../../claims/exact-encoding.js';
import { orderedWindow } from '../../claims/ordered-window.js';
import { plural } from '../../claims/text.js';
import { caseJudge, PartFindings, passes, recordOf } from './part-findings.js';
import type { PropertyPart, PropertyResult, PropertyRun } from './property-part.js';
import { type Checked, limited, type Round, runRound, shrinkFailing, shrinkSilent } from './shrink-failing.js';

/**
 * Largest number of rounds of cases. Rounds continue until every category of `mustReach` is met (a rare one may be missed in one round, but not in
 * ten), and until enough cases are judged although some are refused.
 */
export const maximumRounds = 10;

/** The reasons why a part was not judged completely. */
type Shortcomings = Pick<PropertyResult, 'unhealthy' | 'thin' | 'late'>;

/**
 * Runs one part on `fc.check`. A case that the implementation refuses is replaced by another one; a case that it does not answer is kept, and does
 * not stop the others. The first pass judges every case and keeps the worst; if that exceeds 1, further passes shrink the failing cases.
 */
export async function checkProperty<Case>(part: PropertyPart<Case>, run: PropertyRun): Promise<PropertyResult> {
  const strata = [part.arbitrary].flat() as readonly fc.Arbitrary<Case>[];
  const findings = new PartFindings(part, run);
  const rounds: Round<Case>[] = [];
  const runs = Math.ceil(run.runs / strata.length);
  const checked = { part, run, findings, judge: caseJudge(part, run), rounds, runs };
  const timed = timeOf(run, findings);
  const wrongSaved = await judgeSaved(checked);
  const found = run.replayOnly
    ? { ...(wrongSaved !== undefined && { unhealthy: wrongSaved }) }
    : await judgeGenerated(checked, strata, rounds, wrongSaved, timed);
  const wantsSmaller = !run.replayOnly && run.verdictOnly !== true && run.asFound !== true && part.asFound !== true;
  const smaller = findings.fails && wantsSmaller ? await shrinkFailing(checked) : {};
  if (wantsSmaller) await shrinkSilent(checked);
  timed.charge();
  return resultOf(checked, found, smaller);
}

/**
 * The time limits of a part. A subject may have some for all claims about it: a part then takes at most half of what is left, so that the first
 * claims ask most and each later one still asks.
 */
function timeOf<Case>({ milliseconds, timeOfSubject }: PropertyRun, { tallies }: PartFindings<Case>) {
  const start = performance.now();
  const isPartOver = limited(milliseconds);
  const used = (name: string): number => timeOfSubject!.used.get(name) ?? 0;
  const subjects = (): string[] =>
    timeOfSubject === undefined ? [] : tallies.all().map(({ subject }) => subject.name);
  const isSubjectOver = (): boolean =>
    subjects().some((name) => performance.now() - start >= (timeOfSubject!.milliseconds - used(name)) / 2);
  return {
    isLimited: milliseconds !== undefined || timeOfSubject !== undefined,
    isOver: () => isPartOver() || isSubjectOver(),
    /** The limit that was met, in words. */
    limit: () =>
      isPartOver() ? `${milliseconds! / 1000} s` : `${timeOfSubject!.milliseconds / 1000} s for the subject`,
    charge() {
      for (const name of subjects()) timeOfSubject!.used.set(name, used(name) + performance.now() - start);
    },
  };
}

/** Judges the saved cases of the part first; returns a message about each that is no longer valid. */
async function judgeSaved<Case>({ run, findings, judge }: Checked<Case>): Promise<string | undefined> {
  let unhealthy: string | undefined;
  for (const saved of run.saved) {
    const input = decodeExact(saved) as Case;
    try {
      findings.take(await judge(input));
    } catch (error) {
      if (run.signal?.aborted) throw error;
      unhealthy = `a saved case does not fit this version: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return unhealthy;
}

/** Judges rounds of generated cases until the wanted ones have been judged, and returns those that have not. The rounds are added to `rounds`. */
async function judgeGenerated<Case>(
  { run, findings, judge, runs }: Checked<Case>,
  strata: readonly fc.Arbitrary<Case>[],
  rounds: Round<Case>[],
  wrongSaved: string | undefined,
  timed: ReturnType<typeof timeOf>,
): Promise<Shortcomings> {
  // Concurrent cases would all be asked before the first one could use up the time limit.
  const window = orderedWindow(timed.isLimited ? 1 : (run.concurrency ?? 1));
  const all = runs * strata.length;
  let unhealthy = wrongSaved;
  let isLate = false as boolean;
  let added = findings.ratios.length;
  const observe = async (input: Case): Promise<void> => {
    // At least one case of each part is asked, however slow it is.
    isLate ||= added > run.saved.length && timed.isOver();
    if ((run.verdictOnly === true && findings.fails) || isLate) return;
    added++;
    await window.add(judge(input), (outcome) => {
      findings.take(outcome);
    });
  };
  const wanted = (): boolean => findings.missed.length > 0 || (findings.isRefused && findings.cases < all);
  try {
    do {
      for (const arbitrary of strata) {
        const round = { arbitrary, seed: run.seed + rounds.length, start: added };
        rounds.push(round);
        const details = await runRound(round, runs, observe, true);
        if (details.failed && details.numSkips > 0 && details.errorInstance == null) {
          unhealthy = `the generator discarded ${details.numSkips} of ${plural(details.numSkips + details.numRuns, 'case')}`;
          break;
        }
        if (details.failed) throw details.errorInstance;
      }
      await window.drain();
    } while (
      wanted() &&
      !isLate &&
      findings.cases > 0 &&
      !findings.isMostlyUnbounded &&
      unhealthy === undefined &&
      run.verdictOnly !== true &&
      rounds.length < maximumRounds * strata.length
    );
  } catch (error) {
    await window.abandon();
    throw error;
  }
  const { cases, failure, isRefused, missed } = findings;
  const late = isLate && `${cases} of ${plural(all, 'case')} in ${timed.limit()}`;
  let thin: string | undefined;
  if (wanted() && !isLate && run.verdictOnly !== true) {
    const never = missed.length > 0 ? `never reached ${missed.join(', ')} in ${plural(cases, 'case')}` : undefined;
    const isExcused = isRefused || failure !== undefined || run.isRounded === true;
    if (isExcused) thin = never ?? `${cases} of ${plural(all, 'case')} answered`;
    else unhealthy ??= `the generator ${never}`;
  }
  return { ...(unhealthy !== undefined && { unhealthy }), ...(thin !== undefined && { thin }), ...(late && { late }) };
}

function resultOf<Case>(
  { part, run, findings }: Checked<Case>,
  { unhealthy, thin, late }: Shortcomings,
  { minimal, largest }: Awaited<ReturnType<typeof shrinkFailing>>,
): PropertyResult {
  const { failure, worst, unanswered } = findings;
  const subjects = findings.tallies.all();
  // A judge may pass some cases without a question, which say nothing where every case with one was refused.
  const isRefused = findings.cases === 0 || (subjects.length > 0 && subjects.every((tally) => tally.cases === 0));
  const unsupported = isRefused && failure === undefined ? mostFrequent(findings.refusals) : undefined;
  const cases = unsupported === undefined ? findings.cases : 0;
  const asFound = worst && recordOf(part, run, worst.input, worst.judgement);
  return {
    name: part.name,
    cases,
    subjects,
    reached: findings.reached,
    varies: findings.varies,
    ...(unsupported !== undefined && { unsupported }),
    ...(unhealthy !== undefined && unsupported === undefined && { unhealthy }),
    ...(thin !== undefined && unsupported === undefined && { thin }),
    ...(late !== undefined && { late }),
    ...(failure && { failure }),
    ...(unanswered && { unanswered }),
    ...(asFound && { worst: largest ?? asFound }),
    ...(asFound && !passes(asFound.ratio) && { minimal: minimal ?? asFound }),
  };
}

function mostFrequent(counts: Readonly<Record<string, number>>): string | undefined {
  return Object.entries(counts).sort(([, a], [, b]) => b - a)[0]?.[0];
}
