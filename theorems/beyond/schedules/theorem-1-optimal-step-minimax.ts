import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding } from '../../../src/claims/evidence.js';
import { matchedLeft } from '../../shared/matched-family.js';

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
export function leastOverAllSteps(variance: number, T: number, start = 1): number {
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
export const claim = claimOf({ share: 1, bound: 1, floor: 2 }, ({ share, bound, floor }: Minimax) => ({
  id: 'theorem-1-optimal-step-minimax',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 1♯ at its best step' },
  statement:
    'inf over constant γ ∈ (0, 2/L) of the supremum of E[(1/T) Σ ‖G(x^{t−1})‖²] for SPGM, B = 1, given L, Δ and σ is (2 + o(1))σ√(LΔ/T), within convex quadratics too; for γ ≤ 1/L with γLT ≥ C it is at least 2σ√(LΔ/T)√(1 − e^{−4C}) − σ²/T',
  method:
    'a lower end of the left side of the matched family over every γ in (0, 2/L), from its closed form between neighbouring steps, for σ²/(LΔ) = 0.01, 1 and 100 and T up to 10⁶',
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
}));

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
