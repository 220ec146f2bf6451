import { setImmediate } from 'node:timers/promises';
import { streamKey } from '../../src/library/algorithms.js';
import type { Claim, Depth, Finding, Part, Verdict } from '../../src/library/claims.js';
import { decideBound } from '../../src/library/statistics.js';
import { alphaPerRun, claimOf, spendSlots } from '../../src/library/testing.js';
import { type FigureCurve, type FigureProblem, fullCurve, normalisedObjectives, runCurve } from './figure-curve.js';

/** The experiment of the claims: a small phantom, on which everything the text says about Figure 1 shows as it does at full size. */
const experiments: Readonly<
  Record<Depth, { readonly problem: Omit<FigureProblem, 'seed'>; readonly iterations: number }>
> = {
  quick: { problem: { side: 8, measurements: 200, weight: 3e-4 }, iterations: 50 },
  standard: { problem: { side: 8, measurements: 200, weight: 3e-4 }, iterations: 50 },
  deep: { problem: { side: 20, measurements: 1000, weight: 3e-4 }, iterations: 100 },
};

/** SPGM takes one step in every setting, large enough to reach its noise floor, so that only the noise differs. */
const steps = { spgm: 0.2, 'sign-prox': 0.004 } as const;

interface FigureJob {
  readonly problem: FigureProblem;
  readonly iterations: number;
  readonly infimum: number;
  readonly seed: string;
}

/** What one seed of the noise shows, as bits of the replicate's number. */
export const facts = {
  signProxAhead: 1,
  spgmAlikeTotal: 2,
  spgmAlikeEntry: 4,
  signProxFasterSparse: 8,
} as const;

/** SPGM's two objectives are called alike when neither exceeds the other by more than this factor. */
const alike = 2;

/** One seed of the noise: five runs, compared at their ends. */
export function replicate(parameters: unknown, index: number): number {
  const job = parameters as FigureJob;
  const shared = {
    problem: job.problem,
    iterations: job.iterations,
    sigma: 0.1,
    noiseSeed: streamKey(job.seed, 'figure-1', 1, index),
  };
  const end = (algorithm: FigureCurve['algorithm'], density: number, reading: FigureCurve['reading']): number => {
    const { objectives } = runCurve({ ...shared, algorithm, density, reading, step: steps[algorithm] });
    const tail = normalisedObjectives(objectives, job.infimum).subarray(Math.floor(0.9 * objectives.length));
    return tail.reduce((sum, value) => sum + value, 0) / tail.length;
  };
  const dense = end('spgm', 1, 'total');
  const [total, entry] = [end('spgm', 0.1, 'total'), end('spgm', 0.1, 'entry')];
  const within = (a: number, b: number): boolean => Math.max(a, b) <= alike * Math.min(a, b);
  const [signDense, signSparse] = [end('sign-prox', 1, 'total'), end('sign-prox', 0.1, 'total')];
  return (
    (signSparse < total ? facts.signProxAhead : 0) +
    (signSparse < signDense ? facts.signProxFasterSparse : 0) +
    (within(dense, total) ? facts.spgmAlikeTotal : 0) +
    (within(dense, entry) ? facts.spgmAlikeEntry : 0)
  );
}

/** A statement about most seeds: the probability that it fails is at most ½, against a false alarm of one slot. */
interface SeedStatement {
  readonly name: string;
  readonly failed: (observed: number) => boolean;
}

