import type { ProblemAtStep } from '../../problem.js';
import { AffineKernel } from './affine-kernel.js';
import { GeneralKernel } from './general-kernel.js';

/**
 * SPGM and signProx for hot loops: an iterate x, moved in place, and ‖G(x)‖ there. `ProblemAtStep`, `spgm` and `signProx` are the definition;
 * a kernel computes once an iterate what they compute once an operator, checks nothing and allocates nothing. Every sum runs in
 * their order, so every number is the same bit for bit; where x or G is not finite, the norm is not finite either.
 *
 * Components go by their place among the occurring ones, those with θ_k > 0: the others add nothing to any sum.
 */
export interface Kernel {
  /** x ← x⁰. */
  start(x0: Float64Array): void;
  /** ‖G(x⁰)‖² after `start`. */
  squaredNorm(): number;
  /** ‖G(x⁰)‖₁ after `start`. */
  norm1(): number;
  /** x ← P_k(x), SPGM with the mini-batch of one component; returns ‖G(x)‖². */
  stepSpgm(component: number): number;
  /** x ← x − γ sgn Ĝ(x) for the mini-batch of B components with these counts; returns ‖G(x)‖₁. @param signOfZero called for a 0 */
  stepSignProx(counts: Float64Array, batch: number, signOfZero: () => number): number;
}

/** The fastest kernel for a problem. @param occurring the components with θ_k > 0, in order */
export function kernelOf(problem: ProblemAtStep, occurring: readonly number[], dimension: number): Kernel {
  const { smooth, functions } = problem.problem;
  const affine = smooth.type === 'quadratic' && occurring.every((k) => functions[k]!.type === 'linear');
  const Fastest = affine ? AffineKernel : GeneralKernel;
  return new Fastest(problem, occurring, dimension);
}
