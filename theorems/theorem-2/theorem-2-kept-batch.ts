import fc from 'fast-check';
import { dyadic } from '../../src/claims/arbitraries/dyadic.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { type Prepared, prepareBound } from '../../src/claims/theorems/prepare-bound.js';
import { mappingNorm1 } from '../../src/claims/theorems/terms.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { signProx } from '../../src/reference/algorithms/sign-prox.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { binomialTable } from '../../src/reference/sampling/binomial-table.js';
import { theorem2 } from './theorem-2.js';

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
    const iterate = signProx(problem, 1, { signOfZero: 'zero' });
    let [x, next] = [Float64Array.from(instance.start), new Float64Array(1)];
    let sum = 0;
    for (let t = 1; t <= iterations; t++) {
      sum += mappingNorm1(problem, x);
      iterate(x, { counts }, next);
      [x, next] = [next, x];
    }
    left += ((cumulative[j]! - (cumulative[j - 1] ?? 0)) * sum) / iterations;
  }
  return left;
}

/**
 * Δ/(γT) + γ‖L‖₁ + Σ_i (2 + γL_i) A_i √(2 ln(4T)/B) in one dimension: what a kept mini-batch of B = T draws costs at most, where no
 * |P_k(x) − P(x)| exceeds γA.
 */
function keptBound({ constants, schedule }: Prepared, iterations: number): number {
  const { gap, deviation } = constants;
  const [lipschitz] = constants.coordinateLipschitz!;
  const { step, miniBatch } = schedule;
  const noise = (2 + step * lipschitz!) * deviation! * Math.sqrt((2 * Math.log(4 * iterations)) / miniBatch);
  return gap.upper / (step * iterations) + step * lipschitz! + noise;
}

function judge(share: number, input: KeptCase): Judgement {
  const iterations = input.root ** 2;
  const prepared = prepareBound(theorem2, input.instance, iterations);
  if ('silent' in prepared) throw new Error(prepared.silent);
  const ratio = leftSide(input, prepared.schedule.step) / (share * keptBound(prepared, iterations));
  return { ratio, explanation: () => `left/bound = ${ratio} at T = ${iterations}` };
}

/**
 * Algorithm 2 draws a fresh mini-batch in every iteration. With B kept draws x_i visits 2T points at most, and at each of them the noise is a mean of B
 * independent terms in [−A_i, A_i]: its maximum is A_i√(2 ln(4T)/B) in the mean (PROOFS.md, "A kept mini-batch"). Nothing is proved with σ_i in place of A_i. No constant will do for √ln T:
 * `counterexample-fresh-batches`.
 */
export const claim = claimOf({ share: 1 }, ({ share }) =>
  propertyClaim({
    id: 'theorem-2-kept-batch',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2, one mini-batch' },
    statement:
      'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + Σ_i (2 + γL_i)A_i√(2 ln(4T)/B) for signProx with one mini-batch of B draws, where |P_k(x)_i − P(x)_i| ≤ γA_i',
    method:
      'the left side in doubles, over all mini-batches of B = T draws by their counts, on one-dimensional problems of two parabolas r_k, rare or not, and six d',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
    requires: { referenceOnly: true },
    success: 'holds',
    parts: (_implementation, { depth }) => [
      propertyPart<KeptCase>({
        name: 'one mini-batch for all iterations',
        runs: { quick: 40, standard: 100, deep: 1500 }[depth],
        arbitrary: keptCase({ quick: [2, 4], standard: [2, 4], deep: [2, 4, 8, 16] }[depth]),
        classify: ({ instance: { problem } }) => [`d = ${problem.smooth.type}`],
        mustReach: [...new Set(smoothTerms.map(({ type }) => `d = ${type}`))],
        judge: (input) => judge(share, input),
      }),
    ],
  }),
);
