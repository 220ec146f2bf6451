import { eventLoopTurns } from '../../claims/claim-in-pieces.js';
import type { CaseRecord, Failure } from '../../claims/evidence.js';
import { encodeExact } from '../../claims/exact-encoding.js';
import { ImplementationError, NotOfferedError, UnsupportedError } from '../../claims/implementation/implementation.js';
import { NotFiniteError, type Observed, type Observer, topSubjects } from '../../claims/implementation/observed.js';
import type { Judgement } from '../judges/judgement.js';
import { blamed } from './failing-cases.js';
import type { PropertyPart, PropertyRun } from './property-part.js';
import { count, smallerCase, Tallies } from './tallies.js';

export const passes = (ratio: number): boolean => ratio <= 1;

/** How the reason begins for a question that was not sent, because earlier ones about its subject ended the process. */
export const notAsked = 'not asked: ';

/** Why a case that was answered counts as not asked. */
const anyAnswerPasses = `${notAsked}roundings may explain any answer`;

/** The result of one case. */
export type JudgedCase<Case> = { readonly input: Case; readonly observed: Observed<Judgement> } & (
  | { readonly judgement: Judgement }
  | { readonly refusal: string }
  | { readonly failure: ImplementationError }
);

/** A case without an answer. */
type Silent<Case> = Extract<JudgedCase<Case>, { readonly failure: unknown }>;

/** Judges cases of a part one by one, and separates refused and unanswered cases from answered ones. */
export function caseJudge<Case>(
  part: PropertyPart<Case>,
  { observe = unobserved, signal }: PropertyRun,
): (input: Case) => Promise<JudgedCase<Case>> {
  const turn = eventLoopTurns();
  return async (input) => {
    await turn();
    signal?.throwIfAborted();
    const observed = await observe(() => part.judge(input));
    const { result, error } = observed;
    const about = { input, observed };
    if (result !== undefined) {
      const judgement = Number.isNaN(result.ratio) ? { ...result, ratio: Number.POSITIVE_INFINITY } : result;
      if (passes(judgement.ratio)) {
        return judgement.unbounded === true ? { ...about, refusal: anyAnswerPasses } : { judgement, ...about };
      }
      // Other questions of a case, e.g. single steps beside a run, need not be wrong.
      const subject = await blamed(observed);
      return { input, observed: { ...observed, ...(subject && { subject }) }, judgement };
    }
    if (error instanceof NotFiniteError) {
      return { judgement: { ratio: Number.POSITIVE_INFINITY, explanation: () => error.message }, ...about };
    }
    // A method declared as not offered is not missing for any subject.
    if (error instanceof NotOfferedError) return { input, observed: { calls: [] }, refusal: error.message };
    if (error instanceof UnsupportedError) return { ...about, refusal: error.message };
    if (error instanceof ImplementationError && !error.asked)
      return { ...about, refusal: `${notAsked}${error.message}` };
    if (error instanceof ImplementationError) return { ...about, failure: error };
    throw error;
  };
}

const unobserved: Observer['observe'] = async (judge) => {
  try {
    return { result: await judge(), calls: [] };
  } catch (error) {
    return { error, calls: [] };
  }
};

/** A case in its saved form. */
export function recordOf<Case>(
  { name }: PropertyPart<Case>,
  { saved }: PropertyRun,
  input: Case,
  { ratio, explanation }: Judgement,
): CaseRecord {
  return {
    part: name,
    ratio,
    input: encodeExact(input),
    // Explanations describe the error. Without an error there is nothing to say, except when a case is replayed after a fix.
    ...(explanation && (ratio > 0 || saved.length > 0) ? { explanation: explanation() } : {}),
  };
}

/** The results of the cases of a part so far. */
export class PartFindings<Case> {
  /** Cases that were answered and judged. */
  cases = 0;
  readonly tallies: Tallies;
  readonly reached: Record<string, number> = {};
  readonly refusals: Record<string, number> = {};
  /** One entry for every case in order: shrinking starts from the place of a failing case. */
  readonly ratios: { readonly ratio: number; readonly subject: string | undefined }[] = [];
  worst: { readonly input: Case; readonly judgement: Judgement } | undefined;
  /** The smallest case without an answer about each subject. */
  readonly silent = new Map<string, Silent<Case>>();
  failure: Failure | undefined;
  unanswered: CaseRecord | undefined;
  private first: number | undefined;
  private isVarying = false;

