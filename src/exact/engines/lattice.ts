import { finish, type Pausable } from '../computation.js';
import type { SignOfZero } from './algorithms.js';
import type { SignLaw } from './sign-law.js';

/** One coordinate of signProx: a Markov chain on x⁰ + γj, j = −(T−1) … T−1. */
export interface LatticeCoordinate {
  /** |G_i| at the lattice point j, with its relative and absolute errors within `termError`. */
  term(j: number): number;
  /** An absolute bound of the error of every term. */
  readonly termError: number;
  /** The law of sgn Ĝ_i at the lattice point j. */
  law(j: number): SignLaw;
}

/** Less mass than this at an end of the window is dropped. */
export const defaultNegligible = 2 ** -100;

/**
 * An enclosure of (1/T) Σ_t E|G_i(x^{t−1})|. The chain moves by −γ sgn Ĝ_i, so its law after each step follows from the laws of the
 * sign at the points it can be at, each computed once. Only a window of points is followed: it grows by a point on either side in a step, and
 * its ends are dropped while they hold less than `negligible`. A signProx iterate drifts to where G changes sign and stays within
 * O(√T) points of it, so the window is much narrower than the 2t − 1 points that can be reached.
 *
 * All operations add and multiply numbers ≥ 0, so rounding is relative: at most 4 per step for a mass, 4T for a sum over the points of two
 * steps and T for the sum over the steps, below 16T·2⁻⁵³ in all. Mass that is uncertain or dropped changes the result by at most that mass times
 * the largest |G_i|, which widens the interval.
 *
 * @param negligible 0 follows every point that can be reached
 */
export function* latticeTurns(
  { term, termError, law }: LatticeCoordinate,
  iterations: number,
  signOfZero: SignOfZero,
  negligible = defaultNegligible,
): Pausable<readonly [number, number]> {
  const chain = new Chain(iterations, negligible);
  const [up, down] = tieShares(signOfZero);
  let largest = 0;
  for (let j = 1 - iterations; j < iterations; j++) {
    const value = term(j);
    chain.setTerm(j, value);
    largest = Math.max(largest, value);
  }
  let total = 0;
  let doubtful = 0;
  for (let steps = iterations - 1; steps > 0; steps -= steps === 1 ? 1 : 2) {
    const reach = steps === 1 ? 0 : 1;
    for (let j = chain.firstUnknown(reach); j !== undefined; j = chain.firstUnknown(reach)) {
      const { positive, negative, tie, uncertain } = law(j);
      chain.setLaw(j, [positive + up * tie, (1 - up - down) * tie, negative + down * tie, uncertain]);
    }
    if (steps === 1) chain.step();
    else chain.doubleStep();
    total += chain.expectation;
    doubtful += chain.doubtful;
    yield;
  }
  total += chain.lastExpectation();
  const left = total / iterations;
  const error = left * 16 * iterations * 2 ** -53 + (doubtful * (largest + termError) + termError) * (1 + 2 ** -30);
  return [Math.max(0, left - error), left + error];
}

/**
 * The same without pauses.
 *
 * @example
 * const law = () => ({ positive: 1, negative: 0, tie: 0, uncertain: 0 });
 * const [low, high] = latticeLeft({ term: (j) => 2 + j, termError: 0, law }, 2, 'zero');
 * assert.ok(low <= 1.5 && 1.5 <= high);
 */
export function latticeLeft(...given: Parameters<typeof latticeTurns>): readonly [number, number] {
  return finish(latticeTurns(...given));
}

/** Probabilities of a step to j − 1, of no step and of a step to j + 1, and the probability that these are in doubt. */
type StepLaw = readonly [down: number, stay: number, up: number, uncertain: number];

/** The masses on the window, with terms and laws in one array, so that a sweep over the window loads from few places. */
class Chain {
  /** Σ mass·term before the last step, or before the last two, and the mass in doubt or dropped. */
  expectation = 0;
  doubtful = 0;
  readonly #negligible: number;
  /** Index of j = 0; the arrays have one more point on either side than can be reached. */
  readonly #origin: number;
  /** At 5·index: down, stay, up, uncertain, term. */
  readonly #points: Float64Array;
  #mass: Float64Array;
  #next: Float64Array;
  #low: number;
  #high: number;
  /** The range of indices that have laws. */
  #knownLow: number;
  #knownHigh: number;

