import { parseFunction } from '../../../reference/functions/definition/parse.js';
import { createProblem, parseProblem } from '../../../reference/problem/create-problem.js';
import type { Problem } from '../../../reference/problem/problem.js';
import type { SmoothFunction } from '../../../reference/smooth/definition/smooth-function.js';
import { signRate, spgmRate } from '../example-theorems.test.helper.js';
import { type AuditOptions, auditAssumptions } from './audit.js';
import type { HypothesisFinding } from './finding.js';

type Hypothesis = HypothesisFinding['hypothesis'];

export const matrix = { rows: 3, columns: 2, data: [1, 2, 0, -1, 0.5, 3] };
export const leastSquares = { type: 'least-squares', matrix, target: [1, 0, -2] };
export const zero = { type: 'zero' };
export const one = (smooth: object, r: object = zero): Problem =>
  parseProblem({ smooth, functions: [r], probabilities: [1] });

export function finding(hypothesis: Hypothesis, problem: Problem, dimension: number, options: AuditOptions = {}) {
  const theorem = hypothesis.startsWith('assumption-1') ? spgmRate : signRate;
  const audit = auditAssumptions(theorem, problem, dimension, { points: 32, ...options, only: [hypothesis] });
  return audit.findings[0]!;
}

/** The user's own d in any dimension, with the traits that it claims. */
export function ownSmooth(derivative: (u: number) => number, traits: Partial<SmoothFunction> = {}): SmoothFunction {
  return {
    type: 'own',
    parameters: {},
    convex: false,
    value: (x) => x.reduce((sum, u) => sum + Math.abs(u), 0),
    gradient: (x, out = new Float64Array(x.length)) => {
      for (let i = 0; i < x.length; i++) out[i] = derivative(x[i]!);
      return out;
    },
    ...traits,
  };
}
export const withSmooth = (smooth: SmoothFunction): Problem =>
  createProblem({ smooth, functions: [parseFunction(zero)], probabilities: [1] });
