/** v moved towards 0 by a threshold, and 0 where it is no larger than that: the prox of the threshold times |v|. */
export const softThreshold = (v: number, threshold: number): number =>
  Math.sign(v) * Math.max(Math.abs(v) - threshold, 0);
