import {
  maximum,
  minimum,
  one,
  type Rational,
  rational,
  squareRootBelow,
  sum,
  zero,
} from '../../../src/library/exact.js';

/** A rational number between two others. */
export interface Enclosed {
  readonly lower: Rational;
  readonly upper: Rational;
}

/** A game of linear losses f_t(x) = g_t x on [−1, 1], t = 1, 2, …; the player moves from x_1 = 1. */
export interface Game {
  readonly name: string;
  /** g_t, known when x_t is played: it may depend on that. */
  slope(t: number, x: Enclosed): Rational;
}

/** Adam with the step α/√t. */
export interface Adaptive {
  readonly alpha: Rational;
  /** β₁; 0 if left out. */
  readonly momentum?: Rational;
  /** β₂. */
  readonly decay: Rational;
  /** ε, which is added to the root. */
  readonly epsilon?: Rational;
  /** Whether m is divided by 1 − β₁ᵗ and v by 1 − β₂ᵗ. */
  readonly corrected?: boolean;
  /** Whether the largest v so far stands for v, as in AMSGrad. */
  readonly largest: boolean;
}

/** What a player has lost after T rounds, beside the best fixed point. */
export interface Regret {
  readonly iterations: number;
  readonly regret: Enclosed;
  /** √v + ε after the last round. */
  readonly root: Enclosed;
  /** The same with the largest v so far, as AMSGrad has it. */
  readonly largestRoot: Enclosed;
  /** The iterate after the last round. */
  readonly x: Enclosed;
}

/** Binary digits after the point to which ends are rounded outwards. */
const digits = 96n;
const scale = 1n << digits;

function floored(value: Rational): Rational {
  const top = value.s * value.n * scale;
  const quotient = top / value.d;
  return rational(top < 0n && quotient * value.d !== top ? quotient - 1n : quotient, scale);
}
const enclosed = (lower: Rational, upper: Rational): Enclosed => ({
  lower: floored(lower),
  upper: floored(upper.neg()).neg(),
});
const exactly = (value: Rational): Enclosed => ({ lower: value, upper: value });

/** √ of an interval of numbers ≥ 0. */
function rootOf({ lower, upper }: Enclosed): Enclosed {
  const above = squareRootBelow(upper);
  const isExact = above.mul(above).equals(upper);
  return { lower: squareRootBelow(lower), upper: isExact ? above : above.add(rational(1n, 1n << 64n)) };
}

const plus = ({ lower, upper }: Enclosed, term: Rational): Enclosed => ({
  lower: lower.add(term),
  upper: upper.add(term),
});

/** An interval divided by one of numbers > 0. */
const divided = (m: Enclosed, { lower, upper }: Enclosed): Enclosed =>
  enclosed(m.lower.div(m.lower.s < 0n ? lower : upper), m.upper.div(m.upper.s < 0n ? upper : lower));

/**
 * Plays T rounds in intervals with rational ends:
 *
 *     m_t = β₁m_{t−1} + (1 − β₁)g_t,   v_t = β₂v_{t−1} + (1 − β₂)g_t²,   x_{t+1} = the point of [−1, 1] next to x_t − (α/√t) m_t/(√v_t + ε).
 *
 * The regret is Σ g_t x_t − min_u Σ g_t u = Σ g_t x_t + |Σ g_t|.
 *
 * @param asked the T after which the regret is wanted, in ascending order
 */
export function play(
  { slope }: Game,
  { alpha, momentum = zero, decay, epsilon = zero, corrected = false, largest }: Adaptive,
  asked: readonly number[],
): Regret[] {
  let x = exactly(one);
  let m = exactly(zero);
  let v = exactly(zero);
  let most = exactly(zero);
  let [ofMean, ofSquare] = [exactly(one), exactly(one)];
  let lost = exactly(zero);
  let slopes = zero;
  const found: Regret[] = [];
  for (let t = 1; t <= asked.at(-1)!; t++) {
    const g = slope(t, x);
    slopes = slopes.add(g);
    const parts = [g.mul(x.lower), g.mul(x.upper)] as const;
    lost = enclosed(lost.lower.add(minimum(...parts)), lost.upper.add(maximum(...parts)));
    m = averaged(momentum, m, g);
    v = averaged(decay, v, g.mul(g));
    ofMean = averaged(momentum, ofMean, zero);
    ofSquare = averaged(decay, ofSquare, zero);
    const used = corrected ? divided(v, rest(ofSquare)) : v;
    most = { lower: maximum(most.lower, used.lower), upper: maximum(most.upper, used.upper) };
    const largestRoot = plus(rootOf(most), epsilon);
    const root = largest ? largestRoot : plus(rootOf(used), epsilon);
    if (root.upper.s !== 0n) {
      const time = rootOf(exactly(rational(BigInt(t))));
      const way = divided(corrected ? divided(m, rest(ofMean)) : m, {
        lower: time.lower.mul(root.lower),
        upper: time.upper.mul(root.upper),
      });
      const next = enclosed(x.lower.sub(alpha.mul(way.upper)), x.upper.sub(alpha.mul(way.lower)));
      x = { lower: clipped(next.lower), upper: clipped(next.upper) };
    }
    if (asked.includes(t)) {
      const best = slopes.abs();
      found.push({ iterations: t, regret: plus(lost, best), root, largestRoot, x });
    }
  }
  return found;
}

