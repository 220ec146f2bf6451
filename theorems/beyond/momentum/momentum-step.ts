import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import { coordinateConstants } from '../../../src/claims/proofs/lines/exact-iteration.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { runsAt } from '../../../src/claims/proofs/lines/line-claim.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { fromDouble, maximum, one, type Rational } from '../../../src/exact/arithmetic/rational.js';
import { atStep, batchWeights, rationalProblem } from '../../../src/exact/problem/rational-problem.js';
import { rememberRecent } from '../../../src/reference/functions/definition/parse.js';
import { anyCase, type MomentumCase, marchingCase, matchedCase } from './momentum-case.js';
import { type MomentumIteration, momentumIteration, powers, weightOf } from './momentum-run.js';

const { of, sum, product, quotient, negative, magnitude } = exact;
const { minus, absoluteNorm } = vectorsOver(exact);

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface StepConstants {
  /** 2 of 2 + γL_i. */
  readonly wrong: number;
  /** 1 of 2 + γL_i. */
  readonly curvature: number;
  /** 2 of 2L_i/(1 + γL_i). */
  readonly lipschitz: number;
  /** 1 of (1 − α)(1 − (1 − α)^t)/α. */
  readonly drift: number;
}

/** The iterations of a case. */
function runOf({ problem, x, step, inverseRoot, signOfZero, batches }: MomentumCase) {
  const at = atStep(rationalProblem(problem, x.length), fromDouble(step));
  const run = { at, newestWeight: weightOf(inverseRoot), signOfZero };
  const iterations: MomentumIteration[] = [];
  for (const batch of batches) {
    const before = iterations.at(-1);
    const from = before?.next ?? Array.from(x, fromDouble);
    iterations.push(momentumIteration(run, from, before, batchWeights(batch, problem.functions.length)));
  }
  return { ...run, iterations, lipschitz: coordinateConstants(at.problem) };
}

const known = rememberRecent(runOf, 8);

/** (1 − α)^t ξ⁰ + α Σ_{1≤j≤t} (1 − α)^{t−j} ξ^j in one coordinate. */
function averagedNoise(iterations: readonly MomentumIteration[], newestWeight: Rational, t: number, i: number) {
  const kept = powers(one.sub(newestWeight), t + 1);
  return sum(
    ...iterations.slice(0, t + 1).map(({ noise }, j) => product(j === 0 ? one : newestWeight, kept[t - j]!, noise[i]!)),
  );
}

function linesOf(input: MomentumCase, constants: StepConstants): Line<Rational>[] {
  const { at, newestWeight, iterations, lipschitz } = known(input);
  const { step } = at;
  const steepest = lipschitz.map((L) =>
    maximum(L, quotient(product(of(constants.lipschitz), L), sum(one, product(step, L)))),
  );
  return iterations.flatMap(({ x, mapping, mean, signs, next }, t): Line<Rational>[] => {
    const errors = minus(mean, mapping);
    const lost = errors.map((error, i) =>
      product(sum(of(constants.wrong), product(of(constants.curvature), step, lipschitz[i]!)), magnitude(error)),
    );
    const kept = powers(one.sub(newestWeight), t + 1)[t]!;
    const grown = quotient(product(one.sub(newestWeight), sum(one, negative(kept))), newestWeight);
    return [
      {
        name: 'f(x^{t+1}) ≤ f(x^t) − γ‖G‖₁ + γ²‖L‖₁ + γΣ(2 + γL_i)|ε_i|',
        left: at.objective(next)!,
        relation: '≤',
        right: sum(
          at.objective(x)!,
          negative(product(step, absoluteNorm(mapping))),
          product(step, step, sum(...lipschitz)),
          product(step, sum(...lost)),
        ),
      },
      ...mapping.flatMap((entry, i): Line<Rational>[] => [
        {
          name: `G_i s_i ≥ |G_i| − 2|ε_i|, coordinate ${i}`,
          left: sum(magnitude(entry), negative(product(of(constants.wrong), magnitude(errors[i]!)))),
          relation: '≤',
          right: product(entry, signs[i]!),
        },
        {
          name: `|G_i(x^t) − G_i(x⁰)| ≤ max{L_i, 2L_i/(1 + γL_i)}|x_i^t − x_i⁰|, coordinate ${i}`,
          left: magnitude(sum(entry, negative(iterations[0]!.mapping[i]!))),
          relation: '≤',
          right: product(steepest[i]!, magnitude(sum(x[i]!, negative(iterations[0]!.x[i]!)))),
        },
        {
          name: `|ε_i^t − averaged noise| ≤ γ max{L_i, 2L_i/(1 + γL_i)}(1 − α)(1 − (1 − α)^t)/α, coordinate ${i}`,
          left: magnitude(sum(errors[i]!, negative(averagedNoise(iterations, newestWeight, t, i)))),
          relation: '≤',
          right: product(of(constants.drift), step, steepest[i]!, grown),
        },
      ]),
    ];
  });
}

