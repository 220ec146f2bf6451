import {
  type Implementation,
  ImplementationError,
  type RunReply,
  type RunRequest,
  type StatefulRunRequest,
  type StatefulStepRequest,
  UnsupportedError,
} from '../claims/implementation/implementation.js';
import { plural } from '../claims/text.js';
import { layoutOf } from '../reference/algorithms/layout.js';
import { isStateful } from '../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../reference/algorithms/stateful/registry.js';
import { registry } from '../reference/functions/definition/parse.js';
import type { FunctionSpecification } from '../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../reference/problem/problem.js';
import type { SmoothSpecification } from '../reference/smooth/definition/smooth-function.js';
import {
  encodeFunction,
  encodeParameters,
  encodeProblem,
  encodeSmooth,
  encodeVector,
} from './protocol/encode-specification.js';
import { resultSchemas, seeingInputs } from './protocol/replies.js';
import { sealedState } from './protocol/sealed-state.js';
import { type Ask, createAsk } from './supervisor/ask.js';
import { Connection, type StartOptions } from './supervisor/connection.js';
import { checkEcho, checkUnknownMethod } from './supervisor/echo.js';
import type { AdapterFailure } from './supervisor/failures.js';
import { Session } from './supervisor/session.js';

/** Default limit of one call in milliseconds. */
const defaultTimeout = 2000;

/** Calls that may wait at once: enough to fill batches while the suite judges, or to keep an adapter without batches busy. */
const concurrencyWithBatches = 256;
const concurrencyWithout = 4;

