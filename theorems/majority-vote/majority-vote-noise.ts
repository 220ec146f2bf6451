import { boundEvidence } from '../../src/claims/bounds/bound-evidence.js';
import { decidedFields } from '../../src/claims/bounds/bound-row.js';
import type { Budget, Claim } from '../../src/claims/claim.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { RowFinding } from '../../src/claims/evidence.js';
import { latticeLeft } from '../../src/exact/engines/lattice.js';
import { type SignConvention, signConventions } from '../../src/reference/algorithms/algorithm.js';
import { signOf } from '../../src/reference/algorithms/sign.js';
import type { Interval } from '../../src/reference/certified/interval.js';
import { keyedStream, streamKey } from '../../src/reference/sampling/keyed-stream.js';
import { decideBound } from '../../src/statistics/decision.js';
import {
  symmetricVoteCoefficient,
  type Ties,
  unimodalVoteCoefficient,
  voteCoefficient,
  wrongVoteProbability,
} from './vote-coefficients.js';
import { bimodalNoise, skewedNoise, uniformNoise, type WorkerNoise, workerNoises } from './worker-noise.js';

const id = 'majority-vote-noise';

/** σ of one draw for the table of many workers: with B = T a worker's mini-batch has standard deviation σ/√T. */
const sigma = 8;

/** d = ½x², L = 1, from x⁰ = (m + ½)γ, so that no sign meets an exact 0. */
interface VoteStart {
  /** √v of a worker's mini-batch. */
  readonly deviation: number;
  /** m. */
  readonly start: number;
}

/** d = ½x², L = 1, from x⁰ = γ/2, so that no vote meets an exact 0: everything one replicate depends on, as data. */
interface VoteJob extends VoteStart {
  readonly noise: string;
  readonly workers: number;
  readonly tie: SignConvention;
  readonly iterations: number;
  readonly seed: string;
  readonly check: string;
  readonly version: number;
}

const stepOf = (iterations: number): number => 1 / (2 * Math.sqrt(iterations));
const deviationOf = (iterations: number): number => sigma / Math.sqrt(iterations);

/**
 * Where the bounds are compared: √v = 1 for every T, that is σ = √T, from x⁰ next to √v. Below √v bimodal noise is a fair coin and skewed noise takes x uphill,
 * so that |G| stays of the size of the noise; from x⁰ near 0 it would not get there within T steps, and any coefficient would do.
 */
const atNoise = (iterations: number): VoteStart => ({ deviation: 1, start: Math.round(1 / stepOf(iterations)) - 1 });

/** Δ = ½(x⁰)². */
const gapOf = (iterations: number): number => ((atNoise(iterations).start + 0.5) * stepOf(iterations)) ** 2 / 2;

/** (1/T) Σ|G(x^{t−1})| along one run: M workers draw their own noise, and the sign of the sum of their signs moves x. */
export function replicate(parameters: unknown, index: number): number {
  const { noise, workers, tie, iterations, deviation, start, seed, check, version } = parameters as VoteJob;
  const random = keyedStream(streamKey(seed, check, version, index));
  const law = workerNoises[noise]!;
  const step = stepOf(iterations);
  let lattice = start;
  let total = 0;
  for (let t = 1; ; t++) {
    const mapping = (lattice + 0.5) * step;
    total += Math.abs(mapping);
    if (t === iterations) return total / iterations;
    let votes = 0;
    for (let m = 0; m < workers; m++) votes += Math.sign(mapping + law.draw(random.symmetric(), deviation));
    lattice -= signOf(votes, tie, random);
  }
}

/** An enclosure of the expectation of `replicate`, from the law of the vote on x⁰ + γZ. */
export function exactVoteLeft(
  noise: WorkerNoise,
  workers: number,
  iterations: number,
  tie: SignConvention = 'zero',
  { deviation, start }: VoteStart = { deviation: deviationOf(iterations), start: 0 },
): readonly [number, number] {
  const step = stepOf(iterations);
  const mapping = (j: number): number => (start + j + 0.5) * step;
  return latticeLeft(
    {
      term: (j) => Math.abs(mapping(j)),
      termError: 0,
      law(j) {
        const p = noise.negative(mapping(j), deviation);
        const [split, lost] = [wrongVoteProbability(workers, p), wrongVoteProbability(workers, p, 'wrong')];
        const balanced = 2 * (lost - split);
        return { positive: 1 - lost, negative: lost - balanced, tie: balanced, uncertain: 2 ** -40 };
      },
    },
    iterations,
    tie,
  );
}

