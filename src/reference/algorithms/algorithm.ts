/** Names the algorithms carry in the library, the protocol and the reports. */
export const algorithmNames = ['gradient-descent', 'sgd', 'sign-sgd', 'spgm', 'sign-prox'] as const;
/**
 * The algorithms of the paper: equations (2), (4), (5), Algorithms 1 and 2.
 *
 * @useDeclaredType
 */
export type AlgorithmName = (typeof algorithmNames)[number];

/** The value of sgn at exactly 0: the paper leaves it open, and one bit cannot carry 0. */
export const signConventions = ['zero', 'positive', 'negative', 'random'] as const;
/**
 * What sgn(0) is: 0, 1, −1, or one of ±1 at random.
 *
 * @useDeclaredType
 */
export type SignConvention = (typeof signConventions)[number];

/** `residual` computes x − P̂(x) without cancellation; `literal` is the formula as printed. Equal in exact arithmetic. */
export type Form = 'residual' | 'literal';

/** A source of mini-batches: fills `indices` with B i.i.d. components for the iteration (counted from 1). */
export type IndexStream = (iteration: number, indices: Int32Array) => void;

/** The same by multinomial counts: fills `counts` with how often each of the K components is in the batch. */
export type CountStream = (iteration: number, counts: Int32Array) => void;

/** Called with t and x_t after every iteration, and with (0, x_0) first; x must not be kept, it is overwritten. */
export type Observer = (iteration: number, x: Float64Array) => void;

/** Conventions of a single iteration. */
export interface StepOptions {
  /** Default: `residual` where signs are taken (sign-prox), `literal` where the iterate itself is P̂(x) (spgm). */
  readonly form?: Form | undefined;
  /** Default `zero`. */
  readonly signOfZero?: SignConvention | undefined;
  /** Uniforms in [0, 1) for `signOfZero: 'random'`; default in a run: a keyed stream of the seed. */
  readonly random?: (() => number) | undefined;
}

/** A run of an algorithm: step, length, mini-batches and conventions. */
export interface RunOptions extends StepOptions {
  /** γ > 0, the same in every iteration. */
  readonly step: number;
  /** T ≥ 0. */
  readonly iterations: number;
  /** B ≥ 1. */
  readonly miniBatch: number;
  /** Default: a keyed stream of the given seed. */
  readonly indices?: IndexStream;
  /** In place of `indices`: O(K) proximal operators per iteration instead of O(B). */
  readonly counts?: CountStream;
  /** Needed when a keyed stream has to stand in for `indices` or `random`. */
  readonly seed?: string;
  /** Sees every iterate. */
  readonly observer?: Observer;
}
