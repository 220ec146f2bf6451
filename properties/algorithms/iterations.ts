import type { Budget } from '../../src/claims/claim.js';
import { eventLoopTurns } from '../../src/claims/claim-in-pieces.js';
import { unitRoundoff } from '../../src/claims/implementation/dtype.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { orderedWindow } from '../../src/claims/ordered-window.js';
import { deriveSeed } from '../../src/claims/seed.js';
import { countBatches, enumerateBatches, type ProblemCase } from '../../src/judging/arbitraries/problem-case.js';
import { differenceTolerance, sharesOf } from '../../src/judging/judges/declared-accuracy.js';
import { showInequality } from '../../src/judging/judges/distance.js';
import { type Judgement, judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { batchGradient, type Direction, judgeNext } from '../../src/judging/judges/next-iterate.js';
import { oracleOf } from '../../src/judging/judges/oracle.js';
import { maximumNorm, ofAnything, parameterMagnitude, showVector } from '../../src/judging/judges/precision.js';
import { algorithmParts } from '../../src/judging/parts/algorithm-parts.js';
import { differentiableTypes, problemPartsOfAnySize } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim } from '../../src/judging/parts/property-claim.js';
import { inVariants } from '../../src/judging/parts/property-part.js';
import { smallDirectionPart, tinySignParts, zeroSlopePart } from '../../src/judging/parts/sign-parts.js';
import { maximumBatches } from './operators.js';

/** Many calls of `sample` for one law. */
interface Draws {
  readonly probabilities: readonly number[];
  readonly perCall: number;
  readonly calls: number;
  /** The claim that draws and its version, which the seeds depend on. */
  readonly claim: string;
  readonly version: number;
}

/** The counts of every call in order, each from a seed of its own, until `take` returns false. */
export async function drawCounts(
  implementation: Implementation,
  { probabilities, perCall, calls, claim, version }: Draws,
  budget: Budget,
  take: (counts: readonly number[]) => boolean,
): Promise<void> {
  let wanted = true;
  const turn = eventLoopTurns();
  const window = orderedWindow(implementation.concurrency ?? 1);
  try {
    for (let call = 0; call < calls && wanted; call++) {
      await turn();
      budget.signal?.throwIfAborted();
      const seed = deriveSeed(budget.seed, claim, version, `${probabilities.join()}/${call}`) >>> 0;
      await window.add(
        implementation.ask({ method: 'sample', probabilities, count: perCall, seed }).then(({ counts }) => counts),
        (counts) => {
          wanted &&= take(counts);
        },
      );
    }
    await window.drain();
  } finally {
    await window.abandon();
  }
}

/** f̄(x) = d(x) + Σθ_k r_k(x), the plain average that gradient descent works on, with the size of its summands. */
function plainObjective({ problem }: ProblemCase, x: Float64Array): { value: number; size: number } {
  const oracle = oracleOf(problem);
  let value = oracle.smooth.value(x);
  let size = Math.abs(value);
  problem.probabilities.forEach((probability, k) => {
    const summand = probability * oracle.functions[k]!.value(x);
    value += summand;
    size += Math.abs(summand);
  });
  return { value, size };
}

/** f̄(x⁺) ≤ f̄(x) − γ(1 − γL/2)‖∇f̄(x)‖² for γ < 2/L: the descent lemma, which a wrong gradient cannot satisfy at every x. */
function judgeDescent(input: ProblemCase, next: Float64Array, precision: number): Judgement | undefined {
  const { problem, step, x } = input;
  const oracle = oracleOf(problem);
  let lipschitz = oracle.smooth.lipschitz ?? Number.POSITIVE_INFINITY;
  problem.probabilities.forEach((probability, k) => {
    lipschitz += probability * (oracle.functions[k]!.smooth?.lipschitz ?? Number.POSITIVE_INFINITY);
  });
  if (!(step * lipschitz < 2)) return undefined;
  const before = plainObjective(input, x);
  const after = plainObjective(input, next);
  let squared = 0;
  for (let i = 0; i < x.length; i++) squared += ((x[i]! - next[i]!) / step) ** 2;
  const excess = after.value - before.value + step * (1 - (step * lipschitz) / 2) * squared;
  const magnitude = parameterMagnitude(problem);
  const size = before.size + after.size + step * squared + magnitude * (1 + maximumNorm(x) + maximumNorm(next)) ** 2;
  const ratio = excess / (ofAnything * precision * size);
  return {
    ratio,
    explanation: () =>
      `${showInequality('f(x⁺)', 'f(x) − γ(1 − γL/2)‖∇f(x)‖²', excess, ratio)}, from x = ${showVector(x)} to x⁺ = ${showVector(next)}, γ = ${step}`,
  };
}

