import type { ProblemAtStep } from '../../reference/problem/problem.js';
import { workspace } from './workspace.js';

/** ‖G(x)‖², the summand of theorem 1. */
export function squaredMappingNorm(problem: ProblemAtStep, x: Float64Array): number {
  const mapping = problem.gradientMapping(x, workspace(x.length));
  let squared = 0;
  for (let i = 0; i < mapping.length; i++) squared += mapping[i]! * mapping[i]!;
  return squared;
}

/** ‖G(x)‖₁, the summand of theorem 2. */
export function mappingNorm1(problem: ProblemAtStep, x: Float64Array): number {
  const mapping = problem.gradientMapping(x, workspace(x.length));
  let total = 0;
  for (let i = 0; i < mapping.length; i++) total += Math.abs(mapping[i]!);
  return total;
}
