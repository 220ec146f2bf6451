import { boundEvidence } from '../../src/claims/bounds/bound-evidence.js';
import { decidedFields } from '../../src/claims/bounds/bound-row.js';
import type { Budget, Claim } from '../../src/claims/claim.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { RowFinding } from '../../src/claims/evidence.js';
import { type SignConvention, signConventions } from '../../src/reference/algorithms/algorithm.js';
import { signOf } from '../../src/reference/algorithms/sign.js';
import type { Interval } from '../../src/reference/certified/interval.js';
import { keyedStream, streamKey } from '../../src/reference/sampling/keyed-stream.js';
import { decideBound } from '../../src/statistics/decision.js';
import { stepOf, type VoteStart } from './exact-vote.js';
import { symmetricVoteCoefficient, type Ties, unimodalVoteCoefficient, voteCoefficient } from './vote-coefficients.js';
import { growth } from './vote-growth.js';
import { bimodalNoise, skewedNoise, uniformNoise, type WorkerNoise, workerNoises } from './worker-noise.js';

const key = { id: 'majority-vote-noise', version: 3 } as const;

/** Everything one replicate depends on, as data. */
interface VoteJob extends VoteStart {
  readonly noise: string;
  readonly workers: number;
  readonly tie: SignConvention;
  readonly iterations: number;
  readonly seed: string;
  readonly check: string;
  readonly version: number;
}

/**
 * Where the bounds are compared: σ = 1 for every T, from x⁰ next to σ. Below σ bimodal noise is a fair coin and skewed noise takes x uphill,
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
    for (let m = 0; m < workers; m++) votes += Math.sign(mapping + deviation * law.quantile(random.symmetric()));
    lattice -= signOf(votes, tie, random);
  }
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

/** Δ/(γT) + γL + (1 − 1/T)·coefficient·σ at γ = 1/(2√T). */
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
    ...{ noise: statement.noise.name, workers, tie, iterations, seed: budget.seed, version: key.version },
    ...atNoise(iterations),
    check: `${key.id}/${statement.noise.name}/${workers}/${iterations}${rule}`,
  };
  const step = stepOf(iterations);
  const bound = boundOf(statement, workers, iterations, tie, factor);
  // After t steps |x| ≤ x⁰ + tγ: the average over t < T.
  const cap = (atNoise(iterations).start + iterations / 2) * step * (1 + 2 ** -30);
  const decision = await decideBound(
    { bound, cap, maximumReplicates: 50_000, minimumReplicates: 64, rho: 0.1, power: { ratio: 2, probability: 0.99 } },
    (...range) => budget.executor.run({ module: import.meta.url, parameters: job }, ...range),
  );
  return {
    ...{ instance, iterations, step, bound, cap, miniBatch: 1 },
    ...decidedFields(decision),
    constants: { L: 1, sigma: atNoise(iterations).deviation, gapUpper: gapOf(iterations), workers },
  };
}

/**
 * "The majority vote in signSGD also directly applies" (section 2.2): as an algorithm, yes; as a gain, not for any noise. With M workers, each with a
 * mini-batch of variance v_i = σ_i²/B of its own, theorem 2♯ holds for every B with the noise term (1 − 1/T)Σ C√v_i, where
 *
 * - any noise: C = C_M(γL_i) ≥ 1, which grows with M, from 1 to 2: the vote follows the median of the noise, and can hurt;
 * - symmetric noise: C = 1 for every M, which for B = 1 noise ±σ attains: with single draws symmetry alone gives no gain. For even B it gives one,
 *   C = E_M ≤ 1.04/√M (`majority-vote-even-batch`);
 * - symmetric unimodal noise: C = D_M ≤ 0.589/√M, by Gauss's inequality. This is about additive noise: the draws of a finite sum have finitely many
 *   values, and unless it is constant such a law is never unimodal.
 *
 * The rows are about single draws. An even M whose ties do not move x or are split counts as M − 1; where a rule decides them, a tie counts as wrong
 * in each constant. Proofs in PROOFS.md. The third constant is what signSGD's own analysis assumes. A factor other than 1 of each constant is for tests.
 */
export const claim = claimOf(
  { factor: 1 },
  ({ factor }): Claim => ({
    ...key,
    source: { section: '2.2', equation: 'majority vote' },
    statement:
      'with a majority vote of M workers theorem 2♯ holds for every B with C_M σ (any noise), σ (symmetric), D_M σ ≤ 0.589σ/√M (symmetric unimodal) in place of σ',
    method:
      'two e-processes per law, M and T on simulated votes of single draws, against the three bounds, at M = 4 under every tie rule; exact laws of the vote up to M = 1001: for B = 1 it hurts, changes nothing, gains; for an even B symmetric draws gain',
    requires: { referenceOnly: true },
    counterexamples: [
      'two-point noise −pR, (1 − p)R with p = 7/16, B = 1: the left side grows with M, towards the distance of mean and median',
      'noise ±σ, B = 1: while |G| < σ every vote is a fair coin, whatever M is',
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
      const { measured, failures } = growth(plan.exact);
      const undecided = rows.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'holds-within-rho');
      const violated = failures.length > 0 || rows.some(({ verdict }) => verdict === 'violated');
      const verdict = violated ? 'violated' : undecided.length > 0 ? 'inconclusive' : 'holds';
      const reason =
        failures.length > 0
          ? failures.join('; ')
          : `${rows.length - undecided.length} of ${rows.length} rows hold; exactly: for B = 1 skewed noise hurts, bimodal noise changes nothing, uniform noise gains; for B = 64 bimodal draws gain`;
      return { ...boundEvidence(rows, verdict, reason), measured };
    },
  }),
);
