import { requireProbability } from './plan.js';

/**
 * Whether `events` in `trials` show that their probability is above `rate`: the lower end of the one-sided Clopper–Pearson interval at
 * confidence 1 − error is above it, which is the same as P[Bin(trials, rate) ≥ events] < error.
 *
 * @throws RangeError unless 0 ≤ events ≤ trials are integers, 0 < rate < 1 and 0 < error < 1
 */
export function showsRateAbove(rate: number, events: number, trials: number, error: number): boolean {
  requireProbability('rate', rate);
  requireProbability('error', error);
  if (!Number.isSafeInteger(trials) || !Number.isSafeInteger(events) || events < 0 || events > trials) {
    throw new RangeError(`events must be an integer in [0, trials = ${trials}], got ${events}`);
  }
  // P[Bin = k] for k = 0, 1, …, in logarithms, each from the one before.
  let logMass = trials * Math.log1p(-rate);
  let below = 0;
  let tail = 0;
  for (let k = 0; k <= trials; k++) {
    if (k < events) below += Math.exp(logMass);
    else tail += Math.exp(logMass);
    logMass += Math.log(((trials - k) / (k + 1)) * (rate / (1 - rate)));
  }
  // The smaller of the two sums is the accurate one: the other is close to 1.
  return (tail < below ? tail : 1 - below) < error;
}
