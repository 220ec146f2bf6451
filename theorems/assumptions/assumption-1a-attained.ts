import { evidenceOfRows } from '../../src/claims/bounds/bound-evidence.js';
import { rowClaim } from '../../src/claims/bounds/bound-row.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { BoundInstance, Theorem } from '../../src/claims/theorems/theorem.js';
import { theorem1Sharp } from '../theorem-1/theorem-1-sharp.js';
import { theorem2Sharp } from '../theorem-2/theorem-2-sharp.js';

const key = { id: 'assumption-1a-attained', version: 2 } as const;

/**
 * r_k = log cosh(u) + u, which decreases to −log 2 as u → −∞ and has no minimiser, with noise ±a. f = d + r_γ has a finite infimum that is not attained
 * for d = 0, and the iterate goes to −∞ for ever.
 */
const unattained = (noise: number, start: number): BoundInstance => ({
  name: `log cosh u + u, noise ±${noise}, x⁰ = ${start}`,
  problem: {
    smooth: { type: 'zero' },
    functions: [1 + noise, 1 - noise].map((slope) => ({
      type: 'tilted',
      slope: [slope],
      inner: { type: 'log-cosh', weight: 1, scale: 1 },
    })),
    probabilities: [0.5, 0.5],
  },
  start: [start],
});

const instances = { quick: [unattained(0.25, 0)], standard: [unattained(0.25, 0), unattained(1, 2)] };
const iterationsByDepth = { quick: [16], standard: [1, 16, 64], deep: [1, 16, 64, 256] } as const;

/**
 * "f has a finite minimum attained at some x*" (Assumptions 1(a), 2(a)): neither proof uses that it is attained, only f ≥ f* > −∞. On instances without a
 * minimiser both theorems hold, even in their sharpened forms.
 */
export const claim = claimOf({ theorems: [theorem1Sharp, theorem2Sharp] as readonly Theorem[] }, ({ theorems }) =>
  rowClaim(
    {
      ...key,
      source: { section: '2.2', equation: 'Assumptions 1(a), 2(a)' },
      statement: 'Theorems 1 and 2 hold with a finite infimum f* that is not attained',
      method:
        'two e-processes per instance, theorem and T against the sharpened bounds, on instances whose infimum lies at −∞',
      requires: { referenceOnly: true },
    },
    {
      plan: ({ depth }) =>
        theorems.flatMap((theorem) =>
          (depth === 'quick' ? instances.quick : instances.standard).flatMap((instance) => {
            const named = { ...instance, name: `${theorem.source.equation}: ${instance.name}` };
            return iterationsByDepth[depth].map((iterations) => ({ theorem, instance: named, iterations }));
          }),
        ),
      conclude: evidenceOfRows,
    },
  ),
);
