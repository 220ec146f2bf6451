import type { ProblemAtStep } from '../../problem/problem.js';
import type { SignAtZero } from './sign-at-zero.js';

/**
 * SPGM and signProx for hot loops: an iterate x, moved in place, and ‖G(x)‖ there. `ProblemAtStep`, `spgm` and `signProx` are the definition;
 * a kernel computes once per iterate what they compute once per operator, checks nothing and allocates nothing. Iterates are the same bit
 * for bit, and so are norms but where quadratic r_k are summed into one (`AffineBlock`), which rounds differently. Where x or G is not finite, the norm is
 * not finite either.
 *
 * Components go by their place among the occurring ones, those with θ_k > 0: the others add nothing to any sum.
 */
export interface Kernel {
  /** The iterate, n entries. */
  readonly x: Float64Array;
  /** Where `stepSignProx` reads the counts of its mini-batch. */
  readonly counts: Float64Array;
  /** x ← x⁰. */
  start(x0: Float64Array): void;
  /** ‖G(x⁰)‖² after `start`. */
  squaredNorm(): number;
  /** ‖G(x⁰)‖₁ after `start`. */
  norm1(): number;
  /** x ← P_k(x), SPGM with the mini-batch of one component; returns ‖G(x)‖². */
  stepSpgm(component: number): number;
  /** x ← x − γ sgn Ĝ(x) for the mini-batch of B components with these `counts`; returns ‖G(x)‖₁. */
  stepSignProx(batch: number, signOfZero: SignAtZero): number;
}

/** Makes a kernel for a problem. @param occurring the components with θ_k > 0, in order */
export type KernelOf = (problem: ProblemAtStep, occurring: readonly number[], dimension: number) => Kernel;
