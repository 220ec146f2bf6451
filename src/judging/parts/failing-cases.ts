import type { CaseRecord, FailingCase } from '../../claims/evidence.js';
import {
  allDigits,
  type Call,
  callText,
  comparisonText,
  isFiniteAnswer,
  joined,
  rightDigits,
  together,
  typesOf,
  whyExtreme,
} from '../../claims/implementation/call.js';
import type { ImplementationError } from '../../claims/implementation/implementation.js';
import type { Observed } from '../../claims/implementation/observed.js';
import { questionAsCode } from '../../claims/implementation/question-as-code.js';
import { reference } from '../../claims/implementation/reference.js';
import type { Judgement } from '../judges/judgement.js';

const kindOfFailure = {
  error: 'raises',
  shape: 'wrong',
  protocol: 'garbled',
  timeout: 'hangs',
  crash: 'crashes',
} as const satisfies Record<ImplementationError['kind'], FailingCase['kind']>;

/** Number of sets of types to keep: those with the fewest types say most. */
const mostKept = 12;

interface Kept {
  readonly observed: Observed<Judgement>;
  readonly call: Call;
  /** Whether the judge named this call as the one with the wrong answer. */
  readonly isConvicted: boolean;
  readonly record: CaseRecord;
  readonly kind: FailingCase['kind'];
  readonly of: readonly string[];
  readonly extreme: string | undefined;
  readonly length: number;
  /** How it was not answered. */
  readonly message: string | undefined;
}

/** The failing cases about one subject: for each set of types and kind of failure, the shortest to write. */
export class FailingCases {
  private readonly kept = new Map<string, Kept>();

  /** Adds one case; if it was not answered, with the kind of failure. */
  add(
    observed: Observed<Judgement>,
    record: CaseRecord,
    failure?: Pick<ImplementationError, 'kind' | 'message' | 'about'>,
  ): void {
    const { calls, subject } = observed;
    const own = calls.filter((call) => call.subject.name === subject?.name);
    const judged = observed.result?.answer;
    const convicted = judged && own.find((each) => isAnswer(each, judged));
    const call = convicted ?? own.at(-1);
    if (call === undefined) return;
    const notFinite = failure === undefined && own.find(({ answer }) => !isFiniteAnswer(answer));
    const kind =
      failure === undefined ? (notFinite ? 'not-finite' : 'wrong') : (failure.about ?? kindOfFailure[failure.kind]);
    const shown = notFinite || call;
    const of = [...new Set(calls.flatMap(typesOf))].sort();
    const extreme = observed.result?.extreme ?? whyExtreme(shown);
    const key = [kind, extreme === undefined, ...of].join();
    const length = callText(shown).length;
    const known = this.kept.get(key);
    if (known !== undefined && known.length <= length) return;
    const isConvicted = convicted !== undefined && shown === convicted;
    const message = failure?.message;
    this.kept.set(key, { observed, call: shown, isConvicted, record, kind, of, extreme, length, message });
  }

  /** Whether every case is about something built from one of the types. */
  isAround(types: ReadonlySet<string> = new Set()): boolean {
    return [...this.kept.values()].every(({ of }) => of.length > 1 && of.some((type) => types.has(type)));
  }

  /** Whether all cases have extreme inputs. */
  get isExtreme(): boolean {
    return [...this.kept.values()].every(({ extreme }) => extreme !== undefined);
  }

  /** Those about the fewest types first, with the right answers, and as lines of the language. */
  async told(language: string): Promise<FailingCase[]> {
    const fewest = [...this.kept.values()].sort((one, other) => one.of.length - other.of.length);
    return Promise.all(fewest.slice(0, mostKept).map((kept) => tell(kept, language)));
  }
}

/** The subject of a failing case: among the most deeply built functions, the one whose answer is farthest from the right one. */
export async function blamed({ calls, subject }: Observed<Judgement>): Promise<Observed<Judgement>['subject']> {
  const top = calls.filter((call) => call.subject.level === subject?.level);
  if (new Set(top.map((call) => call.subject.name)).size < 2) return subject;
  const { each, digits } = await farthest(top);
  return digits < allDigits ? each.subject : subject;
}

