import { claimOf } from '../../src/claims/claim-mutant.js';
import type { Finding } from '../../src/claims/evidence.js';
import { periodicDerivative } from '../shared/periodic-slope.js';
import { evenBatchDeviation } from '../shared/sharp-bounds.js';

/** The number N of rare events in a mini-batch: the noise of Ĝ is ρ(N − E N). */
interface EventLaw {
  readonly mean: number;
  readonly variance: number;
  /** P[N ≤ count]. */
  upTo(count: number): number;
}

/** A large mini-batch: Poisson of rate ½. */
const poisson: EventLaw = {
  mean: 0.5,
  variance: 0.5,
  upTo(count) {
    let term = Math.exp(-0.5);
    let sum = count >= 0 ? term : 0;
    for (let k = 1; k <= Math.min(count, 30); k++) {
      term *= 0.5 / k;
      sum += term;
    }
    return Math.min(1, sum);
  },
};

/** Two draws, each an event with probability ¼. */
const twoDraws: EventLaw = {
  mean: 0.5,
  variance: 3 / 8,
  upTo: (count) => [9 / 16, 15 / 16, 1][Math.min(count, 2)] ?? 0,
};

/** One walk on a period: deviation √v, and slopes in units of the lock ρE N, where N = 0 leaves Ĝ = 0. */
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
function stationaryRatio({ mean, variance, upTo }: EventLaw, { deviation, step, fall, climb }: Walk): number {
  const range = deviation / Math.sqrt(variance);
  const lock = mean * range;
  const { period, derivative } = periodicDerivative({ rise: 0.999 * lock, fall: fall * lock, climb: climb * lock });
  const points = Math.round(period / step);
  const slopes = Float64Array.from({ length: points }, (_, i) => derivative(((i + 0.5) * period) / points));
  // sgn Ĝ = −1, a step up, when G − ρE N + ρN < 0.
  const up = slopes.map((slope) => upTo(Math.ceil((lock - slope) / range) - 1));
  const particular = new Float64Array(points);
  const homogeneous = new Float64Array(points);
  let [above, aboveHomogeneous] = [0, 1];
  for (let i = points - 1; i >= 0; i--) {
    const down = 1 - up[(i + 1) % points]!;
    above = (1 + above * down) / up[i]!;
    aboveHomogeneous = (aboveHomogeneous * down) / up[i]!;
    particular[i] = above;
    homogeneous[i] = aboveHomogeneous;
  }
  const closing = particular[0]! / (1 - homogeneous[0]!);
  let [mass, total] = [0, 0];
  slopes.forEach((slope, i) => {
    const weight = particular[i]! + closing * homogeneous[i]!;
    mass += weight;
    total += weight * Math.abs(slope);
  });
  return total / mass / deviation;
}

const walks: readonly Walk[] = [
  { deviation: 2 ** -3, step: 2 ** -7, fall: 5, climb: 40 },
  { deviation: 2 ** -5, step: 2 ** -10, fall: 10, climb: 200 },
  { deviation: 2 ** -7, step: 2 ** -13, fall: 20, climb: 1000 },
  { deviation: 2 ** -8, step: 2 ** -13, fall: 40, climb: 4000 },
];

/** A law of events with the limit of E|G|/√v along the walks, and what the walks must pass on the way there. */
interface Series {
  readonly name: string;
  readonly law: EventLaw;
  readonly limit: number;
  readonly beyond: number;
}

const series: readonly Series[] = [
  { name: 'B = T', law: poisson, limit: Math.sqrt(2 / Math.E), beyond: Math.sqrt(Math.LN2) },
  // Above the limit for B = T: one coefficient for every B has to be that of B = 2.
  { name: 'B = 2', law: twoDraws, limit: evenBatchDeviation, beyond: Math.sqrt(2 / Math.E) },
];

/**
 * What the noise term of Theorem 2♯ can come to: for large B more than the √ln 2 = 0.8326 of a walk that is locked between mean and median, and for B = 2 all of the
 * 3√6/8 that is proved for even B. On a periodic d whose climbs are long and whose falls are short and steep, with rare events, x climbs at |G| just below the lock ρE N, steps wrongly
 * with probability P[N = 0], and E|G| tends to 2ρE N·P[N = 0]. For B draws of probability p = 1/(2B) that is √2(1 − 1/(2B))^{B−½} of √v: 0.9186 for B = 2, √(2/e) = 0.8578
 * as B → ∞. Proof in PROOFS.md.
 */
export const claim = claimOf({ limitOf: ({ limit }: Series) => limit }, ({ limitOf }) => ({
  id: 'theorem-2-noise-coefficient',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯' },
  statement:
    'the noise term (1 − 1/T)‖σ‖₁/√B of Theorem 2♯ cannot be multiplied by any constant below √(2/e) = 0.8578 for B = T, nor below 3√6/8 = 0.9186 for B = 2',
  method:
    'stationary laws of signProx on a periodic non-convex d under rare events, in closed form, along sequences that tend to the limits',
  requires: { referenceOnly: true },
  async check(): Promise<Finding> {
    // No walk may pass its limit: for B = 2 that would refute Theorem 2♯, and for B = T the closed form of the limit.
    const measured: Record<string, number> = {};
    const findings = series.map((entry) => {
      const limit = limitOf(entry);
      const ratios = walks.map((walk) => stationaryRatio(entry.law, walk));
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
