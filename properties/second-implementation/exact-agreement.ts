import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { fromDouble, type Rational, rational, sum } from '../../src/exact/arithmetic/rational.js';
import { signProxIteration, spgmIteration } from '../../src/exact/engines/algorithms.js';
import { rationalFunctionTypes } from '../../src/exact/functions/coordinate-function.js';
import { rationalSmoothTypes } from '../../src/exact/functions/smooth.js';
import { atStep, batchWeights, rationalProblem } from '../../src/exact/problem/rational-problem.js';
import { dyadic, stepCategory, stepSize } from '../../src/judging/arbitraries/dyadic.js';
import { components, generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { classifyPoint } from '../../src/judging/arbitraries/points.js';
import {
  classifyProblemCase,
  type ProblemCase,
  type ProblemCaseOptions,
  problemCase,
} from '../../src/judging/arbitraries/problem-case.js';
import { type ProxCase, proxCase } from '../../src/judging/arbitraries/prox-case.js';
import {
  type AverageCase,
  averageRoundings,
  gradientRoundings,
  judgeAverage,
  judgeProblem,
  judgeProximal,
  type ProblemResults,
} from '../../src/judging/judges/exact-judges.js';
import { type Judgement, worstOf } from '../../src/judging/judges/judgement.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import { signProxStep } from '../../src/reference/algorithms/sign-prox.js';
import { spgmStep } from '../../src/reference/algorithms/spgm.js';
import { parseFunction, registry } from '../../src/reference/functions/index.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import type { Problem } from '../../src/reference/problem/problem.js';

/** Types of the vocabulary with both a generator and a rational form. */
const types = generatableTypes(rationalFunctionTypes());

/** A proximal average of one-dimensional functions with its own step γ, and a prox with the same step or another. */
const averageCase: fc.Arbitrary<AverageCase> = fc
  .record({
    parts: components(types, 1, { maximum: 3 }),
    step: stepSize(),
    sigma: fc.option(stepSize(), { nil: undefined }),
    y: dyadic(),
  })
  .map(({ parts, step, sigma, y }) => ({
    specification: { type: 'proximal-average', ...parts, step },
    sigma: sigma ?? step,
    y,
  }));

/** What is compared. */
const vocabulary = { parseFunction, parseProblem };

/** Cases per part: rationals are slow. */
const runs = { quick: 25, standard: 50, deep: 2000 } as const;

/**
 * The floating-point functions against an independent second implementation in rationals, which knows only their values as piecewise
 * quadratics: every prox, residual and value within the number of roundings that its formula takes; and so for problems made of them: P_k, P,
 * P̂, G, Ĝ and an iteration of SPGM and of signProx.
 */
const differencesOf = (library: typeof vocabulary) =>
  propertyClaim({
    id: 'exact-agreement',
    version: 1,
    source: { section: '1', equation: '(6)' },
    statement:
      'prox, residual and value, P_k, P, P̂, G, SPGM and signProx in floating point agree with exact arithmetic up to the roundings of their formulas',
    method:
      'exact differences to an independent implementation in rationals, at most k(|p| + γ|τ|)2⁻⁵³ for the prox p and k|τ|2⁻⁵³ for the slope τ = (y − p)/γ, where k counts the roundings of the formula; wrappers pass on the errors of inner functions',
    requires: { referenceOnly: true },
    success: 'holds',
    parts: (_implementation, { depth }) => [
      ...types.map((type) =>
        propertyPart<ProxCase>({
          name: type,
          runs: runs[depth],
          arbitrary: proxCase(type, types),
          classify: ({ specification, step, y }) => [
            ...classifyPoint(y, parseFunction(specification), step),
            ...stepCategory(step),
          ],
          mustReach: ['one element', 'zero vector'],
          judge(input) {
            const { specification, step, y } = input;
            const target = library.parseFunction(specification);
            return worstOf(
              judgeProximal(input, {
                prox: target.prox(y, step),
                residual: target.residual(y, step),
                dividedResidual: target.dividedResidual(y, step),
                value: target.value(y),
              }),
            );
          },
        }),
      ),
      ...Object.keys(gradientRoundings).map((type) =>
        propertyPart<ProblemCase>({
          name: `d = ${type}`,
          runs: runs[depth],
          arbitrary: problemCase({ smoothTypes: [type], functionTypes: types }),
          classify: classifyProblemCase,
          mustReach: ['several components', 'repeated component', 'one element'],
          judge: (input) => worstOf(judgeProblem(input, floatingPoint(library.parseProblem(input.problem), input))),
        }),
      ),
      propertyPart<AverageCase>({
        name: 'proximal average, n = 1',
        runs: runs[depth],
        arbitrary: averageCase,
        judge: (input) => worstOf(judgeAverage(input)),
      }),
    ],
  });

/** The claim with the k of every function and smooth term among its figures, and what they count. */
export const exactAgreementClaim = claimOf(vocabulary, (library) => ({
  ...differencesOf(library),
  async check(implementation, budget) {
    const evidence = await differencesOf(library).check(implementation, budget);
    return { ...evidence, measured: { ...allowedRoundings(), ...evidence.measured } };
  },
}));

function allowedRoundings(): Record<string, string> {
  const functions = rationalFunctionTypes().flatMap((type) => {
    const { roundings } = registry.get(type)!.definition;
    return roundings ? [[`k of ${type}`, `prox ${roundings.prox}, slope ${roundings.slope}: ${roundings.why}`]] : [];
  });
  const gradients = Object.entries(gradientRoundings).map(([type, { count, why }]) => [
    `k of ∇d, ${type}`,
    `${count}: ${why}`,
  ]);
  const { count, why } = averageRoundings;
  return Object.fromEntries([...functions, ['k of proximal-average, n = 1', `${count}: ${why}`], ...gradients]);
}

function floatingPoint(parsed: Problem, { problem, step, x, indices }: ProblemCase): ProblemResults {
  const atStep = parsed.at(step);
  return {
    gradient: parsed.smooth.gradient(x),
    components: problem.functions.map((_, k) => atStep.proximalGradient(k, x)),
    mean: atStep.mean(x),
    miniBatch: atStep.miniBatch(indices, x),
    gradientMapping: atStep.gradientMapping(x),
    stochasticMapping: atStep.stochasticGradientMapping(indices, x),
    spgm: [spgmStep(atStep, x, indices), spgmStep(atStep, x, indices, { form: 'residual' })],
    signProx: signProxStep(atStep, x, indices),
  };
}

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
export const exactFormsClaim = claimOf({ operatorsAt: atStep }, ({ operatorsAt }) =>
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
