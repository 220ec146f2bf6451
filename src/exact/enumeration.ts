import type { RationalIteration, SignOfZero } from './algorithms.js';
import { NotRationalError } from './errors.js';
import { multinomialLaw, outcomeCount } from './multinomial.js';
import { QuotientSum } from './quotient-sum.js';
import { bitLength, type Quotient, type Rational, rational, square, sum } from './rational.js';
import type { RationalProblemAtStep } from './rational-problem.js';

/** The norm of a theorem's left side: ‖G‖² or ‖G‖₁. */
export type MappingNorm = 'l2-squared' | 'l1';

export interface Enumeration {
  readonly problem: RationalProblemAtStep;
  readonly start: readonly Rational[];
  readonly iterations: number;
  readonly miniBatch: number;
  readonly iteration: RationalIteration;
  readonly norm: MappingNorm;
  readonly signOfZero: SignOfZero;
}

/** Most iterations of one state under one outcome of the mini-batch that an enumeration may take in all. */
const largestWork = 20_000;
/** Largest sum of squared lengths of the coordinates, in bits, over the points of one step: what their multiplication costs. */
const largestSize = 2e7;

/** ‖G‖² or ‖G‖₁ at x. */
export function normOfMapping(problem: RationalProblemAtStep, x: readonly Rational[], norm: MappingNorm): Rational {
  const mapping = problem.residualMapping(problem.problem.probabilities, x);
  return sum(mapping.map((entry) => (norm === 'l1' ? entry.abs() : square(entry))));
}

/**
 * E[(1/T) Σ_t ‖G(x^{t−1})‖] over every sequence of mini-batches, in rationals. A mini-batch enters by its counts, and paths that meet in one
 * point are followed once, so the work is the number of different points times C(B + K − 1, K − 1) an iteration.
 *
 * @returns a rational that may not be in lowest terms
 * @throws NotRationalError when there are too many points, or their numerators and denominators grow too long
 */
export function enumerateLeft(enumeration: Enumeration): Quotient {
  const { problem, start, iterations, miniBatch, iteration, norm, signOfZero } = enumeration;
  const { probabilities } = problem.problem;
  let states = new Map([[keyOf(start), { x: start, probability: rational(1n) }]]);
  let work = iterations === 1 ? 0 : outcomeCount(probabilities.length, miniBatch);
  if (work > largestWork) throw tooMuch(`${work} outcomes of a mini-batch`);
  const law = iterations === 1 ? [] : multinomialLaw(probabilities, miniBatch);
  const batch = rational(BigInt(miniBatch));
  const outcomes = law.map(({ counts, probability }) => ({
    weights: counts.map((count) => rational(BigInt(count)).div(batch)),
    probability,
  }));
  const total = new QuotientSum();
  for (let t = 1; t <= iterations; t++) {
    for (const { x, probability } of states.values()) {
      total.add(probability.mul(normOfMapping(problem, x, norm)));
    }
    if (t === iterations) break;
    if (t === 3 && states.size === outcomes.length ** 2 && outcomes.length ** (iterations - 1) > largestWork) {
      throw tooMuch(`no two of the paths meet in ${t - 1} steps, and ${iterations - 1} steps are to be taken`);
    }
    work += states.size * outcomes.length;
    const size = outcomes.length * sizeOf(states.values());
    if (work > largestWork || size > largestSize)
      throw tooMuch(`${states.size} points after ${t} of ${iterations} steps`);
    const next: typeof states = new Map();
    for (const { x, probability } of states.values()) {
      for (const outcome of outcomes) {
        for (const successor of iteration(problem, outcome.weights, x, signOfZero)) {
          const share = rational(1n, 1n << BigInt(successor.halvings));
          const mass = probability.mul(outcome.probability).mul(share);
          const key = keyOf(successor.x);
          const known = next.get(key);
          next.set(key, { x: successor.x, probability: known === undefined ? mass : known.probability.add(mass) });
        }
      }
    }
    states = next;
  }
  return total.dividedBy(iterations);
}

function sizeOf(states: Iterable<{ readonly x: readonly Rational[] }>): number {
  let size = 0;
  for (const { x } of states) for (const { n, d } of x) size += (bitLength(n) + bitLength(d)) ** 2;
  return size;
}

function keyOf(x: readonly Rational[]): string {
  return x.map(({ s, n, d }) => `${s * n}/${d}`).join(' ');
}

function tooMuch(what: string): NotRationalError {
  return new NotRationalError(`the enumeration of all paths is too large: ${what}`);
}
