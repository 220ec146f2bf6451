import type { z } from 'zod';
import {
  type Answers,
  type Implementation,
  ImplementationError,
  isRemembering,
  type MethodName,
  type Question,
  type RunRequest,
  type StatefulRunRequest,
  type StatefulStepRequest,
  type StepRequest,
  UnsupportedError,
} from '../claims/implementation/implementation.js';
import { nearestWord, plural } from '../claims/text.js';
import { type Layout, layoutOf } from '../reference/algorithms/layout.js';
import type { FunctionSpecification } from '../reference/functions/definition/proximable-function.js';
import { registry } from '../reference/functions/index.js';
import type { SmoothSpecification } from '../reference/smooth/definition/smooth-function.js';
import { allIssues, checkRestrictions, descriptionSchema, knownDescription } from './description.js';
import { bare, functionAlsoCalled } from './meant-by-name.js';
import { type ErrorCode, errorCodes } from './protocol/replies.js';

/** A line of a stack in a file: the function, if it has a name, the path and the line number. */
const stackLine = /^ +at (?:(?:async )?(?:new )?(.*?) \()?(?:file:\/\/)?((?:[A-Za-z]:)?[/\\].*?):(\d+):\d+\)?$/;

/**
 * The place in the user's own files where an error was thrown, e.g. `mine.mjs:12 in shrink`; for an error of Node or a package, the place of
 * the call. Undefined if the stack does not show it.
 */
export function thrownAt(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  for (const line of (error.stack ?? '').split('\n')) {
    const match = stackLine.exec(line);
    if (match === null || /[/\\]node_modules[/\\]/.test(match[2]!)) continue;
    const [, name, path, number] = match;
    const place = `${path!.split(/[/\\]/).at(-1)}:${number}`;
    return name === undefined || name.startsWith('<') ? place : `${place} in ${name.replace(/^Object\./, '')}`;
  }
  return undefined;
}

/** A thrown value as one line of bounded length. */
export function thrownMessage(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);
}

/** A thrown value with its type and place: `TypeError: y is not iterable at mine.mjs:12 in shrink`. */
export function thrownText(error: unknown): string {
  const place = thrownAt(error);
  const text = thrownMessage(error);
  if (place === undefined) return text;
  const { name } = error as Error;
  // `Error` alone says nothing.
  return `${name === 'Error' ? '' : `${name}: `}${text} at ${place}`;
}

/** A user's mistake when starting an implementation: one line, exit code 2. */
export class ModuleLoadError extends Error {
  override readonly name = 'ModuleLoadError';
}

/** What `describe()` of a module returns: what the module offers, as in the protocol's reply to `hello`. */
export interface ModuleDescription extends z.input<typeof descriptionSchema> {}

/**
 * A vector as a module may return it.
 *
 * @inline
 */
export type ModuleVector = readonly number[] | Float64Array | Float32Array;

/**
 * An answer, at once or later.
 *
 * @inline
 */
export type Later<Answer> = Answer | Promise<Answer>;

/** What a module gets for one step or a run: as the suite's own, with x as a plain array. */
type Plain<Request> = Omit<Request, 'x'> & { readonly x: number[] };

/**
 * The default export of a module that is judged: `describe()`, and the methods that it names. Points are plain arrays; what a method writes to
 * one is noticed. r and d are specifications, objects with a type and parameters as `signprox functions` lists them, γ is `step` > 0. A method
 * refuses a question with an error whose `code` is `unsupported` or `domain`, and a bad parameter with a RangeError.
 *
 * @example
 * const mine = {
 *   describe: () => ({
 *     ...{ name: 'mine', version: '1', language: 'javascript', dtype: 'f64' },
 *     ...{ methods: ['prox'], functions: ['nonnegative'], smooth: [], algorithms: [] },
 *   }),
 *   prox: (_, step, y) => y.map((v) => Math.max(v, 0)),
 * };
 * assert.equal(wrapModule(mine, 'mine').description.name, 'mine');
 */
export interface ImplementationModule {
  /** What it offers. */
  describe(): ModuleDescription;
  /** prox_{γr}(y), equation (6), as long as y; `form` and `layout` as the description declares `forms` and `shapes`. */
  prox?(r: FunctionSpecification, step: number, y: number[], form?: string, layout?: Layout): Later<ModuleVector>;
  /** r(x), +∞ outside of its domain. */
  value?(r: FunctionSpecification | SmoothSpecification, x: number[]): Later<number>;
  /** ∇r(x) or ∇d(x). */
  gradient?(r: FunctionSpecification | SmoothSpecification, x: number[]): Later<ModuleVector>;
  /** One step of an algorithm: the next x, or with its new state, plain data, for an algorithm with memory. */
  step?(
    request: Plain<StepRequest | StatefulStepRequest>,
  ): Later<ModuleVector | { readonly x: ModuleVector; readonly state: unknown }>;
  /** All steps of an algorithm: the last x, and every iterate if it keeps them. */
  run?(
    request: Plain<RunRequest | StatefulRunRequest>,
  ): Later<{ readonly x: ModuleVector; readonly trajectory?: readonly ModuleVector[] }>;
  /** How often each index occurs among `count` draws from θ. */
  sample?(probabilities: readonly number[], count: number, seed: number): Later<readonly number[]>;
}

