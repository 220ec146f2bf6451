import type { Finding } from '../../../src/library/claims.js';
import { claimOf } from '../../../src/library/testing.js';
import { atSchedule, type BoundInstance, boundClaim, type Theorem } from '../../../src/library/theorems.js';
import { matchedLeft, matchedQuadratics, parabolas, theorem1Instances } from '../../shared/instances.js';
import { lossByShortening, requireBestStep, shortened, smallestAt } from '../../shared/optimal-step.js';
import { type TightSeries, tightnessClaim } from '../../shared/tight-series-claim.js';
import { theorem1Sharp } from '../../theorem-1/theorem-1-sharp.js';

const optimal = atSchedule(theorem1Sharp, 'optimal');

/** The factors of the two terms, so that tests can change them. */
export interface OptimalStepFactors {
  /** 2 of 2LΔ/T. */
  readonly gap: number;
  /** 2 of 2σ√(LΔ/(BT)). */
  readonly noise: number;
}

/**
 * Theorem 1♯ at the step at which its bound is smallest. With A = LΔ/T and s² = (1 − 1/T)σ²/B the smallest value over 0 < γ < 2/L is A + √(A² + 4As²), attained at
 * γL = 2A/(A + √(A² + 4As²)) ≤ 1, and so
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖²] ≤ 2LΔ/T + 2σ√(LΔ/(BT)).
 *
 * The constants of d + r_γ move with γ. What is tuned by holds at every γ ≤ 1/L: Δ = Δ̄ + σ₀²/(2L) and σ = σ₀, where Δ̄ and σ₀ are those of d + Σθ_k r_k; where r_γ moves by a number only, Δ = Δ̄.
 * The step has twelve binary digits, which may cost a factor 1 + 2⁻²¹. No constant step does better (`theorem-1-optimal-step-minimax`). Proof in PROOFS.md.
 */
export const theorem1AtBestStep = (factors: OptimalStepFactors): Theorem => ({
  ...optimal,
  id: 'theorem-1-optimal-step',
  module: import.meta.url,
  source: { section: 'beyond the paper', equation: 'Theorem 1♯ at its best step' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ 2LΔ/T + 2σ√(LΔ/T) for SPGM with γL = 2A/(A + √(A² + 4A(1 − 1/T)σ²)), A = LΔ/T, B = 1',
  schedule(iterations, constants) {
    requireBestStep('theorem-1-optimal-step', constants);
    return optimal.schedule(iterations, constants);
  },
  bound(iterations, { lipschitz, fixed }, { miniBatch }) {
    const { gap, growth, sigma } = fixed!()!;
    const start = (lipschitz! * gap + growth) / iterations;
    return (factors.gap * start + factors.noise * sigma * Math.sqrt(start / miniBatch)) * lossByShortening;
  },
  sharp: optimal.bound,
});

const theorem1OptimalStep = theorem1AtBestStep({ gap: 2, noise: 2 });

/** d = ½x², no noise: γ = 1/L finds the minimiser at once, and the average is 2LΔ/T for every T. */
export const noiseless: BoundInstance = {
  name: 'quadratic, r = 0',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  start: [1],
};

const long: readonly BoundInstance[] = [matchedQuadratics, noiseless];

export const theorem1OptimalStepClaim = boundClaim({
  id: 'theorem-1-optimal-step',
  version: 1,
  theorem: theorem1OptimalStep,
  instances: [...theorem1Instances, noiseless],
  iterations: (instance) =>
    long.includes(instance)
      ? { quick: [1, 16, 1024], standard: [1, 4, 16, 64, 256, 1024], deep: [1, 4, 16, 64, 256, 1024, 4096] }
      : { quick: [1, 4, 8], standard: [1, 4, 8], deep: [1, 2, 4, 8, 12] },
  exactFrom: 1,
  referenceOnly: true,
  method: 'second moments in rationals on quadratics, all sequences of draws elsewhere: every left side is enclosed',
});

/** d = ½x² and r_k = ½(u ∓ σ)², x⁰ = 1: Δ = 1 at every γ, and P_k − P = ±γσ/(1 + γ). */
const matched = (sigma: number): Omit<BoundInstance, 'name'> => ({
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: parabolas(1, sigma, -sigma),
    probabilities: [0.5, 0.5],
  },
  start: [1],
});

