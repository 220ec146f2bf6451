import { type FindingSource, measuredOf, sentence } from './finding-source.js';

/** What other steps and mini-batches than the paper's could gain, and what none can. */
export const schedules: readonly FindingSource[] = [
  {
    title: () =>
      'A step tuned to f(x⁰) − f* and σ has a smaller bound, and for large T no constant step of SPGM beats it.',
    text: (found) =>
      sentence`With B = 1 and γL = 2A/(A + √(A² + 4A(1 − 1/T)σ²)), A = LΔ/T, the bound of Theorem 1♯ is smallest. It is at most 2LΔ/T + 2σ√(LΔ/T), where the paper's step has (LΔ + σ²)/√T to leading order. For every constant γ < 2/L there is an instance with d = ½Lx², r_k = ½L(u ∓ c)², c = (1 + γL)σ/L, and L(x⁰)² = Δ whose left side is at least ${measuredOf(found('theorem-1-optimal-step-minimax'), 'inf over γ of left/bound, σ²/(LΔ) = 1, T = 1000000')} of that bound for σ² = LΔ, T = 10⁶ and B = 1, and all of it as T → ∞. That SGD needs of the order of ε⁻⁴ draws even on convex quadratics is known (Drori and Shamir 2020); new here are the prox form and the exact constant 2. For signProx γ = √(Δ/(‖L‖₁T)) has 2√(‖L‖₁Δ/T) in place of the paper's (2‖L‖₁Δ + ½)/√T, which is never smaller. signprox bounds --schedule optimal prints both bounds for your own problem.`,
    basis:
      'Proved by hand; what another step costs is an identity in rationals, left sides are computed exactly or enclosed, and the least one over all γ is enclosed from its closed form.',
    claims: [
      'optimal-steps',
      'theorem-1-optimal-step',
      'theorem-1-optimal-step-tight',
      'theorem-1-optimal-step-minimax',
      'theorem-2-optimal-step',
    ],
  },
  {
    title: () => 'No constant γ, T and B make signProx faster than N^(−1/4) in the number N of draws, and B must grow.',
    text: (found) =>
      sentence`Let γ and B be the same in every iteration, and N = TB. In one coordinate, for all γ, T and B with N ≥ σ²/(LΔ), some problem meets Assumption 2 and has a left side of at least ½(LΔσ²/N)^¼. On the grid that is judged, the largest left side of four families with r = 0 or linear r_k is nowhere below ${measuredOf(found('sign-prox-lower-bound'), 'least of left/(LΔσ²/N)^¼')}(LΔσ²/N)^¼; the proof names x⁰ and d of each family. With the best γ and B Theorem 2♯ gives 2√2(LΔσ²/N)^¼ to leading order, so for n = 1 no such schedule improves the constant by more than 5.7. In n coordinates, copies with shares of Δ give ½(Δ/N)^¼(ΣL_i^⅓σ_i^⅔)^¾ for large N, where the upper bound has 2√2(Δ/N)^¼‖L‖₁^¼‖σ‖₁^½. The two are 5.7 apart only if L_i is proportional to σ_i, and otherwise further. The rate is not a weakness of signs: in high dimension every stochastic first-order method needs of the order of ε⁻⁴ draws in the worst case (Arjevani et al. 2023). New here are the constants for signProx, and that one coordinate is enough.`,
    basis: 'Proved by hand; the instances of the proof for n = 1 are exact, and their left sides are enclosed.',
    claims: ['sign-prox-lower-bound', 'optimal-steps'],
  },
];
