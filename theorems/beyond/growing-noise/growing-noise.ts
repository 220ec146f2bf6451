import type { Claim } from '../../../src/library/claims.js';
import { claimOf, evidenceOfRows, rowClaim, withBatch, withoutRoom } from '../../../src/library/testing.js';
import type { BoundInstance, OwnHypothesis, Theorem } from '../../../src/library/theorems.js';
import { curvatureOfNoise } from '../../shared/sharp-bounds.js';
import { theorem1Sharp } from '../../theorem-1/theorem-1-sharp.js';
import { sumOf, theorem2 } from '../../theorem-2/theorem-2.js';

/** Noise that may grow with G: E(P_k(x)_i − P(x)_i)² ≤ γ²(σ_i² + cG(x)_i²), in place of γ²σ_i². */
export interface GrowingNoise {
  /** σ_1 … σ_n. */
  readonly sigma: readonly number[];
  /** c. */
  readonly growth: number;
}

/** Room for rounding, where the inequality is an equality at every point. */
const rounding = 1 + 2 ** -40;

function growingVariance({ sigma, growth }: GrowingNoise): OwnHypothesis {
  return {
    id: 'growing-variance',
    statement: `E(P_k(x)_i − P(x)_i)² ≤ γ²(σ_i² + ${growth}·G(x)_i²) for all i, x`,
    search(problem, points) {
      const { probabilities } = problem.problem;
      for (const x of points) {
        const mapping = problem.gradientMapping(x);
        const variance = new Float64Array(x.length);
        for (const [k, probability] of probabilities.entries()) {
          const drawn = problem.stochasticGradientMapping([k], x);
          for (const [i, g] of drawn.entries()) variance[i]! += probability * (g - mapping[i]!) ** 2;
        }
        const i = variance.findIndex((v, j) => v > (sigma[j]! ** 2 + growth * mapping[j]! ** 2) * rounding);
        if (i >= 0)
          return {
            x,
            explanation: `the variance of Ĝ_${i + 1} is ${variance[i]} at x = (${Array.from(x).join(', ')})`,
          };
      }
      return undefined;
    },
  };
}

/** Constants that are wrong, by what they multiply. */
interface Factors {
  readonly gap: number;
  readonly noise: number;
  /** Of c in the denominator. */
  readonly growth: number;
}
const asProved: Factors = { gap: 1, noise: 1, growth: 1 };

/**
 * Theorem 1♯ for noise that grows with G. With σ² = Σσ_i², any B and γ(½ + c/B) < 1/L
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 − 1/T)γLσ²/B]/(1 − γL(½ + c/B)),
 *
 * which at γ = 1/(L√T), B = 1 is [LΔ + (1 − 1/T)σ²]/(√T − ½ − c). Proof in PROOFS.md.
 */
