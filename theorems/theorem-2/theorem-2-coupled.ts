import { mappingNorm1 } from '../../src/library/testing.js';
import { type BoundInstance, boundClaim, type Theorem } from '../../src/library/theorems.js';
import { written } from '../shared/written.js';
import { theorem2 } from './theorem-2.js';

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** ρ: what the coordinates do to one another; 0 in one dimension. */
const coupling = 'max(0, √(‖Λ‖_∞‖Λ‖₁) − min_i(Λ_i))';

/**
 * Theorem 2 without separability. Assumption 2(b),(c) as printed makes ∇d(x)_i a function of x_i alone. If instead −Λ ⪯ ∇²d ⪯ Λ and 0 ⪯ ∇²r_k ⪯ Λ
 * with Λ = diag(L_1 … L_n), then for signProx with the paper's γ = 1/(2‖L‖₁√T) and B = T
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖₁] ≤ (2/(√T − ¼)) [‖L‖₁(f(x⁰) − f*) + ½(1 − 1/T)Σ_i σ_i(1 + L_i/(4‖L‖₁√T)) + ¼],
 *
 * which is below the same with √T − ½ and without L_i. The bound that is checked is still smaller, and holds for any γ < 2/ρ and B. Proof in PROOFS.md.
 */
export const theorem2Coupled: Theorem = written({
  id: 'theorem-2-coupled',
  module: import.meta.url,
  source: { section: 'beyond the paper', equation: 'Theorem 2 for coupled problems' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (2/(√T − ¼))[‖L‖₁Δ + ½(1 − 1/T)Σσ_i(1 + L_i/(4‖L‖₁√T)) + ¼] ≤ (2/(√T − ½))[‖L‖₁Δ + ½(1 − 1/T)‖σ‖₁ + ¼] when −Λ ⪯ ∇²d ⪯ Λ, 0 ⪯ ∇²r_k ⪯ Λ = diag(L_i)',
  hypotheses: ['assumption-2a', 'assumption-1b', 'assumption-1c', 'assumption-2d'],
  algorithm: theorem2.algorithm,
  schedule: { step: '1/(2‖Λ‖₁√T)', miniBatch: 'T' },
  term: theorem2.term,
  bound: `(Δ/(γT) + γ‖Λ‖₁ + (1 − 1/T)(3√6/8 if B even else 1)sum_i((1 + γΛ_i/2)σ_i)/√B)/(1 − γ·${coupling}/2) if γ·${coupling} < 2 else ∞`,

  /**
   * After t steps every coordinate is within tγ of x⁰. In the norms of Λ^½ and Λ^−½, ∇d is 1-Lipschitz, and so is y ↦ (y − P⁰(y))/γ, whose derivative
   * R(I + γR)⁻¹ lies between 0 and Λ. Hence ‖G(x^t) − G(x⁰)‖₁ ≤ √‖L‖₁ ‖Λ^−½(G(x^t) − G(x⁰))‖ ≤ (2 + γ‖L‖_∞)‖L‖₁ tγ, and the average over t < T of
   * ‖G(x⁰)‖₁ + (2 + γ‖L‖_∞)‖L‖₁ tγ is a cap.
   */
  cap(problem, start, iterations, { majorant = new Float64Array(0) }) {
    const growth = (2 + problem.step * Math.max(...majorant)) * total(majorant) * problem.step;
    return (mappingNorm1(problem, start) + (growth * (iterations - 1)) / 2) * (1 + 2 ** -30);
  },
});

/** ½‖Ax − b‖² with a well-conditioned 3 × 2 matrix; log cosh about different centres with tilts, non-uniform θ. */
const leastSquaresLogCosh: BoundInstance = {
  name: 'least squares, log cosh r_k, n = 2',
  problem: {
    smooth: {
      type: 'least-squares',
      matrix: { rows: 3, columns: 2, data: [1, 0.5, 0, 1, 0.5, -0.5] },
      target: [1, -1, 0.5],
    },
    functions: [
      { type: 'translated', shift: [0.5, 0.25], inner: { type: 'log-cosh', weight: 0.5, scale: 1 } },
      { type: 'tilted', slope: [-0.25, 0.25], inner: { type: 'log-cosh', weight: 0.5, scale: 1 } },
    ],
    probabilities: [0.625, 0.375],
  },
  start: [1, -1],
};

/** The quadratic form of a path of four nodes, ½Σ(x_{i+1} − x_i)² + ½‖x‖², with linear r_k: constant noise, strongest where coupling is. */
const pathLinear: BoundInstance = {
  name: 'quadratic form of a path, linear r_k, n = 4',
  problem: {
    smooth: {
      type: 'least-squares',
      matrix: {
        ...{ rows: 7, columns: 4 },
        data: [...[1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], ...[-1, 1, 0, 0, 0, -1, 1, 0, 0, 0, -1, 1]],
      },
      target: [0.25, 0, 0, -0.25, 0, 0.125, 0],
    },
    functions: [
      { type: 'linear', coefficients: [0.375, -0.125, 0.125, 0.25] },
      { type: 'linear', coefficients: [-0.125, 0.125, 0.0625, -0.25] },
    ],
    probabilities: [0.25, 0.75],
  },
  start: [0.25, -0.25, 0.25, -0.125],
};

export const claim = boundClaim({
  id: 'theorem-2-coupled',
  version: 1,
  theorem: theorem2Coupled,
  instances: [leastSquaresLogCosh, pathLinear],
  iterations: { quick: [1, 4, 16], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64, 256, 1024] },
  referenceOnly: true,
  method:
    'two e-processes per instance and T, against the smallest of the bounds; Λ from the row sums of |AᵀA|, f* between f(û) − ‖g‖²/(2μ) and f(û) with a certified modulus μ of d',
});
