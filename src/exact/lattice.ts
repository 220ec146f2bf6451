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

/** Points with less mass are dropped. */
const negligible = 2 ** -100;

/**
 * An enclosure of (1/T) Σ_t E|G_i(x^{t−1})|. The chain moves by −γ sgn Ĝ_i, so its law after each step follows from the laws of the
 * sign at the points it can be at. All operations add and multiply numbers ≥ 0, so rounding is relative: below 16T·2⁻⁵³. What
 * is uncertain or dropped at a point moves at most its mass times the largest |G_i|: it widens the interval and is not lost.
 */
export function latticeLeft(
  { term, termError, law }: LatticeCoordinate,
  iterations: number,
  signOfZero: SignOfZero,
): readonly [number, number] {
  const offset = iterations - 1;
  let mass = new Float64Array(2 * offset + 1);
  let next = new Float64Array(mass.length);
  const terms = new Float64Array(mass.length);
  let largest = 0;
  for (let j = -offset; j <= offset; j++) {
    terms[j + offset] = term(j);
    largest = Math.max(largest, terms[j + offset]!);
  }
  const laws: (SignLaw | undefined)[] = Array.from(mass, () => undefined);
  mass[offset] = 1;
  let total = 0;
  let doubtful = 0;
  for (let t = 1; ; t++) {
    for (let j = offset - t + 1; j <= offset + t - 1; j++) total += mass[j]! * terms[j]!;
    if (t === iterations) break;
    next.fill(0);
    for (let j = offset - t + 1; j <= offset + t - 1; j++) {
      const here = mass[j]!;
      if (here < negligible) {
        doubtful += here;
        continue;
      }
      laws[j] ??= law(j - offset);
      const { positive, negative, tie, uncertain } = laws[j]!;
      doubtful += here * uncertain;
      const [up, down] = tieShares(signOfZero);
      next[j - 1]! += here * (positive + up * tie);
      next[j + 1]! += here * (negative + down * tie);
      next[j]! += here * (1 - up - down) * tie;
    }
    [mass, next] = [next, mass];
  }
  const left = total / iterations;
  const error = left * 16 * iterations * 2 ** -53 + (doubtful * (largest + termError) + termError) * (1 + 2 ** -30);
  return [Math.max(0, left - error), left + error];
}

/** The shares of a tie that count as sgn = +1 and −1. */
function tieShares(signOfZero: SignOfZero): readonly [number, number] {
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
