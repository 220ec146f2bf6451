import type { CaseRecord, Failure } from '../evidence.js';
import { topSubjects } from '../implementation/observed.js';
import type { Judgement } from '../judges/judgement.js';
import { type Outcome, passes, recordOf } from './judged-case.js';
import type { PropertyPart, PropertyRun } from './property-part.js';
import { count, smallerCase, Tallies } from './tallies.js';

/** What became of the cases of a part so far. */
export class PartFindings<Case> {
  /** Cases that were answered and judged. */
  cases = 0;
  readonly tallies = new Tallies();
  readonly reached: Record<string, number> = {};
  readonly refusals: Record<string, number> = {};
  /** Of every case in order, because the place of a failing one among all is where shrinking begins. */
  readonly ratios: { readonly ratio: number; readonly subject: string | undefined }[] = [];
  worst: { readonly input: Case; readonly judgement: Judgement } | undefined;
  failure: Failure | undefined;
  unanswered: CaseRecord | undefined;
  private first: number | undefined;
  private isVarying = false;

  constructor(
    private readonly part: PropertyPart<Case>,
    private readonly run: PropertyRun,
  ) {}

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

  take(outcome: Outcome<Case>): void {
    const { subject } = outcome.observed;
    if ('refusal' in outcome) {
      count(this.refusals, outcome.refusal);
      if (subject) this.tallies.of(subject).refused(outcome.refusal);
      this.ratios.push({ ratio: 0, subject: undefined });
    } else if ('failure' in outcome) this.takeSilent(outcome);
    else this.takeJudged(outcome);
  }

  private takeSilent({ input, observed, failure }: Extract<Outcome<Case>, { readonly failure: unknown }>): void {
    const { kind, message } = failure;
    const silent = recordOf(this.part, this.run, input, { ratio: Number.POSITIVE_INFINITY });
    this.ratios.push({ ratio: 0, subject: undefined });
    this.failure ??= { kind, message };
    this.unanswered = smallerCase(this.unanswered, silent);
    if (observed.subject) this.tallies.of(observed.subject).silent(observed, silent, failure);
  }

  private takeJudged({ input, observed, judgement }: Extract<Outcome<Case>, { readonly judgement: unknown }>): void {
    const { part, run, tallies } = this;
    const { subject } = observed;
    const { ratio } = judgement;
    // Whatever fails makes a tally of its subject, be it blamed for it or not.
    if (subject) tallies.of(subject);
    for (const refused of observed.refused ?? []) tallies.of(refused).refused(judgement.refused ?? 'refused');
    this.ratios.push({ ratio, subject: subject?.name });
    // A case that holds, holds for all that is built of most in it; one that fails is about one of them.
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
