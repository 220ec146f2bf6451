import type { CaseRecord, FailingCase } from '../../claims/evidence.js';
import {
  allDigits,
  type Call,
  callLength,
  callText,
  comparisonText,
  entriesOff,
  isFiniteAnswer,
  rightDigits,
  together,
  typesOf,
  whyExtreme,
} from '../../claims/implementation/call.js';
import type { Implementation, ImplementationError } from '../../claims/implementation/implementation.js';
import type { Observed } from '../../claims/implementation/observed.js';
import { callAsProgram, questionAsCode } from '../../claims/implementation/question-as-code.js';
import { reference } from '../../claims/implementation/reference.js';
import type { Judgement } from '../judges/judgement.js';

const kindOfFailure = {
  error: 'raises',
  shape: 'wrong',
  protocol: 'garbled',
  timeout: 'hangs',
  crash: 'crashes',
} as const satisfies Record<ImplementationError['kind'], FailingCase['kind']>;

/** Number of sets of types to tell of: those with the fewest types say most. */
const mostTold = 12;

/** In whose language cases are told. */
type Speaker = Pick<Implementation, 'description' | 'program'>;

interface Kept {
  readonly observed: Observed<Judgement>;
  readonly call: Call;
  /** Whether the judge named this call as the one with the wrong answer. */
  readonly isConvicted: boolean;
  readonly record: CaseRecord;
  readonly kind: FailingCase['kind'];
  readonly of: readonly string[];
  readonly extreme: string | undefined;
  /** The same for all cases of which a report needs no more than two: the simplest, and one that is as wrong as any. */
  readonly group: string;
  readonly length: number;
  /** How it was not answered. */
  readonly message: string | undefined;
}

/**
 * The failing cases about one subject: for each set of types and kind of failure, and for each size of the error, the shortest to write. The
 * shortest of all may be right to all digits but the last few where another one has no right digit, and that one decides the verdict.
 */
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
    const group = [kind, extreme === undefined, ...of].join();
    const key = `${group} ${sizeOf(record.ratio)}`;
    const length = callLength(shown);
    const known = this.kept.get(key);
    if (known !== undefined && known.length <= length) return;
    const isConvicted = convicted !== undefined && shown === convicted;
    const message = failure?.message;
    this.kept.set(key, { observed, call: shown, isConvicted, record, kind, of, extreme, group, length, message });
  }

  /** Whether every case is about something built from one of the types. */
  isAround(types: ReadonlySet<string> = new Set()): boolean {
    return [...this.kept.values()].every(({ of }) => of.length > 1 && of.some((type) => types.has(type)));
  }

  /** Whether all cases have extreme inputs. */
  get isExtreme(): boolean {
    return [...this.kept.values()].every(({ extreme }) => extreme !== undefined);
  }

  /**
   * Those about the fewest types first, with the right answers, and as lines of the language: of each group the shortest, and the shortest of
   * those that are wrong to `wrong` digits or, if none is, the one with the fewest digits.
   */
  async described(implementation: Speaker, wrong: number): Promise<FailingCase[]> {
    const shortest = [...this.kept.values()].sort((one, other) => one.length - other.length);
    const groups = [...new Set(shortest.map(({ group }) => group))].map((name) =>
      shortest.filter(({ group }) => group === name),
    );
    const sorted = groups.sort(([one], [other]) => one!.of.length - other!.of.length);
    const fewest = sorted.slice(0, mostTold);
    // One ordinary case makes the verdict.
    const isOrdinary = ([one]: readonly Kept[]): boolean => one!.extreme === undefined;
    const ordinary = fewest.some(isOrdinary) ? undefined : sorted.find(isOrdinary);
    const cases = await Promise.all(
      [...fewest, ...(ordinary ? [ordinary] : [])].map(async (group) => {
        const cases = await Promise.all(group.map((kept) => tell(kept, implementation)));
        const worst = cases.reduce((most, next) => (digitsOf(next) < digitsOf(most) ? next : most));
        return [...new Set([cases[0]!, cases.find((each) => digitsOf(each) < wrong) ?? worst])];
      }),
    );
    return cases.flat();
  }
}

