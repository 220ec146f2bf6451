import type { ProblemAtStep } from '../../reference/problem/problem.js';

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

const workspaces = new Map<number, Float64Array>();

/** One scratch vector a length, overwritten by the next caller: for values that are used up before anything else is called. */
export function workspace(dimension: number): Float64Array {
  let found = workspaces.get(dimension);
  if (found === undefined) {
    found = new Float64Array(dimension);
    workspaces.set(dimension, found);
  }
  return found;
}
