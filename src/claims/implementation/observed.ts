import { layoutOf } from '../../reference/algorithms/layout.js';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import { type Call, isBuiltOfFunctions, isFiniteAnswer, type Subject } from './call.js';
import {
  type Implementation,
  ImplementationError,
  type RunRequest,
  type StatefulRunRequest,
  type StatefulStepRequest,
  type StepRequest,
  UnsupportedError,
} from './implementation.js';

const ofFunction = (method: string, type: string): Subject => ({
  name: `${method} of ${type}`,
  level: isBuiltOfFunctions(type) ? 1 : 0,
});
const ofProblem = (name: string): Subject => ({ name, level: 2 });
type Request = StepRequest | RunRequest | StatefulStepRequest | StatefulRunRequest;
const ofAlgorithm = (method: string, { algorithm }: Request): Subject => ofProblem(`${method} of ${algorithm}`);

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
  const chosen = (hyperparameters: Hyperparameters): Hyperparameters =>
    Object.fromEntries(Object.entries(hyperparameters).filter(([name]) => !Object.hasOwn(fixedHyperparameters, name)));
  const about = async <Answer>(
    subject: Subject,
    given: Call['given'],
    x: Float64Array | undefined,
    ask: (implementation: Implementation, x: Float64Array) => Promise<Answer>,
    { isRemembered = false, variant }: { isRemembered?: boolean; variant?: string | undefined } = {},
  ): Promise<Answer> => {
    const point = x ?? new Float64Array(0);
    const calls = store.current();
    if (calls === undefined) return ask(implementation, point);
    const spoiling = point.every(Number.isFinite) ? undefined : calls.find(({ answer }) => !isFiniteAnswer(answer));
    if (spoiling !== undefined) throw new NotFiniteError(spoiling);
    // A call may write to its x; the reference does not.
    const kept = implementation.reference ? point : point.slice();
    const call: Call = {
      subject,
      given: x === undefined ? given : { ...given, x: given['x'] ?? kept },
      ...(isRemembered && { isRemembered }),
      ...(variant !== undefined && { variant }),
      ask: (to) => ask(to, kept.slice()),
    };
    calls.push(call);
    const answer = await ask(implementation, point);
    call.answer = answer;
    return answer;
  };
  const iterated = (request: Request) => {
    const { problem, step, indices, variant } = request;
    return {
      ...('hyperparameters' in request ? { ...chosen(request.hyperparameters), ...layoutOf(request) } : {}),
      ...{
        d: problem.smooth,
        r_k: problem.functions,
        θ: problem.probabilities,
        γ: ('steps' in request ? request.steps : undefined) ?? step,
      },
      k: ('workers' in request ? request.workers : undefined) ?? indices,
      ...(variant === undefined ? {} : { variant }),
    };
  };
  /** The origin of a step of an algorithm with memory: the start, and every γ and mini-batch since then. */
  const remembered = (request: StatefulStepRequest): Call['given'] => {
    const own = iterated(request);
    const before = store.current()?.findLast(({ answer }) => isContinued(answer, request));
    if (before === undefined) return own;
    const {
      γ,
      k,
      x,
      t = 1,
    } = before.given as { γ: number | number[]; k: number[] | number[][]; x: unknown; t?: number };
    const steps = [...(typeof γ === 'number' ? Array<number>(t).fill(γ) : γ), request.step];
    return {
      ...own,
      γ: steps.every((step) => step === request.step) ? request.step : steps,
      k: [...(t === 1 ? [k] : k), request.indices],
      t: t + 1,
      x,
    };
  };
  const watched: Implementation = {
    ...implementation,
    prox: (r, step, x, form, layout) =>
      about(ofFunction('prox', r.type), { r, ...(form !== undefined && { form }), ...layout, γ: step }, x, (to, y) =>
        to.prox(r, step, y, form, layout),
      ),
    value: (r, x) => about(ofFunction('value', r.type), { r }, x, (to, u) => to.value(r, u)),
    gradient: (r, x) => about(ofFunction('gradient', r.type), { r }, x, (to, u) => to.gradient(r, u)),
    proximalGradient: (problem, k, step, x) =>
      about(ofProblem('proximal-gradient'), { d: problem.smooth, r_k: problem.functions[k], γ: step }, x, (to, u) =>
        to.proximalGradient(problem, k, step, u),
      ),
    miniBatch: (problem, k, step, x) =>
      about(ofProblem('mini-batch'), { d: problem.smooth, r_k: problem.functions, γ: step, k }, x, (to, u) =>
        to.miniBatch(problem, k, step, u),
      ),
    gradientMapping: (problem, step, x) =>
      about(
        ofProblem('gradient-mapping'),
        { d: problem.smooth, r_k: problem.functions, θ: problem.probabilities, γ: step },
        x,
        (to, u) => to.gradientMapping(problem, step, u),
      ),
    step: (request) =>
      about(ofAlgorithm('step', request), iterated(request), request.x, (to, x) => to.step({ ...request, x }), {
        variant: request.variant ?? usual,
      }),
    run: (request) =>
      about(ofAlgorithm('run', request), iterated(request), request.x, (to, x) => to.run({ ...request, x }), {
        variant: request.variant ?? usual,
      }),
    ...(implementation.statefulStep && {
      statefulStep: (request) =>
        about(
          ofAlgorithm('step', request),
          remembered(request),
          request.x,
          async (to, x) => {
            // A state is meaningful only to its own implementation.
            if (to !== implementation && request.state !== null) throw new UnsupportedError('the state of another');
            return to.statefulStep!({ ...request, x });
          },
          { isRemembered: true, variant: request.variant ?? usual },
        ),
    }),
    ...(implementation.resumedStep && {
      resumedStep: (request) =>
        about(
          ofAlgorithm('step', request),
          remembered(request),
          request.x,
          async (to, x) => {
            if (to !== implementation) throw new UnsupportedError('the state of another');
            return to.resumedStep!({ ...request, x });
          },
          { isRemembered: true, variant: request.variant ?? usual },
        ),
    }),
    ...(implementation.statefulRun && {
      statefulRun: (request) =>
        about(
          ofAlgorithm('run', request),
          iterated(request),
          request.x,
          (to, x) => to.statefulRun!({ ...request, x }),
          { isRemembered: true, variant: request.variant ?? usual },
        ),
    }),
    sample: (probabilities, count, seed) =>
      about({ name: 'sample', level: 0 }, { θ: probabilities, N: count, seed }, undefined, (to) =>
        to.sample(probabilities, count, seed),
      ),
  };
  return { implementation: watched, observe: (judge) => observeCalls(store, judge) };
}

/** Whether a step continues from an answer: from its x and its state. */
function isContinued(answer: unknown, { x, state }: StatefulStepRequest): boolean {
  const { x: from, state: left = null } = (answer ?? {}) as Partial<StatefulStepRequest>;
  return state !== null && left === state && from?.every((value, i) => Object.is(value, x[i])) === true;
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
