import { multinomialLaw, outcomeCount } from '../arithmetic/multinomial.js';
import {
  bitLength,
  greatestCommonDivisor,
  type Quotient,
  QuotientSum,
  type Rational,
  rational,
  square,
  sum as sumOf,
  zero,
} from '../arithmetic/rational.js';
import { finish, NotRationalError, type Pausable } from '../computation.js';
import type { RationalProblemAtStep } from '../problem/rational-problem.js';
import type { RationalIteration, SignOfZero } from './algorithms.js';

/** The norm of a theorem's left side: ‖G‖² or ‖G‖₁. */
export type MappingNorm = 'l2-squared' | 'l1';

/** What is enumerated: every mini-batch of every iteration of a run. */
export interface Enumeration {
  readonly problem: RationalProblemAtStep;
  readonly start: readonly Rational[];
  readonly iterations: number;
  readonly miniBatch: number;
  readonly iteration: RationalIteration;
  readonly norm: MappingNorm;
  readonly signOfZero: SignOfZero;
}

/** Limit of an enumeration: iterations of one state under one outcome of the mini-batch. */
const largestWork = 20_000;
/** Largest sum of squared lengths of the coordinates, in bits, over the points of one step: the cost of multiplying them. */
const largestSize = 2.5e8;

/** ‖G‖² or ‖G‖₁ at x. */
export function normOfMapping(problem: RationalProblemAtStep, x: readonly Rational[], norm: MappingNorm): Rational {
  const mapping = problem.residualMapping(problem.problem.probabilities, x);
  return sumOf(mapping.map((entry) => (norm === 'l1' ? entry.abs() : square(entry))));
}

/** A point that paths have reached, with their probability as an integer over the common denominator of the step. */
interface State {
  readonly x: readonly Rational[];
  readonly mass: bigint;
  /** Σ ‖G‖ before it, where paths with different sums are kept apart. */
  readonly sum?: Rational;
}

/**
 * E[(1/T) Σ_t ‖G(x^{t−1})‖] over every sequence of mini-batches, in rationals. A mini-batch enters by its counts, and paths that meet in one
 * point are followed once, so the work is the number of different points times C(B + K − 1, K − 1) per iteration.
 *
 * @returns a rational that may not be in lowest terms
 * @throws NotRationalError when there are too many points, or their numerators and denominators grow too long
 */
export function* enumerationTurns(enumeration: Enumeration): Pausable<Quotient> {
  const total = new QuotientSum();
  const whole = yield* visitedTurns(enumeration, {
    visit: (term, mass) => total.add({ s: term.s, n: term.n * mass, d: term.d }),
    step: (denominator) => total.multiply(denominator),
  });
  return total.dividedBy(whole * BigInt(enumeration.iterations));
}

/**
 * The law of (1/T) Σ_t ‖G(x^{t−1})‖ in rationals: every value with its probability. Paths that meet are followed once if their sums are equal too.
 *
 * @throws NotRationalError as an enumeration of the mean does
 */
export function* lawTurns(enumeration: Enumeration): Pausable<readonly (readonly [left: Rational, mass: Rational])[]> {
  const { iterations } = enumeration;
  const found: (readonly [Rational, bigint])[] = [];
  const whole = yield* visitedTurns(enumeration, {
    from: zero,
    visit(term, mass, sum, isLast) {
      if (isLast) found.push([sum!.add(term).div(rational(BigInt(iterations))), mass]);
    },
  });
  return found.map(([left, mass]) => [left, rational(mass, whole)]);
}

/** What sees the points that paths visit. */
interface Visitor {
  /** The sum before the first point, if paths with different sums are to be kept apart. */
  readonly from?: Rational;
  visit(term: Rational, mass: bigint, sum: Rational | undefined, isLast: boolean): void;
  /** A step has been taken: probabilities are over a denominator that is so many times the last one. */
  step?(denominator: bigint): void;
}

