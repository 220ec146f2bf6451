import { claimOf } from '../../src/claims/claim-mutant.js';
import type { Finding } from '../../src/claims/evidence.js';
import { fromDouble, one, zero } from '../../src/exact/arithmetic/rational.js';
import { type SignLaw, signLaws } from '../../src/exact/engines/sign-law.js';
import { slopes } from '../shared/functions.js';
import { periodicDerivative } from '../shared/periodic-slope.js';
import { evenBatchDeviation } from '../shared/sharp-bounds.js';
import { type DeclaredDraws, drawsOf, sigmaOf } from '../shared/sign-chain.js';

/** B draws of two linear r_k, −pR with probability 1 − p and (1 − p)R with probability p = 1/(2B): half a rare event in a mini-batch, on average. */
interface RareDraws {
  readonly draws: DeclaredDraws;
  /** pR: without an event Ĝ = G − pR. */
  readonly lock: number;
  /** √v = σ/√B. */
  readonly deviation: number;
}

/** With √v near the given one: the lock has few digits, so that Σθ_k r_k is exactly 0. */
function rareDraws(miniBatch: number, near: number): RareDraws {
  const p = 1 / (2 * miniBatch);
  const lock = Math.round(near * Math.sqrt(1 / (2 - 2 * p)) * 2 ** 24) / 2 ** 24;
  const draws = { functions: slopes(-lock, lock / p - lock), probabilities: [1 - p, p] };
  return { draws, lock, deviation: sigmaOf(draws, 1) / Math.sqrt(miniBatch) };
}

/** P[sgn Ĝ = −1] and P[sgn Ĝ = +1] by d′: for linear r_k, Ĝ = d′ plus the mean of what is drawn. */
function signsBySlope(draws: DeclaredDraws, miniBatch: number): (slope: number) => SignLaw {
  const { probabilities, mappings } = drawsOf(draws, one, () => zero);
  const laws = signLaws(probabilities, miniBatch, 1)!;
  const drawn = mappings(zero);
  const known = new Map<number, SignLaw>();
  return (slope) => {
    const law =
      known.get(slope) ?? laws({ values: drawn.map((value) => value.add(fromDouble(slope))), tolerance: zero });
    known.set(slope, law);
    return law;
  };
}

/** One walk on a period: deviation √v nearly, and slopes in units of the lock. */
interface Walk {
  readonly deviation: number;
  readonly step: number;
  readonly fall: number;
  readonly climb: number;
}

/**
 * lim over t of E|G(x^t)|/√v for signProx on the periodic d: the stationary law of a walk on the points of one period. The flux J = π_i u_i − π_{i+1} w_{i+1} is the
 * same everywhere (u: up, w: down), so π_i = (J + π_{i+1} w_{i+1})/u_i, a recursion of positive terms that is closed after one turn.
 */
function stationaryRatio(miniBatch: number, { deviation: near, step, fall, climb }: Walk): number {
  const { draws, lock, deviation } = rareDraws(miniBatch, near);
  const signs = signsBySlope(draws, miniBatch);
  const { period, derivative } = periodicDerivative({ rise: 0.999 * lock, fall: fall * lock, climb: climb * lock });
  const points = Math.round(period / step);
  const derivatives = Float64Array.from({ length: points }, (_, i) => derivative(((i + 0.5) * period) / points));
  // sgn Ĝ = −1 is a step up.
  const laws = Array.from(derivatives, signs);
  const particular = new Float64Array(points);
  const homogeneous = new Float64Array(points);
  let [above, aboveHomogeneous] = [0, 1];
  for (let i = points - 1; i >= 0; i--) {
    const down = laws[(i + 1) % points]!.positive;
    const up = laws[i]!.negative;
    above = (1 + above * down) / up;
    aboveHomogeneous = (aboveHomogeneous * down) / up;
    particular[i] = above;
    homogeneous[i] = aboveHomogeneous;
  }
  const closing = particular[0]! / (1 - homogeneous[0]!);
  let [mass, total] = [0, 0];
  derivatives.forEach((slope, i) => {
    const weight = particular[i]! + closing * homogeneous[i]!;
    mass += weight;
    total += weight * Math.abs(slope);
  });
  return total / mass / deviation;
}

