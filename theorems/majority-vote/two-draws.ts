import type { UnitNoise } from '../shared/unit-noise.js';

/** A symmetric law of one draw on the integers −R … R. */
export interface IntegerDraw {
  readonly name: string;
  /** Weights of −R … R, which need not sum to 1. */
  readonly weights: readonly number[];
}

const places = (range: number): number[] => Array.from({ length: 2 * range + 1 }, (_, k) => k - range);

/** Weights (R + ½)² − k². */
export const parabolic = (range: number): IntegerDraw => ({
  name: `parabolic draws on ${2 * range + 1} values`,
  weights: places(range).map((k) => (range + 1 / 2) ** 2 - k ** 2),
});

/** Equal weights. */
export const level = (range: number): IntegerDraw => ({
  name: `draws of ${2 * range + 1} values, equally likely`,
  weights: places(range).map(() => 1),
});

/** ±1. */
export const coin: IntegerDraw = { name: 'draws ±1', weights: [1, 0, 1] };

/** Sums of 2R fair signs ±½, which stand for half of a large mini-batch. */
export const fairSigns = (range: number): IntegerDraw => ({
  name: `sums of ${2 * range} fair signs`,
  // C(2R, k) from the middle outwards, so that nothing overflows.
  weights: places(range).map((k) => {
    let weight = 1;
    for (let j = 1; j <= Math.abs(k); j++) weight *= (range - j + 1) / (range + j);
    return weight;
  }),
});

/** The mean of two draws in units of its standard deviation. */
export interface TwoDraws {
  readonly noise: UnitNoise;
  /** P[X + Y ≤ −k] for k = 0, 1, …: a worker is wrong or undecided with this probability where k − 1 < 2G ≤ k. */
  readonly wrong: readonly number[];
  /** √2 τ, the standard deviation of X + Y. */
  readonly deviation: number;
}

export function twoDraws({ name, weights }: IntegerDraw): TwoDraws {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const law = weights.map((weight) => weight / total);
  const range = (weights.length - 1) / 2;
  const variance = law.reduce((sum, mass, k) => sum + mass * (k - range) ** 2, 0);
  const sums = new Array<number>(4 * range + 1).fill(0);
  law.forEach((own, i) => {
    law.forEach((other, j) => {
      sums[i + j]! += own * other;
    });
  });
  let cumulative = 0;
  const below = sums.map((mass) => {
    cumulative += mass;
    return cumulative;
  });
  const wrong = Array.from({ length: 2 * range + 1 }, (_, k) => below[2 * range - k]!);
  const deviation = Math.sqrt(2 * variance);
  return {
    noise: {
      name,
      // P[X + Y < −z√2τ], by the next integer beyond.
      tail: (z) => wrong[Math.floor(z * deviation) + 1] ?? 0,
      tailError: 2 ** -46,
    },
    ...{ wrong, deviation },
  };
}
