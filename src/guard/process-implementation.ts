import * as z from 'zod';
import {
  type Answers,
  type Implementation,
  ImplementationError,
  isRemembering,
  iterationsOf,
  type MethodName,
  type Question,
  UnsupportedError,
} from '../claims/implementation/implementation.js';
import { plural } from '../claims/text.js';
import { isStateful } from '../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../reference/algorithms/stateful/registry.js';
import type { ProblemSpecification } from '../reference/problem/problem.js';
import { encodeProblem, encodeQuestion } from './protocol/encode-specification.js';
import { resultSchemas, seeingInputs } from './protocol/replies.js';
import { sealedState } from './protocol/sealed-state.js';
import { type PieceReply, stepsAhead } from './steps-ahead.js';
import { createAsk } from './supervisor/ask.js';
import { Connection, type StartOptions } from './supervisor/connection.js';
import { checkEcho, checkUnknownMethod } from './supervisor/echo.js';
import type { AdapterFailure } from './supervisor/failures.js';
import { Session } from './supervisor/session.js';

/** Calls that may wait at once: enough to fill batches while the suite judges, or to keep an adapter without batches busy. */
const concurrencyWithBatches = 256;
const concurrencyWithout = 4;

/** Options of `openProcess`. */
export interface ProcessOptions extends StartOptions {
  /** Limit of one call in milliseconds; default: 20 000. */
  readonly timeout?: number;
  /** Chooses the requests that are asked twice. */
  readonly seed: string;
  /** Whether a reply may return the x of its request after the call, so that an overwritten input is noticed. */
  readonly seesInputs?: boolean;
  /** Whether it answers a run with a program too, as the adapter of optimisers of PyTorch does. */
  readonly writesPrograms?: boolean;
}

/** An implementation in another process. It must be closed. */
export interface ProcessImplementation extends Implementation {
  /** The end of the stderr of the current process, without the output that bad requests caused. */
  readonly stderr: string;
  /** Says whether requests from now on are invalid on purpose. */
  provokes(isBad: boolean): void;
  /** Says bye and waits for the exit; resolves with the failure, if any. Afterwards no process is left. */
  close(): Promise<AdapterFailure | undefined>;
}

/** Algorithms whose step depends on the sign of a number that may be exactly 0. */
const signAlgorithms: readonly string[] = [
  ...['sign-prox', 'sign-sgd'],
  ...Object.values(statefulAlgorithms).flatMap(({ name, signs }) => (signs ? [name] : [])),
];

/** Iterations that a request may ask for within the usual time. */
const usualRun = 16;

/** Those of them whose sgn(0) is 0 unless another value is declared. */
const zeroAtZero: readonly string[] = ['sign-sgd', 'signum', 'lion'];

/**
 * Starts a command that speaks the protocol and wraps it as an implementation.
 *
 * @throws CommandError when the command cannot be started, AdapterFailure for an error of the adapter in hello or echo
 * @example
 * const mine = await openProcess({ command: ['node', 'fixtures/skeletons/signprox_adapter.mjs'], seed: '1' });
 * const { x } = await mine.ask({ method: 'prox', function: { type: 'l1', weight: 1 }, step: 1, x: Float64Array.of(3) });
 * assert.equal(x[0], 2);
 * assert.equal(await mine.close(), undefined);
 */