  constructor(
    private readonly part: PropertyPart<Case>,
    private readonly run: PropertyRun,
  ) {
    this.tallies = new Tallies(run.keepsAsked);
  }

  /** False when every case gave the same non-zero ratio. */
  get varies(): boolean {
    return this.isVarying || this.first === 0 || this.first === undefined;
  }

  /** Whether some case fails. */
  get fails(): boolean {
    return this.worst !== undefined && !passes(this.worst.judgement.ratio);
  }

  get missed(): string[] {
    return (this.part.mustReach ?? []).filter((category) => !this.reached[category]);
  }

  get isRefused(): boolean {
    return Object.keys(this.refusals).length > 0;
  }

  /** Whether of most cases any answer would pass, so that more of them say little more. */
  get isMostlyUnbounded(): boolean {
    return (this.refusals[anyAnswerPasses] ?? 0) > this.cases;
  }

  take(outcome: JudgedCase<Case>): void {
    const { subject } = outcome.observed;
    if ('refusal' in outcome) {
      count(this.refusals, outcome.refusal);
      const last = outcome.observed.calls.at(-1);
      // The suite itself may leave out a case after the last answer.
      const isRefused = last?.answer === undefined && !outcome.refusal.startsWith(notAsked);
      const call = isRefused ? last : undefined;
      if (subject) this.tallies.of(subject).refused(outcome.refusal, call);
      this.ratios.push({ ratio: 0, subject: undefined });
    } else if ('failure' in outcome) this.takeSilent(outcome);
    else this.takeJudged(outcome);
  }

  private takeSilent(outcome: Silent<Case>): void {
    const { observed, failure } = outcome;
    const { kind, message } = failure;
    this.ratios.push({ ratio: 0, subject: undefined });
    this.failure ??= { kind, message };
    if (observed.subject) this.tallies.of(observed.subject).silent(observed);
    this.showSilent(outcome);
  }

  /** Takes a case without an answer as one to show if it is the smallest, and not as one of those that are counted. */
  showSilent(outcome: Silent<Case>): void {
    const { input, observed, failure } = outcome;
    const { subject } = observed;
    const record = recordOf(this.part, this.run, input, { ratio: Number.POSITIVE_INFINITY });
    this.unanswered = smallerCase(this.unanswered, record);
    if (subject === undefined) return;
    const tally = this.tallies.of(subject);
    tally.failing.add(observed, record, failure);
    tally.unanswered = smallerCase(tally.unanswered, record);
    if (tally.unanswered === record) this.silent.set(subject.name, outcome);
  }

  private takeJudged({ input, observed, judgement }: Extract<JudgedCase<Case>, { readonly judgement: unknown }>): void {
    const { part, run, tallies } = this;
    const { subject } = observed;
    const { ratio } = judgement;
    // A failing case adds to the tally of its subject, even if another subject is blamed.
    if (subject) tallies.of(subject);
    for (const call of observed.refused ?? []) {
      // What a judge does not mention may be refused, such as a bad parameter.
      if (judgement.refused === undefined) tallies.of(call.subject).refused('refused', undefined);
      else tallies.of(call.subject).refused(judgement.refused, call);
    }
    this.ratios.push({ ratio, subject: subject?.name });
    // A passing case counts for all its most deeply built subjects; a failing one is about one of them.
    const about = passes(ratio) ? topSubjects(observed) : [subject].filter((each) => each !== undefined);
    for (const each of about) {
      tallies.of(each).judged(ratio, observed, passes(ratio) ? undefined : recordOf(part, run, input, judgement));
    }
    this.cases++;
    this.first ??= ratio;
    this.isVarying ||= ratio !== this.first;
    if (run.verdictOnly !== true) for (const category of part.classify?.(input) ?? []) count(this.reached, category);
    if (this.worst === undefined || ratio > this.worst.judgement.ratio) this.worst = { input, judgement };
  }
}
