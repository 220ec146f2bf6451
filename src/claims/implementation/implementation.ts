import type { AlgorithmName, SignConvention } from '../../reference/algorithms/algorithm.js';
import type { Layout } from '../../reference/algorithms/layout.js';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import { isStateful, type StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import type { Dtype } from './dtype.js';
import type { Restrictions } from './restrictions.js';

export { algorithmNames, signConventions } from '../../reference/algorithms/algorithm.js';
export { statefulAlgorithmNames } from '../../reference/algorithms/stateful/names.js';

/** Everything an implementation can be asked for; the names of the guard's protocol. */
export const methodNames = [
  'prox',
  'value',
  'gradient',
  'step',
  'run',
  'sample',
] as const satisfies readonly (keyof Questions)[];
/**
 * A method that an implementation may offer, as it declares it.
 *
 * @useDeclaredType
 */
export type MethodName = (typeof methodNames)[number];

/** What x may be beside a vector. */
export const shapeNames = ['matrix', 'batch'] as const;
/**
 * A kind of point that an implementation may take beside vectors, as it declares it.
 *
 * @useDeclaredType
 */
export type ShapeName = (typeof shapeNames)[number];

/** The declaration of an implementation; claims about anything it does not declare are not applicable. */
export interface ImplementationDescription {
  /** Its name in reports. */
  readonly name: string;
  /** Its version, in any form. */
  readonly version: string;
  /** The language it is written in, e.g. `python`: counterexamples are printed as that language's expressions. */
  readonly language: string;
  /** The format of the numbers of questions and answers. It also computes in it, unless the next two fields say otherwise. */
  readonly dtype: Dtype;
  /** The format in which a prox is computed, if it has more digits: the result is then rounded to `dtype` once. */
  readonly computeDtype?: Dtype;
  /** The format of all that an algorithm with memory computes and keeps, if it has more digits: only its x is rounded to `dtype`, once an iteration. */
  readonly stateDtype?: Dtype;
  /** How an algorithm with memory rounds its x, if not to nearest: up or down at random, so that the mean of x is what was rounded. */
  readonly rounding?: 'stochastic';
  /** The methods that it offers. */
  readonly methods: readonly MethodName[];
  /** Vocabulary types of r that it offers. */
  readonly functions: readonly string[];
  /** Vocabulary types of d that it offers. */
  readonly smooth: readonly string[];
  /** Algorithms that it offers. */
  readonly algorithms: readonly AlgorithmName[];
  /** Algorithms with memory that it offers; none if absent. */
  readonly statefulAlgorithms?: readonly StatefulAlgorithmName[];
  /** Variants of a step or a run, e.g. `foreach` and `fused`; each is judged. If absent, there is one variant without a name. */
  readonly variants?: readonly string[];
  /** Further variants of a run, of which a few cases are asked: circumstances in which nothing should change, e.g. `transposed`. */
  readonly circumstances?: readonly string[];
  /** Forms in which a prox may be called, beside the plain one, e.g. `strided`; each has the same result. */
  readonly forms?: readonly string[];
  /** What x may be beside a vector: a matrix, or a batch of points; a request then may say which. */
  readonly shapes?: readonly ShapeName[];
  /** True if it returns x as it is after the call, so that an overwritten input is noticed. */
  readonly inPlace?: boolean;
  /** True if another process can go on from the state of an algorithm with memory. */
  readonly resume?: boolean;
  /** By algorithm with memory, the paper or the library whose conventions it promises to follow, e.g. `{ adam: 'pytorch' }`. */
  readonly follows?: Readonly<Record<string, string>>;
  /** What becomes of NaN and ±∞ in a point: they are in the answer too, or the point is refused. Absent: nothing is promised. */
  readonly nonfinite?: 'propagate' | 'reject';
  /** A matrix that is not symmetric is projected onto the symmetric ones first, where a function is about such. Absent: none is asked about. */
  readonly nonsymmetric?: 'project';
  /** Conventions that the mathematics leaves open. */
  readonly conventions: {
    /** The value of sgn(0). */
    readonly signOfZero: SignConvention | 'unknown';
    /** True if that is what its answers show, and it declares none. */
    readonly isDetected?: true;
    /** Whether prox_{γr}(y) minimises ½‖u − y‖² + γr(u); without the ½ it is another operator. */
    readonly halfInSquaredNorm: boolean;
    /** True if it promises to refuse bad parameters, which is then checked. */
    readonly rejectsBadParameters?: boolean;
  };
  /** Declared relative accuracy a of iterative proxes, by function type: ‖u − prox_{γr}(y)‖ ≤ a(‖y‖ + ‖prox_{γr}(y)‖). */
  readonly accuracy?: Readonly<Record<string, number>>;
  /** Notes for the user, e.g. how the arguments of a function were interpreted. */
  readonly notes?: readonly string[];
  /** Limits on its declared offer: cases beyond them are not asked. */
  readonly restrictions?: Restrictions;
  /** Declared methods and algorithms that the suite does not know. */
  readonly unknown?: {
    /** Of `methods`. */
    readonly methods: readonly string[];
    /** Of `algorithms`. */
    readonly algorithms: readonly string[];
  };
}

/** sgn(0) of SignSGD, Signum and Lion: what is declared, else 0 as in their papers. signProx may have any value, its theorem allows it. */
export const requiredSignOfZero = ({
  conventions: { signOfZero, isDetected },
}: Pick<ImplementationDescription, 'conventions'>): SignConvention =>
  signOfZero === 'unknown' || isDetected === true ? 'zero' : signOfZero;

/** The values that sgn may have at exactly 0, by what is declared. */
export const valuesAtZero: Readonly<Record<SignConvention, readonly (-1 | 0 | 1)[]>> = {
  zero: [0],
  positive: [1],
  negative: [-1],
  random: [-1, 1],
};

/** What to do if sgn(0) is another value on purpose. */
export const adviceOnSignOfZero =
  'sgn(0) is 0 in the paper and in PyTorch; if yours is another value on purpose, declare it in hello or with --declare: {"conventions": {"signOfZero": "positive"}}';

/** One iteration: x^{t−1} and the mini-batch to x^t. */
export interface StepRequest {
  /** Which iteration. */
  readonly algorithm: AlgorithmName;
  /** f = d + r_γ. */
  readonly problem: ProblemSpecification;
  /** γ > 0. */
  readonly step: number;
  /** x^{t−1} of length n. */
  readonly x: Float64Array;
  /** The mini-batch, 0-based; ignored by gradient-descent. */
  readonly indices: readonly number[];
  /** One of the variants that it declares; the first of them when absent. */
  readonly variant?: string;
}

/** Several iterations from x⁰, each with its mini-batch. */
export interface RunRequest {
  /** Which iteration. */
  readonly algorithm: AlgorithmName;
  /** f = d + r_γ. */
  readonly problem: ProblemSpecification;
  /** γ > 0 of the first iteration, and of all others if `steps` is absent. */
  readonly step: number;
  /** γ > 0 of each iteration, if it changes. */
  readonly steps?: readonly number[];
  /** x⁰ of length n. */
  readonly x: Float64Array;
  /** One mini-batch per iteration. */
  readonly indices: readonly (readonly number[])[];
  /** One of the variants that it declares; the first of them when absent. */
  readonly variant?: string;
}

/** The end of a run. */
export interface RunReply {
  /** x^T. */
  readonly x: Float64Array;
  /** x^1 … x^T, if it keeps them. */
  readonly trajectory?: readonly Float64Array[];
}

/** The memory of an algorithm: the implementation's own state, returned to it unchanged. */
export type State = unknown;

/** One iteration of an algorithm with memory: with its gradient if that is all that it needs, else with the problem and the mini-batch. */
export interface StatefulStepRequest extends Omit<StepRequest, 'algorithm' | 'problem' | 'indices'>, Layout {
  /** Which iteration. */
  readonly algorithm: StatefulAlgorithmName;
  /** ∇f̂(x^{t−1}) of length n, of an algorithm that takes neither a prox nor a gradient anywhere else. */
  readonly gradient?: readonly number[];
  /** f = d + r_γ, of every other algorithm. */
  readonly problem?: ProblemSpecification;
  /** The mini-batch, 0-based, beside the problem. */
  readonly indices?: readonly number[];
  /** By the field's names. */
  readonly hyperparameters: Hyperparameters;
  /** The state that the previous step returned; null before the first. */
  readonly state: State | null;
  /** True to ask another process, which has not seen the steps before, if `resume` is declared. */
  readonly resumed?: true;
  /** The iterations that the next questions will ask for, from the answers to this one; only if the implementation `seesAhead`. */
  readonly ahead?: readonly AheadIteration[];
}

/** An iteration that will be asked for. */
export interface AheadIteration {
  /** γ. */
  readonly step: number;
  /** Its gradient, if that is all that the algorithm needs. */
  readonly gradient?: readonly number[];
  /** Its mini-batch, 0-based, of every other algorithm. */
  readonly indices?: readonly number[];
}

/** The result of one iteration. */
export interface StepReply {
  /** x^t. */
  readonly x: Float64Array;
  /** The state for the next step, of an algorithm with memory. */
  readonly state?: State;
}

/** Several iterations of an algorithm with memory, from an empty one: with their gradients, wherever x is, or with the problem and mini-batches. */
export interface StatefulRunRequest extends Omit<RunRequest, 'algorithm' | 'problem' | 'indices'>, Layout {
  /** Which iteration. */
  readonly algorithm: StatefulAlgorithmName;
  /** One gradient per iteration, of an algorithm that takes neither a prox nor a gradient anywhere else. */
  readonly gradients?: readonly (readonly number[])[];
  /** f = d + r_γ, of every other algorithm. */
  readonly problem?: ProblemSpecification;
  /** One mini-batch per iteration, beside the problem. */
  readonly indices?: readonly (readonly number[])[];
  /** By the field's names. */
  readonly hyperparameters: Hyperparameters;
}

/**
 * A question at the point x of length n.
 *
 * @inline
 */
interface AtPoint {
  /** The point, which the answer may be written to: pass a copy where that matters. */
  readonly x: Float64Array;
}

/** What is asked by each method: the requests of the guard's protocol, with their numbers decoded. */
export interface Questions {
  /** prox_{γr}(x), equation (6); `step` is γ, and `form` one of the forms that it declares, if not the plain one. */
  readonly prox: AtPoint &
    Layout & { readonly function: FunctionSpecification; readonly step: number; readonly form?: string | undefined };
  /** r(x), or d(x) for a type of the smooth terms. */
  readonly value: AtPoint & { readonly function: FunctionSpecification | SmoothSpecification };
  /** ∇r(x) or ∇d(x). */
  readonly gradient: AtPoint & { readonly function: FunctionSpecification | SmoothSpecification };
  /** x^t from x^{t−1}, and from the memory if the algorithm has one. */
  readonly step: StepRequest | StatefulStepRequest;
  /** x^T from x⁰ and an empty memory. */
  readonly run: RunRequest | StatefulRunRequest;
  /** How often each component occurs among `count` independent draws from θ, a function of the seed. */
  readonly sample: { readonly probabilities: readonly number[]; readonly count: number; readonly seed: number };
}

/** What is answered by each method. */
export interface Answers {
  /** Of length n. */
  readonly prox: VectorAnswer;
  /** The value. */
  readonly value: { readonly value: number };
  /** Of length n. */
  readonly gradient: VectorAnswer;
  /** x^t, and the new memory if the algorithm has one. */
  readonly step: StepReply;
  /** x^T. */
  readonly run: RunReply;
  /** One count for each component. */
  readonly sample: { readonly counts: readonly number[] };
}

/** A vector of the length of x. */
export interface VectorAnswer {
  /** The vector. */
  readonly x: Float64Array;
}

/** One question: a method with what it needs. */
export type Question<M extends MethodName = MethodName> = {
  [Each in M]: Questions[Each] & { readonly method: Each };
}[M];
/** The answer to a question. */
export type AnswerTo<Q extends Question> = Answers[Q['method']];

/**
 * The asynchronous interface of the reference, a JavaScript module and a subprocess. Claims see only this.
 * A rejected promise with `UnsupportedError` means not applicable; any other rejection is an error of the implementation.
 * Returned arrays belong to the caller.
 */
export interface Implementation {
  /** Its declaration about itself. */
  readonly description: ImplementationDescription;
  /** Answers a question about what it declares. */
  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>>;
  /** The library's own function, for claims about residual forms and `out`; only the reference and planted defects of it have one. */
  functionOf?(specification: FunctionSpecification): ProximableFunction;
  /**
   * How many calls may wait at once; 1 if absent. A subprocess answers waiting calls in batches. Results never depend on it: answers are used in
   * the order of the calls.
   */
  readonly concurrency?: number;
  /** What has been found out about it, by its description and a name: it may be asked once for several claims. Absent if that costs little. */
  readonly found?: WeakMap<ImplementationDescription, Map<string, Promise<unknown>>>;
  /** True if a step may say which iterations follow it: it then makes them at once, and the next questions cost nothing. */
  readonly seesAhead?: true;
  /**
   * Runs `judge` with questions that may end the process, within an allowance for the whole run: a question rejects with a crash or a timeout only
   * if a fresh process crashes or hangs at it. Absent where no question can end a process.
   */
  again?<T>(judge: () => Promise<T>): Promise<T>;
  /**
   * A run as a program in the user's language, which was executed: the x that it reaches or the fault by which it ends, and its lines. Of `steps`,
   * each step begins with the state that the one before left. Rejects as `ask` does, and where there is no such program.
   */
  program?(
    run: Question<'run'>,
    way: 'run' | 'steps',
  ): Promise<{ readonly x: Float64Array; readonly text: string; readonly fault?: string }>;
  /** True for the suite's own reference: engines may then use the library's kernels directly instead of one call per step. */
  readonly reference?: true;
}

/** Whether a question is about an algorithm with memory. */
export const isRemembering = <Request extends { readonly algorithm: string }>(
  request: Request,
): request is Extract<Request, { readonly algorithm: StatefulAlgorithmName }> => isStateful(request.algorithm);

/** What each iteration of a run is about, beside γ: its gradient, or its mini-batch. */
export const iterationsOf = ({
  gradients,
  indices,
}: Partial<Pick<StatefulRunRequest, 'gradients' | 'indices'>>): readonly Omit<AheadIteration, 'step'>[] =>
  gradients?.map((gradient) => ({ gradient })) ?? (indices ?? []).map((batch) => ({ indices: batch }));

/** How one method is answered in place of what an implementation answers, which `own` gives. */
export type AnswersInPlace = {
  readonly [M in MethodName]?: (
    question: Question<M>,
    own: (question: Question<M>) => Promise<Answers[M]>,
  ) => Promise<Answers[M]> | Answers[M];
};

/** The implementation with other answers to some methods. */
export function answering<Of extends Implementation>(implementation: Of, others: AnswersInPlace): Of {
  return {
    ...implementation,
    async ask(question: never) {
      const { method } = question as Question;
      const other = others[method] as ((asked: Question, own: Implementation['ask']) => Promise<never>) | undefined;
      return other === undefined ? implementation.ask(question) : other(question, (asked) => implementation.ask(asked));
    },
  };
}

/** Thrown by an implementation that does not offer what was asked: the claim is then not applicable, not failed. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/** Thrown instead of sending a question that the implementation declares as not offered. It does not count as a refusal. */
export class NotOfferedError extends UnsupportedError {}

/** How an implementation can fail to answer: it threw, answered with a result of another shape, hung, died or broke the protocol. */
export const failureKinds = ['error', 'shape', 'timeout', 'crash', 'protocol'] as const;

/** Thrown when an implementation failed to answer. */
export class ImplementationError extends Error {
  /** Its name in a stack trace. */
  override readonly name = 'ImplementationError';
  /** How it failed: it threw, answered with a result of another shape, hung, died or broke the protocol. */
  readonly kind: (typeof failureKinds)[number];
  /** The protocol's error code when it answered with an error: `domain` is right if a case expects a rejection. */
  readonly code?: string;
  /** What is wrong with the answer, where a word says more than the kind. */
  readonly about?: 'nondeterministic';
  /** False for a request that was not sent, because earlier failures of the same subject took too long. */
  readonly asked: boolean = true;
  constructor(
    kind: ImplementationError['kind'],
    message: string,
    code?: string,
    { about, ...options }: ErrorOptions & { readonly about?: ImplementationError['about'] } = {},
  ) {
    super(message, options);
    this.kind = kind;
    if (code !== undefined) this.code = code;
    if (about !== undefined) this.about = about;
  }
}

/**
 * The protocol's error code with which a call is refused; undefined if it is answered. The reference refuses with a RangeError that names the
 * parameter. Hanging, dying and breaking the protocol are not refusals, so those errors are rethrown.
 */
export async function refusalOf(
  { reference }: Pick<Implementation, 'reference'>,
  call: () => Promise<unknown>,
): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (error instanceof NotOfferedError) throw error;
    if (error instanceof UnsupportedError) return 'unsupported';
    if (error instanceof ImplementationError && error.kind === 'error') return error.code ?? 'internal';
    // A result of another shape is a result.
    if (error instanceof ImplementationError && error.kind === 'shape') return undefined;
    if (reference && error instanceof RangeError) return 'bad-request';
    throw error;
  }
}
