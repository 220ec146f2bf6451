import type { Arithmetic } from './arithmetic.js';

/** The values and gradients of d and r at one point, for lines of the paper. */
export interface PointOfObjective<N> {
  readonly point: readonly N[];
  /** d. */
  readonly smooth: N;
  /** ∇d. */
  readonly smoothGradient: readonly N[];
  /** r, the proximal average of equation (9). */
  readonly regularizer: N;
  /** ∇r. */
  readonly regularizerGradient: readonly N[];
}

/** One iteration of SPGM or signProx with one mini-batch, with everything that §5 names: x, x⁺ = `next`, x̃ = P(x) = `full`. */
export interface Iteration<N> {
  readonly arithmetic: Arithmetic<N>;
  /** γ. */
  readonly step: N;
  /** L of Assumption 1. */
  readonly lipschitz: N;
  /** (L_1 … L_n) of Assumption 2; empty for a coupled d. */
  readonly coordinateLipschitz: readonly N[];
  /** G(x). */
  readonly mapping: readonly N[];
  /** Ĝ(x). */
  readonly stochasticMapping: readonly N[];
  /** P̂(x), from the proxes and not from Ĝ(x). */
  readonly miniBatchMean: readonly N[];
  /** sgn G(x) under the convention of the case. */
  readonly mappingSigns: readonly number[];
  /** sgn Ĝ(x) under the convention of the case. */
  readonly stochasticSigns: readonly number[];
  readonly x: PointOfObjective<N>;
  readonly next: PointOfObjective<N>;
  readonly full: PointOfObjective<N>;
}

/**
 * The relation of the two sides of a line. Two of the paper's equalities assume that every sign is ±1; at a sign of 0 they are inequalities, and
 * `= for signs ±1` requires equality otherwise.
 */
export type Relation = '≤' | '=' | '= for signs ±1';

/** One displayed line. */
export interface Line<N> {
  readonly name: string;
  readonly left: N;
  readonly relation: Relation;
  readonly right: N;
}

/** The line left ≤ right. */
export const atMost = <N>(name: string, left: N, right: N): Line<N> => ({ name, left, relation: '≤', right });

/** The line left = right. */
export const equal = <N>(name: string, left: N, right: N): Line<N> => ({ name, left, relation: '=', right });

/** f = d + r. */
export function objective<N>({ sum }: Arithmetic<N>, { smooth, regularizer }: PointOfObjective<N>): N {
  return sum(smooth, regularizer);
}