/** Decides statements about the noise seeds of one experiment; all of them share the runs of a seed. */
async function judgeSeeds(
  statements: readonly SeedStatement[],
  budget: Parameters<Claim['check']>[1],
): Promise<Finding> {
  const { problem: size, iterations } = experiments[budget.depth];
  const problem = { ...size, seed: budget.seed };
  const job: FigureJob = {
    problem,
    iterations,
    infimum: runCurve(fullCurve(problem)).objectives.at(-1)!,
    seed: budget.seed,
  };
  await setImmediate();
  const known: number[] = [];
  const observe = async (to: number): Promise<void> => {
    if (to <= known.length) return;
    budget.progress?.(`seeds ${known.length + 1} to ${to}`);
    known.push(...(await budget.executor.run({ module: import.meta.url, parameters: job }, known.length, to)));
  };
  const level = alphaPerRun(statements.length);
  const parts: Part[] = [];
  for (const { name, failed } of statements) {
    const decision = await decideBound(
      { bound: 0.5, cap: 1, maximumReplicates: 400, firstChunk: 48, alphaViolated: level, alphaHolds: level },
      async (from, to) => {
        await observe(to);
        return Float64Array.from(known.slice(from, to), (observed) => Number(failed(observed)));
      },
    );
    parts.push({
      name,
      verdict: decision.verdict,
      cases: decision.replicates,
      worstRatio: (decision.mean ?? 0) / 0.5,
      reason: `fails on ${Math.round((decision.mean ?? 0) * decision.replicates)} of ${decision.replicates} seeds; ${decision.reason}`,
    });
  }
  const order: readonly Verdict[] = ['violated', 'inconclusive', 'holds'];
  const verdict = order.find((candidate) => parts.some((part) => part.verdict === candidate))!;
  return {
    verdict,
    reason: parts.map((part) => `${part.name}: ${part.reason}`).join('; '),
    cases: known.length,
    parts,
    statistical: spendSlots(1),
  };
}

const oneVariance: readonly SeedStatement[] = [
  { name: 'alike at equal total variance', failed: (observed) => (observed & facts.spgmAlikeTotal) === 0 },
  {
    name: 'apart at equal deviation of the hit entries',
    failed: (observed) => (observed & facts.spgmAlikeEntry) !== 0,
  },
];

/**
 * Figure 1, in what its text says: "the convergence rate of SPGM is the same in both settings". True when the total variance of the
 * noise is kept, ρσ_e² = (γσ)²; not when the deviation of the entries that are hit is kept, σ_e = γσ. The pictures are drawn by
 * `signprox figure`.
 */
export const figure1Claim = claimOf({ statements: oneVariance }, ({ statements }) => ({
  id: 'figure-1',
  version: 1,
  source: { section: '3', equation: 'Figure 1' },
  statement:
    'SPGM converges equally under dense and sparse noise of equal total variance, but not if only the hit entries keep their variance',
  method: `e-processes over seeds of the noise: the ends of SPGM's runs within a factor ${alike} on more than half of all seeds (and apart on more than half under the other reading)`,
  requires: { referenceOnly: true },
  check: (_implementation, budget) => judgeSeeds(statements, budget),
}));

const faster: readonly SeedStatement[] = [
  { name: 'signProx ahead where noise is sparse', failed: (observed) => (observed & facts.signProxFasterSparse) === 0 },
];

/** The other half of that sentence: "the convergence of signProx is faster when the stochasticity is sparse". */
export const figure1SignProxClaim = claimOf({ statements: faster }, ({ statements }) => ({
  id: 'figure-1-sign-prox',
  version: 1,
  source: { section: '3', equation: 'Figure 1, signProx' },
  statement: 'signProx converges faster under sparse noise than under dense noise of equal total variance',
  method:
    'an e-process over seeds of the noise: signProx ends lower under sparse noise than under dense noise on more than half of all seeds',
  requires: { referenceOnly: true },
  check: (_implementation, budget) => judgeSeeds(statements, budget),
}));

const ahead: readonly SeedStatement[] = [
  { name: 'signProx ahead under sparse noise', failed: (observed) => (observed & facts.signProxAhead) === 0 },
];

/** The remark of sections 2.2 and 3: signProx outperforms SPGM when the noise is sparse and large. */
export const remarkSparseNoiseClaim = claimOf({ statements: ahead }, ({ statements }) => ({
  id: 'remark-sparse-noise',
  version: 1,
  source: { section: '2.2', equation: 'after Theorem 2' },
  statement: 'signProx can outperform SPGM when the noise of the proximal-gradient is sparse and large',
  method: 'an e-process over seeds of the noise: signProx ends below SPGM on more than half of all seeds',
  requires: { referenceOnly: true },
  check: (_implementation, budget) => judgeSeeds(statements, budget),
}));
