import { evidenceOfRows } from '../../src/claims/bounds/bound-evidence.js';
import { rowClaim } from '../../src/claims/bounds/bound-row.js';
import type { Claim } from '../../src/claims/claim.js';
import { claimMaker } from '../../src/claims/claim-mutant.js';
import type { RowFinding } from '../../src/claims/evidence.js';
import type { BoundInstance, Theorem, TheoremConstants } from '../../src/claims/theorems/theorem.js';
import { type FixedConstants, fixedConstants, ofInstance } from '../shared/fixed-objective.js';
import { theorem1Instances } from '../shared/instances.js';
import { sharpBound1 } from '../shared/sharp-bounds.js';
import { theorem1 } from './theorem-1.js';

const { sharp: _, bound: __, ...shared } = theorem1;

/** (1 + γL)²·(a bound of ‖G‖²) + γL(1 + γL)σ₀², since ‖∇f̄‖ ≤ ‖G‖ + γL√(‖G‖² + σ²). */
const carriedOver = (bound: number, product: number, { sigma }: FixedConstants): number =>
  (1 + product) ** 2 * bound + product * (1 + product) * sigma ** 2;

/**
 * Theorem 1 about the objective of (1) and (3), f̄ = d + Σθ_k r_k, instead of d + r_γ: with γ = 1/(L√T), σ₀² = sup_u Var_θ∇r_k(u) and Δ̄ = f̄(x⁰) − inf f̄,
 *
 *     E[(1/T) Σ ‖∇f̄(x^{t−1})‖²] ≤ (1 + 1/√T)² (L(Δ̄ + γσ₀²/2) + (1 − 1/T)σ₀²)/(√T − ½) + (1/√T)(1 + 1/√T)σ₀².
 *
 * So SPGM does reach critical points of the plain average, at the rate 1/√T, with constants that do not move with T. Proof in PROOFS.md.
 */
export function fixedObjective1(constantsOf: (own: TheoremConstants) => FixedConstants = ofInstance): Theorem {
  return {
    ...shared,
    hypotheses: [...shared.hypotheses, 'fixed-bounded-below', 'fixed-variance'],
    id: 'theorem-1-fixed-objective',
    source: { section: 'beyond the paper', equation: 'Theorem 1 for d + Σθ_k r_k' },
    statement: 'E[(1/T) Σ ‖∇(d + Σθ_k r_k)(x^{t−1})‖²] = O(1/√T) for SPGM, with Δ̄ and σ₀ of d + Σθ_k r_k',
    term: 'squared-gradient',
    bound(iterations, own, schedule) {
      const { lipschitz } = own;
      const constants = constantsOf(own);
      const variance = constants.sigma ** 2;
      const gap = constants.gap + (schedule.step * variance) / 2;
      const sharp = sharpBound1({ lipschitz: lipschitz!, variance, gap, iterations, ...schedule });
      return carriedOver(sharp, schedule.step * lipschitz!, constants);
    },
    cap(problem, start, iterations, own) {
      const cap = theorem1.cap!(problem, start, iterations, own);
      return cap === undefined ? undefined : carriedOver(cap, problem.step * own.lipschitz!, constantsOf(own));
    },
  };
}

export const theorem1FixedObjective = fixedObjective1();

const iterationsByDepth = { quick: [1, 16], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64, 256] } as const;

/** σ_γ ≤ σ₀ and Δ_γ ≤ Δ̄ + γσ₀²/2, between certified numbers: the reason that a row's constants are too small, or undefined. */
export function outOfOrder(row: RowFinding, { sigma, gap }: FixedConstants): string | undefined {
  const { sigma: own, gapLower } = row.constants as Readonly<Record<string, number>>;
  const where = `${row.instance}, T = ${row.iterations}`;
  // Both are upper ends within 0.1 %.
  if (!(own! <= sigma * (1 + 2 ** -10))) return `${where}: σ_γ = ${own} > σ₀ = ${sigma}`;
  if (!(gapLower! <= gap + (row.step * sigma ** 2) / 2)) return `${where}: Δ_γ = ${gapLower} > Δ̄ + γσ₀²/2`;
  return undefined;
}

/** A theorem about the fixed objective, whose bound is made of its constants. */
export interface FixedObjectiveClaim extends Pick<Claim, 'id' | 'version' | 'method'> {
  readonly theorem: Theorem;
  readonly instances: readonly BoundInstance[];
}

/** Rows of such a theorem, with the order of its constants checked on each. */
export const fixedObjectiveClaim = claimMaker(({ theorem, instances, ...claim }: FixedObjectiveClaim): Claim => {
  const { source, statement, hypotheses } = theorem;
  return rowClaim(
    { ...claim, source, statement, hypotheses, requires: { referenceOnly: true } },
    {
      plan: ({ depth }) =>
        instances.flatMap((instance) =>
          iterationsByDepth[depth].map((iterations) => ({ theorem, instance, iterations })),
        ),
      conclude(rows, _budget, planned) {
        const failures = rows.flatMap((row, i) => outOfOrder(row, fixedConstants(planned[i]!.instance)) ?? []);
        const evidence = evidenceOfRows(rows);
        return failures.length === 0 ? evidence : { ...evidence, verdict: 'violated', reason: failures.join('; ') };
      },
    },
  );
});

export const claim = fixedObjectiveClaim({
  id: 'theorem-1-fixed-objective',
  version: 2,
  method:
    'two e-processes per instance and T, with σ₀ and Δ̄ certified once for all T; σ_γ ≤ σ₀ and Δ_γ ≤ Δ̄ + γσ₀²/2 on every row',
  theorem: theorem1FixedObjective,
  instances: theorem1Instances,
});