/** An even number of workers whose ties do not move x, or are split, counts as one less: E sgn of the vote is the same. Otherwise a tie counts as wrong. */
function counted(coefficient: Coefficient, workers: number, tie: SignConvention, epsilon: number): number {
  if (workers % 2 === 0 && (tie === 'positive' || tie === 'negative'))
    return coefficient(workers, epsilon, 'wrong').upper;
  return coefficient(workers % 2 === 0 ? workers - 1 : workers, epsilon, 'split').upper;
}

type Coefficient = (workers: number, epsilon: number, ties: Ties) => Interval;

/** One statement: a law of noise with the coefficient of √v in its bound. */
interface Statement {
  readonly noise: WorkerNoise;
  readonly name: string;
  readonly coefficient: Coefficient;
}

const statements: readonly Statement[] = [
  { noise: skewedNoise, name: 'any noise, C_M', coefficient: voteCoefficient },
  { noise: bimodalNoise, name: 'symmetric, 1', coefficient: symmetricVoteCoefficient },
  { noise: uniformNoise, name: 'symmetric unimodal, D_M', coefficient: unimodalVoteCoefficient },
];

/** Δ/(γT) + γL + (1 − 1/T)·coefficient·√v at γ = 1/(2√T). */
function boundOf(
  { coefficient }: Statement,
  workers: number,
  iterations: number,
  tie: SignConvention,
  factor: number,
): number {
  const step = stepOf(iterations);
  const gap = gapOf(iterations);
  const noise =
    (1 - 1 / iterations) * factor * counted(coefficient, workers, tie, step) * atNoise(iterations).deviation;
  return gap / (step * iterations) + step + noise;
}

const plans = {
  quick: { workers: [1, 4, 5], iterations: [16], exact: [1, 3, 101] },
  standard: { workers: [1, 4, 5, 25], iterations: [16, 64], exact: [1, 3, 5, 25, 101, 1001] },
  deep: { workers: [1, 3, 4, 5, 25, 101], iterations: [16, 64, 256], exact: [1, 3, 5, 25, 101, 1001, 10_001] },
} as const;

async function decideVote(
  statement: Statement,
  workers: number,
  iterations: number,
  tie: SignConvention,
  budget: Budget,
  factor: number,
): Promise<RowFinding> {
  const rule = tie === 'zero' ? '' : `, ties ${tie}`;
  const instance = `${statement.noise.name} noise, M = ${workers}${rule} (${statement.name})`;
  const job: VoteJob = {
    ...{ noise: statement.noise.name, workers, tie, iterations, seed: budget.seed, version: 2 },
    ...atNoise(iterations),
    check: `${id}/${statement.noise.name}/${workers}/${iterations}${rule}`,
  };
  const step = stepOf(iterations);
  const bound = boundOf(statement, workers, iterations, tie, factor);
  // After t steps |x| ≤ x⁰ + tγ: the average over t < T.
  const cap = (atNoise(iterations).start + iterations / 2) * step * (1 + 2 ** -30);
  const decision = await decideBound(
    { bound, cap, maximumReplicates: 50_000, minimumReplicates: 64, rho: 0.1, power: { ratio: 2, probability: 0.99 } },
    (from, to) => budget.executor.run({ module: import.meta.url, parameters: job }, from, to),
  );
  return {
    ...{ instance, iterations, step, bound, cap, miniBatch: iterations },
    ...decidedFields(decision),
    constants: { L: 1, sigma: Math.sqrt(iterations), gapUpper: gapOf(iterations), workers },
  };
}

/** Enclosures of the left side with one worker and with many. */
export type Growth = readonly [one: readonly [number, number], many: readonly [number, number]];

/** What the three statements say about one worker and M: skewed noise hurts, bimodal noise changes nothing, uniform noise gains √M/4 up to γ. */
export function failuresOfGrowth(
  { skewed, bimodal, uniform }: Readonly<Record<'skewed' | 'bimodal' | 'uniform', Growth>>,
  workers: number,
  step: number,
): string[] {
  const rules = [
    ['skewed noise: many workers do no worse than one', skewed[1][0] > skewed[0][1]],
    ['bimodal noise: many workers differ from one', bimodal[1][0] <= bimodal[0][1] && bimodal[1][1] >= bimodal[0][0]],
    ['uniform noise: many workers gain too little', uniform[1][1] < uniform[0][0] / (Math.sqrt(workers) / 4) + step],
  ] as const;
  return rules.filter(([, holds]) => !holds).map(([failure]) => failure);
}

