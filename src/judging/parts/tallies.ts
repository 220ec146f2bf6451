import { type Asked, AskedSoFar } from '../../claims/asked.js';
import type { CaseRecord, FailingCase, Refused } from '../../claims/evidence.js';
import { type Call, callText, type Subject, whyExtreme } from '../../claims/implementation/call.js';
import type { Observed } from '../../claims/implementation/observed.js';
import { joinedRefusals } from '../../claims/subject-verdicts.js';
import type { Judgement } from '../judges/judgement.js';
import { FailingCases } from './failing-cases.js';

/** The results of the cases of a part about one subject, as data. */
export interface DescribedTally
  extends Pick<Tally, 'subject' | 'cases' | 'worstRatio' | 'skipped' | 'worst' | 'minimal' | 'unanswered'> {
  readonly failing: readonly FailingCase[];
  readonly asked?: Asked;
  readonly refusals?: Refused;
}

/** The results of the cases of a part about one subject. */
export class Tally {
  /** Judged cases, including unanswered ones. */
  cases = 0;
  worstRatio = 0;
  /** Numbers of refused cases, by the message of the implementation. */
  readonly skipped: Record<string, number> = {};
  readonly failing = new FailingCases();
  /** Of those that fail, as they were generated: the one with the largest ratio, the one that shrinking ended with, the smallest without an answer. */
  worst: CaseRecord | undefined;
  minimal: CaseRecord | undefined;
  unanswered: CaseRecord | undefined;
  /** The valid questions among the refused ones. */
  refusals: Refused | undefined;
  private readonly asked: AskedSoFar | undefined;

  constructor(
    readonly subject: Subject,
    keepsAsked: boolean,
  ) {
    this.asked = keepsAsked ? new AskedSoFar() : undefined;
  }

  /** Takes a refusal, with the question if the implementation must either answer it or declare that it does not. */
  refused(reason: string, call: Call | undefined): void {
    count(this.skipped, reason);
    const isValid = call !== undefined && Array.from((call.given['x'] ?? []) as Float64Array).every(Number.isFinite);
    if (!isValid) return;
    const ordinary = whyExtreme(call) === undefined ? 1 : 0;
    this.refusals = joinedRefusals(this.refusals, { count: 1, ordinary, text: `${callText(call)}: ${reason}` });
  }

  /** Counts a case without an answer. */
  silent({ calls }: Observed<Judgement>): void {
    this.cases++;
    this.asked?.take(calls, this.subject.name);
  }

  /** Takes a case that was answered, with its record where it fails. */
  judged(ratio: number, observed: Observed<Judgement>, failed: CaseRecord | undefined): void {
    this.cases++;
    this.asked?.take(observed.calls, this.subject.name);
    this.worstRatio = Math.max(this.worstRatio, ratio);
    if (failed === undefined) return;
    this.worst = largerCase(this.worst, failed);
    this.failing.add(observed, failed);
  }

  /** Takes the smallest failing case, and the same with numbers that are simpler than a generator's. */
  shrunk(generated: CaseRecord, observed: Observed<Judgement>, simplest: CaseRecord): void {
    this.minimal = smallerCase(this.minimal, generated);
    this.failing.add(observed, simplest);
  }

  /** With failing cases in the language of the implementation; an answer with fewer right digits than `wrong` is wrong, and not inaccurate. */
  async described(implementation: Parameters<FailingCases['described']>[0], wrong: number): Promise<DescribedTally> {
    const { subject, cases, worstRatio, skipped, worst, minimal, unanswered, refusals } = this;
    const failing = await this.failing.described(implementation, wrong);
    const asked = this.asked && { asked: this.asked.summary() };
    const kept = { subject, cases, worstRatio, skipped, worst, minimal, unanswered, failing };
    return { ...kept, ...asked, ...(refusals && { refusals }) };
  }
}

/** A tally for each subject. */
export class Tallies {
  private readonly tallies = new Map<string, Tally>();

  constructor(private readonly keepsAsked = false) {}

  of(subject: Subject): Tally {
    const known = this.tallies.get(subject.name);
    if (known !== undefined) return known;
    const tally = new Tally(subject, this.keepsAsked);
    this.tallies.set(subject.name, tally);
    return tally;
  }

  named(name: string | undefined): Tally | undefined {
    return this.tallies.get(name ?? '');
  }

  all(): readonly Tally[] {
    return [...this.tallies.values()];
  }
}

export function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** The one whose input is shorter to write, the first on a tie. */
export function smallerCase(one: CaseRecord | undefined, other: CaseRecord): CaseRecord {
  const length = ({ input }: CaseRecord): number => JSON.stringify(input).length;
  return one === undefined || length(other) < length(one) ? other : one;
}

/** The one with the larger ratio, the first on a tie. */
export function largerCase(one: CaseRecord | undefined, other: CaseRecord): CaseRecord {
  return one === undefined || other.ratio > one.ratio ? other : one;
}