/** A call with the right answer, and the number of correct digits of its own answer. */
async function compare(each: Call) {
  const right = await each.ask(reference).catch(() => undefined);
  return { each, right, digits: right === undefined ? allDigits : rightDigits(each.answer, right, each) };
}

/** The call whose answer is farthest from the right one. */
async function farthest(calls: readonly Call[]) {
  const compared = await Promise.all(calls.map(compare));
  return compared.reduce((most, next) => (next.digits < most.digits ? next : most));
}

/**
 * Whether some answer about the subject has fewer right digits than rounding leaves, although the right one is finite: then a case with other numbers shows an error of the
 * implementation even if no generator made it.
 */
export async function isPlainlyWrong(observed: Observed<Judgement>, fewest: number): Promise<boolean> {
  const { calls, subject, result } = observed;
  const convicted = result?.answer && calls.find((each) => isAnswer(each, result.answer!));
  if (result?.right !== undefined && convicted) return rightDigits(result.answer, result.right, convicted) < fewest;
  const compared = await Promise.all(calls.filter((call) => call.subject.name === subject?.name).map(compare));
  return compared.some(
    ({ each, right, digits }) => digits < fewest && isFiniteAnswer(right) && isFiniteAnswer(each.answer),
  );
}

/** Whether a question about the subject has extreme inputs. */
export const isExtreme = ({ calls, subject }: Observed<Judgement>): boolean =>
  calls.some((call) => call.subject.name === subject?.name && whyExtreme(call) !== undefined);

/** Whether a vector is the answer to a call, or in it. */
function isAnswer({ answer }: Call, vector: Float64Array): boolean {
  const { x, trajectory = [] } = (answer ?? {}) as { readonly x?: unknown; readonly trajectory?: readonly unknown[] };
  return answer === vector || x === vector || trajectory.includes(vector);
}

async function tell(
  { observed, call, isConvicted, record, kind, of, extreme, message }: Kept,
  language: string,
): Promise<FailingCase> {
  const about = (asked: Call | readonly Call[], came: string): Omit<FailingCase, 'text' | 'digits'> => {
    const paste = questionAsCode([asked].flat(), came, language);
    return {
      ...{ kind, of, case: record },
      ...(extreme !== undefined && { extreme }),
      ...(observed.result?.advice !== undefined && { advice: observed.result.advice }),
      ...(paste !== undefined && { paste }),
    };
  };
  if (message !== undefined) {
    // The verdict says that an error was answered; this says which one.
    const raised = message.replace(/^\S+ answers internal: /, '');
    return { ...about(call, raised), text: `${callText(call)}: ${raised}` };
  }
  const { answer, right: judged } = observed.result ?? {};
  // The reference can neither go on from a foreign memory nor follow other conventions.
  if (isConvicted && judged !== undefined) {
    const fault = record.explanation ?? 'fails';
    return { ...about(call, fault), text: joined(callText(call), fault), digits: rightDigits(answer, judged, call) };
  }
  const own = isConvicted ? [call] : observed.calls.filter(({ subject }) => subject.name === call.subject.name);
  const { each, right, digits } = await farthest(own);
  const fault = record.explanation ?? 'fails';
  // Answers that are wrong together may each be right.
  if (observed.result?.together === true) {
    return { ...about(call, fault), text: joined(callText(call), fault) };
  }
  // Only the claim can judge answers that depend on an implementation's memory and conventions, or on what is not finite.
  if (isConvicted && (call.isRemembered === true || !isFiniteAnswer(call.given['x']))) {
    return { ...about(call, fault), text: joined(callText(call), fault), ...(digits < allDigits && { digits }) };
  }
  // If every answer agrees with the reference, the relation between them is wrong, and the claim describes it.
  if (digits >= allDigits) {
    return { ...about(own, fault), text: joined(callText(together(own)), fault) };
  }
  const came = comparisonText(each.answer, right);
  return { ...about(each, came), text: joined(callText(each), came), digits };
}
