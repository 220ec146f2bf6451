import fc from 'fast-check';
import { dyadic, stepCategory, stepSize } from '../../src/claims/arbitraries/dyadic.js';
import { components, generatableTypes } from '../../src/claims/arbitraries/function-specification.js';
import { classifyPoint } from '../../src/claims/arbitraries/points.js';
import { classifyProblemCase, type ProblemCase, problemCase } from '../../src/claims/arbitraries/problem-case.js';
import { type ProxCase, proxCase } from '../../src/claims/arbitraries/prox-case.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import {
  type AverageCase,
  averageRoundings,
  gradientRoundings,
  judgeAverage,
  judgeProblem,
  judgeProximal,
  type ProblemResults,
} from '../../src/claims/judges/exact-judges.js';
import { worstOf } from '../../src/claims/judges/judgement.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { rationalFunctionTypes } from '../../src/exact/functions/coordinate-function.js';
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
      'differences to an independent implementation in rationals, measured exactly, against k(|p| + γ|τ|)2⁻⁵³ for the prox p and k|τ|2⁻⁵³ for the slope τ = (y − p)/γ, where k counts the roundings of the formula; functions made of functions pass on the errors of what is inside',
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
export const claim = claimOf(vocabulary, (library) => ({
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
