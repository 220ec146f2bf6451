import { boundClaim } from '../../src/claims/bounds/bound-claim.js';
import { withSchedules } from '../../src/claims/theorems/named-schedules.js';
import type { Theorem } from '../../src/claims/theorems/theorem.js';
import type { ProblemAtStep } from '../../src/reference/problem/problem.js';
import { theorem2Instances } from '../shared/instances.js';
import { asksOptimal, optimalSchedule, tuned } from '../shared/optimal-step.js';
import { sharpBound2 } from '../shared/sharp-bounds.js';

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/**
 * Theorem 2. Run signProx for T iterations under Assumption 2 with γ = 1/(2‖L‖₁√T) and B = T. Then
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖₁] ≤ (4/√T) [‖L‖₁(f(x⁰) − f*) + ‖σ‖₁ + 1].
 *
 * The sharpened bound of the same left side is Δ/(γT) + γ‖L‖₁ + (1 − 1/T)Σ_i(1 + cγL_i)σ_i/√B with c = √((5√5 − 11)/2).
 *
 * At any other γ < 1/‖L‖₁ the proof of §5.2 gives [Δ/(γT) + (3/2)γ‖L‖₁ + 2‖σ‖₁/√B]/(1 − γ‖L‖₁), which the schedule `optimal` minimises. It is above
 * Theorem 2♯ at that γ.
 */
export const theorem2: Theorem = withSchedules(
  {
    id: 'theorem-2',
    source: { section: '2.2', equation: 'Theorem 2' },
    statement:
      'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (4/√T)[‖L‖₁(f(x⁰) − f*) + ‖σ‖₁ + 1] for signProx with γ = 1/(2‖L‖₁√T), B = T',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
    algorithm: 'sign-prox',

    schedule(iterations, constants, options) {
      const { coordinateLipschitz } = constants;
      const total = coordinateLipschitz === undefined ? undefined : sum(coordinateLipschitz);
      if (total === undefined || !(total > 0)) {
        throw new RangeError(
          `theorem 2 needs coordinate constants with ‖L‖₁ > 0, got ${total}: γ = 1/(2‖L‖₁√T) is not defined`,
        );
      }
      const own = { step: 1 / (2 * total * Math.sqrt(iterations)), miniBatch: iterations };
      if (!asksOptimal(options)) return own;
      return tuned(own, constants, ({ coordinateSigma, gap, growth }, miniBatch) => ({
        start: gap / iterations,
        constant: growth / iterations + (2 * sum(coordinateSigma)) / Math.sqrt(miniBatch),
        slope: 1.5 * total,
        pole: total,
      }));
    },

    term: 'gradient-mapping-l1',

    bound(iterations, { coordinateLipschitz, coordinateSigma, gap }, { step, miniBatch }, options) {
      const total = sum(coordinateLipschitz!);
      if (asksOptimal(options)) {
        const noise = (2 * sum(coordinateSigma!)) / Math.sqrt(miniBatch);
        return (gap.upper / (step * iterations) + 1.5 * step * total + noise) / (1 - step * total);
      }
      return (4 / Math.sqrt(iterations)) * (total * gap.upper + sum(coordinateSigma!) + 1);
    },

    sharp: (iterations, { coordinateLipschitz, coordinateSigma, gap }, schedule) =>
      sharpBound2({
        coordinateLipschitz: coordinateLipschitz!,
        coordinateSigma: coordinateSigma!,
        gap: gap.upper,
        iterations,
        ...schedule,
      }),

    /**
     * Every iterate lies on x⁰ + γZⁿ within (t − 1)γ of x⁰, and f is separable under Assumption 2(b),(c), so the t-th summand is at
     * most Σ_i max over |j| ≤ t − 1 of |G(x⁰ + jγ)_i|: evaluated on the lattice itself.
     */
    cap(problem, start, iterations) {
      if (!problem.problem.separable) return undefined;
      const largest = new Float64Array(start.length);
      let total = 0;
      for (let distance = 0; distance < iterations; distance++) {
        for (const signed of distance === 0 ? [0] : [distance, -distance]) {
          enlarge(problem, start, signed, largest);
        }
        total += sum(largest);
      }
      return (total / iterations) * (1 + 2 ** -30);
    },
  },
  optimalSchedule(
    'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ [(f(x⁰) − f*)/(γT) + (3/2)γ‖L‖₁ + 2‖σ‖₁/√B]/(1 − γ‖L‖₁) for signProx with the γ that minimises it, B = T',
  ),
);

function enlarge(problem: ProblemAtStep, start: Float64Array, lattice: number, largest: Float64Array): void {
  const mapping = problem.gradientMapping(start.map((value) => value + lattice * problem.step));
  for (let i = 0; i < largest.length; i++) largest[i] = Math.max(largest[i]!, Math.abs(mapping[i]!));
}

export const claim = boundClaim({
  id: 'theorem-2',
  version: 1,
  theorem: theorem2,
  instances: theorem2Instances,
  method:
    'two e-processes per instance and T on the mean of independent runs, against the bound with certified L, σ and f*; T = 1 and σ = 0 directly',
});
