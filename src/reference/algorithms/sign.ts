import type { SignConvention, StepOptions } from './algorithm.js';

/**
 * sgn(v) in {−1, 0, +1} with the value at 0 fixed by the convention; −0 counts as 0, NaN stays NaN.
 *
 * @param random uniforms in [0, 1), read only for a zero under the convention `random`: −1 and +1 with probability ½ each
 */
export function signOf(v: number, convention: SignConvention, random: () => number): number {
  if (v > 0) return 1;
  if (v < 0) return -1;
  if (v !== 0) return v;
  switch (convention) {
    case 'zero':
      return 0;
    case 'positive':
      return 1;
    case 'negative':
      return -1;
    case 'random':
      return random() < 0.5 ? -1 : 1;
  }
}

/** The sign convention of the options, with its source of randomness. */
export function signRule({ signOfZero = 'zero', random }: StepOptions): {
  readonly convention: SignConvention;
  readonly random: () => number;
} {
  if (signOfZero === 'random' && random === undefined) {
    throw new RangeError("random (or the seed of a run) must be given with signOfZero 'random'");
  }
  return { convention: signOfZero, random: random ?? neverCalled };
}

const neverCalled = () => 0;
