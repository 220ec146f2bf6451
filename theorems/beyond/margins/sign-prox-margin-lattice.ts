import { boundEvidence } from '../../../src/claims/bounds/bound-evidence.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding, RowFinding } from '../../../src/claims/evidence.js';
import { latticeLeft } from '../../../src/exact/engines/lattice.js';
import type { SignLaw } from '../../../src/exact/engines/sign-law.js';
import { bimodal, cauchy, laplace, normal, type UnitNoise, uniform } from '../../shared/unit-noise.js';

/** A d in one coordinate with L = 1 and r = 0, so that G = d′. */
interface Slope {
  readonly name: string;
  derivative(x: number): number;
  /** f(x) − f*. */
  gap(x: number): number;
  /** x⁰ for T iterations at the step. */
  start(iterations: number, step: number): number;
}

const parabola = { derivative: (x: number) => x, gap: (x: number) => x ** 2 / 2 };

const slopes: readonly Slope[] = [
  { ...parabola, name: 'd = ½x², x⁰ = (T − ½)γ', start: (iterations, step) => (iterations - 0.5) * step },
  { ...parabola, name: 'd = ½x², x⁰ = γ/2', start: (_, step) => step / 2 },
  {
    name: 'd = 1 − cos x, x⁰ near 2',
    derivative: Math.sin,
    gap: (x) => 2 * Math.sin(x / 2) ** 2,
    start: (_, step) => (Math.round(2 / step) + 0.5) * step,
  },
];

/** σ, or the scale of a law without a variance. */
const size = 1 / 2;

function rowOf(
  { name, derivative, gap, start }: Slope,
  noise: UnitNoise,
  iterations: number,
  scale: number,
): RowFinding {
  const step = 1 / (2 * Math.sqrt(iterations));
  const first = start(iterations, step);
  const known = (j: number) => {
    const mapping = derivative(first + j * step);
    return { mapping, wrong: noise.tail(Math.abs(mapping) / size) };
  };
  const largest = Math.abs(first) + iterations * step;
  const interval = latticeLeft(
    {
      // μ|G| with μ = P[right] − P[wrong].
      term(j) {
        const { mapping, wrong } = known(j);
        return Math.max(0, 1 - 2 * wrong) * Math.abs(mapping);
      },
      termError: (2 * noise.tailError + 2 ** -50) * largest,
      law(j): SignLaw {
        const { mapping, wrong } = known(j);
        const [positive, negative] = mapping >= 0 ? [1 - wrong, wrong] : [wrong, 1 - wrong];
        return { positive, negative, tie: 0, uncertain: noise.tailError };
      },
    },
    iterations,
    'zero',
  );
  const [lower, upper] = interval;
  const bound = scale * (gap(first) / (step * iterations) + step);
  return {
    ...{ instance: `${name}, ${noise.name} noise`, iterations, step, miniBatch: 1, engine: 'lattice', replicates: 1 },
    ...{ left: lower + (upper - lower) / 2, leftInterval: interval, bound },
    verdict: upper <= bound ? 'holds' : lower > bound ? 'violated' : 'inconclusive',
    reason: `the left side is enclosed to within ${(upper - lower).toExponential(1)}`,
    constants: { sigma: size, gapUpper: gap(first), L: 1 },
  };
}

const iterations = { quick: [16, 256], standard: [16, 64, 256, 1024], deep: [16, 64, 256, 1024, 4096] };

/** left/bound that some row must reach: from far away most G on the way are larger than the noise, and their signs right. */
const reached = 0.99;

/**
 * The lemma of margins, summed over the iterations: with the margins that a law of noise leaves, the weighted left side is below a bound that has no term for the noise. It does
 * not matter whether the noise has a variance, nor that a fair coin decides where |G| is small.
 */
export const claim = claimOf({ scale: 1 }, ({ scale }) => ({
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
    const rows = slopes.flatMap((slope) =>
      [uniform, normal, laplace, cauchy, bimodal].flatMap((noise) =>
        iterations[depth].map((T) => rowOf(slope, noise, T, scale)),
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
