/** Weights below 2⁻⁸⁰ of the mode's cannot move a 53-bit uniform across a boundary and are left out of the table. */
const negligible = 2 ** -80;

/** The distribution function of Bin(n, p) on the window of outcomes that a 53-bit uniform can reach. */
export interface BinomialTable {
  /** The outcome of the first entry. */
  readonly first: number;
  /** P[outcome ≤ first + j]; the last entry is 1. */
  readonly cumulative: Float64Array;
}

/**
 * Tabulates Bin(n, p) for inversion. Weights follow the ratio P[k + 1]/P[k] = (n − k)/(k + 1)·p/(1 − p) outwards from the mode, scaled to 1
 * there, and are divided by their sum: only + − × ÷, so the table is the same bytes on every machine, and nothing underflows.
 *
 * @param trials n ≥ 0, an integer
 * @param probability p in [0, 1]
 */
export function binomialTable(trials: number, probability: number): BinomialTable {
  if (probability === 0) return { first: 0, cumulative: Float64Array.of(1) };
  if (probability === 1) return { first: trials, cumulative: Float64Array.of(1) };
  const odds = probability / (1 - probability);
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const below: number[] = [];
  let weight = 1;
  for (let k = mode; k > 0; k--) {
    weight *= k / ((trials - k + 1) * odds);
    if (weight < negligible) break;
    below.push(weight);
  }
  const weights = [...below.reverse(), 1];
  weight = 1;
  for (let k = mode; k < trials; k++) {
    weight *= ((trials - k) * odds) / (k + 1);
    if (weight < negligible) break;
    weights.push(weight);
  }
  const cumulative = new Float64Array(weights.length);
  let sum = 0;
  for (let j = 0; j < weights.length; j++) {
    sum += weights[j]!;
    cumulative[j] = sum;
  }
  for (let j = 0; j < cumulative.length; j++) cumulative[j]! /= sum;
  return { first: mode - below.length, cumulative };
}

/** P[outcome ≤ count] for any integer. */
export function cumulativeAt({ first, cumulative }: BinomialTable, count: number): number {
  return count < first ? 0 : cumulative[Math.min(count - first, cumulative.length - 1)]!;
}
