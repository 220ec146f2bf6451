import type { Theorem, TheoremConstants } from '../../src/claims/theorems/theorem.js';
import { type FixedConstants, ofInstance } from '../shared/fixed-objective.js';
import { theorem2Instances } from '../shared/instances.js';
import { sharpBound2 } from '../shared/sharp-bounds.js';
import { fixedObjectiveClaim } from '../theorem-1/theorem-1-fixed-objective.js';
import { theorem2 } from './theorem-2.js';

const { sharp: _, bound: __, ...shared } = theorem2;

/** (1 + γ‖L‖_∞)·(a bound of ‖G‖₁) + γΣL_iσ_i, since |∇f̄_i| ≤ |G_i| + γL_i(|G_i| + σ_i). */
function carriedOver(
  bound: number,
  step: number,
  lipschitz: Float64Array,
  { coordinateSigma }: FixedConstants,
): number {
  const noise = lipschitz.reduce((sum, entry, i) => sum + entry * coordinateSigma[i]!, 0);
  return (1 + step * Math.max(...lipschitz)) * bound + step * noise;
}

/**
 * Theorem 2 about f̄ = d + Σθ_k r_k: with the paper's γ and B, σ₀ per coordinate and Δ̄ = f̄(x⁰) − inf f̄, E[(1/T) Σ ‖∇f̄(x^{t−1})‖₁] is at most (1 + γ‖L‖_∞) times the bound of
 * Theorem 2♯ with Δ̄ + γ‖σ₀‖²/2 and σ₀, plus γΣL_iσ₀_i: of order 1/√T, with constants that do not move with T. Proof in PROOFS.md.
 */
export function fixedObjective2(constantsOf: (own: TheoremConstants) => FixedConstants = ofInstance): Theorem {
  return {
    ...shared,
    hypotheses: [...shared.hypotheses, 'fixed-bounded-below', 'fixed-variance'],
    id: 'theorem-2-fixed-objective',
    source: { section: 'beyond the paper', equation: 'Theorem 2 for d + Σθ_k r_k' },
    statement: 'E[(1/T) Σ ‖∇(d + Σθ_k r_k)(x^{t−1})‖₁] = O(1/√T) for signProx, with Δ̄ and σ₀ of d + Σθ_k r_k',
    term: 'gradient-l1',
    bound(iterations, given, schedule) {
      const { coordinateLipschitz } = given;
      const constants = constantsOf(given);
      const { coordinateSigma, sigma } = constants;
      const gap = constants.gap + (schedule.step * sigma ** 2) / 2;
      const own = { coordinateLipschitz: coordinateLipschitz!, coordinateSigma, gap, iterations, ...schedule };
      return carriedOver(sharpBound2(own), schedule.step, coordinateLipschitz!, constants);
    },
    cap(problem, start, iterations, own) {
      const cap = theorem2.cap!(problem, start, iterations, own);
      return cap === undefined ? undefined : carriedOver(cap, problem.step, own.coordinateLipschitz!, constantsOf(own));
    },
  };
}

export const theorem2FixedObjective = fixedObjective2();

export const claim = fixedObjectiveClaim({
  id: 'theorem-2-fixed-objective',
  version: 1,
  method:
    'two e-processes per instance and T, with σ₀ and Δ̄ certified once for all T; σ_γ ≤ σ₀ and Δ_γ ≤ Δ̄ + γσ₀²/2 on every row',
  theorem: theorem2FixedObjective,
  instances: theorem2Instances,
});
