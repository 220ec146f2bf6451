import type { ProblemAtStep } from '../../reference/problem/problem.js';

/** A summand of a left side. */
interface Term {
  /** In the paper's notation, at x. */
  readonly notation: string;
  /** Its value at x, ≥ 0. */
  at(problem: ProblemAtStep, x: Float64Array): number;
}

/** The named left sides, which exact engines know. */
export const terms = {
  'squared-gradient-mapping': { notation: '‖G(x)‖²', at: squaredMappingNorm },
  'gradient-mapping-l1': { notation: '‖G(x)‖₁', at: mappingNorm1 },
  'squared-gradient': { notation: '‖∇f̄(x)‖²', at: (problem, x) => squaredNorm(fixedGradient(problem, x)) },
  'gradient-l1': { notation: '‖∇f̄(x)‖₁', at: (problem, x) => norm1(fixedGradient(problem, x)) },
} as const satisfies Record<string, Term>;

/**
 * ‖G‖², ‖G‖₁, ‖∇f̄‖² or ‖∇f̄‖₁ at x, or f(x) − f* or ‖x − x*‖² of the theorem's objective, with its nearest minimiser x*.
 *
 * @useDeclaredType
 */
export type TermName = keyof typeof terms | 'objective-gap' | 'squared-distance';

export const termNames = [...Object.keys(terms), 'objective-gap', 'squared-distance'] as readonly TermName[];

/** ‖G(x)‖², the summand of theorem 1. */
function squaredMappingNorm(problem: ProblemAtStep, x: Float64Array): number {
  return squaredNorm(problem.gradientMapping(x, workspace(x.length)));
}

/** ‖G(x)‖₁, the summand of theorem 2. */
export function mappingNorm1(problem: ProblemAtStep, x: Float64Array): number {
  return norm1(problem.gradientMapping(x, workspace(x.length)));
}

const fixedGradient = (problem: ProblemAtStep, x: Float64Array) => problem.gradient(x, workspace(x.length));

function squaredNorm(vector: Float64Array): number {
  let squared = 0;
  for (let i = 0; i < vector.length; i++) squared += vector[i]! * vector[i]!;
  return squared;
}

function norm1(vector: Float64Array): number {
  let total = 0;
  for (let i = 0; i < vector.length; i++) total += Math.abs(vector[i]!);
  return total;
}

const workspaces = new Map<number, Float64Array>();

/** One scratch vector for each length, overwritten by the next caller: for values that are used before any other call. */
function workspace(dimension: number): Float64Array {
  let found = workspaces.get(dimension);
  if (found === undefined) {
    found = new Float64Array(dimension);
    workspaces.set(dimension, found);
  }
  return found;
}
