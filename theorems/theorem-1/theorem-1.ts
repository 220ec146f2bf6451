import { boundClaim } from '../../src/claims/bounds/bound-claim.js';
import { withSchedules } from '../../src/claims/theorems/named-schedules.js';
import type { Theorem } from '../../src/claims/theorems/theorem.js';
import { theorem1Instances } from '../shared/instances.js';
import { asksOptimal, optimalSchedule, tuned } from '../shared/optimal-step.js';
import { sharpBound1 } from '../shared/sharp-bounds.js';

/**
 * Theorem 1. Run SPGM for T iterations under Assumption 1 with γ = 1/(L√T) and B = 1. Then
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖²] ≤ (1/√T) [2L(f(x⁰) − f*) + 3σ²].
 *
 * The sharpened bound of the same left side is (LΔ + (1 − 1/T)σ²/B)/(√T − ½): the descent lemma in place of convexity twice, and the
 * noise of the last step not counted, because the left side never sees it.
 *
 * At any other γ < 2/L the proof of §5.1 gives [Δ/(γT) + (3/2)γLσ²/B]/(1 − γL/2), which the schedule `optimal` minimises. It is above Theorem 1♯ at that γ.
 */
export const theorem1: Theorem = withSchedules(
  {
    id: 'theorem-1',
    source: { section: '2.2', equation: 'Theorem 1' },
    statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (1/√T)[2L(f(x⁰) − f*) + 3σ²] for SPGM with γ = 1/(L√T), B = 1',
    hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
    algorithm: 'spgm',

    schedule(iterations, constants, options) {
      const { lipschitz } = constants;
      if (lipschitz === undefined || !(lipschitz > 0)) {
        throw new RangeError(
          `theorem 1 needs a Lipschitz constant L > 0, got ${lipschitz}: γ = 1/(L√T) is not defined`,
        );
      }
      const own = { step: 1 / (lipschitz * Math.sqrt(iterations)), miniBatch: 1 };
      if (!asksOptimal(options)) return own;
      return tuned(own, constants, ({ sigma, gap, growth }, miniBatch) => ({
        start: gap / iterations,
        constant: growth / iterations,
        slope: (1.5 * lipschitz * sigma ** 2) / miniBatch,
        pole: lipschitz / 2,
      }));
    },

    term: 'squared-gradient-mapping',

    bound(iterations, { lipschitz, sigma, gap }, { step, miniBatch }, options) {
      if (asksOptimal(options)) {
        const noise = (1.5 * step * lipschitz! * sigma! ** 2) / miniBatch;
        return (gap.upper / (step * iterations) + noise) / (1 - (step * lipschitz!) / 2);
      }
      return (2 * lipschitz! * gap.upper + 3 * sigma! ** 2) / Math.sqrt(iterations);
    },

    sharp: (iterations, { lipschitz, sigma, gap }, schedule) =>
      sharpBound1({ lipschitz: lipschitz!, variance: sigma! ** 2, gap: gap.upper, iterations, ...schedule }),

    /**
     * Almost surely ‖Ĝ − G‖ ≤ S. With e = Ĝ − G the one-step inequality f(x⁺) ≤ f(x) − γ⟨G,Ĝ⟩ + (γ²L/2)(‖Ĝ‖² + ‖e‖²) is
     * f(x⁺) ≤ f(x) − γμ‖G‖² − γ(1 − γL)⟨G,e⟩ + γ²L‖e‖² with μ = 1 − γL/2, and |⟨G,e⟩| ≤ (α/2)‖G‖² + ‖e‖²/(2α). For γL ≤ 1 and α = 1,
     * and for γL < 2 and α = μ/|1 − γL|, summed with the last step taken noiseless:
     * (1/T)Σ‖G‖² ≤ 2Δ/(γT) + (1 − 1/T)(1 + γL)S²,   (1/T)Σ‖G‖² ≤ (2/μ)[Δ/(γT) + (1 − 1/T)((1 − γL)²/(2μ) + γL)S²].
     */
    cap(problem, _start, iterations, { lipschitz, deviation, gap }) {
      const { step } = problem;
      if (deviation === undefined || lipschitz === undefined) return undefined;
      const product = step * lipschitz;
      if (product >= 2) return undefined;
      const drift = (2 * gap.upper) / (step * iterations);
      const noise = (1 - 1 / iterations) * deviation ** 2;
      const slack = 1 - product / 2;
      const general = (drift + noise * ((1 - product) ** 2 / slack + 2 * product)) / slack;
      const short = product <= 1 + 2 ** -40 ? drift + noise * (1 + product) : Number.POSITIVE_INFINITY;
      return Math.min(general, short) * (1 + 2 ** -30);
    },
  },
  optimalSchedule(
    'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [(f(x⁰) − f*)/(γT) + (3/2)γLσ²]/(1 − γL/2) for SPGM with the γ that minimises it, B = 1',
  ),
);

export const claim = boundClaim({
  id: 'theorem-1',
  version: 2,
  theorem: theorem1,
  instances: theorem1Instances,
  method:
    'two e-processes per instance and T on the mean of independent runs, against the bound with certified L, σ and f*; T = 1 and σ = 0 directly',
});