/** βm + (1 − β)g. */
const averaged = (beta: Rational, { lower, upper }: Enclosed, newest: Rational): Enclosed => {
  const added = one.sub(beta).mul(newest);
  return enclosed(beta.mul(lower).add(added), beta.mul(upper).add(added));
};
/** 1 − w. */
const rest = ({ lower, upper }: Enclosed): Enclosed => ({ lower: one.sub(upper), upper: one.sub(lower) });
const clipped = (value: Rational): Rational => maximum(one.neg(), minimum(one, value));

/**
 * √T[D²/(2α)·(√v_T + ε) + αG/√(1 − β₂)] for losses on an interval of length D = 2 with slopes of size at most G: the bound of the regret that is proved where
 * √v_t/α_t does not decrease, as in AMSGrad. Its ends, of which one that refutes takes the upper.
 *
 * @param factors by which its terms are multiplied
 */
export function regretBound(
  { alpha, decay }: Adaptive,
  { iterations, root }: Pick<Regret, 'iterations' | 'root'>,
  largestSlope: Rational,
  factors = { start: one, noise: one },
): Enclosed {
  const time = rootOf(exactly(rational(BigInt(iterations))));
  const forgetting = rootOf(exactly(one.sub(decay)));
  const of = (r: Rational, below: Rational) =>
    sum([factors.start.mul(rational(2n)).div(alpha).mul(r), factors.noise.mul(alpha).mul(largestSlope).div(below)]);
  return {
    lower: time.lower.mul(of(root.lower, forgetting.upper)),
    upper: time.upper.mul(of(root.upper, forgetting.lower)),
  };
}

/** f_t = Cx for t = 1, 4, 7, … and −x otherwise (Reddi, Kale and Kumar 2018): the best point is −1 for C > 2. */
export const threeRounds = (size: number): Game => ({
  name: `Cx, −x, −x, C = ${size}`,
  slope: (t) => rational(t % 3 === 1 ? BigInt(size) : -1n),
});

/** Independent slopes: C with probability p and −1 otherwise, whose mean δ = pC − (1 − p) is positive. The best point is −1. */
export interface Draws {
  readonly size: number;
  readonly probability: Rational;
}

const meanOf = ({ size, probability: p }: Draws): Rational => p.mul(rational(BigInt(size))).sub(one.sub(p));

/** E Σ g_t(x_t + 1), what the player pays in the mean more than the point −1: over all 2^T draws. */
export function drawnRegret(draws: Draws, player: Adaptive, iterations: number): Enclosed {
  const { size, probability } = draws;
  let paid = exactly(zero);
  for (let word = 0; word < 2 ** iterations; word++) {
    const slopes = Array.from({ length: iterations }, (_, k) => rational((word >> k) % 2 === 1 ? BigInt(size) : -1n));
    const [{ regret }] = play({ name: '', slope: (t) => slopes[t - 1]! }, player, [iterations]) as [Regret];
    const best = sum(slopes).abs();
    const weight = slopes.reduce((w, g) => w.mul(g.s > 0n ? probability : one.sub(probability)), one);
    paid = enclosed(
      paid.lower.add(weight.mul(regret.lower.sub(best))),
      paid.upper.add(weight.mul(regret.upper.sub(best))),
    );
  }
  const best = meanOf(draws).mul(rational(BigInt(iterations)));
  return enclosed(paid.lower.add(best), paid.upper.add(best));
}

/** ln 2, from above. */
const logOfTwo = rational(6932n, 10_000n);

/**
 * A lower end of the same for Adam with β₂ = 1/(1 + C²), without ε and correction: δ[2T − s(1 + ln T)√T/(2q)], s = α/√(1 − β₂), q = (1 − p)/√2 − p > 0
 * (PROOFS.md, "Adam and AMSGrad").
 *
 * @param root √T
 */
export function drawnRegretBelow(draws: Draws, { alpha, decay }: Adaptive, root: number): Rational {
  const { probability: p } = draws;
  const [time, half] = [rational(BigInt(root)), rational(1n, 2n)];
  const scaled = alpha.div(rootOf(exactly(one.sub(decay))).lower);
  const drift = one
    .sub(p)
    .mul(rootOf(exactly(half)).lower)
    .sub(p);
  if (drift.s <= 0n) throw new RangeError(`p = ${p.toFraction()} leaves no drift to 1`);
  const logarithm = one.add(rational(BigInt(Math.ceil(2 * Math.log2(root)))).mul(logOfTwo));
  const away = scaled
    .mul(logarithm)
    .mul(time)
    .div(drift.mul(rational(2n)));
  return meanOf(draws).mul(time.mul(time).mul(rational(2n)).sub(away));
}
