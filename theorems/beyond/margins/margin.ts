import type { Finding } from '../../../src/library/claims.js';
import { boundEvidence, claimOf } from '../../../src/library/testing.js';
import { negative, of, product, sum } from '../../lines/arithmetic.js';
import { atMost, objective } from '../../lines/iteration.js';
import { lawClaim } from '../../lines/line-claim.js';
import {
  additiveRow,
  bimodal,
  cauchy,
  cosine,
  laplace,
  marginBound,
  type NoisyProblem,
  near,
  normal,
  parabola,
  single,
  uniform,
} from '../../shared/additive-run.js';

/**
 * The lemma of margins, one step of it. The margin μ_i = E[s_i | x] sgn G_i is by how much the sign is right more often than wrong, s = sgn Ĝ. Where every
 * μ_i ≥ 0, summed over t with a last step without noise,
 *
 *     (1/T) Σ_t E Σ_i μ_i|G_i| ≤ Δ/(γT) + γ‖L‖₁
 *
 * for every γ and B, without a noise term: what is known of the noise enters through μ. A negative margin counts 1 + γL_i times at most.
 */
export const signProxMarginClaim = lawClaim({
  id: 'sign-prox-margin',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 by margins, one step' },
  statement:
    'E[f(x⁺) − f(x) | x] ≤ −γΣ_i μ_i|G_i| + γ²‖L‖₁ for signProx, μ_i = E[s_i | x] sgn G_i ≥ 0; a μ_i < 0 counts 1 + γL_i times',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { margin: 1, curvature: 1 },
  lines({ iterate, step, coordinateLipschitz, expectation }, { margin, curvature }) {
    const gains = iterate.mapping.map((entry, i) => {
      const gain = product(
        entry,
        expectation(({ stochasticSigns }) => of(stochasticSigns[i]!)),
      );
      if (gain.s >= 0n) return product(of(margin), gain);
      return product(gain, sum(of(1), product(step, coordinateLipschitz[i]!)));
    });
    return [
      atMost(
        'E[f(x⁺) − f(x) | x] ≤ −γΣμ_i|G_i| + γ²‖L‖₁',
        expectation(({ next }) => sum(objective(next), negative(objective(iterate.x)))),
        sum(negative(product(step, sum(...gains))), product(of(curvature), step, step, sum(...coordinateLipschitz))),
      ),
    ];
  },
});

/** σ, or the scale of a law without a variance. */
const deviation = 1 / 2;

const problems: readonly NoisyProblem[] = [
  single('d = ½x², x⁰ = (T − ½)γ', { ...parabola, deviation, start: (iterations, step) => (iterations - 0.5) * step }),
  single('d = ½x², x⁰ = γ/2', { ...parabola, deviation, start: near(0) }),
  single('d = 1 − cos x, x⁰ near 2', { ...cosine, deviation, start: near(2) }),
];

const iterations = { quick: [16, 256], standard: [16, 64, 256, 1024], deep: [16, 64, 256, 1024, 4096] };

/** left/bound that some row must reach: from far away most G on the way are larger than the noise, and their signs right. */
const reached = 0.99;

/**
 * The lemma of margins, summed over the iterations: with the margins that a law of noise leaves, the weighted left side is below a bound that has no term for the noise. It does
 * not matter whether the noise has a variance, nor that a fair coin decides where |G| is small.
 */
export const signProxMarginLatticeClaim = claimOf({ scale: 1 }, ({ scale }) => ({
  id: 'sign-prox-margin-lattice',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 by margins' },
  statement:
    'E[(1/T) Σ Σ_i μ_i|G_i(x^{t−1})|] ≤ Δ/(γT) + γ‖L‖₁ for signProx with any γ and B, where μ_i = E[s_i | x] sgn G_i ≥ 0',
  method:
    'the law of the iterate on x⁰ + γZ with the weights μ, B = 1, γ = 1/(2√T), for a convex and a non-convex d under additive noise of five symmetric laws, one of them without a variance',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'] as const,
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const rows = problems.flatMap((problem) =>
      [uniform, normal, laplace, cauchy, bimodal].flatMap((noise) =>
        iterations[depth].map((T) => {
          const run = { problem, noise, iterations: T, step: 1 / (2 * Math.sqrt(T)) };
          return additiveRow({ ...run, term: ({ size, margin }) => margin * size }, scale * marginBound(run));
        }),
      ),
    );
    const ratio = Math.max(...rows.map(({ left, bound }) => left / bound));
    const worst = (['violated', 'inconclusive'] as const).find((verdict) =>
      rows.some((row) => row.verdict === verdict),
    );
    const verdict = worst ?? (ratio >= reached ? 'holds' : 'violated');
    return boundEvidence(rows, verdict, `left/bound ≤ ${ratio.toFixed(4)} on ${rows.length} rows`);
  },
}));
