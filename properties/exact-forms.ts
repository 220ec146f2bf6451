import { generatableTypes } from '../src/arbitraries/function-specification.js';
import { classifyProblemCase, type ProblemCase, problemCase } from '../src/arbitraries/problem-case.js';
import type { Judgement } from '../src/claims/property-check.js';
import { propertyClaim, propertyPart } from '../src/claims/property-claim.js';
import { worstOf } from '../src/claims/proximal-optimality.js';
import { signProxIteration, spgmIteration } from '../src/exact/algorithms.js';
import { rationalFunctionTypes } from '../src/exact/functions.js';
import { fromDouble, type Rational } from '../src/exact/rational.js';
import { atStep, batchWeights, rationalProblem } from '../src/exact/rational-problem.js';
import { rationalSmoothTypes } from '../src/exact/smooth.js';

/** Equality of rationals: no tolerance. */
export function judgeEqual(name: string, left: readonly Rational[], right: readonly Rational[]): Judgement {
  const same = left.length === right.length && left.every((entry, i) => entry.equals(right[i]!));
  const written = (vector: readonly Rational[]): string => vector.map((entry) => entry.toFraction()).join(', ');
  return {
    ratio: same ? 0 : Number.POSITIVE_INFINITY,
    explanation: () => `${name}: [${written(left)}] is not [${written(right)}]`,
  };
}

/** The literal and the residual form of G, Ĝ, SPGM and signProx at one point. */
export function judgeForms({ problem, step, x, indices }: ProblemCase): Judgement {
  const exact = atStep(rationalProblem(problem, x.length), fromDouble(step));
  const point = Array.from(x, fromDouble);
  const theta = exact.problem.probabilities;
  const batch = batchWeights(indices, theta.length);
  const mapping = exact.residualMapping(batch, point);
  const [spgm] = spgmIteration(exact, batch, point, 'zero');
  const judgements = [
    judgeEqual('G(x)', exact.literalMapping(theta, point), exact.residualMapping(theta, point)),
    judgeEqual('Ĝ(x)', exact.literalMapping(batch, point), mapping),
    judgeEqual(
      'SPGM, x − γĜ(x)',
      spgm!.x,
      point.map((entry, i) => entry.sub(exact.step.mul(mapping[i]!))),
    ),
  ];
  for (const signOfZero of ['zero', 'positive', 'negative', 'random'] as const) {
    const literal = signProxIteration('literal')(exact, batch, point, signOfZero);
    const residual = signProxIteration('residual')(exact, batch, point, signOfZero);
    judgements.push(
      judgeEqual(
        `signProx, sgn(0) ${signOfZero}`,
        literal.flatMap((successor) => successor.x),
        residual.flatMap((successor) => successor.x),
      ),
    );
  }
  return worstOf(judgements);
}

/**
 * x − P̂(x) as printed and γ(∇d(x) + (1/B)Σρ_{k_b}(y)/γ) are the same number. The residual ρ_k is computed from the conjugate of r_k, by
 * Moreau's decomposition, and the prox from r_k itself, so that the equality is not one of a formula with itself.
 */
export const claim = propertyClaim({
  id: 'exact-forms',
  version: 1,
  source: { section: '2.1', equation: 'Algorithms 1 and 2' },
  statement: 'the literal and the residual form of G, Ĝ, SPGM and signProx are equal',
  method: 'both forms in rational arithmetic on generated problems, equality without tolerance, every value of sgn(0)',
  requires: { referenceOnly: true },
  success: 'proved-exactly',
  parts: (_implementation, { depth }) =>
    rationalSmoothTypes().map((type) =>
      propertyPart<ProblemCase>({
        name: `d = ${type}`,
        runs: { quick: 25, standard: 60, deep: 2000 }[depth],
        arbitrary: problemCase({ smoothTypes: [type], functionTypes: generatableTypes(rationalFunctionTypes()) }),
        classify: classifyProblemCase,
        mustReach: ['several components', 'repeated component', 'one element'],
        judge: judgeForms,
      }),
    ),
});
