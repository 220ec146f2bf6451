import { linearRegression } from 'simple-statistics';

/** Running mean and variance by Welford's recurrence, in the order of the observations. */
export class Moments {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(x: number): void {
    this.#count += 1;
    const deviation = x - this.#mean;
    this.#mean += deviation / this.#count;
    this.#squares += deviation * (x - this.#mean);
  }

  get count(): number {
    return this.#count;
  }

  /** NaN before the first observation. */
  get mean(): number {
    return this.#count === 0 ? Number.NaN : this.#mean;
  }

  /** Sample variance with n − 1 in the denominator; NaN before the second observation. */
  get variance(): number {
    return this.#count < 2 ? Number.NaN : this.#squares / (this.#count - 1);
  }
}

/** Compensated summation (Kahan as improved by Neumaier): the error does not grow with the number of terms. */
export class CompensatedSum {
  #sum = 0;
  #compensation = 0;

  add(x: number): void {
    const next = this.#sum + x;
    this.#compensation += Math.abs(this.#sum) >= Math.abs(x) ? this.#sum - next + x : x - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    return this.#sum + this.#compensation;
  }
}

/** A left side measured after T iterations. */
export interface RatePoint {
  readonly iterations: number;
  readonly left: number;
}

/**
 * The rate exponent: slope of ln(left) against ln(T) by least squares, on centred ln(T) so that slope and level are uncorrelated; −½ is the
 * theorems' rate. Points with left = 0 have no logarithm and are left out; undefined with fewer than two different T.
 */
export function rateExponent(points: readonly RatePoint[]): number | undefined {
  for (const { iterations, left } of points) {
    if (!(iterations > 0)) throw new RangeError(`iterations must be > 0, got ${iterations}`);
    if (!(left >= 0 && left < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`left must be finite and ≥ 0, got ${left}`);
    }
  }
  const positive = points.filter((point) => point.left > 0);
  if (new Set(positive.map((point) => point.iterations)).size < 2) return undefined;
  const logs = positive.map((point) => Math.log(point.iterations));
  const centre = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return linearRegression(positive.map((point, i) => [logs[i]! - centre, Math.log(point.left)])).m;
}
