/** Names the algorithms carry in the library, the protocol and the reports. */
export const algorithmNames = ['gradient-descent', 'sgd', 'sign-sgd', 'spgm', 'sign-prox', 'majority-vote'] as const;
export type AlgorithmName = (typeof algorithmNames)[number];

/** The value of sgn at exactly 0: the paper leaves it open, and one bit cannot carry 0. */
export const signConventions = ['zero', 'positive', 'negative', 'random'] as const;
export type SignConvention = (typeof signConventions)[number];

/** `residual` computes x − P̂(x) without cancellation; `literal` is the formula as printed. Equal in exact arithmetic. */
export type Form = 'residual' | 'literal';

/** A source of mini-batches: fills `indices` with B i.i.d. components for the iteration (counted from 1). */
export type IndexStream = (iteration: number, indices: Int32Array) => void;

/** Called with t and x_t after every iteration, and with (0, x_0) first; x must not be kept, it is overwritten. */
export type Observer = (iteration: number, x: Float64Array) => void;

export interface RunOptions {
  readonly step: number;
  readonly iterations: number;
  /** B ≥ 1. */
  readonly miniBatch: number;
  /** Default: a keyed stream of the given seed. */
  readonly indices?: IndexStream;
  readonly seed?: string;
  readonly form?: Form;
  readonly signOfZero?: SignConvention;
  readonly observer?: Observer;
}
