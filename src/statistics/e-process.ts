/** Excess of a left side over the cap M that counts as rounding, relative to M. */
const capSlack = 2 ** -40;

/** Number J of fixed bets that are mixed with equal weights. */
const betCount = 24;

/** The bets c_j as fractions of the largest admissible one: geometric from 10⁻³ to 0.999. */
export const bets: readonly number[] = Array.from({ length: betCount }, (_, j) => 1e-3 * 999 ** (j / (betCount - 1)));

/**
 * A test martingale (e-process): a statistic E ≥ 0 with E = 1 at the start whose expectation stays ≤ 1 while the null hypothesis is true. By
 * Ville's inequality P[E ever reaches 1/α] ≤ α under the null, whenever one stops looking.
 *
 * Each process is E = (1/J) Σ_j exp(S_j) over the fixed bets, S_j a sum over the observations (Waudby-Smith & Ramdas 2023; Howard et al.
 * 2021).
 */
export interface EProcess {
  /**
   * Adds one observation of X.
   *
   * @throws RangeError for a value that is not a finite number ≥ 0 or exceeds the cap by more than a rounding; the process is unchanged
   */
  observe(x: number): void;
  /** ln E. */
  logValue(): number;
  /**
   * Whether E ≥ exp(logThreshold): the same as comparing `logValue`, but cheap while E is far below.
   *
   * @throws RangeError for NaN, which nothing reaches
   */
  reaches(logThreshold: number): boolean;
}

/**
 * V, null E[X] ≤ b: crosses when the bound is violated. S_j = Σ ln(1 + λ_j(x − b)), λ_j = c_j/b; uses X ≥ 0 only.
 * For b = 0 any x > 0 refutes the null outright: the limit of the formula.
 *
 * @param bound b ≥ 0, finite
 * @throws RangeError for another bound
 * @example
 * const process = violationProcess(1);
 * for (let n = 0; n < 20; n++) process.observe(3);
 * assert.ok(process.reaches(Math.log(1 / 1e-6)));
 */
export function violationProcess(bound: number): EProcess {
  requireLeftSideScale('bound', bound);
  if (bound === 0) {
    return mixture((x, sums) => {
      if (x > 0) sums.fill(Number.POSITIVE_INFINITY);
    });
  }
  const fractions = Float64Array.from(bets);
  return mixture((x, sums) => {
    const relative = x / bound - 1;
    for (let j = 0; j < betCount; j++) sums[j]! += Math.log1p(fractions[j]! * relative);
  });
}

/**
 * H, null E[X] ≥ b, for observations that never exceed a cap M > b: crosses when the bound holds.
 * S_j = Σ ln(1 − λ_j(x − b)), λ_j = c_j/(M − b). Observations above M are refused.
 *
 * @param bound b ≥ 0
 * @param cap M > b, finite
 * @throws RangeError for another bound or cap
 * @example
 * const process = holdsProcessWithCap(0.5, 1);
 * for (let n = 0; n < 40; n++) process.observe(0.1);
 * assert.ok(process.reaches(Math.log(1 / 1e-6)));
 */
export function holdsProcessWithCap(bound: number, cap: number): EProcess {
  requireLeftSideScale('bound', bound);
  if (!(cap > bound && cap < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`cap must be finite and above the bound ${bound}, got ${cap}`);
  }
  const stakes = Float64Array.from(bets, (bet) => bet / (cap - bound));
  return mixture((x, sums) => {
    const excess = bound - x;
    for (let j = 0; j < betCount; j++) sums[j]! += Math.log1p(stakes[j]! * excess);
  }, cap);
}