type Method = (...parameters: unknown[]) => unknown;

/** Methods that belong into the default export: none of them is a function of the vocabulary. */
const ownMethods: readonly string[] = ['describe', 'prox', 'value', 'gradient', 'step', 'run', 'sample'];

/**
 * The function of the vocabulary that somebody may mean by a name that is not in it.
 *
 * @public the playground asks it about the functions of a description
 */
export const meantFunction = (name: string): string | undefined =>
  functionAlsoCalled(name) ?? nearestWord(name, [...registry.keys()]);

/**
 * What a file offers: its default export, or in its place a prox for each function of the vocabulary that it exports by name,
 * `(y, γ, parameters) => u`.
 *
 * @throws ModuleLoadError for an exported function whose name is not in the vocabulary: it would not be judged
 * @example
 * const exported = { nonnegative: (y) => y.map((v) => Math.max(v, 0)) };
 * assert.deepEqual(wrapModule(exportedModule(exported, 'mine.mjs'), 'mine.mjs').description.functions, ['nonnegative']);
 */
export function exportedModule(exported: Readonly<Record<string, unknown>>, file: string): unknown {
  const functions = Object.entries(exported).filter(([, value]) => typeof value === 'function');
  const isObject = exported['default'] !== undefined || functions.some(([name]) => ownMethods.includes(name));
  if (isObject || functions.length === 0) return exported['default'];
  const proxes = new Map<string, Method>();
  for (const [name, value] of functions) {
    const type = [...registry.keys()].find((known) => bare(known) === bare(name));
    if (type === undefined) {
      const meant = meantFunction(name);
      const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
      throw new ModuleLoadError(`${file} exports ${name}, which is no function of the vocabulary${hint}`);
    }
    proxes.set(type, value as Method);
  }
  const [name] = /[^/\\]*$/.exec(file)!;
  return {
    describe: () => ({
      ...{ name: name || 'mine', version: '0', language: 'javascript', dtype: 'f64' },
      ...{ methods: ['prox'], functions: [...proxes.keys()], smooth: [], algorithms: [] },
    }),
    prox: ({ type, ...parameters }: FunctionSpecification, step: number, y: number[]) =>
      proxes.get(type)!(y, step, parameters),
  };
}

/** Milliseconds after which a call counts as hanging (noticed only when the module yields). */
export const defaultTimeout = 2000;

/**
 * Wraps the default export of a module, an `ImplementationModule`; what it is, is checked. `name` appears in errors.
 *
 * @throws ModuleLoadError unless it has a `describe()` whose answer is valid
 * @example
 * const mine = {
 *   describe: () => ({
 *     name: 'mine',
 *     version: '1',
 *     language: 'javascript',
 *     dtype: 'f64',
 *     methods: ['prox'],
 *     functions: ['nonnegative'],
 *     smooth: [],
 *     algorithms: [],
 *     conventions: { signOfZero: 'unknown', halfInSquaredNorm: true },
 *   }),
 *   prox: (_, step, y) => y.map((v) => Math.max(v, 0)),
 * };
 * const question = { method: 'prox', function: { type: 'nonnegative' }, step: 1, x: Float64Array.of(-3) };
 * assert.equal((await wrapModule(mine, 'mine').ask(question)).x[0], 0);
 */
