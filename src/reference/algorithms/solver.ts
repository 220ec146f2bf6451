import type { Observer } from './algorithm.js';

/** Options of the deterministic solvers (no mini-batches): the full proximal gradient and its accelerated form. */
export interface SolverOptions {
  /** Most iterations. */
  readonly iterations: number;
  /** Stop when ‖x − P(x)‖₂/γ ≤ tolerance at the point the step was taken from. Default 0: only at an exact fixed point. */
  readonly tolerance?: number;
  /** Sees every iterate. */
  readonly observer?: Observer;
  /** The objective f(x_t) after every iteration, and f(x_0) first. */
  readonly monitor?: (iteration: number, objective: number) => void;
}

/** Where a deterministic solver stopped, and why. */
export interface Solution {
  /** The last iterate. */
  readonly x: Float64Array;
  /** f(x). */
  readonly objective: number;
  /** How many iterations were made. */
  readonly iterations: number;
  /**
   * tolerance: ‖G‖ small enough · iterations: all used · no-descent: a plain proximal-gradient step did not lower f, so either x is a
   * minimizer to rounding (or to the accuracy of an iterative prox), or the step is too large.
   */
  readonly reason: 'tolerance' | 'iterations' | 'no-descent';
}

/** ‖a − b‖₂. */
export function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

/** @throws RangeError unless the tolerance is finite and ≥ 0 */
export function requireTolerance(tolerance: number): void {
  if (!(tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`tolerance must be finite and ≥ 0, got ${tolerance}`);
  }
}
