import fc from 'fast-check';
import { eventLoopTurns } from '../event-loop-turn.js';
import type { CaseRecord, Failure } from '../evidence.js';
import { decodeExact, encodeExact } from '../exact-encoding.js';
import { ImplementationError, NotOfferedError, UnsupportedError } from '../implementation/implementation.js';
import { type Observed, type Observer, topSubjects } from '../implementation/observed.js';
import type { Judgement } from '../judges/judgement.js';
import { orderedWindow } from '../ordered-window.js';
import { plural } from '../plural.js';
import { blamed } from './failing-cases.js';
import { type Found, simplified } from './simplified.js';
import { count, smallerCase, Tallies, type Tally } from './tallies.js';

/** One part of a property claim, e.g. one function of the vocabulary: where cases come from and how one is judged. */
export interface PropertyPart<Case = unknown> {
  readonly name: string;
  /** Where cases come from. Several arbitraries share the cases equally, so that each of them is met. */
  readonly arbitrary: fc.Arbitrary<Case> | readonly fc.Arbitrary<Case>[];
  /** Number of cases in place of the depth's; 1 for a part about one fixed input. */
  readonly runs?: number;
  judge(input: Case): Promise<Judgement> | Judgement;
  /** Categories that the case falls in, e.g. `kink`, `inside`; counted, so that coverage is a figure and not a hope. */
  classify?(input: Case): readonly string[];
  /** Categories that must be met at least once; a run that misses one is `inconclusive`. */
  readonly mustReach?: readonly string[];
}

export interface PropertyRun {
  readonly seed: number;
  readonly runs: number;
  /** Exact inputs of earlier failures of this part, judged first. */
  readonly saved: readonly unknown[];
  readonly replayOnly: boolean;
  /** Cases of the first pass that may be judged at once; no influence on any result. Default 1. */
  readonly concurrency?: number;
  /** Keeps what a case asks the implementation; without it no case is about a subject. */
  readonly observe?: Observer['observe'];
  /** Stop at the first case that fails, without shrinking it, or after one round of cases: only whether one fails matters. */
  readonly verdictOnly?: boolean;
  /** Do not make failing cases smaller. */
  readonly asFound?: boolean;
  /** Milliseconds after which no more cases are asked, and as many again for making failing ones smaller; default: as long as it takes. */
  readonly milliseconds?: number;
  /** Types and terms that are known to be wrong by themselves: what fails only around them is not made smaller. */
  readonly suspects?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
}

export interface PropertyResult {
  readonly name: string;
  /** Cases that were answered and judged. */
  readonly cases: number;
  readonly subjects: readonly Tally[];
  readonly worst?: CaseRecord;
  readonly minimal?: CaseRecord;
  /** Why the run proves nothing although no case failed, e.g. a category that was never reached. */
  readonly unhealthy?: string;
  /** Why the implementation answers no case of this part. */
  readonly unsupported?: string;
  /** What was not met because the implementation refused cases, or did not answer them. */
  readonly thin?: string;
  /** How few cases were judged in the time that was given. */
  readonly late?: string;
  /** How it failed to answer the first case that it did not answer. */
  readonly failure?: Failure;
  /** The smallest case that the implementation failed to answer. */
  readonly unanswered?: CaseRecord;
  readonly reached: Readonly<Record<string, number>>;
  /** False when every case gave the same non-zero ratio: then the statistic measures nothing. */
  readonly varies: boolean;
}

const passes = (ratio: number): boolean => ratio <= 1;

/** Most discarded cases per kept one before the generator is called unhealthy. */
const maximumSkipsPerRun = 10;

/**
 * Rounds of cases until every category of `mustReach` is met, which a rare one is missed by chance in one round of and not in ten, and until as
 * many cases are judged as were wanted, where some are refused.
 */
const maximumRounds = 10;

/** What became of one case. */
type Outcome<Case> = { readonly input: Case; readonly observed: Observed<Judgement> } & (
  | { readonly judgement: Judgement }
  | { readonly refusal: string }
  | { readonly failure: ImplementationError }
);

/**
 * Runs one part on `fc.check`. A case that the implementation refuses is skipped and another one is tried in its place; one that it does not
 * answer is kept, and the others are judged all the same. The first pass judges every case and keeps the worst; when it exceeds 1, a second
 * pass shrinks the failing cases about each subject to the smallest, and a third shrinks among cases with at least half the worst ratio,
 * because plain shrinking ends just beyond the tolerance and makes a gross error look like rounding.
 */