/** Its left/bound with σ = 1. */
function matchedRatio(iterations: number): number {
  const start = 1 / iterations;
  const step = shortened(smallestAt({ start, constant: 0, slope: 1 - start, pole: 1 / 2 }));
  const left = matchedLeft({ lipschitz: 1, sigma: 1 / (1 + step), start: 1, step }, iterations);
  return left / ((2 * start + 2 * Math.sqrt(start)) * lossByShortening);
}

/** The families of the claim, so that tests can hold them against changed bounds. */
const series: readonly TightSeries[] = [
  {
    name: 'd = ½x², r_k = ½(u ∓ 1)²',
    theorem: theorem1OptimalStep,
    engine: 'moments',
    iterations: {
      quick: [16, 256, 4096],
      standard: [16, 256, 4096, 65_536, 1_048_576],
      deep: [16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576],
    },
    instance: () => matched(1),
    closedForm: matchedRatio,
    atLeast: { 4096: 0.95, 1048576: 0.996 },
  },
  {
    name: 'd = ½x², r_k = ½(u ∓ 4)²',
    theorem: theorem1OptimalStep,
    engine: 'moments',
    iterations: {
      quick: [16, 256],
      standard: [16, 256, 4096, 65_536],
      deep: [16, 64, 256, 1024, 4096, 16_384, 65_536],
    },
    instance: () => matched(4),
    atLeast: { 4096: 0.98, 65536: 0.996 },
  },
  {
    name: 'd = ½x², r = 0, σ = 0',
    theorem: theorem1OptimalStep,
    engine: 'moments',
    iterations: { quick: [1, 16], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64, 256] },
    instance: () => noiseless,
    atLeast: { 16: 1 - 2 ** -20 },
    increasing: false,
  },
];

/**
 * Theorem 1♯ at its best step is asymptotically attained: on problems that do not depend on T, with noise, left/bound → 1 as T → ∞, and without noise it is an equality for every T (up to the
 * 2⁻²² by which the bound allows for the digits of γ).
 */
export const theorem1OptimalStepTightClaim = tightnessClaim({
  id: 'theorem-1-optimal-step-tight',
  version: 1,
  source: theorem1OptimalStep.source,
  statement:
    '2LΔ/T + 2σ√(LΔ/T) is asymptotically attained by SPGM at its best step on one problem, and without noise for every T',
  method: 'second moments in rationals on three problems; increasing in T, and the closed form of the first',
  series,
});

/** σ²/(LΔ) with L = Δ = 1. */
const noiseLevels = [0.01, 1, 100];

const iterations = {
  quick: [100, 10_000, 1_000_000],
  standard: [100, 1000, 10_000, 100_000, 1_000_000],
  deep: [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000],
} as const;

/** Steps from one power of two to the next. */
const perOctave = 2048;

/** Room for the rounding of a few doubles. */
const rounding = 2 ** -40;

/** What the claim says, as data that tests can change. */
interface Minimax {
  /** (x⁰)²L/Δ of the matched family: 1 uses up all of Δ. */
  readonly share: number;
  /** 1, a factor of the smallest value of the bound. */
  readonly bound: number;
  /** 2 of 2σ√(LΔ/T)√(1 − e^{−4C}) − σ²/T. */
  readonly floor: number;
}

/** min over γ of the bound of Theorem 1♯, A + √(A² + 4As²), with L = Δ = B = 1. */
function smallestBound(variance: number, T: number): number {
  return (1 + Math.sqrt(1 + 4 * (T - 1) * variance)) / T;
}

/**
 * A number that the left side of the matched family is not below at any γ in (0, 2/L), with L = 1, L(x⁰)² = `start`. With a = γL it is aσ² + start·f/(aT) − σ²(1 + a)²f/(4T), where
 * f = 1 − ρ^{2T} ≤ 1. For a ≤ 1, (1 − a)/(1 + a) ≤ e^{−2a} and so f ≥ 1 − e^{−4aT}, which is concave in a and 0 at 0: its share of a decreases. For a ≥ 1, f ≥ 1 − 9^{−T}. So between two steps
 * b < c the left side is at least bσ² + start·f(c)/(cT) − σ²(1 + c)²/(4T) with these in place of f.
 */
