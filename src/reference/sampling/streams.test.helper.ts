import { keyedStream, streamKey } from './keyed-stream.js';

export const stream = (replicate: number, check = 'sampling-test') => keyedStream(streamKey('1', check, 1, replicate));

/** ln of a Chernoff bound for a Poisson-like count: P[X ≥ x] ≤ exp(−μ h(x/μ)), both tails, h(r) = r ln r − r + 1. */
export const logTail = (count: number, mean: number) =>
  -(count === 0 ? mean : mean * ((count / mean) * Math.log(count / mean) - count / mean + 1));
