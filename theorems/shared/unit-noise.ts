import { normalTail, normalTailError } from './normal-tail.js';

/** A symmetric law, of variance 1 where it has one. */
export interface UnitNoise {
  readonly name: string;
  /** P[e < −z] for z > 0. */
  tail(z: number): number;
  /** What a tail in doubles may be off by. */
  readonly tailError: number;
}

const tailError = 2 ** -50;

export const uniform: UnitNoise = {
  name: 'uniform',
  tail: (z) => Math.max(0, (1 - z / Math.sqrt(3)) / 2),
  tailError,
};

export const normal: UnitNoise = { name: 'normal', tail: normalTail, tailError: normalTailError };

export const laplace: UnitNoise = { name: 'Laplace', tail: (z) => Math.exp(-Math.SQRT2 * z) / 2, tailError };

/**
 * 0 with probability 1 − w, and else uniform: Gauss's inequality P[|e| < z] ≥ 1 − 4/(9z²) is an equality at z = 2/√(3w), beyond where it is one
 * for the uniform law.
 *
 * @param share w
 */
export const spiked = (share: number): UnitNoise => ({
  name: `spiked uniform (${share})`,
  tail: (z) => Math.max(0, share * (1 - z * Math.sqrt(share / 3))) / 2,
  tailError,
});

/** Without a variance. */
export const cauchy: UnitNoise = { name: 'Cauchy', tail: (z) => Math.atan2(1, z) / Math.PI, tailError };

/** ±1, which is not unimodal: where |G| < σ the sign is a fair coin. */
export const bimodal: UnitNoise = { name: 'bimodal', tail: (z) => (z < 1 ? 1 / 2 : 0), tailError };
