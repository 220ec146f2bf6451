import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding } from '../../../src/claims/evidence.js';
import { walkAverage } from './integer-walk.js';

/** m = σ₀ in units of the slope of f̄, and T. */
const series: readonly (readonly [m: number, iterations: number])[] = [
  [4, 1024],
  [8, 4096],
  [16, 16_384],
];

/**
 * d = 0, r₁ = (m + 1)|u| and r₂ = −(m − 1)u with θ = ½, x⁰ = 0 = z: f̄(u) = u for u ≥ 0, σ₀² = m² on that side and 1 on the other. In units of γ the iterate goes from n ≥ 0 to n + m − 1 or to
 * max(n − m − 1, 0), and P(x) is their mean. Left side over bound.
 */
function ratioOf(m: number, T: number, scale: number): number {
  const next = (n: number): readonly [number, number] => [n + m - 1, Math.max(n - m - 1, 0)];
  const left = walkAverage({ next, value: (n) => (next(n)[0] + next(n)[1]) / 2 }, T);
  const bound = m ** 2 * ((1 - 1 / T) / 2 + 1 / (4 * T));
  return left / (scale * bound);
}

/**
 * For single draws the noise term of `convex-fixed-objective` cannot be improved: where the slope of f̄ is small beside σ₀, x walks to and fro beyond the minimiser, as
 * far as the noise takes it.
 */
export const claim = claimOf({ scale: 1 }, ({ scale }) => ({
  id: 'convex-fixed-objective-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'convex d, objective of (1)' },
  statement:
    'for B = 1 the noise term γσ₀²/2 of the bound of (1/T) Σ E f̄(P(x^{t−1})) − inf f̄ is asymptotically attained',
  method:
    'the law of an integer walk in doubles, from below, for a slope of f̄ that becomes small beside σ₀; increasing',
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const ratios = series.slice(0, depth === 'quick' ? 2 : 3).map(([m, T]) => ({ m, T, ratio: ratioOf(m, T, scale) }));
    const increasing = ratios.every(({ ratio }, i) => ratio < 1 && (i === 0 || ratio > ratios[i - 1]!.ratio));
    const { m, T, ratio } = ratios.at(-1)!;
    return {
      verdict: increasing && ratio > 0.88 ? 'holds' : 'violated',
      reason: `left/bound = ${ratio.toFixed(4)} for σ₀ = ${m}, T = ${T}`,
      cases: ratios.length,
      measured: Object.fromEntries(ratios.map((entry) => [`left/bound, σ₀ = ${entry.m}, T = ${entry.T}`, entry.ratio])),
    };
  },
}));
