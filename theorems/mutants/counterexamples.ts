import type { Comparison } from '../../src/claims/bounds/counterexample-claim.js';
import { type ClaimMutant, inconclusive, violated } from '../../src/claims/claim-mutant.js';
import type { ExactEngineName } from '../../src/claims/left-side/exact-engine.js';
import type { Theorem } from '../../src/claims/theorems/theorem.js';
import { fromDouble, rational, two } from '../../src/exact/arithmetic/rational.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';
import { biased1, biased2, claim as biasedSampling } from '../counterexamples/counterexample-biased-sampling.js';
import { claim as boundedBelow, falling } from '../counterexamples/counterexample-bounded-below.js';
import {
  concave,
  claim as convexity,
  falling as fallingConcavely,
} from '../counterexamples/counterexample-convexity.js';
import { claim as freshBatches } from '../counterexamples/counterexample-fresh-batches.js';
import { claim as lipschitz, understated1, understated2 } from '../counterexamples/counterexample-lipschitz.js';
import { claim as miniBatch } from '../counterexamples/counterexample-mini-batch.js';
import { atZero, claim as plainAverage } from '../counterexamples/counterexample-plain-average.js';
import { againstAbstaining, claim as signOfZero } from '../counterexamples/counterexample-sign-of-zero.js';
import { claim as smoothnessSignProx } from '../counterexamples/counterexample-smoothness-sign-prox.js';
import { claim as smoothnessSpgm } from '../counterexamples/counterexample-smoothness-spgm.js';
import { constantStep1, constantStep2, claim as step } from '../counterexamples/counterexample-step.js';
import { claim as varianceSignProx } from '../counterexamples/counterexample-variance-sign-prox.js';
import { claim as varianceSpgm } from '../counterexamples/counterexample-variance-spgm.js';
import { keptStretch } from '../counterexamples/kept-batch.js';
import { rareEvents } from '../counterexamples/rare-events.js';
import {
  fullBatch,
  claim as majorityVote,
  singleDraw,
  travelling,
} from '../majority-vote/counterexample-majority-vote.js';
import { engineComparison } from '../shared/engine-comparison.js';
import { slopes } from '../shared/functions.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { claim as theorem2KeptBatch } from '../theorem-2/theorem-2-kept-batch.js';

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
  ...inconclusive(plainAverage, {
    'both r_k of one curvature': compared(() => [atZero(1n, [2, 2]), atZero(4n, [2, 2])]),
  }),
  ...inconclusive(smoothnessSpgm, {
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
  ...inconclusive(smoothnessSignProx, {
    'a kink that is rounded': compared(() => [within(theorem2, 'lattice', levelling, 0.3, 256)]),
  }),
  ...inconclusive(miniBatch, {
    'B = T': compared(() => [
      within(theorem2, 'lattice', { smooth: parabola, functions: slopes(-1, 4), probabilities: [0.8, 0.2] }, 0, 256),
    ]),
    'B = T, rare events': compared(() => [rareEvents('B = T', 32, 1024, 16)]),
    'B = T/16, rare events': compared(() => [rareEvents('B = T/16', 64, 256, 16)]),
  }),
  ...inconclusive(step, {
    'the steps of the theorems': compared(() => [
      constantStep1(8n, rational(1n, 8n)),
      constantStep2(8n, rational(1n, 16n)),
    ]),
    'the step of Theorem 2 alone': compared(() => [constantStep1(32n), constantStep2(32n, rational(1n, 64n))]),
  }),
  ...inconclusive(lipschitz, {
    'L itself': compared(() => [understated1(4n, 1n), understated2(4n, 1n)]),
    'L itself in Theorem 2': compared(() => [understated1(4n), understated2(4n, 1n)]),
  }),
  ...inconclusive(varianceSpgm, {
    'noise at the minimiser too': ({ instance: { problem, ...instance } }) => ({
      instance: { ...instance, problem: { ...problem, functions: slopes(0.5, -0.5) } },
    }),
  }),
  ...inconclusive(varianceSignProx, {
    'the variance of both wells': ({ compare }) => ({
      compare: (budget) =>
        compare(budget).map((comparison) => {
          const sigma = comparison.constants!['sigmaAtSecondMinimiser'] as number;
          const root = rational(BigInt(Math.sqrt(comparison.iterations)));
          return { ...comparison, bound: comparison.bound.add(two.add(two).mul(fromDouble(sigma)).div(root)) };
        }),
    }),
  }),
  ...inconclusive(convexity, {
    'r = 0, which is convex': compared(() => [concave(1n)]),
    'T = 4': compared(() => [fallingConcavely(4)]),
  }),
  ...inconclusive(boundedBelow, {
    'a slope that ends, with the same Δ': compared(() => [
      within(theorem1, 'enumeration', levelling, -5.5, 256),
      within(theorem2, 'lattice', levelling, -5.5, 1024),
    ]),
    'a Δ that grows with T as f falls': compared(() => [
      falling(64n, rational(64n), 1),
      falling(64n, rational(32n), 2),
    ]),
    'Theorem 2 alone': compared(() => [falling(64n, rational(32n), 1), falling(64n, rational(5n), 2)]),
  }),
  ...inconclusive(biasedSampling, {
    'k drawn with its weights': compared(() => [biased1(16n, rational(1n, 5n)), biased2(16, rational(1n, 5n))]),
    'k drawn with its weights in Theorem 2 alone': compared(() => [biased1(16n), biased2(16, rational(1n, 5n))]),
  }),
  ...inconclusive(freshBatches, {
    'fresh batches': compared(() => [
      within(theorem1, 'moments', { smooth: parabola, functions: slopes(1, -1), probabilities: [0.5, 0.5] }, 0, 256),
    ]),
    'one bump': compared(() => [stretched(1, 19n)]),
    'a slope that no bump stops': compared(() => [stretched(79, 40n)]),
  }),
  ...inconclusive(majorityVote, {
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
  ...violated(theorem2KeptBatch, { 'a quarter of the bound': () => ({ share: 1 / 4 }) }),
  ...inconclusive(signOfZero, { 'T odd, so that nothing ties': compared(() => [againstAbstaining(3n)]) }),
];