const namesOfTies = { zero: 'm_i = 0, sgn(0) = 0', positive: 'm_i = 0, sgn(0) = 1', negative: 'm_i = 0, sgn(0) = −1' };

/** What a run is good for. */
function classify(input: MomentumCase): string[] {
  const { iterations } = known(input);
  const { problem, x, inverseRoot, signOfZero } = input;
  const some = (met: (iteration: MomentumIteration, i: number) => boolean) =>
    iterations.some((iteration) => iteration.x.some((_, i) => met(iteration, i)));
  return [
    ...(x.length > 1 ? ['n > 1'] : []),
    ...(inverseRoot > 1 && iterations.length > 2 ? ['α < 1, T > 2'] : ['α = 1 or T ≤ 2']),
    ...(problem.smooth.type === 'geman-mcclure' ? ['d not convex'] : []),
    ...(some(({ noise }, i) => noise[i]!.n !== 0n) ? ['noise'] : []),
    ...(some(({ signs, mapping }, i) => product(signs[i]!, mapping[i]!).s < 0n) ? ['a wrong sign'] : []),
    ...(some(({ mean }, i) => mean[i]!.n === 0n) ? [namesOfTies[signOfZero]] : []),
  ];
}

/**
 * signProx with momentum, one step and one run without expectations. Where a sign is wrong, |G_i| is at most the error |ε_i| of m_i, which is what makes one step of f no
 * worse than that of the right sign by more than γ(2 + γL_i)|ε_i|. G_i depends on x_i alone and is 2L_i-Lipschitz; for γ > 0 with 2L_i/(1 + γL_i), where that is above L_i.
 * So what of ε is not a weighted mean of the noise has come from the iterates' moving on, by γ a step.
 */
export const claim = claimOf({ wrong: 2, curvature: 1, lipschitz: 2, drift: 1 }, (constants: StepConstants) =>
  propertyClaim({
    id: 'momentum-step',
    version: 1,
    source: { section: 'beyond the paper', equation: 'momentum, one step' },
    statement:
      'f(x^{t+1}) ≤ f(x^t) − γ‖G‖₁ + γ²‖L‖₁ + γΣ(2 + γL_i)|ε_i| for s = sgn m, ε = m − G(x^t); G_i is 2L_i-Lipschitz; ε_i is a mean of the noise up to 2γL_i(1 − α)/α',
    method: 'every line in every iteration of generated runs of up to six iterations, in rationals without a tolerance',
    hypotheses: ['assumption-2b', 'assumption-2c'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => [
      propertyPart<MomentumCase>({
        ...runsAt[depth],
        name: 'in rationals',
        arbitrary: [anyCase, matchedCase, marchingCase],
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify,
        mustReach: ['n > 1', 'α < 1, T > 2', 'd not convex', 'noise', 'a wrong sign', ...Object.values(namesOfTies)],
      }),
    ],
  }),
);
