import { layoutOf } from '../../reference/algorithms/layout.js';
import { isStateful } from '../../reference/algorithms/stateful/names.js';
import { type Call, isBuiltOfFunctions, isFiniteAnswer, type Subject } from './call.js';
import {
  type Implementation,
  ImplementationError,
  type Question,
  type StatefulStepRequest,
  UnsupportedError,
} from './implementation.js';

/** What a question is about. */
function subjectOf(question: Question): Subject {
  const { method } = question;
  if (method === 'sample') return { name: method, level: 0 };
  if ('function' in question) {
    const { type } = question.function;
    return { name: `${method} of ${type}`, level: isBuiltOfFunctions(type) ? 1 : 0 };
  }
  return { name: `${method} of ${question.algorithm}`, level: 2 };
}

/** The data of a question except x, by their mathematical names. */
function givenOf(question: Question): Call['given'] {
  switch (question.method) {
    case 'prox': {
      const { function: r, form, step } = question;
      return { r, ...(form !== undefined && { form }), ...layoutOf(question), γ: step };
    }
    case 'value':
    case 'gradient':
      return { r: question.function };
    case 'step':
    case 'run': {
      const { problem, step, indices, variant } = question;
      const own = question as { readonly gradient?: unknown; readonly gradients?: unknown; readonly steps?: unknown };
      return {
        ...('hyperparameters' in question ? { ...question.hyperparameters, ...layoutOf(question) } : {}),
        ...(problem && { d: problem.smooth, r_k: problem.functions, θ: problem.probabilities }),
        γ: own.steps ?? step,
        ...(problem ? { k: indices } : { g: own.gradient ?? own.gradients }),
        ...(variant === undefined ? {} : { variant }),
      };
    }
    case 'sample': {
      const { probabilities, count, seed } = question;
      return { θ: probabilities, N: count, seed };
    }
  }
}

/** Whether a step continues from an answer: from its x and its state. */
function isContinued(answer: unknown, { x, state }: Pick<StatefulStepRequest, 'x' | 'state'>): boolean {
  const { x: from, state: left = null } = (answer ?? {}) as Partial<StatefulStepRequest>;
  return state !== null && left === state && from?.every((value, i) => Object.is(value, x[i])) === true;
}

/** A question without those that follow it. */
function alone<Q extends Question>(question: Q): Q {
  const { ahead: _, ...own } = question as Q & { readonly ahead?: unknown };
  return own as unknown as Q;
}

/** The origin of a step of an algorithm with memory: the start, and every γ and mini-batch or gradient since then. */
function sinceTheStart(request: StatefulStepRequest, own: Call['given'], before: Call | undefined): Call['given'] {
  if (before === undefined) return own;
  const about = 'g' in own ? 'g' : 'k';
  const { γ, x, t = 1 } = before.given as { γ: number | number[]; x: unknown; t?: number };
  const since = before.given[about] as readonly unknown[];
  const steps = [...(typeof γ === 'number' ? Array<number>(t).fill(γ) : γ), request.step];
  return {
    ...own,
    γ: steps.every((step) => step === request.step) ? request.step : steps,
    [about]: [...(t === 1 ? [since] : since), own[about]],
    t: t + 1,
    x,
  };
}

/** An implementation whose calls are recorded for each case. */
export interface Observer {
  readonly implementation: Implementation;
  /** Runs `judge`, and records its calls. */
  observe<T>(judge: () => Promise<T> | T): Promise<Observed<T>>;
}

/** An answer that is not finite ends the case: it would enter the next question, whose answer would then say nothing about the claim. */
export class NotFiniteError extends Error {
  constructor(readonly call: Call) {
    super(`${call.subject.name} answers what is not finite`);
  }
}

/** Records the calls of the case that is being judged. */
interface CaseStore {
  current(): Call[] | undefined;
  run<T>(calls: Call[], judge: () => Promise<T>): Promise<T>;
}

/** If cases are judged one after another, their order separates them: an asynchronous store would slow down every promise. */
function oneAtATime(): CaseStore {
  let current: Call[] | undefined;
  return {
    current: () => current,
    async run(calls, judge) {
      current = calls;
      try {
        return await judge();
      } finally {
        current = undefined;
      }
    },
  };
}

/** Only programs answer several questions at once, so this never runs in a browser, which has no such store. */
function severalAtOnce(): CaseStore {
  const { AsyncLocalStorage } = process.getBuiltinModule('node:async_hooks');
  const store = new AsyncLocalStorage<Call[]>();
  return { current: () => store.getStore(), run: (calls, judge) => store.run(calls, judge) };
}