/** Follows every sequence of mini-batches, and returns the denominator of the last masses. */
function* visitedTurns(enumeration: Enumeration, { from, visit, step }: Visitor): Pausable<bigint> {
  const { problem, start, iterations, miniBatch, iteration, norm, signOfZero } = enumeration;
  const { probabilities } = problem.problem;
  if (iterations === 1) {
    visit(normOfMapping(problem, start, norm), 1n, from, true);
    return 1n;
  }
  const count = outcomeCount(probabilities.length, miniBatch);
  if (count * (iterations - 1) > largestWork) {
    throw tooMuch(`${count} outcomes of a mini-batch in each of ${iterations - 1} steps`);
  }
  const { outcomes, denominator } = integerLaw(probabilities, miniBatch, start.length);
  let states = new Map<string, State>([['', { x: start, mass: 1n, ...(from && { sum: from }) }]]);
  let work = 0;
  const sizes: number[] = [];
  for (let t = 1; t <= iterations; t++) {
    sizes.push(sizeOf(states.values()));
    if (t > 1 && t < iterations) {
      const progress = { taken: t - 1, steps: iterations - 1, outcomes: outcomes.length, points: states.size, work };
      refuseTooMuchAhead(progress, nextSize(sizes));
    }
    const sums: (Rational | undefined)[] = [];
    for (const { x, mass, sum } of states.values()) {
      const term = normOfMapping(problem, x, norm);
      visit(term, mass, sum, t === iterations);
      sums.push(sum?.add(term));
      yield;
    }
    if (t === iterations) break;
    work += states.size * outcomes.length;
    const next = new Map<string, State>();
    for (const [i, { x, mass }] of [...states.values()].entries()) {
      const sum = sums[i];
      for (const outcome of outcomes) {
        for (const successor of iteration(problem, outcome.weights, x, signOfZero)) {
          const share = (mass * outcome.mass) >> BigInt(successor.halvings);
          const key = keyOf(sum === undefined ? successor.x : [...successor.x, sum]);
          next.set(key, { x: successor.x, mass: share + (next.get(key)?.mass ?? 0n), ...(sum && { sum }) });
        }
      }
      yield;
    }
    states = next;
    step?.(denominator);
  }
  return denominator ** BigInt(iterations - 1);
}

/** The progress of an enumeration. */
interface Progress {
  readonly taken: number;
  readonly steps: number;
  readonly outcomes: number;
  readonly points: number;
  readonly work: number;
}

/** The number of points and their size seldom shrink: the remaining work is at least that of the last step, times the steps. */
function refuseTooMuchAhead({ taken, steps, outcomes, points, work }: Progress, size: number): void {
  const unmet = taken === 2 && points === outcomes ** taken && points > 1;
  const ahead = unmet ? outcomes ** steps : (steps - taken) * points * outcomes;
  const here = `${points} points after ${taken} of ${steps} steps`;
  if (work + ahead > largestWork) {
    throw tooMuch(unmet ? `${here}, no two paths have met` : `${here}, ${outcomes} outcomes of a mini-batch for each`);
  }
  if (size > largestSize) throw tooMuch(`${here}, and their numerators and denominators grow too long`);
}

/** The size after the next step if it grows as in both of the last two: on a lattice, long and short points alternate. */
function nextSize(sizes: readonly number[]): number {
  const [before = 1, last = before, now = last] = sizes.slice(-3);
  return now * Math.min(now / last, last / before);
}

/**
 * The same without pauses.
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * const run = { iterations: 2, miniBatch: 1, iteration: spgmIteration, norm: 'l1', signOfZero: 'zero' };
 * assert.equal(toDouble(enumerateLeft({ problem, start: [one], ...run })), (1 + 1 / 2) / 2);
 */
export function enumerateLeft(enumeration: Enumeration): Quotient {
  return finish(enumerationTurns(enumeration));
}

/** The law of the mini-batch with integer masses over one denominator, which the n halvings of random signs divide too. */
function integerLaw(probabilities: readonly Rational[], miniBatch: number, dimension: number) {
  const law = multinomialLaw(probabilities, miniBatch);
  const batch = rational(BigInt(miniBatch));
  const common = law.reduce((least, { probability: { d } }) => (least / greatestCommonDivisor(least, d)) * d, 1n);
  const denominator = common << BigInt(dimension);
  const outcomes = law.map(({ counts, probability: { n, d } }) => ({
    weights: counts.map((entry) => rational(BigInt(entry)).div(batch)),
    mass: n * (denominator / d),
  }));
  return { outcomes, denominator };
}

function sizeOf(states: Iterable<Pick<State, 'x' | 'sum'>>): number {
  let size = 0;
  for (const { x, sum } of states)
    for (const { n, d } of sum ? [...x, sum] : x) size += (bitLength(n) + bitLength(d)) ** 2;
  return size;
}

function keyOf(x: readonly Rational[]): string {
  return x.map(({ s, n, d }) => `${s * n}/${d}`).join(' ');
}

function tooMuch(what: string): NotRationalError {
  return new NotRationalError(`the enumeration of all paths is too large: ${what}`);
}
