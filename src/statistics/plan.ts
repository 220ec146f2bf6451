import { requireOptions } from '../claims/text.js';
import { bets } from './e-process.js';

/** Which of the two e-processes: V looks for a violation, H for the proof that the bound holds. */
export type Side = 'violated' | 'holds';

/** The situation a plan is made for: X in [0, M] with true mean μ, compared with the bound b < M at level α. */
export interface PlanSituation {
  /** The process that should cross. */
  readonly side: Side;
  /** b > 0. */
  readonly bound: number;
  /** M > b. */
  readonly cap: number;
  /** True mean μ in [0, M]. */
  readonly mean: number;
  /** Level α in (0, 1). */
  readonly alpha: number;
}

/**
 * Upper bound on P[the e-process has not crossed after n replicates], whatever the law of X on [0, M] with mean μ:
 *
 *     min over bets j and s > 0 of e^{s(ln 1/α + ln J)} [(1 − p) a₀^{−s} + p a₁^{−s}]ⁿ,   p = μ/M,
 *
 * with a₀ = 1 − λb, a₁ = 1 + λ(M − b) for V and a₀ = 1 + λb, a₁ = 1 − λ(M − b) for H: Markov's inequality for exp(−sS_j), and the two-point
 * law on {0, M} is the worst because (1 + λ(x − b))^{−s} is convex in x. Without a cap there is no such plan.
 *
 * @throws RangeError unless 0 < b < M < ∞, 0 ≤ μ ≤ M and 0 < α < 1
 * @example
 * const situation = { side: 'holds', bound: 0.2, cap: 1, mean: 0.1, alpha: 1e-6 };
 * assert.equal(undecidedProbability(situation, 1), 1);
 * assert.ok(undecidedProbability(situation, 2000) < 1e-3);
 */
export function undecidedProbability(situation: PlanSituation, replicates: number): number {
  requireSituation(situation);
  return Math.exp(Math.min(...bets.map((bet) => logUndecided(situation, replicates, bet))));
}

/**
 * Replicates after which at most `undecided` of the runs are still undecided, whatever the law; undefined above 2³⁰.
 *
 * @throws RangeError unless 0 < b < M < ∞, 0 ≤ μ ≤ M, 0 < α < 1 and 0 < undecided < 1
 * @example
 * const situation = { side: 'holds', bound: 0.2, cap: 1, mean: 0.1, alpha: 1e-6 };
 * const n = plannedReplicates(situation, 0.01);
 * assert.ok(undecidedProbability(situation, n) <= 0.01 && undecidedProbability(situation, n - 1) > 0.01);
 */
export function plannedReplicates(situation: PlanSituation, undecided: number): number | undefined {
  requireSituation(situation);
  requireProbability('undecided', undecided);
  const enough = (n: number) => undecidedProbability(situation, n) <= undecided;
  let high = 1;
  while (!enough(high)) {
    if (high >= 2 ** 30) return undefined;
    high *= 2;
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * The smallest true mean above b that V detects within `replicates` with probability at least `power`, whatever the law on [0, M];
 * undefined when even the mean M is not detected. Rounded up by at most one part in 10⁴ of M − b.
 *
 * @throws RangeError unless 0 < b < M < ∞, 0 < α < 1 and 0 < power < 1
 * @example
 * const mean = detectableMean({ bound: 0.2, cap: 1, alpha: 1e-6 }, 1000, 0.99);
 * assert.ok(0.2 < mean && mean < 0.4);
 */
export function detectableMean(
  check: Omit<PlanSituation, 'side' | 'mean'>,
  replicates: number,
  power: number,
): number | undefined {
  requireProbability('power', power);
  const detected = (mean: number) =>
    undecidedProbability({ ...check, side: 'violated', mean }, replicates) <= 1 - power;
  let low = check.bound;
  let high = check.cap;
  if (!detected(high)) return undefined;
  while (high - low > 1e-4 * (check.cap - check.bound)) {
    const middle = low + (high - low) / 2;
    if (detected(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** ln of the plan's bound for one bet, minimised over s ≥ 0: the logarithm is convex in s and 0 at s = 0. */
function logUndecided(situation: PlanSituation, replicates: number, bet: number): number {
  const { side, bound, cap, mean, alpha } = situation;
  const p = mean / cap;
  const threshold = Math.log(bets.length / alpha);
  const [atZero, atCap] =
    side === 'violated'
      ? [Math.log1p(-bet), Math.log1p((bet * (cap - bound)) / bound)]
      : [Math.log1p((bet * bound) / (cap - bound)), Math.log1p(-bet)];
  const value = (s: number) => {
    const [zero, top] = [-s * atZero, -s * atCap];
    const largest = Math.max(zero, top);
    return (
      s * threshold +
      replicates * (largest + Math.log((1 - p) * Math.exp(zero - largest) + p * Math.exp(top - largest)))
    );
  };
  const slope = (s: number) => {
    const [zero, top] = [-s * atZero, -s * atCap];
    const largest = Math.max(zero, top);
    const [w0, w1] = [(1 - p) * Math.exp(zero - largest), p * Math.exp(top - largest)];
    return threshold - (replicates * (w0 * atZero + w1 * atCap)) / (w0 + w1);
  };
  if (slope(0) >= 0) return 0;
  let high = 1;
  // When no outcome can lower S_j the bound falls without limit: s = 2⁴⁰ is as good as infinity.
  while (slope(high) < 0 && high < 2 ** 40) high *= 2;
  let low = 0;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return value(low);
}

const situationOptions = {
  side: true,
  bound: true,
  cap: true,
  mean: true,
  alpha: true,
} satisfies Record<keyof PlanSituation, true>;

function requireSituation(situation: PlanSituation): void {
  requireOptions('a plan', situation, situationOptions);
  const { bound, cap, mean, alpha } = situation;
  if (!(bound > 0)) throw new RangeError(`bound must be > 0 for a plan, got ${bound}`);
  if (!(cap > bound && cap < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`cap must be finite and above the bound ${bound} for a plan, got ${cap}`);
  }
  if (!(mean >= 0 && mean <= cap)) throw new RangeError(`mean must be in [0, cap = ${cap}], got ${mean}`);
  requireProbability('alpha', alpha);
}

/** @throws RangeError unless 0 < value < 1 */
export function requireProbability(name: string, value: number): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`${name} must be in (0, 1), got ${value}`);
}