  constructor(iterations: number, negligible: number) {
    this.#negligible = negligible;
    this.#origin = iterations;
    this.#points = new Float64Array(5 * (2 * iterations + 1));
    this.#mass = new Float64Array(2 * iterations + 1);
    this.#next = new Float64Array(2 * iterations + 1);
    this.#mass[this.#origin] = 1;
    this.#low = this.#origin;
    this.#high = this.#origin;
    this.#knownLow = this.#origin;
    this.#knownHigh = this.#origin - 1;
  }

  setTerm(j: number, value: number): void {
    this.#points[5 * (j + this.#origin) + 4] = value;
  }

  /** A point at most `reach` outside of the window that has no law; undefined when all have one. */
  firstUnknown(reach: number): number | undefined {
    if (this.#knownHigh < this.#high + reach) return this.#knownHigh + 1 - this.#origin;
    if (this.#knownLow > this.#low - reach) return this.#knownLow - 1 - this.#origin;
    return undefined;
  }

  /** Sets the law of the point of `firstUnknown`. */
  setLaw(j: number, law: StepLaw): void {
    const index = j + this.#origin;
    this.#points.set(law, 5 * index);
    if (index > this.#knownHigh) this.#knownHigh = index;
    else this.#knownLow = index;
  }

  /** One step of the chain in one sweep: a mass is loaded and stored once. */
  step(): void {
    const points = this.#points;
    const mass = this.#mass;
    const next = this.#next;
    const low = this.#low;
    const high = this.#high;
    let expectation = 0;
    let doubtful = 0;
    /** The mass that has reached the previous point, and the mass that moves from it to the current one. */
    let arrived = 0;
    let rising = 0;
    for (let index = low, p = 5 * low; index <= high; index++, p += 5) {
      const here = mass[index]!;
      next[index - 1] = arrived + here * points[p]!;
      arrived = rising + here * points[p + 1]!;
      rising = here * points[p + 2]!;
      doubtful += here * points[p + 3]!;
      expectation += here * points[p + 4]!;
    }
    next[high] = arrived;
    next[high + 1] = rising;
    this.#mass = next;
    this.#next = mass;
    this.expectation = expectation;
    this.doubtful = doubtful + this.#shrink(low - 1, high + 1);
  }

  /** Two steps in one sweep: the second follows one point behind the first, so the masses between them are never stored. Needs laws one point outside the window. */
  doubleStep(): void {
    const points = this.#points;
    const mass = this.#mass;
    const next = this.#next;
    const low = this.#low;
    const high = this.#high;
    mass[high + 1] = 0;
    mass[high + 2] = 0;
    let expectation = 0;
    let doubtful = 0;
    let arrived = 0;
    let rising = 0;
    /** The same for the second step. */
    let arrived2 = 0;
    let rising2 = 0;
    for (let index = low, p = 5 * low; index <= high + 2; index++, p += 5) {
      const here = mass[index]!;
      const between = arrived + here * points[p]!;
      arrived = rising + here * points[p + 1]!;
      rising = here * points[p + 2]!;
      next[index - 2] = arrived2 + between * points[p - 5]!;
      arrived2 = rising2 + between * points[p - 4]!;
      rising2 = between * points[p - 3]!;
      doubtful += here * points[p + 3]! + between * points[p - 2]!;
      expectation += here * points[p + 4]! + between * points[p - 1]!;
    }
    next[high + 1] = arrived2;
    next[high + 2] = rising2;
    this.#mass = next;
    this.#next = mass;
    this.expectation = expectation;
    this.doubtful = doubtful + this.#shrink(low - 2, high + 2);
  }

  /** Sets the window and returns the mass that it leaves out. */
  #shrink(low: number, high: number): number {
    const mass = this.#mass;
    const negligible = this.#negligible;
    let dropped = 0;
    while (mass[low]! < negligible) dropped += mass[low++]!;
    while (mass[high]! < negligible) dropped += mass[high--]!;
    this.#low = low;
    this.#high = high;
    return dropped;
  }

  /** Σ mass·term now. */
  lastExpectation(): number {
    let expectation = 0;
    for (let index = this.#low; index <= this.#high; index++) {
      expectation += this.#mass[index]! * this.#points[5 * index + 4]!;
    }
    return expectation;
  }
}

/** The fractions of a tie that count as sgn = +1 and −1. */
export function tieShares(signOfZero: SignOfZero): readonly [number, number] {
  switch (signOfZero) {
    case 'zero':
      return [0, 0];
    case 'positive':
      return [1, 0];
    case 'negative':
      return [0, 1];
    case 'random':
      return [0.5, 0.5];
  }
}
