import { type FindingSource, measuredOf, sentence } from './finding-source.js';

/** What other steps and mini-batches than the paper's could gain, and what none can. */
export const schedules: readonly FindingSource[] = [
  {
    title: () =>
      'Steps that know f(x⁰) − f* and σ have smaller bounds, and no constant step of SPGM has a smaller one for large T.',
    text: (found) =>
      sentence`With γL = 2A/(A + √(A² + 4A(1 − 1/T)σ²)), A = LΔ/T, the bound of Theorem 1♯ is smallest and at most 2LΔ/T + 2σ√(LΔ/T), where the paper's step has (LΔ + σ²)/√T to leading order. Whatever constant γ < 2/L is chosen, parabolas that may depend on it have a left side of at least ${measuredOf(found('theorem-1-optimal-step-minimax'), 'inf over γ of left/bound, σ²/(LΔ) = 1, T = 1000000')} of that bound for σ² = LΔ and T = 10⁶, and of all of it as T → ∞. For signProx γ = √(Δ/(‖L‖₁T)) has 2√(‖L‖₁Δ/T) in place of the paper's (2‖L‖₁Δ + ½)/√T, which is never smaller. signprox bounds with --schedule optimal shows both bounds for a problem of one's own.`,
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
    title: () => 'No γ, T and B make signProx faster than N^(−1/4) in the number N of draws, and B must grow.',
    text: (found) =>
      sentence`For all γ, T and B with N = TB ≥ σ²/(LΔ) there is a problem in one coordinate that meets Assumption 2 and has a left side of at least ½(LΔσ²/N)^¼; on the grid that is judged the largest of the left sides of four families is nowhere below ${measuredOf(found('sign-prox-lower-bound'), 'least of left/(LΔσ²/N)^¼')}(LΔσ²/N)^¼. With the best γ and B Theorem 2♯ gives 2√2(‖L‖₁Δ)^¼‖σ‖₁^½N^(−¼) to leading order. So the rate of Theorem 2 in N is the right one, and no schedule improves the constant by more than a factor of 5.7.`,
    basis: 'Proved by hand; the instances of the proof are exact, and their left sides are enclosed.',
    claims: ['sign-prox-lower-bound', 'optimal-steps'],
  },
];
