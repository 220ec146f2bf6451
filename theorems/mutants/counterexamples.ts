import { createProblem, type ProblemSpecification } from '../../src/library/algorithms.js';
import { fromDouble, rational, two } from '../../src/library/exact.js';
import { type ClaimMutant, inconclusive, parseSmooth, violated } from '../../src/library/testing.js';
import type { ExactEngineName, Theorem } from '../../src/library/theorems.js';
import {
  constantStep1,
  constantStep2,
  counterexampleLipschitzClaim,
  counterexampleStepClaim,
  counterexampleVarianceSignProxClaim,
  counterexampleVarianceSpgmClaim,
  understated1,
  understated2,
} from '../counterexamples/constants.js';
import { counterexampleFreshBatchesClaim, keptStretch, theorem2KeptBatchClaim } from '../counterexamples/kept-batch.js';
import {
  atZero,
  concave,
  counterexampleBoundedBelowClaim,
  counterexampleConvexityClaim,
  counterexamplePlainAverageClaim,
  fallingConcavely,
  fallingForever,
} from '../counterexamples/objective.js';
import {
  biased1,
  biased2,
  counterexampleBiasedSamplingClaim,
  counterexampleMiniBatchClaim,
  rareEvents,
} from '../counterexamples/sampling.js';
import {
  counterexampleSmoothnessSignProxClaim,
  counterexampleSmoothnessSpgmClaim,
} from '../counterexamples/smoothness.js';
import { facts, figure1Claim, figure1SignProxClaim, remarkSparseNoiseClaim } from '../experiments/figure-1.js';
import {
  type PhantomCase,
  phaseRetrievalAssumptionsClaim,
  phaseRetrievalReconstructionClaim,
} from '../experiments/phase-retrieval.js';
import {
  counterexampleMajorityVoteClaim,
  fullBatch,
  majorityVoteNoiseClaim,
  singleDraw,
  travelling,
} from '../majority-vote/majority-vote-noise.js';
import { engineComparison } from '../shared/changed-theorems.js';
import type { Comparison } from '../shared/counterexample-claim.js';
import { slopes } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { againstAbstaining, counterexampleSignOfZeroClaim } from '../theorem-2/sign-conventions.js';
import { theorem2 } from '../theorem-2/theorem-2.js';

/** A theorem on an instance that meets its hypotheses, at its own step and mini-batch: both sides of the comparison as an engine finds them. */
const within = (
  theorem: Theorem,
  engine: ExactEngineName,
  problem: ProblemSpecification,
  start: number,
  iterations: number,
): Comparison => {
  const name = `${theorem.source.equation} within its hypotheses`;
  return engineComparison(theorem, engine, { name, problem, start: [start] }, iterations);
};

const parabola = { type: 'quadratic', curvature: 1, center: 0 };
const huber = (weight: number, threshold: number) => ({ type: 'huber', weight, threshold });
const flat = { type: 'zero' };
/** Level from 0 on, and as steep as −u at x⁰ = −5.5, where f(x⁰) − f* = 5. */
const levelling = { smooth: flat, functions: [huber(1, 1)], probabilities: [1] };
const compared = (compare: () => readonly Comparison[]) => () => ({ compare });

/** Examples without what makes them one: every hypothesis is met, and nothing may be refuted. */
const stretched = (bumps: number, tenths: bigint) =>
  keptStretch({ root: 8192n, sigma: rational(2n), slope: rational(tenths, 10n), bumps });