export async function openProcess(options: ProcessOptions): Promise<ProcessImplementation> {
  const { connection, handshake, encoding } = await Connection.open(options);
  const { description } = handshake;
  const session = new Session(connection, handshake.batch);
  const plain = resultSchemas(encoding.real);
  const tellsInputs = description.inPlace === true;
  const results = tellsInputs || options.seesInputs ? seeingInputs(plain, encoding.real, tellsInputs) : plain;
  const ask = createAsk(session, results, options.seed);
  const askProgram = createAsk(
    session,
    { ...plain, run: plain.run.extend({ program: z.string(), fault: z.string().optional() }) },
    options.seed,
  );
  try {
    await checkEcho(ask, encoding);
    if (description.conventions.rejectsBadParameters) await checkUnknownMethod(session);
  } catch (error) {
    await connection.close();
    throw error;
  }

  /** A second process of the same command, for what another one must be able to continue. */
  let other: Promise<ProcessImplementation> | undefined;
  const encoded = new WeakMap<ProblemSpecification, object>();
  const problemOf = (problem: ProblemSpecification): object => {
    let found = encoded.get(problem);
    if (found === undefined) {
      found = encodeProblem(problem, encoding);
      encoded.set(problem, found);
    }
    return found;
  };
  // A sign of exactly 0 may be drawn at random if that is declared, and of signProx and the like unless something else is.
  const { signOfZero } = description.conventions;
  const hasOpenSign = (algorithm: string): boolean =>
    signAlgorithms.includes(algorithm) &&
    (signOfZero === 'random' || (signOfZero === 'unknown' && !zeroAtZero.includes(algorithm)));
  const isRepeatable = (algorithm: string): boolean =>
    !(description.rounding === 'stochastic' && isStateful(algorithm)) && !hasOpenSign(algorithm);

  const [usual] = description.variants ?? [];
  async function answer(question: Question): Promise<Answers[MethodName]> {
    const isIteration = question.method === 'step' || question.method === 'run';
    const asked = isIteration ? { ...question, variant: question.variant ?? usual } : question;
    const { state } = question as { readonly state?: unknown };
    const result = await ask({
      method: question.method,
      kind: kindOf(question),
      fields: encodeQuestion(asked, encoding, problemOf),
      ...(question.method === 'run' && { length: Math.max(1, Math.ceil(iterationsOf(question).length / usualRun)) }),
      ...(state !== undefined && { state: state === null ? 'null' : sealedState(state) }),
      repeatable: !isIteration || isRepeatable(question.algorithm),
    });
    return answerIn(question, result);
  }

  const step = stepsAhead((question) => answer(question) as Promise<PieceReply>);
  return {
    description,
    found: new WeakMap(),
    ...(handshake.ahead && { seesAhead: true as const }),
    concurrency: handshake.batch ? concurrencyWithBatches : concurrencyWithout,
    async ask(question) {
      const { resumed, x } = question as { readonly resumed?: true; readonly x?: Float64Array };
      if (resumed === true) {
        other ??= openProcess(options);
        return (await other).ask({ ...question, resumed: undefined });
      }
      try {
        const isStep = question.method === 'step' && isRemembering(question);
        return (await (isStep ? step(question) : answer(question))) as never;
      } catch (error) {
        // A question need not be answered if x is not finite.
        const refused = error instanceof ImplementationError && error.code === 'nonfinite';
        if (refused && x?.every(Number.isFinite) === false) throw new UnsupportedError(error.message);
        throw error;
      }
    },
    again: (judge) => session.again(judge),
    ...(options.writesPrograms === true && {
      async program(run: Question<'run'>, way: 'run' | 'steps') {
        const fields = { ...encodeQuestion(run, encoding, problemOf), program: way };
        const asked = { method: 'run' as const, kind: kindOf(run), fields, repeatable: false };
        const reply = (await askProgram(asked)) as {
          readonly x: number[];
          readonly program: string;
          readonly fault?: string;
        };
        return { x: sameLength(reply.x, run.x), text: reply.program, ...(reply.fault && { fault: reply.fault }) };
      },
    }),
    get stderr() {
      return connection.stderr;
    },
    provokes(isBad) {
      connection.isProvoking = isBad;
    },
    async close() {
      const failures = [await connection.close(), await other?.then((second) => second.close()).catch(() => undefined)];
      return failures.find((failure) => failure !== undefined);
    },
  };
}

/** The key under which the duration of a request is learnt. */
function kindOf(question: Question): string {
  if (question.method === 'sample') return question.method;
  if ('function' in question) return `${question.method}/${question.function.type}`;
  if (question.method === 'run') return `run/${question.algorithm}/${iterationsOf(question).length}`;
  const { ahead = [] } = question as { readonly ahead?: readonly unknown[] };
  return `step/${question.algorithm}${ahead.length > 0 ? `/${ahead.length + 1}` : ''}`;
}

/** The answer in a validated result. What the module under test wrote to x is written to the x of the question. */
function answerIn(question: Question, result: Readonly<Record<string, unknown>>): Answers[MethodName] | PieceReply {
  if (question.method === 'sample') return result as unknown as Answers['sample'];
  const { x } = question;
  const { input, value, x: end, state, trajectory } = result as Wire;
  if (input !== undefined) x.set(input.slice(0, x.length));
  if (question.method === 'value') return { value: value! };
  const answered = sameLength(end!, x);
  return {
    x: answered,
    ...(question.method === 'step' && isRemembering(question) && { state: sealedState(state) }),
    ...(trajectory != null && { trajectory: trajectory.map((iterate) => sameLength(iterate, x)) }),
  };
}

/** What results hold. */
interface Wire {
  readonly x?: readonly number[];
  readonly value?: number;
  readonly state?: unknown;
  readonly trajectory?: readonly (readonly number[])[] | null;
  /** The x of the request after the call. */
  readonly input?: readonly number[];
}

function sameLength(result: readonly number[], x: Float64Array): Float64Array {
  if (result.length === x.length) return Float64Array.from(result);
  throw new ImplementationError('shape', `returned ${plural(result.length, 'number')}, right is ${x.length}`);
}
