import { exact, vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { lawClaim } from '../../src/claims/proofs/lines/line-claim.js';

const { sum, product, of } = exact;
const { minus, squaredNorm } = vectorsOver(exact);

/**
 * §5.1, the two implications for B = 1: E[P̂(x)] = P(x) ⇒ E[Ĝ(x)] = G(x), and E‖P̂(x) − P(x)‖² ≤ γ²σ² ⇒ E‖Ĝ(x) − G(x)‖² ≤ σ². The
 * premises are checked with P̂ from the proxes and the conclusions with Ĝ from the residuals. With σ² the variance at x the two inequalities
 * are equalities, and are judged as such, which sees more.
 */
export const claim = lawClaim({
  id: 'theorem-1-step-1',
  version: 2,
  source: { section: '5.1', equation: 'unbiasedness and variance' },
  statement: 'for B = 1, E[Ĝ(x)] = G(x), and E‖P̂(x) − P(x)‖² ≤ γ²σ² implies E‖Ĝ(x) − G(x)‖² ≤ σ²',
  hypotheses: ['assumption-1d'],
  algorithm: 'spgm',
  constants: { unbiased: 1, variance: 1 },
  lines({ iterate, step, variances, expectation }, { unbiased, variance }) {
    const sigmaSquared = sum(...variances);
    return [
      ...iterate.mapping.map((mean, i) => ({
        name: `E[P̂(x)] = P(x), coordinate ${i}`,
        left: expectation(({ next }) => next.point[i]!),
        relation: '=' as const,
        right: sum(iterate.x.point[i]!, product(of(-unbiased), step, mean)),
      })),
      ...iterate.mapping.map((mean, i) => ({
        name: `E[Ĝ(x)] = G(x), coordinate ${i}`,
        left: expectation(({ stochasticMapping }) => stochasticMapping[i]!),
        relation: '=' as const,
        right: product(of(unbiased), mean),
      })),
      {
        name: 'E‖P̂(x) − P(x)‖² ≤ γ²σ²',
        left: expectation(({ next, full }) => squaredNorm(minus(next.point, full.point))),
        relation: '=',
        right: product(of(variance), step, step, sigmaSquared),
      },
      {
        name: 'E‖Ĝ(x) − G(x)‖² ≤ σ²',
        left: expectation(({ stochasticMapping, mapping }) => squaredNorm(minus(stochasticMapping, mapping))),
        relation: '=',
        right: product(of(variance), sigmaSquared),
      },
    ];
  },
});
