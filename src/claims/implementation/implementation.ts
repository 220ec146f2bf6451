import type { AlgorithmName, SignConvention } from '../../reference/algorithms/algorithm.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import type { Restrictions } from './restrictions.js';

export { algorithmNames, signConventions } from '../../reference/algorithms/algorithm.js';

/** Everything an implementation can be asked for; the names of the guard's protocol. */
export const methodNames = [
  'prox',
  'value',
  'gradient',
  'proximal-gradient',
  'mini-batch',
  'gradient-mapping',
  'step',
  'run',
  'sample',
] as const;
export type MethodName = (typeof methodNames)[number];

/** What an implementation declares about itself; claims about anything it does not declare are not applicable. */
export interface ImplementationDescription {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly dtype: 'f64' | 'f32';
  readonly methods: readonly MethodName[];
  /** Vocabulary types of r that it knows. */
  readonly functions: readonly string[];
  /** Vocabulary types of d that it knows. */
  readonly smooth: readonly string[];
  readonly algorithms: readonly AlgorithmName[];
  readonly conventions: {
    readonly signOfZero: SignConvention | 'unknown';
    readonly halfInSquaredNorm: boolean;
    /** True when it promises to refuse bad parameters, and so is held to it. */
    readonly rejectsBadParameters?: boolean;
  };
  /** Declared relative accuracy a of iterative proxes, by function type: ‖u − prox_{γr}(y)‖ ≤ a(‖y‖ + ‖prox_{γr}(y)‖). */
  readonly accuracy?: Readonly<Record<string, number>>;
  /** What it does not offer of what it declares: such cases are not asked. */
  readonly restrictions?: Restrictions;
  /** Methods and algorithms that it declares and that nothing here knows. */
  readonly unknown?: { readonly methods: readonly string[]; readonly algorithms: readonly string[] };
}

export interface StepRequest {
  readonly algorithm: AlgorithmName;
  readonly problem: ProblemSpecification;
  readonly step: number;
  readonly x: Float64Array;
  /** The mini-batch, 0-based; ignored by gradient-descent. */
  readonly indices: readonly number[];
  /** For majority-vote: one batch per worker, in place of `indices`. */
  readonly workers?: readonly (readonly number[])[];
}

export interface RunRequest {
  readonly algorithm: AlgorithmName;
  readonly problem: ProblemSpecification;
  readonly step: number;
  readonly x: Float64Array;
  /** One mini-batch per iteration. */
  readonly indices: readonly (readonly number[])[];
  readonly workers?: readonly (readonly (readonly number[])[])[];
}

export interface RunReply {
  readonly x: Float64Array;
  readonly trajectory?: readonly Float64Array[];
}

/**
 * The asynchronous face that the reference, a JavaScript module and a subprocess all wear. Claims see only this.
 * A rejected promise with `UnsupportedError` means not applicable; any other rejection is an error of the implementation.
 * Returned arrays belong to the caller. Whether inputs were mutated is checked by a claim, so callers pass copies where it matters.
 */
export interface Implementation {
  readonly description: ImplementationDescription;
  prox(specification: FunctionSpecification, step: number, x: Float64Array): Promise<Float64Array>;
  value(specification: FunctionSpecification, x: Float64Array): Promise<number>;
  gradient(specification: FunctionSpecification | SmoothSpecification, x: Float64Array): Promise<Float64Array>;
  proximalGradient(
    problem: ProblemSpecification,
    component: number,
    step: number,
    x: Float64Array,
  ): Promise<Float64Array>;
  miniBatch(
    problem: ProblemSpecification,
    indices: readonly number[],
    step: number,
    x: Float64Array,
  ): Promise<Float64Array>;
  gradientMapping(problem: ProblemSpecification, step: number, x: Float64Array): Promise<Float64Array>;
  step(request: StepRequest): Promise<Float64Array>;
  run(request: RunRequest): Promise<RunReply>;
  sample(probabilities: readonly number[], count: number, seed: number): Promise<readonly number[]>;
  /** The library's own function, for claims about residual forms and `out`; only the reference and planted defects of it have one. */
  functionOf?(specification: FunctionSpecification): ProximableFunction;
  /**
   * How many calls may wait at once; 1 when absent. A subprocess answers waiting calls in batches. Results never depend on it: who
   * makes calls at once uses their answers in the order of the calls.
   */
  readonly concurrency?: number;
  /** True for the suite's own reference: engines may then use the library's kernels directly instead of one call per step. */
  readonly reference?: true;
}

/** Thrown by an implementation that does not offer what was asked: the claim is then not applicable, not failed. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/** Thrown in place of a question that the implementation declares not to offer: it is not sent, and is no refusal of it. */
export class NotOfferedError extends UnsupportedError {}

/** How an implementation can fail to answer: it threw, hung, died or broke the protocol. */
export const failureKinds = ['error', 'timeout', 'crash', 'protocol'] as const;

/** Thrown when an implementation failed to answer. */
export class ImplementationError extends Error {
  override readonly name = 'ImplementationError';
  readonly kind: (typeof failureKinds)[number];
  /** The protocol's error code when it answered with an error: `domain` is right where a case expects a rejection. */
  readonly code?: string;
  /** False for a request that was not sent, because others about the same subject have cost enough. */
  readonly asked: boolean = true;
  constructor(kind: ImplementationError['kind'], message: string, code?: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    if (code !== undefined) this.code = code;
  }
}

/**
 * The protocol's error code with which a call is refused; undefined when it is answered. The reference refuses by throwing a RangeError
 * that names the parameter. Hanging, dying and breaking the protocol are no refusals, so those errors pass.
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
    if (reference && error instanceof RangeError) return 'bad-request';
    throw error;
  }
}