/** x⁺ = x − γ∇f(x), equation (2), on f̄ = d + Σθ_k r_k. */
export const eq2GradientDescentClaim = propertyClaim({
  id: 'eq2-gradient-descent',
  version: 2,
  source: { section: '1', equation: '(2)' },
  statement: 'x⁺ = x − γ∇f(x) with ∇f = ∇d + Σ θ_k ∇r_k',
  method: 'the formula, term by term, and the descent lemma with the certified Lipschitz constant if γ < 2/L',
  requires: { methods: ['step'], algorithms: ['gradient-descent'] },
  success: 'holds',
  parts: (offered) =>
    inVariants(offered, (implementation) =>
      problemPartsOfAnySize(
        implementation,
        async (input) => {
          const { problem, step, x } = input;
          const oracle = oracleOf(problem);
          const precision = unitRoundoff(implementation.description.dtype);
          const error = oracle.roundingError(step, x, precision) + step * ofAnything * precision * (1 + maximumNorm(x));
          const next = (
            await implementation.ask({
              method: 'step',
              algorithm: 'gradient-descent',
              problem,
              step,
              x: x.slice(),
              indices: [],
            })
          ).x;
          const gradient = oracle.gradient(problem.probabilities, x)!;
          const expected = x.map((value, i) => value - step * gradient[i]!);
          const { dtype } = implementation.description;
          const formula = judgeVector('x⁺', next, expected, () => error * parameterMagnitude(problem), dtype);
          const descent = next.every(Number.isFinite) ? judgeDescent(input, next, precision) : undefined;
          return descent === undefined ? formula : worstOf([formula, descent]);
        },
        { functionTypes: differentiableTypes },
      ),
    ),
});

/** x⁺ = x − γ∇f̂(x) with ∇f̂ = ∇d + (1/B)Σ_b ∇r_{k_b}, equations (3) and (4), and E[∇f̂] = ∇f over every possible batch. */
export const eq4SgdClaim = propertyClaim({
  id: 'eq4-sgd',
  version: 2,
  source: { section: '1', equation: '(3), (4)' },
  statement: 'x⁺ = x − γ∇f̂(x) with ∇f̂ the average over the mini-batch, and E[∇f̂(x)] = ∇f(x)',
  method: 'the formula, term by term; the mean of x⁺ over all K^B batches equals the full gradient step',
  requires: { methods: ['step'], algorithms: ['sgd'] },
  success: 'holds',
  effort: 0.5,
  parts: (offered) =>
    inVariants(offered, (implementation) =>
      problemPartsOfAnySize(
        implementation,
        async ({ problem, step, x, indices }) => {
          const oracle = oracleOf(problem);
          const precision = unitRoundoff(implementation.description.dtype);
          const error =
            (oracle.roundingError(step, x, precision) + step * ofAnything * precision * (1 + maximumNorm(x))) *
            Math.max(1, parameterMagnitude(problem));
          const stepOn = (batch: readonly number[]): Promise<Float64Array> =>
            implementation
              .ask({ method: 'step', algorithm: 'sgd', problem, step, x: x.slice(), indices: batch })
              .then(({ x }) => x);
          const move = (weights: readonly number[]): Float64Array => {
            const gradient = oracle.gradient(weights, x)!;
            return x.map((value, i) => value - step * gradient[i]!);
          };
          const empirical = problem.probabilities.map(
            (_, k) => indices.filter((index) => index === k).length / indices.length,
          );
          const judgements = [judgeVector('x⁺', await stepOn(indices), move(empirical), () => error)];
          if (countBatches(problem.probabilities, indices.length) <= maximumBatches) {
            const batches = enumerateBatches(problem.probabilities, indices.length);
            const mean = new Float64Array(x.length);
            for (const { indices: batch, probability } of batches) {
              (await stepOn(batch)).forEach((value, i) => {
                mean[i]! += probability * value;
              });
            }
            judgements.push(judgeVector('E[x⁺]', mean, move(problem.probabilities), () => error));
          }
          return worstOf(judgements);
        },
        { functionTypes: differentiableTypes, maximumComponents: 3 },
      ),
    ),
});

