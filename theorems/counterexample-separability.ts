import { type Rational, rational, zero } from '../src/exact/rational.js';
import { type Comparison, counterexampleClaim } from './counterexample.js';

/** ∇d(x)_1 of d = ½(x₁ + εx₂)², whose Hessian is below diag(1 + ε, ε + ε²): x₁ + εx₂. */
const firstDerivative = (x: readonly [Rational, Rational], coupling: Rational): Rational =>
  x[0].add(coupling.mul(x[1]));

/** x and y with x₁ = y₁: Assumption 2(b) demands |∇d(x)_1 − ∇d(y)_1| ≤ L₁·0 for every L₁. */
function pair(distance: bigint): Comparison {
  const coupling = rational(1n, 100n);
  const x = [zero, zero] as const;
  const y = [zero, rational(distance)] as const;
  return {
    instance: 'd = ½(x₁ + x₂/100)², x = (0, 0), y = (0, T)',
    iterations: Number(distance),
    step: 1,
    miniBatch: 1,
    engine: 'deterministic',
    left: firstDerivative(x, coupling).sub(firstDerivative(y, coupling)).abs(),
    bound: zero,
  };
}

/**
 * Assumption 2(b) as printed, |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all x, y, makes ∇d(x)_i a function of x_i alone, so d (and with 2(c) every r_k) is a sum of
 * one-dimensional functions. However weak the coupling, no L₁ serves; least squares, phase retrieval and total variation are all outside. It is a defect
 * of the form, not of the method: the claim theorem-2-coupled has the theorem for −Λ ⪯ ∇²d ⪯ Λ.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-separability',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 2(b), (c)' },
  statement: 'a d whose Hessian lies between ±diag(L_1 … L_n) satisfies Assumption 2(b) with some L_1 … L_n',
  method: 'a pair of points with x₁ = y₁ and ∇d(x)₁ ≠ ∇d(y)₁, in rationals',
  counterexamples: ['d = ½(x₁ + x₂/100)²: ∇d(0, 0)₁ = 0, ∇d(0, 1)₁ = 1/100 although x₁ = y₁'],
  compare: () => [1n, 4n, 16n, 64n].map(pair),
});
