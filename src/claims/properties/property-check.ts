import fc from 'fast-check';
import { eventLoopTurns } from '../event-loop-turn.js';
import type { CaseRecord, Failure } from '../evidence.js';
import { decodeExact, encodeExact } from '../exact-encoding.js';
import { ImplementationError, UnsupportedError } from '../implementation/implementation.js';
import type { Judgement } from '../judges/judgement.js';
import { orderedWindow } from '../ordered-window.js';
import { plural } from '../plural.js';

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
  /** Stop at the first case that fails, without shrinking it, or after one round of cases: only whether one fails matters. */
  readonly verdictOnly?: boolean;
  readonly signal?: AbortSignal;
}

export interface PropertyResult {
  readonly name: string;
  readonly cases: number;
  readonly worst?: CaseRecord;
  readonly minimal?: CaseRecord;
  /** Why the run proves nothing although no case failed, e.g. a category that was never reached. */
  readonly unhealthy?: string;
  /** Why the implementation does not answer this part. */
  readonly unsupported?: string;
  readonly failure?: Failure;
  /** The case that the implementation failed to answer. */
  readonly unanswered?: CaseRecord;
  readonly reached: Readonly<Record<string, number>>;
  /** False when every case gave the same non-zero ratio: then the statistic measures nothing. */
  readonly varies: boolean;
}

const passes = (ratio: number): boolean => ratio <= 1;

/** Most discarded cases per kept one before the generator is called unhealthy. */
const maximumSkipsPerRun = 10;

/** Rounds of cases until every category of `mustReach` is met: a rare one is missed by chance in one round, not in ten. */
const maximumRounds = 10;

/**
 * Runs one part on `fc.check`. The first pass judges every case and keeps the worst; when it exceeds 1, a second pass shrinks any
 * failing case to the smallest and a third shrinks among cases with at least half the worst ratio, because plain shrinking
 * ends just beyond the tolerance and makes a gross error look like rounding.
 */
