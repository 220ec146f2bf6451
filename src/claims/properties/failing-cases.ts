import type { CaseRecord, FailingCase } from '../evidence.js';
import {
  answerText,
  type Call,
  callText,
  isFiniteAnswer,
  rightDigits,
  typesOf,
  whyExtreme,
} from '../implementation/call.js';
import type { ImplementationError } from '../implementation/implementation.js';
import type { Observed } from '../implementation/observed.js';
import { reference } from '../implementation/reference.js';
import type { Judgement } from '../judges/judgement.js';

const kindOfFailure = {
  error: 'raises',
  protocol: 'raises',
  timeout: 'hangs',
  crash: 'crashes',
} as const satisfies Record<ImplementationError['kind'], FailingCase['kind']>;

/** Sets of types that are kept: those with the fewest types say most. */
const mostKept = 12;

interface Kept {
  readonly observed: Observed<Judgement>;
  readonly call: Call;
  readonly record: CaseRecord;
  readonly kind: FailingCase['kind'];
  readonly of: readonly string[];
  readonly extreme: string | undefined;
  readonly length: number;
  /** How it was not answered. */
  readonly message: string | undefined;
}

/** The failing cases about one subject: for each set of types and way to fail, the one that is shortest to write. */
export class FailingCases {
  private readonly kept = new Map<string, Kept>();

  /** Takes one case, and how it was not answered, if it was not. */
  add(
    observed: Observed<Judgement>,
    record: CaseRecord,
    failure?: Pick<ImplementationError, 'kind' | 'message'>,
  ): void {
    const { calls, subject } = observed;
    const own = calls.filter((call) => call.subject.name === subject?.name);
    const call = own.at(-1);
    if (call === undefined) return;
    const notFinite = failure === undefined && own.find(({ answer }) => !isFiniteAnswer(answer));
    const kind = failure === undefined ? (notFinite ? 'not-finite' : 'wrong') : kindOfFailure[failure.kind];
    const shown = notFinite || call;
    const of = [...new Set(calls.flatMap(typesOf))].sort();
    const extreme = whyExtreme(shown);
    const key = [kind, extreme === undefined, ...of].join();
    const length = callText(shown).length;
    const known = this.kept.get(key);
    if (known !== undefined && known.length <= length) return;
    this.kept.set(key, { observed, call: shown, record, kind, of, extreme, length, message: failure?.message });
  }

  /** Whether every case is about something built of one of the types. */
  isAround(types: ReadonlySet<string> = new Set()): boolean {
    return [...this.kept.values()].every(({ of }) => of.length > 1 && of.some((type) => types.has(type)));
  }

  /** Those about the fewest types first, with the right answers. */
  async told(): Promise<FailingCase[]> {
    const fewest = [...this.kept.values()].sort((one, other) => one.of.length - other.of.length);
    return Promise.all(fewest.slice(0, mostKept).map(tell));
  }
}

async function tell({ observed, call, record, kind, of, extreme, message }: Kept): Promise<FailingCase> {
  const about = { kind, of, ...(extreme !== undefined && { extreme }), case: record };
  if (message !== undefined) return { ...about, text: `${callText(call)}: ${message}` };
  const told = await Promise.all(
    observed.calls
      .filter(({ subject }) => subject.name === call.subject.name)
      .map(async (each) => {
        const right = await each.ask(reference).catch(() => undefined);
        return { each, right, digits: right === undefined ? undefined : rightDigits(each.answer, right, each) };
      }),
  );
  // Of the answers of the case the one that is farthest from the right one is shown.
  const worst = told.reduce((most, next) => ((next.digits ?? 17) < (most.digits ?? 17) ? next : most));
  const { each, right, digits = 17 } = worst;
  // Where every answer is as the reference's, what is wrong is how they are related, and the claim says it.
  if (right === undefined || digits >= 17)
    return { ...about, text: `${callText(call)}: ${record.explanation ?? 'fails'}` };
  const text = `${callText(each)}: returned ${answerText(each.answer)}, right is ${answerText(right)}`;
  return { ...about, text, digits };
}