function leastOverAllSteps(variance: number, T: number, start = 1): number {
  const octaves = Math.ceil(Math.log2(64 * T));
  let [least, shorter] = [Number.POSITIVE_INFINITY, 0];
  for (let k = -octaves * perOctave; k <= perOctave; k++) {
    const longer = 2 ** (k / perOctave);
    const forgotten = longer <= 1 ? -Math.expm1(-4 * longer * T) : 1 - 9 ** -T;
    const transient = (start * forgotten) / (longer * T);
    least = Math.min(least, shorter * variance + transient - (variance * (1 + longer) ** 2) / (4 * T));
    shorter = longer;
  }
  return least * (1 - rounding);
}

/**
 * Theorem 1♯ at its best step is minimax for constant steps. For given L, Δ, σ > 0 and B = 1 whoever chooses γ, knowing all of these, meets a problem of the matched family, which may depend on γ, whose
 * left side is at least (1 − o(1)) times the smallest bound: no analysis and no other constant step has less than 2σ√(LΔ/T) to leading order. All problems of the family are convex quadratics.
 */
export const theorem1OptimalStepMinimaxClaim = claimOf(
  { share: 1, bound: 1, floor: 2 },
  ({ share, bound, floor }: Minimax) => ({
    id: 'theorem-1-optimal-step-minimax',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 1♯ at its best step' },
    statement:
      'inf over constant γ ∈ (0, 2/L) of the supremum of E[(1/T) Σ ‖G(x^{t−1})‖²] for SPGM, B = 1, given L, Δ and σ is (2 + o(1))σ√(LΔ/T), within convex quadratics too; for γ ≤ 1/L with γLT ≥ C it is at least 2σ√(LΔ/T)√(1 − e^{−4C}) − σ²/T',
    method:
      'a lower bound of the left side of the matched family over every γ in (0, 2/L), from its closed form between neighbouring steps, for σ²/(LΔ) = 0.01, 1 and 100 and T up to 10⁶',
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const measured: Record<string, number> = {};
      const failures: string[] = [];
      for (const variance of noiseLevels) {
        let before = 0;
        for (const T of iterations[depth]) {
          const where = `σ²/(LΔ) = ${variance}, T = ${T}`;
          const smallest = bound * smallestBound(variance, T);
          const ratio = leastOverAllSteps(variance, T, share) / smallest;
          measured[`inf over γ of left/bound, ${where}`] = ratio;
          if (!(ratio <= 1)) failures.push(`${where}: at every γ the left side is above ${smallest}`);
          if (!(ratio > before)) failures.push(`${where}: left/bound does not increase`);
          if (T === 1_000_000 && !(ratio >= 0.99)) failures.push(`${where}: left/bound is ${ratio}`);
          failures.push(...belowFloor(variance, T, floor).map((text) => `${where}: ${text}`));
          before = ratio;
        }
      }
      const last = noiseLevels.map(
        (variance) => measured[`inf over γ of left/bound, σ²/(LΔ) = ${variance}, T = 1000000`]!,
      );
      return {
        verdict: failures.length === 0 ? 'holds' : 'violated',
        reason:
          failures.length === 0
            ? `at T = 10⁶ no step has a left side below ${Math.min(...last).toFixed(4)} of the smallest bound`
            : failures.join('; '),
        cases: noiseLevels.length * iterations[depth].length,
        measured,
      };
    },
  }),
);

/** C with γLT ≥ C. */
const longest = [1 / 4, 1, 4];

/** Steps at which the left side of the matched family is not above what the proof says. */
function belowFloor(variance: number, T: number, leading: number): string[] {
  return longest.flatMap((C) => {
    const least = leading * Math.sqrt((variance / T) * -Math.expm1(-4 * C)) - variance / T;
    const steps = Array.from({ length: 200 }, (_, k) => (C / T) ** (k / 199));
    return steps.flatMap((step) => {
      const left = matchedLeft({ lipschitz: 1, sigma: Math.sqrt(variance), start: 1, step }, T);
      return left >= least * (1 - rounding) ? [] : [`at γL = ${step} the left side is ${left}, not ${least}`];
    });
  });
}
