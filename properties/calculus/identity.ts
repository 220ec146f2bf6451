import type fc from 'fast-check';
import { positive } from '../../src/claims/arbitraries/basic-functions.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';

export type Pair = readonly [FunctionSpecification, FunctionSpecification];

/** Two names of one function, up to a constant, for vectors of length n. */
export interface Identity {
  readonly name: string;
  /** Lengths for which it holds; 1 to 4 by default. */
  readonly lengths?: readonly number[];
  /** True where single precision does not hold the numbers closely enough. */
  readonly doubles?: boolean;
  pair(n: number): fc.Arbitrary<Pair>;
}

/** The specification of a type with its parameters. */
export const f = (type: string, parameters: Record<string, unknown> = {}): FunctionSpecification => ({
  type,
  ...parameters,
});

/** An identity with one number, a weight or a radius. */
export const one = (name: string, pair: (w: number, n: number) => Pair, lengths?: readonly number[]): Identity => ({
  name,
  ...(lengths && { lengths }),
  pair: (n) => positive.map((w) => pair(w, n)),
});

export const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** The even and the odd indices as groups. */
export const halves = (n: number): number[][] =>
  [0, 1].map((rest) => indices(n).filter((i) => i % 2 === rest)).filter((group) => group.length > 0);