export async function checkProperty<Case>(part: PropertyPart<Case>, run: PropertyRun): Promise<PropertyResult> {
  const reached: Record<string, number> = {};
  let worst: { input: Case; judgement: Judgement } | undefined;
  let cases = 0;
  const ratios: { readonly ratio: number; readonly subject: string | undefined }[] = [];
  const tallies = new Tallies();
  const strata = [part.arbitrary].flat() as readonly fc.Arbitrary<Case>[];
  const runs = Math.ceil(run.runs / strata.length);
  const rounds: { readonly arbitrary: fc.Arbitrary<Case>; readonly seed: number; readonly start: number }[] = [];
  const refusals: Record<string, number> = {};
  let first: number | undefined;
  let varies = false;
  let failure: Failure | undefined;
  let unanswered: CaseRecord | undefined;

  const turn = eventLoopTurns();
  const watch = run.observe ?? unobserved;
  const judge = async (input: Case): Promise<Outcome<Case>> => {
    await turn();
    run.signal?.throwIfAborted();
    const observed = await watch(() => part.judge(input));
    const { result, error } = observed;
    const about = { input, observed };
    if (result !== undefined) {
      const judgement = Number.isNaN(result.ratio) ? { ...result, ratio: Number.POSITIVE_INFINITY } : result;
      if (passes(judgement.ratio)) return { ...about, judgement };
      // What else a case asks, e.g. single steps beside a run, need not be what is wrong.
      const subject = await blamed(observed);
      return { input, observed: { ...observed, ...(subject && { subject }) }, judgement };
    }
    // What is declared not to be offered is missing of no subject.
    if (error instanceof NotOfferedError) return { input, observed: { calls: [] }, refusal: error.message };
    if (error instanceof UnsupportedError) return { ...about, refusal: error.message };
    if (error instanceof ImplementationError && !error.asked)
      return { ...about, refusal: `not asked: ${error.message}` };
    if (error instanceof ImplementationError) return { ...about, failure: error };
    throw error;
  };
  const record = (input: Case, { ratio, explanation }: Judgement): CaseRecord => ({
    part: part.name,
    ratio,
    input: encodeExact(input),
    // Explanations say what is wrong. Where nothing is off there is nothing to say, except to one who replays a case after a repair.
    ...(explanation && (ratio > 0 || run.saved.length > 0) ? { explanation: explanation() } : {}),
  });
  const take = (outcome: Outcome<Case>): void => {
    const { input, observed } = outcome;
    const { subject } = observed;
    const tally = subject && tallies.of(subject);
    if ('refusal' in outcome) {
      count(refusals, outcome.refusal);
      tally?.refused(outcome.refusal);
      // The place of a case among all is where shrinking begins.
      ratios.push({ ratio: 0, subject: undefined });
      return;
    }
    if ('failure' in outcome) {
      const { kind, message } = outcome.failure;
      const silent = record(input, { ratio: Number.POSITIVE_INFINITY });
      ratios.push({ ratio: 0, subject: undefined });
      failure ??= { kind, message };
      unanswered = smallerCase(unanswered, silent);
      tally?.silent(observed, silent, outcome.failure);
      return;
    }
    const { judgement } = outcome;
    for (const refused of observed.refused ?? []) tallies.of(refused).refused(judgement.refused ?? 'refused');
    ratios.push({ ratio: judgement.ratio, subject: subject?.name });
    // A case that holds, holds for all that is built of most in it; one that fails is about one of them.
    const about = passes(judgement.ratio) ? topSubjects(observed) : [subject].filter((each) => each !== undefined);
    for (const each of about) {
      tallies
        .of(each)
        .judged(judgement.ratio, observed, passes(judgement.ratio) ? undefined : record(input, judgement));
    }
    cases++;
    first ??= judgement.ratio;
    varies ||= judgement.ratio !== first;
    if (run.verdictOnly !== true) for (const category of part.classify?.(input) ?? []) count(reached, category);
    if (worst === undefined || judgement.ratio > worst.judgement.ratio) worst = { input, judgement };
  };
  // Cases that are asked at once would all be asked before the first of them has taken its time.
  const window = orderedWindow(run.milliseconds === undefined ? (run.concurrency ?? 1) : 1);
  let isOver = limited(run.milliseconds);
  let isLate = false as boolean;
  const decided = (): boolean => run.verdictOnly === true && worst !== undefined && !passes(worst.judgement.ratio);
  let added = 0;
  const observe = async (input: Case): Promise<void> => {
    // Of each part one case is asked, however slow it is.
    isLate ||= added > run.saved.length && isOver();
    if (decided() || isLate) return;
    added++;
    await window.add(judge(input), take);
  };
  /** The smallest case about the subject with a ratio above the threshold. */
  const shrink = async (threshold: number, subject: string | undefined): Promise<CaseRecord | undefined> => {
    const failing = ratios.findIndex(
      (found, index) => index >= run.saved.length && found.ratio > threshold && found.subject === subject,
    );
    if (failing < 0) return undefined;
    const round = rounds.findLast(({ start }) => start <= failing)!;
    let skipped = round.start;
    let last: Found<Case> | undefined;
    let broken = false;
    await fc.check(
      fc.asyncProperty(round.arbitrary, async (input) => {
        // The first pass has judged the cases before the one that fails.
        if (broken || skipped++ < failing || isOver()) return;
        const outcome = await judge(input);
        // A case without an answer is no counterexample; after a hang or a crash every further one would cost seconds.
        if ('failure' in outcome) broken = outcome.failure.kind !== 'error';
        if (
          !('judgement' in outcome) ||
          outcome.judgement.ratio <= threshold ||
          outcome.observed.subject?.name !== subject
        )
          return;
        last = { input, judgement: outcome.judgement, observed: outcome.observed };
        throw new Error('above the threshold');
      }),
      { seed: round.seed, numRuns: runs, maxSkipsPerRun: maximumSkipsPerRun },
    );
    run.signal?.throwIfAborted();
    if (last === undefined) return undefined;
    const simplest = await simplified(last, async (input) => {
      if (isOver()) return undefined;
      const outcome = await judge(input);
      const fails = 'judgement' in outcome && outcome.judgement.ratio > threshold;
      return fails && outcome.observed.subject?.name === subject ? outcome : undefined;
    });
    // What is kept to be judged again is what a generator can make: simpler numbers may be none of the claim's.
    const generated = record(last.input, last.judgement);
    tallies.named(subject)?.shrunk(generated, simplest.observed, record(simplest.input, simplest.judgement));
    return generated;
  };

  try {
    let unhealthy: string | undefined;
    let thin: string | undefined;
    for (const saved of run.saved) {
      const input = decodeExact(saved) as Case;
      await judge(input)
        .then(take)
        .catch((error: unknown) => {
          if (run.signal?.aborted) throw error;
          unhealthy = `a saved case is none of this version's: ${error instanceof Error ? error.message : String(error)}`;
        });
    }
    if (!run.replayOnly) {
      added = ratios.length;
      const missed = (): string[] => (part.mustReach ?? []).filter((category) => !reached[category]);
      const refused = (): boolean => Object.keys(refusals).length > 0;
      const wanted = (): boolean => missed().length > 0 || (refused() && cases < runs * strata.length);
      do {
        for (const arbitrary of strata) {
          const round = { arbitrary, seed: run.seed + rounds.length, start: added };
          rounds.push(round);
          const details = await fc.check(fc.asyncProperty(arbitrary, observe), {
            seed: round.seed,
            numRuns: runs,
            maxSkipsPerRun: maximumSkipsPerRun,
            endOnFailure: true,
          });
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
        cases > 0 &&
        unhealthy === undefined &&
        run.verdictOnly !== true &&
        rounds.length < maximumRounds * strata.length
      );
      if (wanted() && !isLate && run.verdictOnly !== true) {
        const never =
          missed().length > 0 ? `never reached ${missed().join(', ')} in ${plural(cases, 'case')}` : undefined;
        if (refused() || failure !== undefined)
          thin = never ?? `${cases} of ${plural(runs * strata.length, 'case')} answered`;
        else unhealthy ??= `the generator ${never}`;
      }
    }
    const unsupported = cases === 0 && failure === undefined ? mostFrequent(refusals) : undefined;
    isOver = limited(run.milliseconds);
    const found = worst;
    let minimal: CaseRecord | undefined;
    let largest: CaseRecord | undefined;
    if (
      found !== undefined &&
      !passes(found.judgement.ratio) &&
      !run.replayOnly &&
      run.verdictOnly !== true &&
      run.asFound !== true
    ) {
      const subjects = new Set(ratios.filter(({ ratio }) => !passes(ratio)).map(({ subject }) => subject));
      for (const subject of subjects) {
        if (tallies.named(subject)?.failing.isAround(run.suspects)) continue;
        const smallest = await shrink(1, subject);
        if (smallest !== undefined) minimal = smallerCase(minimal, smallest);
      }
      const half = Math.max(1, found.judgement.ratio / 2);
      const enough = half === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : half;
      if (minimal !== undefined) for (const subject of subjects) largest ??= await shrink(enough, subject);
    }
    return {
      ...{ name: part.name, cases, subjects: tallies.all(), reached },
      varies: varies || first === 0 || first === undefined,
      ...(unsupported !== undefined && { unsupported }),
      ...(unhealthy !== undefined && unsupported === undefined && { unhealthy }),
      ...(thin !== undefined && unsupported === undefined && { thin }),
      ...(isLate && {
        late: `${cases} of ${plural(runs * strata.length, 'case')} in ${run.milliseconds! / 1000} s`,
      }),
      ...(failure && { failure }),
      ...(unanswered && { unanswered }),
      ...(found && { worst: largest ?? record(found.input, found.judgement) }),
      ...(found && !passes(found.judgement.ratio) && { minimal: minimal ?? record(found.input, found.judgement) }),
    };
  } catch (error) {
    await window.abandon();
    throw error;
  }
}

/** Whether as many milliseconds have passed since. */
function limited(milliseconds: number = Number.POSITIVE_INFINITY): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() >= end;
}

const unobserved: Observer['observe'] = async (judge) => {
  try {
    return { result: await judge(), calls: [] };
  } catch (error) {
    return { error, calls: [] };
  }
};

function mostFrequent(counts: Readonly<Record<string, number>>): string | undefined {
  return Object.entries(counts).sort(([, a], [, b]) => b - a)[0]?.[0];
}
