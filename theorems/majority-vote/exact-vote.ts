import { fromDouble } from '../../src/exact/arithmetic/rational.js';
import { latticeLeft } from '../../src/exact/engines/lattice.js';
import type { SignConvention } from '../../src/reference/algorithms/algorithm.js';
import { chainLeft, type DeclaredDraws, drawsOf } from '../shared/sign-chain.js';
import { voteOf } from './vote-law.js';
import { negativeProbability, type WorkerNoise } from './worker-noise.js';

/** d = ½x², L = 1 and single draws, from x⁰ = (m + ½)γ, so that no sign meets an exact 0. */
export interface VoteStart {
  /** σ = √v of a worker's single draw, B = 1. */
  readonly deviation: number;
  /** m. */
  readonly start: number;
}

/** γ of Theorem 2. */
export const stepOf = (iterations: number): number => 1 / (2 * Math.sqrt(iterations));

/** An enclosure of (1/T) Σ E|G(x^{t−1})| when M workers with one draw each vote, from the law of the vote on x⁰ + γZ. */
export function exactVoteLeft(
  noise: WorkerNoise,
  workers: number,
  iterations: number,
  tie: SignConvention,
  { deviation, start }: VoteStart,
): readonly [number, number] {
  const step = stepOf(iterations);
  const mapping = (j: number): number => (start + j + 0.5) * step;
  const vote = voteOf(workers);
  return latticeLeft(
    {
      term: (j) => Math.abs(mapping(j)),
      termError: 0,
      law(j) {
        const negative = negativeProbability(noise, mapping(j), deviation);
        return vote({ positive: 1 - negative, negative, tie: 0, uncertain: 2 ** -52 });
      },
    },
    iterations,
    tie,
  );
}

/** The same for M workers with mini-batches of B draws of declared r_k, on d = ½x² from x⁰ = γ/2. */
export function batchedVoteLeft(
  draws: DeclaredDraws,
  workers: number,
  miniBatch: number,
  iterations: number,
): readonly [number, number] {
  const step = fromDouble(stepOf(iterations));
  return chainLeft({
    ...drawsOf(draws, step, (x) => x),
    ...{ start: fromDouble(stepOf(iterations) / 2), step, miniBatch, iterations },
    decided: voteOf(workers),
  });
}