/** T of the comparison of one worker with many. */
const growthIterations = 400;

/** Left sides in units of σ/√T by number of workers, exactly, and what the three statements say about them. */
function growth(
  exact: readonly number[],
  iterations: number,
): { measured: Record<string, number>; failures: string[] } {
  const measured: Record<string, number> = {};
  const ends = (noise: WorkerNoise): Growth => {
    const lefts = exact.map((workers) => {
      const enclosure = exactVoteLeft(noise, workers, iterations);
      const name = `√T·left/σ, ${noise.name}, M = ${workers}, T = ${iterations}`;
      measured[name] = (enclosure[0] + enclosure[1]) / 2 / deviationOf(iterations);
      return enclosure;
    });
    return [lefts[0]!, lefts.at(-1)!];
  };
  const table = { skewed: ends(skewedNoise), bimodal: ends(bimodalNoise), uniform: ends(uniformNoise) };
  return { measured, failures: failuresOfGrowth(table, exact.at(-1)!, stepOf(iterations)) };
}

/**
 * "The majority vote in signSGD also directly applies" (section 2.2): as an algorithm, yes; as a gain, only under symmetric unimodal noise. With M
 * workers, each with a mini-batch of variance v_i = σ_i²/B of its own, theorem 2♯ holds with the noise term (1 − 1/T)Σ C√v_i, where
 *
 * - any noise: C = C_M(γL_i) ≥ 1, which grows with M, from 1 to 2: the vote follows the median of the noise, and can hurt;
 * - symmetric noise: C = 1 for every M, attained: symmetry alone gives no gain;
 * - symmetric unimodal noise: C = D_M ≤ √3/√M, by Gauss's inequality.
 *
 * An even M whose ties do not move x or are split counts as M − 1; where a rule decides them, a tie counts as wrong in each constant.
 *
 * Proofs in PROOFS.md. The third constant is what signSGD's own analysis assumes. A factor other than 1 of each constant is for tests.
 */
export const claim = claimOf(
  { factor: 1 },
  ({ factor }): Claim => ({
    id,
    version: 2,
    source: { section: '2.2', equation: 'majority vote' },
    statement:
      'with a majority vote of M workers theorem 2♯ holds with C_M σ (any noise), σ (symmetric), D_M σ ≤ √3σ/√M (symmetric unimodal) in place of σ',
    method:
      'two e-processes per law, M and T on simulated votes, against the three bounds, at M = 4 under every tie rule; exact laws of the vote up to M = 1001: it hurts, changes nothing, gains',
    requires: { referenceOnly: true },
    counterexamples: [
      'two-point noise −pR, (1 − p)R with p = 7/16: the left side grows with M, towards the distance of mean and median',
      'noise ±σ: while |G| < σ every vote is a fair coin, whatever M is',
    ],
    async check(_implementation, budget) {
      const plan = plans[budget.depth];
      const longest = plan.iterations.at(-1);
      const rows: RowFinding[] = [];
      for (const statement of statements) {
        for (const workers of plan.workers) {
          for (const iterations of plan.iterations) {
            budget.signal?.throwIfAborted();
            budget.progress?.(`${statement.noise.name} noise, M = ${workers}, T = ${iterations}`);
            // Every tie rule where ties are frequent, and T where the cap alone decides least.
            for (const tie of workers === 4 && iterations === longest ? signConventions : (['zero'] as const)) {
              rows.push(await decideVote(statement, workers, iterations, tie, budget, factor));
            }
          }
        }
      }
      const { measured, failures } = growth(plan.exact, growthIterations);
      const undecided = rows.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'holds-within-rho');
      const violated = failures.length > 0 || rows.some(({ verdict }) => verdict === 'violated');
      const verdict = violated ? 'violated' : undecided.length > 0 ? 'inconclusive' : 'holds';
      const reason =
        failures.length > 0
          ? failures.join('; ')
          : `${rows.length - undecided.length} of ${rows.length} rows hold; exactly: skewed noise hurts, bimodal noise changes nothing, uniform noise gains`;
      return { ...boundEvidence(rows, verdict, reason), measured };
    },
  }),
);
