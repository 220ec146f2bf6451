import { claimOf } from '../../src/claims/claim-mutant.js';
import { auditAssumptions } from '../../src/claims/theorems/audit/audit.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { coupledComponents, coupledSmooth } from './broken-problems.js';

/** The coupled problems: the kinks of 2(c) are another matter, so only the differentiable r_k are kept. */
const coupled = [
  ...coupledSmooth.map((entry) => ({ ...entry, hypothesis: 'assumption-2b' as const })),
  ...coupledComponents
    .filter(({ name }) => name === 'envelope of a ball')
    .map((entry) => ({ ...entry, hypothesis: 'assumption-2c' as const })),
];

/**
 * Assumption 2(b),(c) as printed forces separability. Take x and y that agree in coordinate i and differ elsewhere. Then
 *
 *     |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| = 0,
 *
 * so ∇d(·)_i depends on x_i alone, ∂_j∂_i d = 0 for j ≠ i, and d is a sum of one-dimensional functions; likewise every r_k. Theorem 2 as
 * stated therefore says nothing about least squares, phase retrieval or total variation, which the paper applies signProx to. What
 * the proof needs is weaker: −Λ ⪯ ∇²d ⪯ Λ and 0 ⪯ ∇²r_k ⪯ Λ with Λ = diag(L_i).
 */
export const claim = claimOf({ problems: coupled }, ({ problems }) => ({
  id: 'assumption-2bc-separability',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 2(b),(c)' },
  statement: 'Assumption 2(b),(c) as printed covers problems whose coordinates are coupled',
  method: 'pairs that differ in one coordinate, at which the gradient of another coordinate differs: no L_i serves',
  requires: { referenceOnly: true },
  expected: ['misprint'],
  counterexamples: ['d = ½‖Ax − b‖² with a_{ji} ≠ 0: ∇d(x)_i moves with x_j while |x_i − y_i| = 0'],
  async check(_implementation, budget) {
    const parts = problems.map(({ name, problem, dimension, hypothesis }) => {
      const options = { only: [hypothesis], points: 16, seed: budget.seed };
      const { witness, cases, reason } = auditAssumptions(theorem2, parseProblem(problem), dimension, options)
        .findings[0]!;
      // The pair refutes the inequality for every L_i only if its coordinate is exactly equal in both points.
      const refuted = witness?.y?.some((value, i) => value === witness.x[i]) === true && witness.measured === Infinity;
      return {
        name,
        verdict: refuted ? ('misprint' as const) : ('inconclusive' as const),
        cases,
        worstRatio: 0,
        reason,
      };
    });
    const refuted = parts.every(({ verdict }) => verdict === 'misprint');
    return {
      verdict: refuted ? 'misprint' : 'inconclusive',
      reason: refuted ? parts[0]!.reason : 'no pair was found for one of the coupled problems',
      cases: parts.reduce((sum, { cases }) => sum + cases, 0),
      parts,
    };
  },
}));
