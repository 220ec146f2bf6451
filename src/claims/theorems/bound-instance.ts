import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';

/** A problem with a start: what a theorem is applied to. */
export interface BoundInstance {
  /** Shown in reports; part of the key of the random streams. */
  readonly name: string;
  /** d, r_1 … r_K and θ. */
  readonly problem: ProblemSpecification;
  /** x⁰. */
  readonly start: readonly number[];
  /** What sgn(0) is; `zero` if left out. */
  readonly signOfZero?: SignConvention;
}