/**
 * H, null E[X] ≥ b, for X ≥ 0 with second moment E[X²] ≤ v, v > b²: S_j = Σ [−λ_j x − ln(1 − λ_j b + λ_j²v/2)], from e^{−z} ≤ 1 − z + z²/2.
 * The stakes λ_j = c_j·b₀/v stay those of one bound b₀ when the process is evaluated at other means b: then the values for
 * different b belong to one family that increases in b.
 *
 * If 1 − λb + λ²v/2 ≤ 0, no law with E[X²] ≤ v has a mean ≥ b, and E is infinite.
 *
 * @param bound b ≥ 0, finite
 * @param secondMoment v > 0, finite
 * @param stakesFor b₀ ≥ 0, finite, the bound that the stakes are chosen for (0 bets nothing); b itself if only one bound is tested
 * @throws RangeError for others
 * @example
 * const process = holdsProcessWithSecondMoment(1, 2, 1);
 * for (let n = 0; n < 200; n++) process.observe(0.1);
 * assert.ok(process.reaches(Math.log(1 / 1e-6)));
 */
export function holdsProcessWithSecondMoment(bound: number, secondMoment: number, stakesFor: number): EProcess {
  requireLeftSideScale('bound', bound);
  if (!(secondMoment > 0 && secondMoment < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`secondMoment must be finite and > 0, got ${secondMoment}`);
  }
  requireLeftSideScale('stakesFor', stakesFor);
  const stakes = Float64Array.from(bets, (bet) => (bet * stakesFor) / secondMoment);
  const offsets = stakes.map((stake) => {
    const factor = 1 - stake * bound + (stake * stake * secondMoment) / 2;
    return factor > 0 ? -Math.log(factor) : Number.POSITIVE_INFINITY;
  });
  return mixture((x, sums) => {
    for (let j = 0; j < betCount; j++) sums[j]! += offsets[j]! - stakes[j]! * x;
  });
}

/** E = (1/J) Σ exp(S_j) by log-sum-exp, S updated in place by every observation. */
function mixture(update: (x: number, sums: Float64Array) => void, cap?: number): EProcess {
  const sums = new Float64Array(betCount);
  let count = 0;
  const logValue = () => {
    const largest = sums.reduce((a, b) => Math.max(a, b));
    if (largest === Number.POSITIVE_INFINITY) return largest;
    let scaled = 0;
    for (let j = 0; j < betCount; j++) scaled += Math.exp(sums[j]! - largest);
    return largest + Math.log(scaled / betCount);
  };
  return {
    observe: (x) => {
      update(requireLeftSide(x, count, cap), sums);
      count++;
    },
    logValue,
    reaches: (logThreshold) => {
      if (Number.isNaN(logThreshold)) throw new RangeError('logThreshold must be a number, got NaN');
      // A mean of exponentials reaches the threshold only if one of them does.
      for (let j = 0; j < betCount; j++) if (sums[j]! >= logThreshold) return logValue() >= logThreshold;
      return false;
    },
  };
}

/** A replicate is above the cap: the cap was derived wrongly, or for other replicates. */
export class CapExceeded extends RangeError {
  override readonly name = 'CapExceeded';

  constructor(
    /** The left side of the replicate. */
    readonly left: number,
    index: number,
    cap: number,
  ) {
    super(
      `left side of replicate ${index} is ${left}, above the derived cap M = ${cap}: derive a larger one, as docs/statistics.md shows, or leave it out`,
    );
  }
}

/**
 * The left side of replicate `index` (from 0), checked.
 *
 * @throws RangeError when it is not finite or negative, CapExceeded when it is above the cap
 */
export function requireLeftSide(x: number, index: number, cap: number | undefined): number {
  // JavaScript would compare text and null as numbers.
  if (typeof x !== 'number' || !(x >= 0 && x < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`left side of replicate ${index} must be finite and ≥ 0, got ${x}`);
  }
  if (cap !== undefined && x > cap) {
    if (x > cap * (1 + capSlack)) throw new CapExceeded(x, index, cap);
    return cap;
  }
  return x;
}

/** @throws RangeError unless 0 ≤ value < ∞ */
export function requireLeftSideScale(name: string, value: number): void {
  if (typeof value !== 'number' || !(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} must be finite and ≥ 0, got ${value}`);
  }
}