/** Records the calls of an implementation. At most as many cases are judged at once as it says it can answer at once. */
export function observed(implementation: Implementation): Observer {
  const store = (implementation.concurrency ?? 1) > 1 ? severalAtOnce() : oneAtATime();
  const { variants = [], restrictions: { fixedHyperparameters = {} } = {} } = implementation.description;
  const [usual] = variants;
  // What has one value is no choice of the question, nor makes it extreme.
  const chosen = (given: Call['given']): Call['given'] =>
    Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(fixedHyperparameters, name)));
  const ask: Implementation['ask'] = async (question) => {
    const calls = store.current();
    if (calls === undefined) return implementation.ask(question);
    const { x } = question as { readonly x?: Float64Array };
    const spoiling = x?.every(Number.isFinite) === false && calls.find(({ answer }) => !isFiniteAnswer(answer));
    if (spoiling) throw new NotFiniteError(spoiling);
    const call = callOf(question, calls);
    calls.push(call);
    const answer = await implementation.ask(question);
    call.answer = answer;
    return answer;
  };
  function callOf(question: Question, calls: readonly Call[]): Call {
    // A call may write to its x; the reference does not.
    const kept = !('x' in question)
      ? question
      : { ...alone(question), x: implementation.reference ? question.x : question.x.slice() };
    const isRemembered = 'algorithm' in question && isStateful(question.algorithm);
    const isIteration = question.method === 'step' || question.method === 'run';
    const own = chosen(givenOf(question));
    const request = isRemembered && question.method === 'step' ? (question as StatefulStepRequest) : undefined;
    const before = request && calls.findLast(({ answer }) => isContinued(answer, request));
    const given = request === undefined ? own : sinceTheStart(request, own, before);
    const variant = isIteration ? (question.variant ?? usual) : undefined;
    return {
      subject: subjectOf(question),
      given: 'x' in kept ? { ...given, x: given['x'] ?? kept.x } : given,
      question: kept,
      ...(before !== undefined && { before }),
      ...(isRemembered && { isRemembered }),
      ...(variant !== undefined && { variant }),
      async ask(to) {
        const { state = null, resumed = false } = question as Partial<StatefulStepRequest>;
        // A state is meaningful only to its own implementation.
        if (to !== implementation && (state !== null || resumed)) throw new UnsupportedError('the state of another');
        return to.ask('x' in kept ? { ...kept, x: kept.x.slice() } : kept);
      },
    };
  }
  return { implementation: { ...implementation, ask }, observe: (judge) => observeCalls(store, judge) };
}

/** The result of a case, and its questions. */
export interface Observed<T> {
  readonly result?: T;
  readonly error?: unknown;
  readonly calls: readonly Call[];
  /** The subject of the case: the first of its most deeply built subjects; if a call fails, the subject of that call. */
  readonly subject?: Subject;
  /** Other questions that were refused. */
  readonly refused?: readonly Call[];
}

async function observeCalls<T>(store: CaseStore, judge: () => Promise<T> | T): Promise<Observed<T>> {
  const calls: Call[] = [];
  const outcome = await store.run(calls, async (): Promise<{ result: T } | { error: unknown }> => {
    try {
      return { result: await judge() };
    } catch (error) {
      return { error };
    }
  });
  if ('error' in outcome) {
    // The calls of a case are made in order: one that fails or is refused is the last.
    const { error } = outcome;
    if (error instanceof NotFiniteError) return { error, calls: answeredIn(calls), subject: error.call.subject };
    const answerable = error instanceof ImplementationError || error instanceof UnsupportedError;
    const subject = answerable ? calls.at(-1)?.subject : topSubjects({ calls })[0];
    return { error, calls, ...(subject && { subject }) };
  }
  // A case is judged without the questions that were refused.
  const answered = answeredIn(calls);
  const refused = calls.filter(({ answer }) => answer === undefined);
  const [subject] = topSubjects({ calls: answered });
  return { calls: answered, ...outcome, ...(subject && { subject }), ...(refused.length > 0 && { refused }) };
}

const answeredIn = (calls: readonly Call[]): Call[] => calls.filter(({ answer }) => answer !== undefined);

/** The most deeply built subjects of a case, each once. */
export function topSubjects({ calls }: Pick<Observed<unknown>, 'calls'>): Subject[] {
  const level = Math.max(...calls.map(({ subject }) => subject.level));
  const top = calls
    .filter(({ subject }) => subject.level === level)
    .map(({ subject }) => [subject.name, subject] as const);
  return [...new Map(top).values()];
}