const digitsOf = ({ digits = 0 }: FailingCase): number => digits;

/** Three decimal digits of the ratio, so that errors in one size are about as wrong. */
const sizeOf = (ratio: number): number => Math.floor(Math.log10(ratio) / 3);

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

/** Why a case about the subject is extreme: what its judge says, or what is in a question. */
const whyExtremeCase = ({ calls, subject, result }: Observed<Judgement>): string | undefined =>
  result?.extreme ??
  calls
    .filter((call) => call.subject.name === subject?.name)
    .map(whyExtreme)
    .find((why) => why !== undefined);

export const isExtreme = (observed: Observed<Judgement>): boolean => whyExtremeCase(observed) !== undefined;

/** Whether a case is ordinary, or extreme for the reason of another one: a weight of 0 says nothing of what fails at large numbers. */
export function isExtremeAs(observed: Observed<Judgement>, other: Observed<Judgement>): boolean {
  const kindOf = (one: Observed<Judgement>): string | undefined =>
    whyExtremeCase(one)?.replace(/^a number of .*/, 'a number');
  return [undefined, kindOf(other)].includes(kindOf(observed));
}

/** Whether a vector is the answer to a call, or in it. */
function isAnswer({ answer }: Call, vector: Float64Array): boolean {
  const { x, trajectory = [] } = (answer ?? {}) as { readonly x?: unknown; readonly trajectory?: readonly unknown[] };
  return answer === vector || x === vector || trajectory.includes(vector);
}

async function tell(
  { observed, call, isConvicted, record, kind, of, extreme, message }: Kept,
  implementation: Speaker,
): Promise<FailingCase> {
  const about = async (asked: Call | readonly Call[], came: string): Promise<Omit<FailingCase, 'text' | 'digits'>> => {
    const calls = [asked].flat();
    const iterate = calls[0] === call && isConvicted ? observed.result?.answer : undefined;
    const program = calls.length > 1 ? undefined : await callAsProgram(calls[0]!, iterate, came, implementation);
    const paste = program ?? questionAsCode(calls, came, implementation.description.language);
    return {
      kind,
      of,
      case: record,
      ...(extreme !== undefined && { extreme }),
      ...(observed.result?.advice !== undefined && { advice: observed.result.advice }),
      ...(paste !== undefined && { paste }),
    };
  };
  if (message !== undefined) {
    // The verdict says that an error was answered; this says which one.
    const raised = message.replace(/^\S+ answers internal: /, '');
    return { ...(await about(call, raised)), text: `${callText(call)}: ${raised}` };
  }
  const own = isConvicted ? [call] : observed.calls.filter(({ subject }) => subject.name === call.subject.name);
  const { each, right, digits } = await farthest(own);
  const { answer, right: judged, name, together: areTogether } = observed.result ?? {};
  // The judge says what is right in place of one answer, as far as the explanation of the case does.
  const isCompared = isConvicted && answer !== undefined && judged?.length === answer.length && name !== undefined;
  const fault = isCompared ? `${name}: ${comparisonText(answer, judged)}` : (record.explanation ?? 'fails');
  // Answers that are wrong together may each be right.
  if (areTogether === true) {
    return { ...(await about(call, fault)), text: `${callText(call)}: ${fault}` };
  }
  // Only the claim can judge answers that depend on an implementation's memory and conventions, or on what is not finite.
  if (isCompared || (isConvicted && (call.isRemembered === true || !isFiniteAnswer(call.given['x'])))) {
    const own = isCompared ? rightDigits(answer, judged, call) : digits;
    const text = `${callText(call, isCompared ? entriesOff(answer, judged) : [])}: ${fault}`;
    return { ...(await about(call, fault)), text, ...(own < allDigits && { digits: own }) };
  }
  // If every answer agrees with the reference, the relation between them is wrong, and the claim describes it.
  if (digits >= allDigits) {
    return { ...(await about(own, fault)), text: `${callText(together(own))}: ${fault}` };
  }
  const came = comparisonText(each.answer, right);
  return { ...(await about(each, came)), text: `${callText(each, entriesOff(each.answer, right))}: ${came}`, digits };
}