export const theorem1Growing = (noise: GrowingNoise, { gap: ofGap, noise: ofNoise, growth } = asProved): Theorem => ({
  id: 'theorem-1-growing-noise',
  module: import.meta.url,
  source: { section: 'beyond the paper', equation: 'Theorem 1♯ for growing noise' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [LΔ + (1 − 1/T)σ²]/(√T − ½ − c) for SPGM with γ = 1/(L√T), B = 1, where E‖P_k − P‖² ≤ γ²(σ² + c‖G‖²)',
  hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', growingVariance(noise)],
  algorithm: 'spgm',
  schedule: theorem1Sharp.schedule,
  term: 'squared-gradient-mapping',
  bound(iterations, { lipschitz, gap }, { step, miniBatch }) {
    const kept = 1 - step * lipschitz! * (1 / 2 + (growth * noise.growth) / miniBatch);
    if (!(kept > 0)) return Number.POSITIVE_INFINITY;
    const variance = noise.sigma.reduce((sum, each) => sum + each ** 2, 0);
    const ofVariance = (ofNoise * (1 - 1 / iterations) * step * lipschitz! * variance) / miniBatch;
    return ((ofGap * gap.upper) / (step * iterations) + ofVariance) / kept;
  },
});

/**
 * Theorem 2♯ for noise that grows with G in each coordinate. With q = c/B < 1 and c₀ = √((5√5 − 11)/2)
 *
 *     (1 − q)/(1 + q) · E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ_i [(1 + q)^{−3/2} + c₀γL_i/√(1 − q)] σ_i/√B.
 *
 * For c ≥ B a sign may be wrong more often than right at every x, and nothing is left. Proof in PROOFS.md.
 */
export const theorem2Growing = (noise: GrowingNoise, { gap: ofGap, noise: ofNoise, growth } = asProved): Theorem => ({
  id: 'theorem-2-growing-noise',
  module: import.meta.url,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯ for growing noise' },
  statement:
    '(1 − q)/(1 + q) · E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ[(1 + q)^{−3/2} + c₀γL_i/√(1 − q)]σ_i/√B for signProx, γ = 1/(2‖L‖₁√T), B = T, q = c/B, where E(P_k − P)_i² ≤ γ²(σ_i² + cG_i²)',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', growingVariance(noise)],
  algorithm: 'sign-prox',
  schedule: theorem2.schedule,
  term: 'gradient-mapping-l1',
  bound(iterations, { coordinateLipschitz, gap }, { step, miniBatch }) {
    const q = (growth * noise.growth) / miniBatch;
    if (!(q < 1)) return Number.POSITIVE_INFINITY;
    const deviations = noise.sigma.map((each, i) => {
      const curvature = (curvatureOfNoise * step * coordinateLipschitz![i]!) / Math.sqrt(1 - q);
      return ((1 + q) ** -1.5 + curvature) * each;
    });
    const total = deviations.reduce((sum, each) => sum + each, 0);
    const ofVariance = (ofNoise * (1 - 1 / iterations) * total) / Math.sqrt(miniBatch);
    const right = (ofGap * gap.upper) / (step * iterations) + step * sumOf(coordinateLipschitz!) + ofVariance;
    return (right * (1 + q)) / (1 - q);
  },
});

const parabola = (curvature: number, center = 0) => ({ type: 'quadratic', curvature, center });

/** A problem with its noise. */
interface Case {
  readonly instance: BoundInstance;
  readonly noise: GrowingNoise;
  /** B, in place of that of the theorem. */
  readonly miniBatch?: number;
}

/** r_k of curvature 0 and 2 with one centre: Ĝ = G ± x up to γ, and no noise at the minimiser. */
const multiplicative: Case = {
  instance: {
    name: 'quadratic, r_k of curvature 0 and 2',
    problem: { smooth: parabola(1), functions: [parabola(0), parabola(2)], probabilities: [0.5, 0.5] },
    start: [1],
  },
  noise: { sigma: [0], growth: 1 / 4 },
};

/** The same with centres that differ, so that there is noise at every point. */
const both: Case = {
  instance: {
    name: 'quadratic, r_k of curvature 1/2 and 1 about 1 and −1',
    problem: { smooth: parabola(1), functions: [parabola(0.5, 1), parabola(1, -1)], probabilities: [0.5, 0.5] },
    start: [2],
  },
  noise: { sigma: [1], growth: 1 / 16 },
};

/** That from its minimiser, with single draws: nearly all of the bound is noise. */
const atMinimiser: Case = {
  instance: { ...both.instance, name: `${both.instance.name}, from −1/7, B = 1`, start: [-1 / 7] },
  noise: both.noise,
  miniBatch: 1,
};

/** A d that falls along one direction, and a rare r_k that alone holds it: c is large. */
const rare: Case = {
  instance: {
    name: 'a rare steep r_k',
    problem: { smooth: parabola(0.5), functions: [parabola(0), parabola(4)], probabilities: [0.875, 0.125] },
    start: [1],
  },
  noise: { sigma: [0], growth: 7 / 4 },
};

/** Two coordinates, of which one has noise that grows. */
const plane: Case = {
  instance: {
    name: 'two coordinates, n = 2',
    problem: {
      smooth: { type: 'quadratic', curvature: [1, 0.5], center: 0 },
      functions: [
        { type: 'quadratic', curvature: [0, 1], center: [0, 0.5] },
        { type: 'quadratic', curvature: [2, 1], center: [0, -0.5] },
      ],
      probabilities: [0.5, 0.5],
    },
    start: [1, 1],
  },
  noise: { sigma: [0, 0.5], growth: 1 / 4 },
};

/** A draw in four has no r_k, and the wrong sign: x walks to its minimiser at half speed, which the bound nearly allows. */
const halfSpeed: Case = {
  instance: {
    name: 'one sign of four is wrong, B = 1',
    problem: { smooth: parabola(-1 / 64), functions: [parabola(0), parabola(1)], probabilities: [0.25, 0.75] },
    start: [2],
  },
  noise: { sigma: [0], growth: 3 / 8 },
  miniBatch: 1,
};

const iterations = {
  paths: { quick: [4, 9], standard: [4, 9, 14], deep: [4, 9, 14, 18] },
  lattice: { quick: [4, 16, 64], standard: [4, 16, 64, 256], deep: [4, 16, 64, 256, 1024] },
};

/** What the claims are made from; other data in tests. */
interface Data {
  readonly cases: readonly Case[];
  readonly factors: Factors;
}

const data: Data = { cases: [multiplicative, both, atMinimiser, rare, plane, halfSpeed], factors: asProved };

/** left/bound that some row must reach: a bound to which nothing comes near could hide an error. */
const reached = { 'theorem-1': 0.75, 'theorem-2': 0.9 };

const batched = (theorem: Theorem, miniBatch: number | undefined): Theorem =>
  miniBatch === undefined ? theorem : withBatch(miniBatch)(theorem);

const growingClaim = (
  theorem: typeof theorem1Growing,
  engine: 'paths' | 'lattice',
  least: number,
  claim: Pick<Claim, 'id' | 'method' | 'machineChecked'>,
) =>
  claimOf(data, ({ cases, factors }: Data): Claim => {
    const { source, statement } = theorem(multiplicative.noise);
    return rowClaim(
      { ...claim, version: 1, source, statement, requires: { referenceOnly: true } },
      {
        plan: ({ depth }) =>
          cases.flatMap(({ instance, noise, miniBatch }) =>
            iterations[engine][depth].map((T) => ({
              ...{
                theorem: batched(theorem(noise, factors), miniBatch),
                engine,
                instance,
                iterations: T,
                comparison: withoutRoom,
              },
            })),
          ),
        conclude(rows) {
          const ratio = Math.max(...rows.map(({ left, bound }) => left / bound).filter((each) => !Number.isNaN(each)));
          const found = evidenceOfRows(rows);
          const isNear = found.verdict !== 'holds' || ratio >= least;
          const reason = `left/bound ≤ ${ratio.toFixed(4)}; ${found.reason}`;
          return { ...found, verdict: isNear ? found.verdict : 'violated', reason };
        },
      },
    );
  });

export const theorem1GrowingClaim = growingClaim(theorem1Growing, 'paths', reached['theorem-1'], {
  id: 'theorem-1-growing-noise',
  method: 'all sequences of draws, on r_k of unlike curvature, whose noise no σ bounds',
  machineChecked: { file: 'theorem_1', theorem: 'theorem_1_growing_noise', covers: 'every γ and B' },
});

export const theorem2GrowingClaim = growingClaim(theorem2Growing, 'lattice', reached['theorem-2'], {
  id: 'theorem-2-growing-noise',
  method: 'the law of the iterate on x⁰ + γZ, B = T, on r_k of unlike curvature, whose noise no σ bounds',
  machineChecked: { file: 'theorem_2', theorem: 'theorem_2_growing_noise', covers: 'every γ and B' },
});
