import type { SignConvention } from '../../src/library/algorithms.js';
import { fromDouble, latticeLeft } from '../../src/library/exact.js';
import { chainLeft, type DeclaredDraws, drawsOf } from '../shared/sign-chain.js';
import { voteOf } from './vote-coefficients.js';

/** Noise of one worker in units of its standard deviation: Ĝ = G + √v·e with E e = 0 and E e² = 1. What is drawn and what is computed both come from its quantiles. */
export interface WorkerNoise {
  readonly name: string;
  /** The quantile function of e, nondecreasing on (0, 1): e is its value at a uniform number. */
  quantile(uniform: number): number;
}

/** Halvings that take an interval of uniforms from 1 to below the last place of a double near 1. */
const halvings = 54;

/** P[G + √v·e < 0]: the uniforms at which the quantile is below −G/√v, up to 2⁻⁵³. */
export function negativeProbability({ quantile }: WorkerNoise, mapping: number, deviation: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (mapping + deviation * quantile(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability of the two-point noise's farther value. */
const rare = 7 / 16;
const spread = 1 / Math.sqrt(rare * (1 - rare));

/** Uniform on [−√3, √3]: symmetric and unimodal, with equality in Gauss's inequality. No finite sum has it: it is additive noise. */
export const uniformNoise: WorkerNoise = {
  name: 'uniform',
  quantile: (uniform) => (2 * uniform - 1) * Math.sqrt(3),
};

/** ±1, one draw of r_k = ±√v·u: symmetric and bimodal. Where |G| < √v every vote is a fair coin, for any number of workers. */
export const bimodalNoise: WorkerNoise = {
  name: 'bimodal',
  quantile: (uniform) => (uniform < 0.5 ? -1 : 1),
};

/** One draw of two linear r_k: −pR with probability 1 − p and (1 − p)R with probability p = 7/16, R = 1/√(p(1 − p)). The median lies at −pR = −0.88. */
export const skewedNoise: WorkerNoise = {
  name: 'skewed',
  quantile: (uniform) => (uniform < 1 - rare ? -rare : 1 - rare) * spread,
};

export const workerNoises: Readonly<Record<string, WorkerNoise>> = {
  uniform: uniformNoise,
  bimodal: bimodalNoise,
  skewed: skewedNoise,
};

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
