import type { Finding } from '../../../src/library/claims.js';
import {
  fromDouble,
  latticeLaw,
  one,
  type Rational,
  rational,
  square,
  toDouble,
  zero,
} from '../../../src/library/exact.js';
import { claimOf } from '../../../src/library/testing.js';
import { type Comparison, counterexampleClaim } from '../../shared/counterexample-claim.js';

const source = { section: 'beyond the paper', equation: 'Theorems 1 and 2 with high probability' };

/**
 * d = ½x², L = 1, x⁰ = 0 = x*, r_k linear: no noise, or ±s with probability p/2 each, σ² = ps². At γ = 1/√T one event moves x to γs, from where every
 * step takes the factor 1 − γ off; if it is one of the first h draws and the only one, which has the probability hp(1 − p)^{T−1}, the left side of that
 * run is at least γ²s²Σ_{j<T−h}(1 − γ)^{2j}/T. With h = T/2 and δ that probability, this is about s²/(2T^{3/2}), where the bound of Theorem 1, which
 * the mean of all runs obeys, is 3ps²/√T ≈ 6δs²/T^{3/2}.
 */
export function rareEvent(root: bigint, rarity: bigint, factor: (delta: Rational) => Rational): Comparison {
  const T = root * root;
  const half = T / 2n;
  const p = rational(1n, T * rarity);
  const step = rational(1n, root);
  // s = 1: both sides are proportional to s².
  let total = zero;
  let left = square(step);
  const kept = square(one.sub(step));
  for (let j = 0n; j < T - half; j++) {
    total = total.add(left);
    left = left.mul(kept);
  }
  let delta = rational(half).mul(p);
  for (let t = 1n; t < T; t++) delta = delta.mul(one.sub(p));
  return {
    instance: `d = ½x², one event in ${rarity}T draws`,
    iterations: Number(T),
    step: 1 / Number(root),
    left: total.div(rational(T)),
    bound: rational(3n).mul(p).div(rational(root)).mul(factor(delta)),
    constants: { sigma: Math.sqrt(toDouble(p)), gapUpper: 0, L: 1, delta: toDouble(delta) },
  };
}

const roots = { quick: [4n, 8n], standard: [4n, 8n, 16n], deep: [4n, 8n, 16n, 32n] };

/** 1 + ln(1/δ), rounded up. */
export const logarithmic = (delta: Rational): Rational =>
  one.add(fromDouble(-Math.log(toDouble(delta)) * (1 + 2 ** -40)));

export const counterexampleHighProbabilityClaim = counterexampleClaim({
  id: 'counterexample-high-probability',
  version: 1,
  source,
  statement:
    'Theorem 1 with probability 1 − δ: (1/T) Σ ‖G(x^{t−1})‖² ≤ (1/√T)[2LΔ + 3σ²](1 + ln(1/δ)), in place of the mean of the left side',
  method: 'runs with one rare event in their first half, in rationals: their left side, and their probability δ',
  refutes: 'needed',
  counterexampleTo: ['theorem-1'],
  counterexamples: [
    'd = ½x², x⁰ = 0, noise ±s once in 1024T draws: with probability δ = 0.0005 the left side is above (1 + ln(1/δ)) × the bound',
  ],
  compare: ({ depth }) => roots[depth].map((root) => rareEvent(root, 1024n, logarithmic)),
});

/** By Markov's inequality P[left ≥ bound/δ] ≤ δ: how much of that some problem reaches. */
export const markovTailClaim = claimOf({ share: 1 / 16, certain: 1 }, ({ share, certain }) => ({
  id: 'theorem-1-tail',
  version: 1,
  source,
  statement:
    'P[(1/T) Σ ‖G(x^{t−1})‖² ≥ b/δ] ≤ δ for the bound b of Theorem 1 and every δ, and b/(16δ) is reached with probability δ = (T/2)p(1 − p)^{T−1}, p ≤ 1/(4T)',
  method:
    'the runs with one rare event at δ from 1/8 to 2⁻²⁰ and T = 16 to 1024, in rationals; the first half is Markov’s inequality',
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const rows = roots[depth].flatMap((root) =>
      [4n, 1024n, 1n << 20n].map((rarity) => rareEvent(root, rarity, (delta) => one.div(delta))),
    );
    const ratios = rows.map(({ left, bound }) => left.div(bound));
    const least = ratios.reduce((a, b) => (a.lt(b) ? a : b));
    const largest = ratios.reduce((a, b) => (a.gt(b) ? a : b));
    const holds = toDouble(least) >= share && toDouble(largest) <= certain;
    return {
      verdict: holds ? 'proved-exactly' : 'violated',
      reason: `with probability δ the left side is ${toDouble(least).toFixed(4)} to ${toDouble(largest).toFixed(4)} of b/δ`,
      cases: rows.length,
      measured: { 'least share of b/δ': toDouble(least), 'largest share of b/δ': toDouble(largest) },
    };
  },
}));