// An even number of locks: on the way down no mini-batch sees an exact 0.
const walks: readonly Walk[] = [
  { deviation: 2 ** -3, step: 2 ** -7, fall: 6, climb: 40 },
  { deviation: 2 ** -5, step: 2 ** -10, fall: 10, climb: 200 },
  { deviation: 2 ** -7, step: 2 ** -13, fall: 20, climb: 1000 },
  { deviation: 2 ** -8, step: 2 ** -13, fall: 40, climb: 4000 },
];

/** The size of a mini-batch with the limit of E|G|/√v along the walks, and what the walks must pass on the way there. */
interface Series {
  readonly name: string;
  readonly miniBatch: number;
  readonly limit: number;
  readonly beyond: number;
}

const allSeries: readonly Series[] = [
  { name: 'B = 2²⁰', miniBatch: 2 ** 20, limit: Math.sqrt(2 / Math.E), beyond: Math.sqrt(Math.LN2) },
  // Above the limit for large B: one coefficient for every B has to be that of B = 2.
  { name: 'B = 2', miniBatch: 2, limit: evenBatchDeviation, beyond: Math.sqrt(2 / Math.E) },
];

/**
 * What the noise term of Theorem 2♯ can come to: for large B more than the √ln 2 = 0.8326 of a walk that is locked between mean and median, and for B = 2 all of the
 * 3√6/8 that is proved for even B. On a periodic d whose climbs are long and whose falls are short and steep, with rare events, x climbs at |G| just below the lock pR, steps wrongly
 * with probability (1 − p)^B, and E|G| tends to 2pR(1 − p)^B. For B draws of probability p = 1/(2B) that is √2(1 − 1/(2B))^{B−½} of √v: 0.9186 for B = 2, √(2/e) = 0.8578
 * as B → ∞. Proof in PROOFS.md.
 */
export const claim = claimOf({ limitOf: ({ limit }: Series) => limit, series: allSeries }, ({ limitOf, series }) => ({
  id: 'theorem-2-noise-coefficient',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯' },
  statement:
    'the noise term (1 − 1/T)‖σ‖₁/√B of Theorem 2♯ cannot be multiplied by any constant below √(2/e) = 0.8578 for B = T, nor below 3√6/8 = 0.9186 for B = 2',
  method:
    'stationary laws of signProx on a periodic non-convex d under rare events, B = 2 and B = 2²⁰, by a recursion in doubles with the law of the sign of the declared draws, along sequences that tend to the limits',
  requires: { referenceOnly: true },
  async check(): Promise<Finding> {
    // No walk may pass its limit: for B = 2 that would refute Theorem 2♯, and for large B the closed form of the limit.
    const measured: Record<string, number> = {};
    const findings = series.map((entry) => {
      const limit = limitOf(entry);
      const ratios = walks.map((walk) => stationaryRatio(entry.miniBatch, walk));
      ratios.forEach((ratio, i) => {
        const { deviation, fall } = walks[i]!;
        measured[`E|G|/√v, ${entry.name}, √v = ${deviation}, fall = ${fall} rises`] = ratio;
      });
      const increasing = ratios.every((ratio, i) => ratio < limit && (i === 0 || ratio > ratios[i - 1]!));
      const shown = ratios.map((ratio) => ratio.toFixed(4)).join(', ');
      return {
        holds: increasing && ratios.at(-1)! > entry.beyond,
        text: `${entry.name}: E|G|/√v = ${shown} → ${limit.toFixed(4)}, past ${entry.beyond.toFixed(4)}`,
      };
    });
    return {
      verdict: findings.every(({ holds }) => holds) ? 'holds' : 'violated',
      reason: findings.map(({ text }) => text).join('; '),
      cases: walks.length * series.length,
      measured,
    };
  },
}));
