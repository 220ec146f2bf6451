import type { Claim } from '../src/claims/claim.js';
import type { Evidence } from '../src/claims/evidence.js';
import { periodicDerivative } from './periodic-slope.js';

const id = 'theorem-2-noise-coefficient';

/** One walk on a period: rare events of rate λ = ½ in a mini-batch, deviation √v, slopes in units of the lock λR = √(λv). */
interface Walk {
  readonly deviation: number;
  readonly step: number;
  readonly fall: number;
  readonly climb: number;
}

const rate = 0.5;

/** Distribution function of the Poisson law of the number of events in a mini-batch. */
function poissonUpTo(count: number): number {
  let term = Math.exp(-rate);
  let sum = count >= 0 ? term : 0;
  for (let k = 1; k <= Math.min(count, 30); k++) {
    term *= rate / k;
    sum += term;
  }
  return Math.min(1, sum);
}

/**
 * lim over t of E|G(x^t)|/√v for signProx on the periodic d: the stationary law of a walk on the points of one period. The flux J = π_i u_i − π_{i+1} w_{i+1} is the
 * same everywhere (u: up, w: down), so π_i = (J + π_{i+1} w_{i+1})/u_i, a recursion of positive terms that is closed after one turn.
 */
function stationaryRatio({ deviation, step, fall, climb }: Walk): number {
  const range = deviation / Math.sqrt(rate);
  const lock = rate * range;
  const { period, derivative } = periodicDerivative({ rise: 0.999 * lock, fall: fall * lock, climb: climb * lock });
  const points = Math.round(period / step);
  const slopes = Float64Array.from({ length: points }, (_, i) => derivative(((i + 0.5) * period) / points));
  // sgn Ĝ = −1, a step up, when G − λR + cR < 0.
  const up = slopes.map((slope) => poissonUpTo(Math.ceil((lock - slope) / range) - 1));
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

/**
 * What the noise term of Theorem 2♯ can come to when B is large: more than the √ln 2 = 0.8326 of a walk that is locked between mean and median. On a periodic d
 * whose climbs are long and whose falls are short and steep, with rare events of rate λ in a mini-batch, x climbs at |G| just below λR, steps wrongly with
 * probability e^{−λ}, and E|G| tends to 2λR·e^{−λ} = 2√(λv)e^{−λ}: for λ = ½, √(2/e) = 0.8578 of √v. So no coefficient below √(2/e) serves for all T,
 * and the one proved is 1. Proof in PROOFS.md.
 */
export const claim: Claim = {
  id,
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯' },
  statement: 'the noise term (1 − 1/T)‖σ‖₁/√T of Theorem 2♯ cannot be multiplied by any constant below √(2/e) = 0.8578',
  method:
    'stationary laws of signProx on a periodic non-convex d with Poisson noise, in closed form, along a sequence that tends to the limit',
  requires: { referenceOnly: true },
  async check(_implementation, budget): Promise<Evidence> {
    const started = performance.now();
    const limit = Math.sqrt(2 / Math.E);
    const ratios = walks.map(stationaryRatio);
    const increasing = ratios.every((ratio, i) => ratio < limit && (i === 0 || ratio > ratios[i - 1]!));
    const beyond = ratios.at(-1)! > Math.sqrt(Math.LN2);
    return {
      verdict: increasing && beyond ? 'holds' : 'violated',
      reason: `E|G|/√v = ${ratios.map((ratio) => ratio.toFixed(4)).join(', ')} → ${limit.toFixed(4)}; √ln 2 = ${Math.sqrt(Math.LN2).toFixed(4)}`,
      cases: walks.length,
      measured: Object.fromEntries(
        walks.map(({ deviation, fall }, i) => [`E|G|/√v, √v = ${deviation}, fall = ${fall} rises`, ratios[i]!]),
      ),
      seed: budget.seed,
      seconds: (performance.now() - started) / 1000,
      reproduce: budget.reproduce(id),
    };
  },
};
