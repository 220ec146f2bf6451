import type { Rational } from '../../src/library/exact.js';
import { sum } from './arithmetic.js';

/** The values and gradients of d and r at one point, for lines of the paper. */
export interface PointOfObjective {
  readonly point: readonly Rational[];
  /** d. */
  readonly smooth: Rational;
  /** ∇d. */
  readonly smoothGradient: readonly Rational[];
  /** r, the proximal average of equation (9). */
  readonly regularizer: Rational;
  /** ∇r. */
  readonly regularizerGradient: readonly Rational[];
}

/** One iteration of SPGM or signProx with one mini-batch, with everything that §5 names: x, x⁺ = `next`, x̃ = P(x) = `full`. */
export interface Iteration {
  /** γ. */
  readonly step: Rational;
  /** L of Assumption 1. */
  readonly lipschitz: Rational;
  /** (L_1 … L_n) of Assumption 2; empty for a coupled d. */
  readonly coordinateLipschitz: readonly Rational[];
  /** G(x). */
  readonly mapping: readonly Rational[];
  /** Ĝ(x). */
  readonly stochasticMapping: readonly Rational[];
  /** P̂(x), from the proxes and not from Ĝ(x). */
  readonly miniBatchMean: readonly Rational[];
  /** sgn G(x) under the convention of the case. */
  readonly mappingSigns: readonly number[];
  /** sgn Ĝ(x) under the convention of the case. */
  readonly stochasticSigns: readonly number[];
  readonly x: PointOfObjective;
  readonly next: PointOfObjective;
  readonly full: PointOfObjective;
}

/**
 * The relation of the two sides of a line. Two of the paper's equalities assume that every sign is ±1; at a sign of 0 they are inequalities, and
 * `= for signs ±1` requires equality otherwise.
 */
export type Relation = '≤' | '=' | '= for signs ±1';

/** One displayed line. */
export interface Line {
  readonly name: string;
  readonly left: Rational;
  readonly relation: Relation;
  readonly right: Rational;
}

/** The line left ≤ right. */
export const atMost = (name: string, left: Rational, right: Rational): Line => ({ name, left, relation: '≤', right });

/** The line left = right. */
export const equal = (name: string, left: Rational, right: Rational): Line => ({ name, left, relation: '=', right });

/** f = d + r. */
export const objective = ({ smooth, regularizer }: PointOfObjective): Rational => sum(smooth, regularizer);