export const counterexampleMutants: readonly ClaimMutant[] = [
  ...inconclusive(counterexamplePlainAverageClaim, {
    'both r_k of one curvature': compared(() => [atZero(1n, [2, 2]), atZero(4n, [2, 2])]),
  }),
  ...inconclusive(counterexampleSmoothnessSpgmClaim, {
    'a kink that is rounded': compared(() => [
      within(
        theorem1,
        'enumeration',
        { smooth: flat, functions: [huber(2, 1), ...slopes(-1)], probabilities: [0.5, 0.5] },
        0,
        9,
      ),
    ]),
  }),
  ...inconclusive(counterexampleSmoothnessSignProxClaim, {
    'a kink that is rounded': compared(() => [within(theorem2, 'lattice', levelling, 0.3, 256)]),
  }),
  ...inconclusive(counterexampleMiniBatchClaim, {
    'B = T': compared(() => [
      within(theorem2, 'lattice', { smooth: parabola, functions: slopes(-1, 4), probabilities: [0.8, 0.2] }, 0, 256),
    ]),
    'B = T, rare events': compared(() => [rareEvents('B = T', 32, 1024, 16)]),
    'B = T/16, rare events': compared(() => [rareEvents('B = T/16', 64, 256, 16)]),
  }),
  ...inconclusive(counterexampleStepClaim, {
    'the steps of the theorems': compared(() => [
      constantStep1(8n, rational(1n, 8n)),
      constantStep2(8n, rational(1n, 16n)),
    ]),
    'the step of Theorem 2 alone': compared(() => [constantStep1(32n), constantStep2(32n, rational(1n, 64n))]),
  }),
  ...inconclusive(counterexampleLipschitzClaim, {
    'L itself': compared(() => [understated1(4n, 1n), understated2(4n, 1n)]),
    'L itself in Theorem 2': compared(() => [understated1(4n), understated2(4n, 1n)]),
  }),
  ...inconclusive(counterexampleVarianceSpgmClaim, {
    'noise at the minimiser too': ({ instance: { problem, ...instance } }) => ({
      instance: { ...instance, problem: { ...problem, functions: slopes(0.5, -0.5) } },
    }),
  }),
  ...inconclusive(counterexampleVarianceSignProxClaim, {
    'the variance of both wells': ({ compare }) => ({
      compare: (budget) =>
        compare(budget).map((comparison) => {
          const sigma = comparison.constants!['sigmaAtSecondMinimiser'] as number;
          const root = rational(BigInt(Math.sqrt(comparison.iterations)));
          return { ...comparison, bound: comparison.bound.add(two.add(two).mul(fromDouble(sigma)).div(root)) };
        }),
    }),
  }),
  ...inconclusive(counterexampleConvexityClaim, {
    'r = 0, which is convex': compared(() => [concave(1n)]),
    'T = 4': compared(() => [fallingConcavely(4)]),
  }),
  ...inconclusive(counterexampleBoundedBelowClaim, {
    'a slope that ends, with the same Δ': compared(() => [
      within(theorem1, 'enumeration', levelling, -5.5, 256),
      within(theorem2, 'lattice', levelling, -5.5, 1024),
    ]),
    'a Δ that grows with T as f falls': compared(() => [
      fallingForever(64n, rational(64n), 1),
      fallingForever(64n, rational(32n), 2),
    ]),
    'Theorem 2 alone': compared(() => [fallingForever(64n, rational(32n), 1), fallingForever(64n, rational(5n), 2)]),
  }),
  ...inconclusive(counterexampleBiasedSamplingClaim, {
    'k drawn with its weights': compared(() => [biased1(16n, rational(1n, 5n)), biased2(16, rational(1n, 5n))]),
    'k drawn with its weights in Theorem 2 alone': compared(() => [biased1(16n), biased2(16, rational(1n, 5n))]),
  }),
  ...inconclusive(counterexampleFreshBatchesClaim, {
    'fresh batches': compared(() => [
      within(theorem1, 'moments', { smooth: parabola, functions: slopes(1, -1), probabilities: [0.5, 0.5] }, 0, 256),
    ]),
    'one bump': compared(() => [stretched(1, 19n)]),
    'a slope that no bump stops': compared(() => [stretched(79, 40n)]),
  }),
  ...inconclusive(counterexampleMajorityVoteClaim, {
    'a single worker': compared(() => [travelling(1, 2304, singleDraw()), travelling(1, 4096, fullBatch(4096))]),
    'the r_k of B = 1 with B = T': compared(() => [travelling(1001, 33 ** 2, singleDraw(33 ** 2))]),
    'the r_k of B = T with B = 1': compared(() => [travelling(1001, 4096, fullBatch(4096, 1))]),
    'θ = ½ and slopes to it': compared(() => [
      travelling(1001, 4096, {
        ...singleDraw(),
        draws: { functions: slopes(-0.19, 0.19), probabilities: [0.5, 0.5] },
      }),
    ]),
  }),
  ...violated(theorem2KeptBatchClaim, { 'a quarter of the bound': () => ({ share: 1 / 4 }) }),
  ...inconclusive(counterexampleSignOfZeroClaim, {
    'T odd, so that nothing ties': compared(() => [againstAbstaining(3n)]),
  }),
];

/** The linear measurements Hx in place of (Hx)². */
function linearised({ problem, ...rest }: PhantomCase): PhantomCase {
  const { matrix, intensities } = problem.smooth.parameters;
  const smooth = parseSmooth({ type: 'least-squares', matrix, target: intensities });
  return { ...rest, problem: createProblem({ smooth, functions: problem.functions, probabilities: [1] }) };
}

/** Experiments of which the text would not be true. */
export const experimentMutants: readonly ClaimMutant[] = [
  ...violated(majorityVoteNoiseClaim, { 'a quarter of each coefficient': () => ({ factor: 0.25 }) }),
  ...violated(phaseRetrievalAssumptionsClaim, {
    'linear measurements': ({ caseOf }) => ({ caseOf: (...of) => linearised(caseOf(...of)) }),
  }),
  ...violated(phaseRetrievalReconstructionClaim, {
    'a flat start': ({ caseOf }) => ({
      caseOf: (...of) => ({ ...caseOf(...of), start: caseOf(...of).start.map(() => 0) }),
    }),
    'γ = 8': ({ caseOf }) => ({ caseOf: (...of) => ({ ...caseOf(...of), step: 8 }) }),
  }),
  ...violated(figure1Claim, {
    'the two readings in each other’s place': () => ({
      statements: [
        { name: 'alike at equal deviation', failed: (observed) => (observed & facts.spgmAlikeEntry) === 0 },
        { name: 'apart at equal variance', failed: (observed) => (observed & facts.spgmAlikeTotal) !== 0 },
      ],
    }),
  }),
  ...violated(figure1SignProxClaim, {
    'faster under dense noise': () => ({
      statements: [{ name: 'dense', failed: (observed) => (observed & facts.signProxFasterSparse) !== 0 }],
    }),
  }),
  ...violated(remarkSparseNoiseClaim, {
    'SPGM ahead': () => ({
      statements: [{ name: 'SPGM ahead', failed: (observed) => (observed & facts.signProxAhead) !== 0 }],
    }),
  }),
];
