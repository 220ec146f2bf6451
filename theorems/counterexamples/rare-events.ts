import type { Comparison } from '../../src/claims/bounds/counterexample-claim.js';
import { fromDouble } from '../../src/exact/arithmetic/rational.js';
import { latticeLeft } from '../../src/exact/engines/lattice.js';
import { binomialTable, cumulativeAt } from '../../src/reference/sampling/binomial-table.js';

/** Probability that a mini-batch meets no rare event. */
const quiet = 0.6;

/**
 * d = ½x², r₁ = −mu with θ₁ = 1 − p, r₂ = (R − m)u with θ₂ = p, m = pR, from x⁰ = x* = 0 at the step of Theorem 2 with a mini-batch of B draws, (1 − p)^B = 0.6. Three
 * mini-batches of five see Ĝ(x) = x − m, so that x climbs to m = σ√(p/(1 − p)) ≈ 0.71 σ/√B and stays: the median of the mini-batch, not its mean.
 */
export function rareEvents(name: string, root: number, miniBatch: number, sigma: number): Comparison {
  const iterations = root * root;
  const p = 1 - quiet ** (1 / miniBatch);
  const height = sigma / Math.sqrt(p * (1 - p));
  const lock = p * height;
  const table = binomialTable(miniBatch, p);
  const upTo = (count: number): number => cumulativeAt(table, count);
  const [lower] = latticeLeft(
    {
      term: (j) => Math.abs(j) / (2 * root),
      termError: 2 ** -40,
      law(j) {
        // Ĝ = x − m + cR/B is negative for c below this number of events; near an integer nothing is claimed about its sign.
        const enough = ((lock - j / (2 * root)) * miniBatch) / height;
        const uncertain = Math.abs(enough - Math.round(enough)) < 2 ** -30 ? 1 : 2 ** -42;
        const negative = upTo(Math.ceil(enough) - 1);
        return { positive: 1 - negative, negative, tie: 0, uncertain };
      },
    },
    iterations,
    'zero',
  );
  return {
    instance: `rare events, ${name}`,
    ...{ iterations, step: 1 / (2 * root), miniBatch, engine: 'lattice' },
    left: fromDouble(lower),
    bound: fromDouble(((4 * (sigma + 1)) / root) * (1 + 2 ** -40)),
    constants: { sigma, gapUpper: 0, L: 1 },
  };
}