export function wrapModule(loaded: unknown, name: string, timeout = defaultTimeout): Implementation {
  if (
    typeof loaded !== 'object' ||
    loaded === null ||
    typeof (loaded as { describe?: unknown }).describe !== 'function'
  ) {
    throw new ModuleLoadError(`${name} has no default export with a describe() method`);
  }
  const target = loaded as Record<string, Method | undefined>;
  let described: unknown;
  try {
    described = target['describe']!();
  } catch (error) {
    // Such an error says itself what is wrong.
    const isTold = statedCode(error) === 'unsupported';
    throw new ModuleLoadError(`${isTold ? '' : `describe() of ${name} throws: `}${thrownMessage(error)}`);
  }
  const parsed = descriptionSchema.superRefine(checkRestrictions).safeParse(described);
  if (!parsed.success)
    throw new ModuleLoadError(`describe() of ${name} is not valid: ${allIssues(parsed.error, described)}`);

  const call = async (method: string, parameters: unknown[]): Promise<unknown> => {
    const implemented = target[method];
    if (typeof implemented !== 'function') throw new UnsupportedError(`${method} is not implemented`);
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new ImplementationError('timeout', `${method} did not answer within ${timeout} ms`)),
          timeout,
        );
      });
      return await Promise.race([Promise.resolve(implemented.apply(target, parameters)), late]);
    } catch (error) {
      if (error instanceof ImplementationError) throw error;
      const stated = statedCode(error);
      if (stated === 'unsupported') throw new UnsupportedError(thrownMessage(error));
      if (stated !== undefined) {
        throw new ImplementationError('error', `${method} throws: ${thrownMessage(error)}`, stated);
      }
      // In JavaScript a bad parameter is a RangeError.
      const code = error instanceof RangeError ? 'bad-request' : undefined;
      throw new ImplementationError('error', `${method} throws: ${thrownText(error)}`, code, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };
  /** Passes a plain array and copies it back into x after the call, so that an overwritten input is noticed. */
  const onVector = async (method: string, x: Float64Array, parameters: (plain: number[]) => unknown[]) => {
    const plain = Array.from(x);
    const result = await call(method, parameters(plain));
    for (let i = 0; i < x.length; i++) x[i] = Number(plain[i]);
    return result;
  };
  const vector = (value: unknown, length: number): Float64Array => {
    const plain = ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float64Array) : value;
    if (!Array.isArray(plain) || !plain.every((entry) => typeof entry === 'number')) {
      throw misshapen(show(value), `an array of ${plural(length, 'number')}`);
    }
    if (plain.length !== length) throw misshapen(plural(plain.length, 'number'), String(length));
    return Float64Array.from(plain);
  };
  const answer = async (question: Question): Promise<Answers[MethodName]> => {
    if (question.method === 'sample') {
      const { probabilities, count, seed } = question;
      const counts = vector(await call('sample', [[...probabilities], count, seed]), probabilities.length);
      return { counts: Array.from(counts) };
    }
    const { x } = question;
    const result = await onVector(question.method, x, (plain) => given(question, plain));
    if (question.method === 'value') {
      if (typeof result === 'number') return { value: result };
      throw misshapen(show(result), 'a number');
    }
    const isIteration = question.method === 'run' || (question.method === 'step' && isRemembering(question));
    if (!isIteration) return { x: vector(result, x.length) };
    const reply = result as { x?: unknown; state?: unknown; trajectory?: unknown } | undefined;
    const end = vector(reply?.x, x.length);
    if (question.method === 'step') {
      if (reply?.state === undefined) throw misshapen(show(reply), 'a state beside x');
      return { x: end, state: kept(reply.state) };
    }
    if (reply?.trajectory === undefined) return { x: end };
    if (!Array.isArray(reply.trajectory)) throw misshapen(show(reply.trajectory), 'a trajectory that is an array');
    return { x: end, trajectory: reply.trajectory.map((iterate) => vector(iterate, x.length)) };
  };

  return {
    description: knownDescription(parsed.data),
    ask: (question) => answer(question) as Promise<never>,
  };
}

/** The arguments of a module's method. What it might write to is a copy. */
function given(question: Exclude<Question, { method: 'sample' }>, x: number[]): unknown[] {
  switch (question.method) {
    case 'prox': {
      const { function: r, step, form } = question;
      const layout = question.shape && structuredClone(layoutOf(question));
      return [r, step, x, form, layout];
    }
    case 'value':
    case 'gradient':
      return [question.function, x];
    case 'step':
    case 'run': {
      const { method: _, ...request } = question;
      const { steps = undefined } = request as Partial<RunRequest>;
      // A module that does not know `steps` must not take the first of them for all.
      return [{ ...structuredClone(request), ...(steps && { step: undefined }), x }];
    }
  }
}

/** The protocol's code of a thrown error: such an error is a valid answer. */
function statedCode(error: unknown): ErrorCode | undefined {
  const given = (error as { code?: unknown } | null | undefined)?.code;
  return errorCodes.find((code) => code === given);
}

/** A copy of the state, which the module cannot change later. */
function kept(state: unknown): unknown {
  try {
    return structuredClone(state);
  } catch (error) {
    throw new ImplementationError('protocol', `the state of a step must be plain data: ${thrownMessage(error)}`);
  }
}

/** The error for a result of the wrong shape. */
function misshapen(returned: string, right: string): ImplementationError {
  return new ImplementationError('shape', `returned ${returned}, right is ${right}`);
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
