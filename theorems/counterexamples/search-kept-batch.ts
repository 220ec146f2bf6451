import fc from 'fast-check';
import { dyadic } from '../../src/claims/arbitraries/dyadic.js';
import type { Claim } from '../../src/claims/claim.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { plural } from '../../src/claims/plural.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { BoundInstance } from '../../src/claims/theorems/bound-instance.js';
import { prepareBound } from '../../src/claims/theorems/prepare-bound.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { binomialTable } from '../../src/reference/sampling/binomial-table.js';
import { theorem2 } from '../theorem-2/theorem-2.js';

/** Theorem 2's hypotheses hold, but for one mini-batch of B = T draws that is kept for all iterations. */
interface KeptCase {
  readonly instance: BoundInstance;
  /** √T. */
  readonly root: number;
}

const smoothTerms = [
  { type: 'zero' },
  { type: 'quadratic', curvature: 1, center: 0.5 },
  { type: 'quadratic', curvature: -0.75, center: 0 },
  { type: 'cosine', weight: 1 },
  { type: 'geman-mcclure', weight: 1, scale: 1 },
  { type: 'log-cosh', weight: 1, scale: 1 },
] as const;

/** Two parabolas r_k of curvature 1 about different centres, the one of them rare or not. */
const keptCase = (roots: readonly number[]): fc.Arbitrary<KeptCase> =>
  fc
    .record({
      smooth: fc.constantFrom(...smoothTerms),
      centers: fc.tuple(dyadic(16, 4), dyadic(4, 4)),
      rarity: fc.integer({ min: 1, max: 10 }),
      start: dyadic(4),
      root: fc.constantFrom(...roots),
    })
    .map(({ smooth, centers, rarity, start, root }) => ({
      instance: {
        name: 'two parabolas, one mini-batch',
        problem: {
          smooth,
          functions: centers.map((center) => ({ type: 'quadratic', curvature: 1, center })),
          probabilities: [2 ** -rarity, 1 - 2 ** -rarity],
        },
        start: [start],
      },
      root,
    }));

/** The left side: one run without any randomness for every number of draws of the first component, weighted by its probability. */
function leftSide({ instance, root }: KeptCase, step: number): number {
  const iterations = root * root;
  const problem = parseProblem(instance.problem).at(step);
  const { first, cumulative } = binomialTable(iterations, instance.problem.probabilities[0]!);
  let left = 0;
  for (let j = 0; j < cumulative.length; j++) {
    const counts = [first + j, iterations - first - j];
    const iterate = theorem2.iteration(problem, 1, { signOfZero: 'zero' });
    let [x, next] = [Float64Array.from(instance.start), new Float64Array(1)];
    let sum = 0;
    for (let t = 1; t <= iterations; t++) {
      sum += theorem2.term(problem, x);
      iterate(x, { counts }, next);
      [x, next] = [next, x];
    }
    left += ((cumulative[j]! - (cumulative[j - 1] ?? 0)) * sum) / iterations;
  }
  return left;
}

function judge(share: number, input: KeptCase): Judgement {
  const prepared = prepareBound(theorem2, input.instance, input.root ** 2);
  if ('silent' in prepared) throw new Error(prepared.silent);
  const ratio = leftSide(input, prepared.schedule.step) / (share * prepared.upperBound);
  return { ratio, explanation: () => `left/bound = ${ratio} at T = ${input.root ** 2}` };
}

/**
 * Algorithm 2 draws a fresh mini-batch in every iteration. T kept draws have the variance σ²/T at every fixed x, of the order of the bound, but the iterate
 * depends on them, and where it stops that variance bounds nothing. Whether Theorem 2 needs fresh mini-batches is open: this is a search for an instance
 * on which it fails without, and says how large it was. (`counterexample-fresh-batches` is about Theorem 1, which does.)
 */
export const claim = claimOf({ share: 1 }, ({ share }): Claim => {
  const search = propertyClaim({
    id: 'search-kept-batch',
    version: 1,
    source: { section: '2.2', equation: 'Algorithm 2, line 3' },
    statement: 'Theorem 2 holds with one mini-batch for all iterations: neither proved nor refuted',
    method:
      'search: the left side in doubles, over all mini-batches by their counts, against the bound, on one-dimensional problems of two parabolas r_k, rare or not, and six d',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
    requires: { referenceOnly: true },
    success: 'holds',
    parts: (_implementation, { depth }) => [
      propertyPart<KeptCase>({
        name: 'instances searched',
        runs: { quick: 40, standard: 100, deep: 1500 }[depth],
        arbitrary: keptCase({ quick: [2, 4], standard: [2, 4], deep: [2, 4, 8, 16] }[depth]),
        classify: ({ instance: { problem } }) => [`d = ${problem.smooth.type}`],
        mustReach: [...new Set(smoothTerms.map(({ type }) => `d = ${type}`))],
        judge: (input) => judge(share, input),
      }),
    ],
  });
  return {
    ...search,
    expected: ['illustrated'],
    async check(implementation, budget) {
      const evidence = await search.check(implementation, budget);
      if (evidence.verdict !== 'holds') return evidence;
      const largest = evidence.worst!.ratio.toPrecision(3);
      const reason = `no counterexample in ${plural(evidence.cases, 'instance')}, largest left/bound ${largest}`;
      return { ...evidence, verdict: 'illustrated', reason };
    },
  };
});
