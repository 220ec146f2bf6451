import { type ProblemCase, problemCase } from '../../src/claims/arbitraries/problem-case.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { exact } from '../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../src/claims/proofs/lines/judge-lines.js';
import { runsAt } from '../../src/claims/proofs/lines/line-claim.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { multinomialLaw } from '../../src/exact/arithmetic/multinomial.js';
import { fromDouble, type Rational, rational, square, sum } from '../../src/exact/arithmetic/rational.js';
import { atStep, rationalProblem } from '../../src/exact/problem/rational-problem.js';

/** Functions with a rational prox, smooth and not: the remark needs independent draws and nothing else. */
const functionTypes = ['linear', 'quadratic', 'l1', 'elastic-net', 'huber', 'box', 'nonnegative', 'translated'];
const smoothTypes = ['zero', 'quadratic', 'huber', 'geman-mcclure'];

/** E(P̂(x) − P(x))_i² = (1/B) E(P_k(x) − P(x))_i² in each coordinate, over every outcome of the mini-batch. */
function lines({ problem, step, x, indices }: ProblemCase, factor: number): Line<Rational>[] {
  const point = Array.from(x, fromDouble);
  const parsed = rationalProblem(problem, point.length);
  const { probabilities } = parsed;
  const at = atStep(parsed, fromDouble(step));
  const mean = at.weightedMean(probabilities, point);
  /** E(Q(x) − P(x))_i² for each i. */
  const spread = (outcomes: readonly { readonly probability: Rational; readonly image: readonly Rational[] }[]) =>
    mean.map((center, i) =>
      sum(outcomes.map(({ probability, image }) => probability.mul(square(image[i]!.sub(center))))),
    );
  const size = rational(BigInt(indices.length));
  const ofBatch = spread(
    multinomialLaw(probabilities, indices.length).map(({ counts, probability }) => ({
      probability,
      image: at.weightedMean(
        counts.map((count) => rational(BigInt(count)).div(size)),
        point,
      ),
    })),
  );
  const ofOne = spread(probabilities.map((probability, k) => ({ probability, image: at.proximalGradient(k, point) })));
  return ofBatch.map((variance, i) => ({
    name: `B = ${indices.length}, coordinate ${i}`,
    left: variance,
    relation: '=',
    right: ofOne[i]!.div(size).mul(fromDouble(factor)),
  }));
}

export const claim = claimOf({ factor: 1 }, ({ factor }) =>
  propertyClaim({
    id: 'remark-mini-batch-variance',
    version: 1,
    source: { section: '2.2', equation: 'after Assumption 2' },
    statement: 'for a mini-batch of size B the variance is divided by B: E(P̂(x) − P(x))_i² = (1/B) E(P_k(x) − P(x))_i²',
    method: 'every outcome of the mini-batch with its probability, in rationals, for B = 1 to 4, smooth r_k and others',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => [
      propertyPart<ProblemCase>({
        ...runsAt[depth],
        name: 'by enumeration',
        arbitrary: problemCase({ smoothTypes, functionTypes, maximumDimension: 2, maximumComponents: 3 }),
        judge: (input) => judgeLines(lines(input, factor), exact, false),
        classify: ({ indices, problem }) => [
          `B = ${indices.length}`,
          ...(problem.functions.length > 1 ? ['noise'] : []),
        ],
        mustReach: ['B = 1', 'B = 2', 'B = 3', 'B = 4', 'noise'],
      }),
    ],
  }),
);
