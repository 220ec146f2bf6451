import { generatableTypes } from '../../src/claims/arbitraries/function-specification.js';
import {
  classifyProblemCase,
  type ProblemCase,
  type ProblemCaseOptions,
  problemCase,
} from '../../src/claims/arbitraries/problem-case.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { type Judgement, worstOf } from '../../src/claims/judges/judgement.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { PropertyPart } from '../../src/claims/properties/property-part.js';
import { fromDouble, type Rational, rational, sum } from '../../src/exact/arithmetic/rational.js';
import { signProxIteration, spgmIteration } from '../../src/exact/engines/algorithms.js';
import { rationalFunctionTypes } from '../../src/exact/functions/coordinate-function.js';
import { rationalSmoothTypes } from '../../src/exact/functions/smooth.js';
import { atStep, batchWeights, rationalProblem } from '../../src/exact/problem/rational-problem.js';

/** Equality of rationals: no tolerance. */
export function judgeEqual(name: string, left: readonly Rational[], right: readonly Rational[]): Judgement {
  const same = left.length === right.length && left.every((entry, i) => entry.equals(right[i]!));
  const written = (vector: readonly Rational[]): string => vector.map((entry) => entry.toFraction()).join(', ');
  return {
    ratio: same ? 0 : Number.POSITIVE_INFINITY,
    explanation: () => `${name}: [${written(left)}] ${same ? '=' : '≠'} [${written(right)}]`,
  };
}

/** The literal and the residual form of G, Ĝ, SPGM and signProx at one point. */
export function judgeForms({ problem, step, x, indices }: ProblemCase, operatorsAt = atStep): Judgement {
  const exact = operatorsAt(rationalProblem(problem, x.length), fromDouble(step));
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

/** With d = 0 and r_k(u) = ⟨a_k, u⟩, SPGM is SGD and signProx is signSGD: x⁺ from the slopes a_k alone. */
export function judgeLinear({ problem, step, x, indices }: ProblemCase, operatorsAt = atStep): Judgement {
  const exact = operatorsAt(rationalProblem(problem, x.length), fromDouble(step));
  const point = Array.from(x, fromDouble);
  const batch = batchWeights(indices, problem.functions.length);
  const gradient = point.map((_, i) =>
    sum(
      problem.functions.map(({ coefficients }, k) =>
        batch[k]!.mul(fromDouble((coefficients as readonly number[])[i]!)),
      ),
    ),
  );
  const sign = (value: Rational): Rational => (value.n === 0n ? value : rational(value.s));
  const moved = (directions: readonly Rational[]): Rational[] =>
    point.map((entry, i) => entry.sub(exact.step.mul(directions[i]!)));
  const [spgm] = spgmIteration(exact, batch, point, 'zero');
  const [signProx] = signProxIteration('residual')(exact, batch, point, 'zero');
  return worstOf([
    judgeEqual('SPGM, SGD', spgm!.x, moved(gradient)),
    judgeEqual('signProx, signSGD', signProx!.x, moved(gradient.map(sign))),
  ]);
}

/**
 * x − P̂(x) as printed and γ(∇d(x) + (1/B)Σρ_{k_b}(y)/γ) are the same number. The residual ρ_k is computed from the conjugate of r_k, by
 * Moreau's decomposition, and the prox from r_k itself, so that the equality is not one of a formula with itself. On linear r_k, equation
 * (12), both algorithms are those on gradients.
 */
export const claim = claimOf({ operatorsAt: atStep }, ({ operatorsAt }) =>
  propertyClaim({
    id: 'exact-forms',
    version: 1,
    source: { section: '2.1', equation: 'Algorithms 1 and 2, (12)' },
    statement:
      'the literal and the residual form of G, Ĝ, SPGM and signProx are equal; on linear r_k they are SGD and signSGD',
    method:
      'both forms in rational arithmetic on generated problems, equality without tolerance, every value of sgn(0)',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => {
      const part = (
        name: string,
        options: Pick<ProblemCaseOptions, 'smoothTypes' | 'functionTypes'>,
        judge: typeof judgeForms,
      ): PropertyPart =>
        propertyPart<ProblemCase>({
          name,
          runs: { quick: 25, standard: 60, deep: 2000 }[depth],
          arbitrary: problemCase(options),
          classify: classifyProblemCase,
          mustReach: ['several components', 'repeated component', 'one element'],
          judge: (input) => judge(input, operatorsAt),
        });
      const functionTypes = generatableTypes(rationalFunctionTypes());
      return [
        ...rationalSmoothTypes().map((type) => part(`d = ${type}`, { smoothTypes: [type], functionTypes }, judgeForms)),
        part('d = 0, linear r_k', { smoothTypes: ['zero'], functionTypes: ['linear'] }, judgeLinear),
      ];
    },
  }),
);
