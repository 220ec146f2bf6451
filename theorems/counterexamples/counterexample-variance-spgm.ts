import { boundEvidence } from '../../src/claims/bounds/bound-evidence.js';
import { rowClaim } from '../../src/claims/bounds/bound-row.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { withoutNoise } from '../shared/changed-theorems.js';
import { theorem1 } from '../theorem-1/theorem-1.js';

const key = { id: 'counterexample-variance-spgm', version: 2 } as const;

/** The slope that both r_k share; it makes the two wells nearly equally deep. */
const tilt = 11 / 128;

/**
 * d = 1 − cos x, r₁′ rises from 0 to 1 around x = 5, r₂ = 0, both tilted by −11/128, θ = ½. f has its minimum near 0, where P₁ = P₂, and a second well, hardly less deep,
 * near 2π, where r₁′ = 1 and the noise is ±½. x⁰ is the bottom of the second well.
 */
const twoWells: BoundInstance = {
  name: 'd = 1 − cos x, noise in the second well only',
  problem: {
    smooth: { type: 'cosine', weight: 1 },
    functions: [
      {
        type: 'tilted',
        slope: [0.5 - tilt],
        inner: { type: 'translated', shift: [5], inner: { type: 'huber', weight: 1, threshold: 0.5 } },
      },
      { type: 'linear', coefficients: [-tilt] },
    ],
    probabilities: [0.5, 0.5],
  },
  start: [2 * Math.PI - Math.asin(0.5 - tilt)],
};

const minimiser = Float64Array.of(Math.asin(tilt));
const iterationsByDepth = { quick: [256], standard: [256, 1024], deep: [256, 1024, 4096] } as const;

/**
 * Assumption 1(d) must hold for all x. That the variance is small at the minimiser, here 0, is not enough: from the second well the left side is noise of
 * order γ, while 2LΔ/√T is smaller by the depth that the wells differ in.
 */
export const claim = claimOf({ instance: twoWells }, ({ instance }) =>
  rowClaim(
    {
      ...key,
      source: { section: '2.2', equation: 'Assumption 1(d)' },
      statement: 'Theorem 1 with the variance at the minimiser, E‖P_k(x*) − P(x*)‖² ≤ γ²σ², in place of a uniform one',
      method: 'two e-processes against 2LΔ/√T, the bound with σ = 0; the operators at x* are compared directly',
      requires: { referenceOnly: true },
      expected: ['needed'],
      counterexampleTo: ['theorem-1', 'assumption-1d'],
      counterexamples: [
        'd = 1 − cos x, r₁ one-sided Huber about 5, r₂ = 0, tilted: no variance at x* near 0, variance ¼ in the well near 2π',
      ],
    },
    {
      plan: ({ depth }) =>
        iterationsByDepth[depth].map((iterations) => ({ theorem: withoutNoise(theorem1), instance, iterations })),
      conclude(rows) {
        const spreads = rows.map(({ step }) => {
          const at = parseProblem(instance.problem).at(step);
          const [first, second] = [0, 1].map((k) => at.proximalGradient(k, minimiser)[0]!);
          return Math.abs(first! - second!) / step;
        });
        // x* itself and its value, to rounding: G vanishes, and no point of the second well is lower.
        const mappings = rows.map(({ step }) =>
          Math.abs(parseProblem(instance.problem).at(step).gradientMapping(minimiser)[0]!),
        );
        const lowest = rows.every(({ step, constants }) => {
          const value = parseProblem(instance.problem).at(step).objective(minimiser);
          return value <= Number(constants['infimumUpper']) + 2 ** -30;
        });
        const isMinimiser = lowest && Math.max(...mappings) <= 2 ** -40;
        const refuted =
          isMinimiser && Math.max(...spreads) <= 2 ** -40 && rows.every(({ verdict }) => verdict === 'violated');
        return {
          ...boundEvidence(
            rows,
            refuted ? 'needed' : 'inconclusive',
            refuted
              ? `P₁(x*) = P₂(x*), and the left side exceeds 2LΔ/√T by ${(rows.at(-1)!.left / rows.at(-1)!.bound).toFixed(1)} times`
              : `x* ${isMinimiser ? 'is' : 'is not'} the minimiser, |P₁(x*) − P₂(x*)|/γ = ${Math.max(...spreads)}`,
          ),
          measured: { '|P₁(x*) − P₂(x*)|/γ': Math.max(...spreads), '|G(x*)|': Math.max(...mappings) },
        };
      },
    },
  ),
);