/** x⁺ = x − γ sgn(∇f̂(x)), equation (5). */
export const eq5SignSgdClaim = propertyClaim({
  id: 'eq5-sign-sgd',
  version: 2,
  source: { section: '1', equation: '(5)' },
  statement: 'x⁺ = x − γ sgn(∇f̂(x))',
  method:
    'every coordinate moves by exactly γ against the sign of the mini-batch gradient; either sign at rounding level, and at exactly 0 the one that is declared, else 0',
  requires: { methods: ['step'], algorithms: ['sign-sgd'] },
  success: 'holds',
  parts: (offered) =>
    inVariants(offered, (implementation) => {
      const precision = unitRoundoff(implementation.description.dtype);
      const next = ({ problem, step, x, indices }: ProblemCase): Promise<Float64Array> =>
        implementation
          .ask({ method: 'step', algorithm: 'sign-sgd', problem, step, x: x.slice(), indices })
          .then(({ x }) => x);
      const directionOf = (input: ProblemCase): Direction =>
        batchGradient({ algorithm: 'sign-sgd', ...input }, precision);
      return [
        ...problemPartsOfAnySize(
          implementation,
          async (input) => judgeNext(implementation, { algorithm: 'sign-sgd', ...input }, await next(input)),
          { functionTypes: differentiableTypes },
        ),
        ...tinySignParts(implementation, {
          name: 'signSGD',
          functionTypes: differentiableTypes,
          directionOf,
          next,
        }),
        ...zeroSlopePart(implementation, 'signSGD', next),
      ];
    }),
});

/** Algorithm 1: x_t = P̂_k(x_{t−1}) with a fresh mini-batch k of i.i.d. components in every iteration. */
export const algorithm1SpgmClaim = propertyClaim({
  id: 'algorithm-1-spgm',
  version: 2,
  source: { section: '2.1', equation: 'Algorithm 1' },
  statement: 'SPGM: x_t = P̂_k(x_{t−1})',
  method:
    'every step and every iterate of a run with given mini-batches compared with (1/B)Σ P_{k_b}, computed term by term',
  requires: { methods: ['step'], algorithms: ['spgm'] },
  success: 'holds',
  parts: (implementation) => inVariants(implementation, (own) => algorithmParts(own, 'spgm')),
});

/** Algorithm 2: x_t = x_{t−1} − γ sgn(x_{t−1} − P̂_k(x_{t−1})): one bit per element of the update. */
export const algorithm2SignProxClaim = propertyClaim({
  id: 'algorithm-2-sign-prox',
  version: 2,
  source: { section: '2.1', equation: 'Algorithm 2' },
  statement: 'signProx: x_t = x_{t−1} − γ sgn(x_{t−1} − P̂_k(x_{t−1}))',
  method:
    'every coordinate of every iterate moves by γ against the sign of x − P̂(x), computed term by term; either sign at rounding level',
  requires: { methods: ['step'], algorithms: ['sign-prox'] },
  success: 'holds',
  parts: (offered) =>
    inVariants(offered, (implementation) => {
      const next = ({ problem, step, x, indices }: ProblemCase): Promise<Float64Array> =>
        implementation
          .ask({ method: 'step', algorithm: 'sign-prox', problem, step, x: x.slice(), indices })
          .then(({ x }) => x);
      return [
        ...algorithmParts(implementation, 'sign-prox'),
        ...tinySignParts(implementation, {
          name: 'signProx',
          directionOf({ problem, step, x, indices }) {
            const oracle = oracleOf(problem);
            const batch = oracle.miniBatch(indices, step, x);
            const shares = sharesOf(indices, oracle.functions.length);
            return {
              direction: x.map((value, i) => value - batch[i]!),
              error: differenceTolerance(implementation, problem, step, x, shares).error,
            };
          },
          next,
        }),
        ...smallDirectionPart(implementation, 'signProx', next),
      ];
    }),
});
