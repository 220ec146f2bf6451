import { finish, type Pausable } from '../computation.js';
import type { SignOfZero } from './algorithms.js';
import { defaultNegligible, type LatticeCoordinate, tieShares } from './lattice.js';

/** The law of Σ_t |G_i(x^{t−1})| over the runs of one coordinate of signProx, and how far it may be off. */
export interface LatticeLaw {
  /** Probabilities by the sum. */
  readonly masses: ReadonlyMap<number, number>;
  /** Probability of the runs that were left at a sum above `cut`. */
  readonly above: number;
  /** No sum is off by more. */
  readonly sumError: number;
  /** No probability of an event is off by more. */
  readonly massError: number;
}

/** What of a law is wanted. */
export interface LatticeLawOptions {
  /** Sums in one cell of this size are one; 0, the default, keeps apart what is not equal to the last bit. */
  readonly cell?: number;
  /** Runs are left as soon as their sum is above this, which later terms ≥ 0 cannot undo. */
  readonly cut?: number;
  /** Most pairs of a point and a sum, over all steps. */
  readonly most?: number;
}

/**
 * The same chain as `latticeTurns` follows, with the sum so far: runs with equal points and equal sums are one. Where the terms are on a lattice, as those
 * of a quadratic are, few sums are different.
 *
 * @returns undefined if there are more than `most` pairs
 */
export function* latticeLawTurns(
  { term, termError, law }: LatticeCoordinate,
  iterations: number,
  signOfZero: SignOfZero,
  { cell = 0, cut = Number.POSITIVE_INFINITY, most = Number.POSITIVE_INFINITY }: LatticeLawOptions = {},
): Pausable<LatticeLaw | undefined> {
  const [up, down] = tieShares(signOfZero);
  const steps = new Map<number, readonly [share: number, to: number][]>();
  const uncertainty = new Map<number, number>();
  let [above, doubtful, largest, pairs] = [0, 0, 0, 0];
  /** Of each cell the sum that reached it first. */
  type Sums = Map<number, { readonly sum: number; mass: number }>;
  const added = (points: Map<number, Sums>, j: number, before: number, mass: number): void => {
    if (mass < defaultNegligible) {
      doubtful += mass;
      return;
    }
    const sum = before + term(j);
    largest = Math.max(largest, sum);
    if (sum > cut) {
      above += mass;
      return;
    }
    const own: Sums = points.get(j) ?? new Map();
    points.set(j, own);
    const key = cell === 0 ? sum : Math.round(sum / cell);
    const known = own.get(key);
    if (known === undefined) own.set(key, { sum, mass });
    else known.mass += mass;
  };
  let points = new Map<number, Sums>();
  added(points, 0, 0, 1);
  for (let t = 1; t < iterations; t++) {
    const next = new Map<number, Sums>();
    for (const [j, sums] of points) {
      if (!steps.has(j)) {
        const { positive, negative, tie, uncertain } = law(j);
        const shares = [positive + up * tie, (1 - up - down) * tie, negative + down * tie];
        steps.set(
          j,
          shares.flatMap((share, k) => (share > 0 ? [[share, j + k - 1] as const] : [])),
        );
        uncertainty.set(j, uncertain);
      }
      pairs += sums.size;
      if (pairs > most) return undefined;
      for (const [share, to] of steps.get(j)!)
        for (const { sum, mass } of sums.values()) added(next, to, sum, mass * share);
      for (const { mass } of sums.values()) doubtful += mass * uncertainty.get(j)!;
    }
    points = next;
    yield;
  }
  const masses = new Map<number, number>();
  for (const sums of points.values()) {
    for (const { sum, mass } of sums.values()) masses.set(sum, (masses.get(sum) ?? 0) + mass);
  }
  return {
    ...{ masses, above },
    sumError: iterations * (cell + termError + largest * 2 ** -52),
    massError: doubtful + 16 * iterations * 2 ** -53,
  };
}

/**
 * The same without pauses or limits.
 *
 * @example
 * // From 1 a fair coin decides whether the iterate moves to 0, where G = 0, or to 2.
 * const coin = () => ({ positive: 0.5, negative: 0.5, tie: 0, uncertain: 0 });
 * const { masses } = latticeLaw({ term: (j) => 1 + j, termError: 0, law: coin }, 2, 'zero');
 * assert.deepEqual([...masses], [[1, 0.5], [3, 0.5]]);
 */
export function latticeLaw(
  coordinate: LatticeCoordinate,
  iterations: number,
  signOfZero: SignOfZero,
  options: Omit<LatticeLawOptions, 'most'> = {},
): LatticeLaw {
  return finish(latticeLawTurns(coordinate, iterations, signOfZero, options))!;
}
