import { boundEvidence } from '../../../src/claims/bounds/bound-evidence.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding, RowFinding } from '../../../src/claims/evidence.js';
import { latticeLeft } from '../../../src/exact/engines/lattice.js';
import type { SignLaw } from '../../../src/exact/engines/sign-law.js';
import { laplace, normal, type UnitNoise, uniform } from '../../shared/unit-noise.js';

/** A convex problem in one coordinate whose minimiser is 0, by d′ and the prox of r. */
interface Family {
  readonly name: string;
  derivative(x: number): number;
  /** f. */
  value(x: number): number;
  /** prox_{γr}. */
  prox(y: number, step: number): number;
  /** σ. */
  readonly deviation: number;
  /** x⁰ for T iterations at the step. */
  start(iterations: number, step: number): number;
}

const clip = (x: number, limit: number): number => Math.max(-limit, Math.min(limit, x));

/** d = Huber of the slope; r = 0. x comes to its minimiser in about T steps. */
const huber = (slope: number): Family => ({
  name: `d = Huber of slope ${slope}`,
  derivative: (x) => clip(x, slope),
  value: (x) => (Math.abs(x) <= slope ? x ** 2 / 2 : slope * Math.abs(x) - slope ** 2 / 2),
  prox: (y) => y,
  deviation: 1 / Math.sqrt(3),
  start: (iterations, step) => Math.round(iterations * slope) * step,
});

const families: readonly Family[] = [
  huber(1 / 2),
  { ...huber(1 / 8), name: 'd = Huber of slope 1/8, x⁰ = x*', start: () => 0 },
  {
    ...{ name: 'd = ½x², r = |x|/2', deviation: 1 },
    derivative: (x) => x,
    value: (x) => x ** 2 / 2 + Math.abs(x) / 2,
    prox: (y, step) => y - clip(y, step / 2),
    start: () => 2,
  },
];

/** Enclosures of the left side, and the bound. */
function rowOf(
  { name, derivative, value, prox, deviation, start }: Family,
  noise: UnitNoise,
  iterations: number,
  scale: number,
): RowFinding {
  const step = 1 / 8;
  const first = start(iterations, step);
  const at = (j: number) => {
    const x = first + j * step;
    const full = prox(x - step * derivative(x), step);
    return { full, mapping: (x - full) / step };
  };
  const term = (j: number): number => {
    const { full, mapping } = at(j);
    return value(full) / Math.max(Math.sqrt(3) * deviation, 1.5 * Math.abs(mapping));
  };
  const [lower, upper] = latticeLeft(
    {
      term,
      termError: 2 ** -40 * Math.max(1, term(iterations)),
      law(j): SignLaw {
        const { mapping } = at(j);
        const wrong = mapping === 0 ? 1 / 2 : noise.tail(Math.abs(mapping) / deviation);
        const [positive, negative] = mapping >= 0 ? [1 - wrong, wrong] : [wrong, 1 - wrong];
        return { positive, negative, tie: 0, uncertain: noise.tailError };
      },
    },
    iterations,
    'zero',
  );
  const bound = scale * (first ** 2 / (2 * step * iterations) + step / 2);
  const verdict = upper <= bound ? 'holds' : lower > bound ? 'violated' : 'inconclusive';
  return {
    ...{ instance: `${name}, ${noise.name} noise`, iterations, step, miniBatch: 1, engine: 'lattice', replicates: 1 },
    ...{ left: lower + (upper - lower) / 2, leftInterval: [lower, upper], bound, verdict },
    reason: `the left side is enclosed to within ${(upper - lower).toExponential(1)}`,
    constants: { sigma: deviation, distance: first, L: 1 },
  };
}

const iterations = { quick: [16, 256, 1024], standard: [16, 64, 256, 1024, 4096], deep: [16, 64, 256, 1024, 4096] };

/** left/bound that must be reached on the first family under uniform noise, so that neither √3 nor ½ can be smaller. */
const reached = { 1024: 0.98, 4096: 0.99 } as Readonly<Record<number, number>>;

/**
 * signProx with single draws under additive noise that is symmetric and unimodal, and a convex d. In one dimension, where |G| ≤ 2σ/√3 on the way, γ = R/√T gives a mean gap
 * of at most √3σR/√T, against σR/√T for SPGM: one bit costs at most √3 in the guarantee. Uniform noise on a slope attains it. Noise ±σ is symmetric too, and not
 * enough. A finite sum has no such noise.
 */
export const claim = claimOf(
  { noises: [uniform, normal, laplace] as readonly UnitNoise[], scale: 1, families: families as readonly Family[] },
  ({ noises, scale, families: own }) => ({
    id: 'convex-one-bit',
    version: 1,
    source: { section: 'beyond the paper', equation: 'convex d, one bit' },
    statement:
      '(1/T) Σ E Σ_i (f_i(P(x^{t−1})_i) − f_i*)/max{√(3v_i), (3/2)|G_i|} ≤ R²/(2γT) + nγ/2 for signProx with B = 1, convex d and symmetric unimodal noise of variance v_i',
    method:
      'the law of the iterate on x⁰ + γZ, γ = 1/8, under uniform, normal and Laplace noise on three convex problems in one coordinate; under uniform noise on a slope left/bound tends to 1',
    hypotheses: ['assumption-2b'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const rows = own.flatMap((family) =>
        noises.flatMap((noise) => iterations[depth].map((T) => rowOf(family, noise, T, scale))),
      );
      const tight = rows.filter(({ instance }) => instance === `${own[0]!.name}, uniform noise`);
      const missed = tight.filter(({ left, bound, iterations: T }) => left / bound < (reached[T] ?? 0));
      const worst = Math.max(...rows.map(({ left, bound }) => left / bound));
      const holds = rows.every(({ verdict }) => verdict === 'holds') && missed.length === 0;
      const verdict = holds
        ? 'holds'
        : rows.some((row) => row.verdict === 'inconclusive')
          ? 'inconclusive'
          : 'violated';
      const evidence = boundEvidence(rows, verdict, `left/bound ≤ ${worst.toFixed(4)} on ${rows.length} rows`);
      return { ...evidence, measured: { 'largest left/bound': worst } };
    },
  }),
);