/** Options of `openProcess`. */
export interface ProcessOptions extends StartOptions {
  /** Limit of one call in milliseconds; default: 2000. */
  readonly timeout?: number;
  /** Chooses the requests that are asked twice. */
  readonly seed: string;
  /** Whether a reply may return the x of its request after the call, so that an overwritten input is noticed. */
  readonly seesInputs?: boolean;
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

/** Methods that take x and return a vector of its length. */
type VectorMethod = 'prox' | 'gradient' | 'proximal-gradient' | 'mini-batch' | 'gradient-mapping' | 'step';

/** Algorithms whose step depends on the sign of a number that may be exactly 0. */
const signAlgorithms: readonly string[] = [
  ...['sign-prox', 'sign-sgd', 'majority-vote'],
  ...Object.values(statefulAlgorithms).flatMap(({ name, signs }) => (signs ? [name] : [])),
];

/** Those of them whose sgn(0) is 0 unless another value is declared. */
const zeroAtZero: readonly string[] = ['sign-sgd', 'signum', 'lion'];

/**
 * Starts a command that speaks the protocol and wraps it as an implementation.
 *
 * @throws CommandError when the command cannot be started, AdapterFailure for an error of the adapter in hello or echo
 * @example
 * const mine = await openProcess({ command: ['node', 'fixtures/skeletons/javascript/signprox_adapter.mjs'], seed: '1' });
 * assert.equal((await mine.prox({ type: 'l1', weight: 1 }, 1, Float64Array.of(3)))[0], 2);
 * assert.equal(await mine.close(), undefined);
 */
export async function openProcess(options: ProcessOptions): Promise<ProcessImplementation> {
  const { connection, handshake, encoding } = await Connection.open({ timeout: defaultTimeout, ...options });
  const { description } = handshake;
  const session = new Session(connection, handshake.batch);
  const plain = resultSchemas(encoding.real);
  const tellsInputs = description.inPlace === true;
  const results = tellsInputs || options.seesInputs ? seeingInputs(plain, encoding.real, tellsInputs) : plain;
  const ask = createAsk(session, results, options.seed);
  /** A question about x. It need not be answered if x is not finite. */
  const askAt: Ask = (question) =>
    ask(question).catch((error: unknown) => {
      const refused = error instanceof ImplementationError && error.code === 'nonfinite';
      const { x } = question.fields as { readonly x: readonly unknown[] };
      if (refused && !x.every((entry) => Number.isFinite(encoding.real.parse(entry)))) {
        throw new UnsupportedError(error.message);
      }
      throw error;
    });
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
  const termOf = (specification: FunctionSpecification | SmoothSpecification): object =>
    registry.has(specification.type) ? encodeFunction(specification, encoding) : encodeSmooth(specification, encoding);
  const on = (problem: ProblemSpecification, step: number) => ({
    problem: problemOf(problem),
    step: encoding.encode(step),
  });
  const point = (x: Float64Array) => ({ x: encodeVector(x, encoding) });
  const vector = async (
    method: VectorMethod,
    kind: string,
    x: Float64Array,
    fields: Readonly<Record<string, unknown>>,
    repeatable = true,
  ): Promise<Float64Array> => {
    const result = await askAt({ method, kind: `${method}/${kind}`, fields: { ...fields, ...point(x) }, repeatable });
    writeBack(result, x);
    return sameLength(result.x, x);
  };
  // A sign of exactly 0 may be drawn at random if that is declared, and of signProx and the like unless something else is.
  const { signOfZero } = description.conventions;
  const hasOpenSign = (algorithm: string): boolean =>
    signAlgorithms.includes(algorithm) &&
    (signOfZero === 'random' || (signOfZero === 'unknown' && !zeroAtZero.includes(algorithm)));
  const isRounded = (algorithm: string): boolean => description.rounding === 'stochastic' && isStateful(algorithm);
  const repeatable = (algorithm: string): boolean => !isRounded(algorithm) && !hasOpenSign(algorithm);
  const way = (variant = description.variants?.[0]) => (variant === undefined ? {} : { variant });
  const remembering = ({ algorithm, hyperparameters, ...rest }: StatefulStepRequest | StatefulRunRequest) => {
    const { parameters } = statefulAlgorithms[algorithm];
    const encoded = encodeParameters(algorithm, hyperparameters, parameters, encoding);
    return { algorithm, hyperparameters: encoded, ...layoutOf(rest) };
  };
  const runWith = async (
    { algorithm, problem, step, steps, x, indices, variant }: RunRequest | StatefulRunRequest,
    own: Readonly<Record<string, unknown>>,
  ): Promise<RunReply> => {
    const paces = steps === undefined ? { step: encoding.encode(step) } : { steps: encodeVector(steps, encoding) };
    const result = await ask({
      method: 'run',
      kind: `run/${algorithm}/${indices.length}`,
      fields: { ...own, problem: problemOf(problem), ...paces, ...point(x), ...way(variant) },
      repeatable: repeatable(algorithm),
    });
    writeBack(result, x);
    const { x: end, trajectory } = result;
    return {
      x: sameLength(end, x),
      ...(trajectory == null ? {} : { trajectory: trajectory.map((iterate) => sameLength(iterate, x)) }),
    };
  };

  return {
    description,
    concurrency: handshake.batch ? concurrencyWithBatches : concurrencyWithout,
    prox: (specification, step, x, form, layout) =>
      vector('prox', specification.type, x, {
        function: encodeFunction(specification, encoding),
        step: encoding.encode(step),
        ...(form !== undefined && { form }),
        ...layout,
      }),
    async value(specification, x) {
      const fields = { function: termOf(specification), ...point(x) };
      const result = await askAt({ method: 'value', kind: `value/${specification.type}`, fields });
      writeBack(result, x);
      return result.value;
    },
    gradient: (specification, x) => vector('gradient', specification.type, x, { function: termOf(specification) }),
    proximalGradient: (problem, component, step, x) =>
      vector('proximal-gradient', problem.smooth.type, x, { ...on(problem, step), component }),
    miniBatch: (problem, indices, step, x) =>
      vector('mini-batch', problem.smooth.type, x, { ...on(problem, step), indices }),
    gradientMapping: (problem, step, x) => vector('gradient-mapping', problem.smooth.type, x, on(problem, step)),
    step({ algorithm, problem, step, x, indices, workers, variant }) {
      const draws = algorithm === 'majority-vote' ? { workers } : { indices };
      const fields = { algorithm, ...on(problem, step), ...draws, ...way(variant) };
      return vector('step', algorithm, x, fields, repeatable(algorithm));
    },
    run(request) {
      const { algorithm, indices, workers } = request;
      return runWith(request, { algorithm, ...(algorithm === 'majority-vote' ? { workers } : { indices }) });
    },
    async statefulStep(request) {
      const { algorithm, problem, step, x, indices, state, variant } = request;
      const result = await ask({
        method: 'step',
        kind: `step/${algorithm}`,
        fields: { ...remembering(request), ...on(problem, step), ...point(x), indices, ...way(variant) },
        state: state === null ? 'null' : sealedState(state),
        repeatable: repeatable(algorithm),
      });
      writeBack(result, x);
      return { x: sameLength(result.x, x), state: sealedState(result.state) };
    },
    ...(description.resume === true && {
      async resumedStep(request: StatefulStepRequest) {
        other ??= openProcess(options);
        return (await other).statefulStep!(request);
      },
    }),
    statefulRun: (request) => runWith(request, { ...remembering(request), indices: request.indices }),
    async sample(probabilities, count, seed) {
      const fields = { probabilities: encodeVector(probabilities, encoding), count, seed };
      return (await ask({ method: 'sample', fields })).counts;
    },
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

/** Copies what the module under test wrote to x. */
function writeBack(result: object, x: Float64Array): void {
  const { input } = result as { readonly input?: readonly number[] };
  if (input !== undefined) x.set(input.slice(0, x.length));
}

function sameLength(result: readonly number[], x: Float64Array): Float64Array {
  if (result.length === x.length) return Float64Array.from(result);
  throw new ImplementationError('shape', `returned ${plural(result.length, 'number')}, right is ${x.length}`);
}
