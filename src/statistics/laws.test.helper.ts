import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import type { ReplicateSource } from './decision.js';
import type { EProcess } from './e-process.js';

/** A law on [0, ∞) by inversion of its distribution function; `cap` where it has one. */
export interface Law {
  readonly name: string;
  readonly quantile: (u: number) => number;
  readonly mean: number;
  readonly secondMoment: number;
  readonly cap?: number;
}

export const twoPoint = (top: number, mean: number): Law => ({
  name: `two-point on {0, ${top}}`,
  quantile: (u) => (u < mean / top ? top : 0),
  mean,
  secondMoment: mean * top,
  cap: top,
});
export const uniform = (top: number): Law => ({
  name: `uniform on [0, ${top}]`,
  quantile: (u) => top * u,
  mean: top / 2,
  secondMoment: top ** 2 / 3,
  cap: top,
});
export const exponential = (mean: number): Law => ({
  name: `exponential of mean ${mean}`,
  quantile: (u) => -mean * Math.log1p(-u),
  mean,
  secondMoment: 2 * mean ** 2,
});

/** Replicates of a law: value i depends on the key and i only. */
export function replicatesOf(law: Law, key: string): ReplicateSource {
  return async (from, to) =>
    Float64Array.from({ length: to - from }, (_, i) =>
      law.quantile(keyedStream(streamKey(key, law.name, 1, from + i))()),
    );
}

/** The same value in every replicate. */
export const constant =
  (x: number): ReplicateSource =>
  async (from, to) =>
    new Float64Array(to - from).fill(x);

/** Whether the lower end of the one-sided Clopper–Pearson interval at confidence 1 − 10⁻⁶ is above `rate`. */
export function rateIsAbove(rate: number, events: number, trials: number): boolean {
  return events > 0 && betaQuantile(1e-6, events, trials - events + 1) > rate;
}

/** How many of `paths` independent paths of length n reach 1/α. */
export function crossings(make: () => EProcess, law: Law, paths: number, length: number, alpha: number): number {
  const threshold = -Math.log(alpha);
  let count = 0;
  for (let path = 0; path < paths; path++) {
    const random = keyedStream(streamKey('crossings', law.name, 1, path));
    const process = make();
    for (let n = 0; n < length; n++) {
      process.observe(law.quantile(random()));
      if (process.reaches(threshold)) {
        count += 1;
        break;
      }
    }
  }
  return count;
}
