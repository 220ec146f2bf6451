import { slopes } from '../shared/functions.js';
import { batchedVoteLeft, exactVoteLeft, stepOf } from './exact-vote.js';
import { bimodalNoise, skewedNoise, uniformNoise, type WorkerNoise } from './worker-noise.js';

/** Enclosures of the left side with one worker and with many. */
export type Growth = readonly [one: readonly [number, number], many: readonly [number, number]];

type Compared = 'skewed' | 'bimodal' | 'uniform' | 'even';

/**
 * What is said about one worker and M. For single draws skewed noise hurts, bimodal noise changes nothing, and uniform noise gains √M/4 up to γ; with
 * mini-batches of an even size bimodal draws gain.
 */
export function failuresOfGrowth(
  { skewed, bimodal, uniform, even }: Readonly<Record<Compared, Growth>>,
  workers: number,
  step: number,
): string[] {
  const rules = [
    ['skewed noise: many workers do no worse than one', skewed[1][0] > skewed[0][1]],
    ['bimodal noise: many workers differ from one', bimodal[1][0] <= bimodal[0][1] && bimodal[1][1] >= bimodal[0][0]],
    ['uniform noise: many workers gain too little', uniform[1][1] < uniform[0][0] / (Math.sqrt(workers) / 4) + step],
    ['bimodal draws, even B: many workers gain nothing', even[1][1] < even[0][0]],
  ] as const;
  return rules.filter(([, holds]) => !holds).map(([failure]) => failure);
}

/** T of the comparison of one worker with many, from x⁰ = γ/2 with single draws of σ = 2/5. */
const iterations = 400;
const single = { deviation: 0.4, start: 0 };

/** Draws ±8 with B = T = 64: √v = 1. */
const [even, evenBatch] = [{ functions: slopes(8, -8), probabilities: [0.5, 0.5] }, 64];

/** Left sides in units of √v by number of workers, exactly, and what is said about them. */
export function growth(workers: readonly number[]): { measured: Record<string, number>; failures: string[] } {
  const measured: Record<string, number> = {};
  const ends = (name: string, deviation: number, left: (workers: number) => readonly [number, number]): Growth => {
    const lefts = workers.map((count) => {
      const enclosure = left(count);
      measured[`left/√v, ${name}, M = ${count}`] = (enclosure[0] + enclosure[1]) / 2 / deviation;
      return enclosure;
    });
    return [lefts[0]!, lefts.at(-1)!];
  };
  const singleDraws = (noise: WorkerNoise): Growth =>
    ends(`${noise.name}, B = 1, T = ${iterations}`, single.deviation, (count) =>
      exactVoteLeft(noise, count, iterations, 'zero', single),
    );
  const table = {
    skewed: singleDraws(skewedNoise),
    bimodal: singleDraws(bimodalNoise),
    uniform: singleDraws(uniformNoise),
    even: ends(`bimodal draws, B = T = ${evenBatch}`, 1, (count) => batchedVoteLeft(even, count, evenBatch, evenBatch)),
  };
  return { measured, failures: failuresOfGrowth(table, workers.at(-1)!, stepOf(iterations)) };
}
