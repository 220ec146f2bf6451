import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';

/** A problem with a start: what a theorem is applied to. */
export interface BoundInstance {
  readonly name: string;
  readonly problem: ProblemSpecification;
  readonly start: readonly number[];
  readonly signOfZero?: SignConvention;
}