/** A law of finitely many values: numerators of probabilities over one denominator. */
type Law = ReadonlyMap<number, number>;

/**
 * The law of (1/T)Σ|G(x^t)| over t < T of signProx at the γ and B = T of Theorem 2, on d = ½x², L = 1, with r_k = ±2u: Ĝ = x + 2(2S/B − 1) with S
 * binomial. x stays on x⁰ + γZ, and positions in units of γ/2 are integers: runs with equal positions and equal sums are one.
 *
 * @param start x⁰ in units of γ/2, an odd number: no sign is 0 unless the mean of the noise makes it so
 */
function lawOfSum(root: number, start: number): Law {
  const T = root * root;
  const unit = 1 / (4 * root);
  // P[S = s] for B = T.
  const binomial = new Float64Array(T + 1);
  let probability = 2 ** -T;
  for (let s = 0; s <= T; s++) {
    binomial[s] = probability;
    probability *= (T - s) / (s + 1);
  }
  const signs = (position: number): readonly [down: number, stay: number, up: number] => {
    const found: [number, number, number] = [0, 0, 0];
    for (let s = 0; s <= T; s++) {
      // x + 2(2s/T − 1) in units of 1/(4√T·T).
      const size = position * T + 8 * root * (2 * s - T);
      found[size > 0 ? 0 : size < 0 ? 2 : 1]! += binomial[s]!;
    }
    return found;
  };
  const { masses } = latticeLaw(
    {
      term: (j) => Math.abs(start + 2 * j),
      termError: 0,
      law(j) {
        const [positive, tie, negative] = signs(start + 2 * j);
        return { positive, tie, negative, uncertain: 0 };
      },
    },
    T,
    'zero',
  );
  return new Map(Array.from(masses, ([sum, mass]) => [(sum * unit) / T, mass]));
}

/** The least value that is not exceeded with the probability. */
function quantile(law: Law, probability: number): number {
  let below = 0;
  for (const [value, weight] of [...law].toSorted(([a], [b]) => a - b)) {
    below += weight;
    if (below >= probability) return value;
  }
  return Number.NaN;
}

const sizes = { quick: [4, 6], standard: [4, 6, 8], deep: [4, 6, 8, 10] };

export const signProxTailClaim = claimOf({ most: 3, power: 0.999 }, ({ most, power }) => ({
  id: 'theorem-2-tail',
  version: 1,
  source,
  statement:
    'on d = ½x², r_k = ±2u from x⁰ = γ/2 and 8γ, one run of signProx in a thousand has a left side above 3 times the mean at most: signs cut the tail',
  method: 'the law of the left side at T = 16 to 100, B = T, in doubles: runs with equal positions and sums are one',
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const measured: Record<string, number> = {};
    let [worst, total] = [0, 0];
    for (const root of sizes[depth]) {
      for (const start of [1, 17]) {
        const law = lawOfSum(root, start);
        const mean = [...law].reduce((sum, [value, weight]) => sum + value * weight, 0);
        total = Math.max(total, Math.abs([...law.values()].reduce((sum, weight) => sum + weight, 0) - 1));
        const name = `T = ${root * root}, x⁰ = ${start === 1 ? 'γ/2' : '17γ/2'}`;
        measured[`mean of the left side, ${name}`] = mean;
        for (const probability of [0.5, 0.9, 0.99, 0.999])
          measured[`${probability}-quantile / mean, ${name}`] = quantile(law, probability) / mean;
        worst = Math.max(worst, quantile(law, power) / mean);
      }
    }
    const holds = total < 2 ** -30 && worst <= most;
    return {
      verdict: holds ? 'holds' : 'violated',
      reason: `the largest ${power}-quantile is ${worst.toFixed(3)} × the mean; the probabilities sum to 1 within ${total.toExponential(1)}`,
      cases: 2 * sizes[depth].length,
      measured,
    };
  },
}));
