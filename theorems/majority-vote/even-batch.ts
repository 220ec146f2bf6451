import type { Finding, RowFinding } from '../../src/library/claims.js';
import { boundEvidence, claimOf } from '../../src/library/testing.js';
import { additiveRow, huber, marginBound, single, type UnitNoise } from '../shared/additive-run.js';
import { stepOf } from './exact-vote.js';
import { evenVoteCoefficient, wrongVoteProbability } from './vote-coefficients.js';

/** A symmetric law of one draw on the integers −R … R. */
interface IntegerDraw {
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
interface TwoDraws {
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

/** The constants of the claim, as numbers of their own so that tests can change them. */
interface EvenBatchConstants {
  /** Times E_M. */
  readonly coefficient: number;
  /** 1.04 of E_M ≤ 1.04/√M. */
  readonly simple: number;
}

/** Where a step under the mean of two draws costs most: 2zq with the largest z at which so many draws are wrong. */
function dearest({ wrong, deviation }: TwoDraws, workers: number): { cost: number; count: number; margin: number } {
  const costs = wrong.map((p, count) => {
    const q = wrongVoteProbability(workers, p);
    return { cost: (2 * count * q) / deviation, count, margin: 1 - 2 * q };
  });
  return costs.reduce((most, own) => (own.cost > most.cost ? own : most));
}

/** Laws of one draw, some of them spread so that the mean of two is worst for about M workers. */
const lawsFor = (workers: number): readonly TwoDraws[] => {
  const range = Math.max(1, Math.round(0.8 * Math.sqrt(workers)));
  return [coin, ...[range, 2 * range].flatMap((own) => [level(own), parabolic(own)])].map(twoDraws);
};

/** Half of a large mini-batch of fair signs, as many as are worst for about M workers. */
const manySigns = (workers: number): TwoDraws => twoDraws(fairSigns(Math.max(1, Math.round(workers / 4))));

/** d = Huber whose slope is where a step costs most, from x⁰ at the distance of T mean steps; √v = 1. */
function rowOf(draws: TwoDraws, workers: number, iterations: number, constants: EvenBatchConstants): RowFinding {
  const { count, margin } = dearest(draws, workers);
  const slope = ((1 - 2 ** -20) * count) / draws.deviation;
  const start = (_: number, step: number): number => (Math.round(margin * iterations) + 1 / 2) * step;
  const problem = single('d = Huber', { ...huber(slope), deviation: 1, start });
  const run = { problem, noise: draws.noise, workers, iterations, step: stepOf(iterations) };
  const noise = (1 - 1 / iterations) * constants.coefficient * evenVoteCoefficient(workers).upper;
  return { ...additiveRow({ ...run, term: ({ size }) => size }, marginBound(run) + noise), miniBatch: 2 };
}

const plans = {
  quick: { workers: [1, 5, 101], rows: [5, 101], iterations: [256, 1024] },
  standard: { workers: [1, 3, 5, 25, 101, 1001], rows: [3, 25, 101], iterations: [256, 1024, 4096] },
  deep: { workers: [1, 3, 5, 25, 101, 1001, 10_001], rows: [3, 5, 25, 101], iterations: [256, 1024, 4096, 16_384] },
} as const;

/** Of E_M, for 101 workers and more: what some law must come to. */
const reached = 0.98;

/**
 * A majority vote of workers whose mini-batches have an even number of symmetric draws gains √M. Half of a mini-batch plus the other half has the law of their difference, and that is
 * often small, so that every vote beats a fair coin: by how much, `mean-absolute-deviation` says, and no law can be worse in the limit than a parabolic one. The rows are about B = 2.
 */
export const majorityVoteEvenBatchClaim = claimOf(
  { constants: { coefficient: 1, simple: 1.04 } as EvenBatchConstants },
  ({ constants }) => ({
    id: 'majority-vote-even-batch',
    version: 1,
    source: { section: '2.2', equation: 'majority vote, even B' },
    statement:
      'with a majority vote of an odd number M of workers Theorem 2♯ holds for even B and symmetric draws with E_M σ ≤ 1.04σ/√M in place of σ, and E_M√M → 0.8958 cannot be improved in the limit',
    method:
      'E_M as an enclosure; the largest cost 2zq of a step for laws of draws on the integers; the law of the iterate on x⁰ + γZ where it costs most, B = 2',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const plan = plans[depth];
      const measured: Record<string, number> = {};
      const failures: string[] = [];
      for (const workers of plan.workers) {
        const coefficient = constants.coefficient * evenVoteCoefficient(workers).upper;
        const signs = dearest(manySigns(workers), workers).cost;
        const cost = Math.max(signs, ...lawsFor(workers).map((draws) => dearest(draws, workers).cost));
        measured[`E_M√M, M = ${workers}`] = coefficient * Math.sqrt(workers);
        measured[`largest 2zq√M found, M = ${workers}`] = cost * Math.sqrt(workers);
        measured[`2zq√M of many fair signs, M = ${workers}`] = signs * Math.sqrt(workers);
        if (!(cost <= coefficient)) failures.push(`a step costs ${cost} > ${coefficient} for M = ${workers}`);
        if (workers > 100 && cost < reached * coefficient) failures.push(`no law reaches E_M for M = ${workers}`);
        if (!(coefficient * Math.sqrt(workers) <= constants.simple))
          failures.push(`E_M√M is ${coefficient * Math.sqrt(workers)} for M = ${workers}`);
      }
      const rows = plan.rows.flatMap((workers) =>
        lawsFor(workers).flatMap((draws) => plan.iterations.map((T) => rowOf(draws, workers, T, constants))),
      );
      const wrong = rows.filter(({ verdict }) => verdict !== 'holds');
      const largest = Math.max(...rows.map(({ left, bound }) => left / bound));
      const reason =
        failures.length > 0 ? failures.join('; ') : `left/bound ≤ ${largest.toFixed(4)} on ${rows.length} rows`;
      const verdict =
        failures.length > 0 || wrong.some((row) => row.verdict === 'violated')
          ? 'violated'
          : wrong.length > 0
            ? 'inconclusive'
            : 'holds';
      return { ...boundEvidence(rows, verdict, reason), measured };
    },
  }),
);