export async function checkProperty<Case>(part: PropertyPart<Case>, run: PropertyRun): Promise<PropertyResult> {
  const reached: Record<string, number> = {};
  let worst: { input: Case; judgement: Judgement } | undefined;
  let cases = 0;
  const ratios: number[] = [];
  const strata = [part.arbitrary].flat() as readonly fc.Arbitrary<Case>[];
  const runs = Math.ceil(run.runs / strata.length);
  const rounds: { readonly arbitrary: fc.Arbitrary<Case>; readonly seed: number; readonly start: number }[] = [];
  let first: number | undefined;
  let varies = false;

  let unanswered: Case | undefined;
  /** The judgement; of the cases that are judged at once, only that of the call that failed is kept. */
  const answered = async (input: Case): Promise<Judgement> => {
    try {
      return await part.judge(input);
    } catch (error) {
      if (error instanceof ImplementationError && !error.alongside) unanswered ??= input;
      throw error;
    }
  };
  const turn = eventLoopTurns();
  const judge = async (input: Case): Promise<Judgement> => {
    await turn();
    run.signal?.throwIfAborted();
    const judgement = await answered(input);
    return Number.isNaN(judgement.ratio) ? { ...judgement, ratio: Number.POSITIVE_INFINITY } : judgement;
  };
  const take = (input: Case, judgement: Judgement): void => {
    cases++;
    ratios.push(judgement.ratio);
    first ??= judgement.ratio;
    varies ||= judgement.ratio !== first;
    if (run.verdictOnly !== true) {
      for (const category of part.classify?.(input) ?? []) reached[category] = (reached[category] ?? 0) + 1;
    }
    if (worst === undefined || judgement.ratio > worst.judgement.ratio) worst = { input, judgement };
  };
  const window = orderedWindow(run.concurrency ?? 1);
  const decided = (): boolean => run.verdictOnly === true && worst !== undefined && !passes(worst.judgement.ratio);
  let added = 0;
  const observe = async (input: Case): Promise<void> => {
    if (decided()) return;
    added++;
    await window.add(judge(input), (judgement) => take(input, judgement));
  };
  const record = (found: { input: Case; judgement: Judgement }): CaseRecord => ({
    part: part.name,
    ratio: found.judgement.ratio,
    input: encodeExact(found.input),
    // Explanations say what is wrong. Where nothing is off there is nothing to say, except to one who replays a case after a repair.
    ...(found.judgement.explanation && (found.judgement.ratio > 0 || run.saved.length > 0)
      ? { explanation: found.judgement.explanation() }
      : {}),
  });
  const shrink = async (threshold: number): Promise<CaseRecord | undefined> => {
    const failing = ratios.findIndex((ratio, index) => index >= run.saved.length && ratio > threshold);
    if (failing < 0) return undefined;
    const round = rounds.findLast(({ start }) => start <= failing)!;
    let skipped = round.start;
    let last: { input: Case; judgement: Judgement } | undefined;
    let broken = false;
    await fc.check(
      fc.asyncProperty(round.arbitrary, async (input) => {
        // The first pass has judged the cases before the one that fails.
        if (broken || skipped++ < failing) return;
        const judgement = await judge(input).catch((error: unknown) => {
          // A case without an answer is no counterexample; after a hang or a crash every further one would cost seconds.
          if (error instanceof UnsupportedError) return { ratio: 0 };
          if (!(error instanceof ImplementationError)) throw error;
          broken = error.kind !== 'error';
          return { ratio: 0 };
        });
        if (judgement.ratio <= threshold) return;
        last = { input, judgement };
        throw new Error('above the threshold');
      }),
      { seed: round.seed, numRuns: runs, maxSkipsPerRun: maximumSkipsPerRun },
    );
    run.signal?.throwIfAborted();
    return last && record(last);
  };

  try {
    let unhealthy: string | undefined;
    for (const saved of run.saved) {
      const input = decodeExact(saved) as Case;
      await judge(input)
        .then((judgement) => take(input, judgement))
        .catch((error: unknown) => {
          if (error instanceof UnsupportedError || error instanceof ImplementationError || run.signal?.aborted)
            throw error;
          unhealthy = `a saved case is none of this version's: ${error instanceof Error ? error.message : String(error)}`;
        });
    }
    if (!run.replayOnly) {
      added = ratios.length;
      const missed = (): string[] => (part.mustReach ?? []).filter((category) => !reached[category]);
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
        missed().length > 0 &&
        unhealthy === undefined &&
        run.verdictOnly !== true &&
        rounds.length < maximumRounds * strata.length
      );
      if (missed().length > 0 && run.verdictOnly !== true)
        unhealthy ??= `the generator never reached ${missed().join(', ')} in ${plural(cases, 'case')}`;
    }
    const summary = { name: part.name, cases, reached, varies: varies || first === 0 || first === undefined };
    const health = unhealthy === undefined ? {} : { unhealthy };
    if (worst === undefined) return { ...summary, ...health };
    if (passes(worst.judgement.ratio)) return { ...summary, ...health, worst: record(worst) };
    const half = Math.max(1, worst.judgement.ratio / 2);
    const asIs = run.replayOnly || run.verdictOnly === true;
    const minimal = asIs ? undefined : await shrink(1);
    const largest = asIs ? undefined : await shrink(half === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : half);
    return { ...summary, worst: largest ?? record(worst), minimal: minimal ?? record(worst) };
  } catch (error) {
    await window.abandon();
    // A counterexample stands whatever became of the cases after it.
    const found = worst && {
      worst: record(worst),
      ...(passes(worst.judgement.ratio) ? {} : { minimal: record(worst) }),
    };
    const summary = { name: part.name, cases, reached, varies: true, ...found };
    if (error instanceof UnsupportedError) return { ...summary, unsupported: error.message };
    if (error instanceof ImplementationError) {
      const { kind, message } = error;
      const silent = unanswered && { part: part.name, ratio: Number.POSITIVE_INFINITY, input: encodeExact(unanswered) };
      return {
        ...summary,
        failure: { kind, message },
        ...(silent && { unanswered: silent }),
      };
    }
    throw error;
  }
}
