import fc from 'fast-check';
import {
  atStep,
  batchWeights,
  fromDouble,
  maximum,
  one,
  type Rational,
  type RationalProblemAtStep,
  rational,
  rationalProblem,
} from '../../../src/library/exact.js';
import {
  drawable,
  dyadic,
  positiveDyadic,
  rationalFamilies,
  rationalSmoothTypes,
  rememberRecent,
  type SmoothProblemCase,
  signFamilies,
  smoothProblemCase,
} from '../../../src/library/testing.js';
import { exact, vectorsOver } from '../../lines/arithmetic.js';
import { coordinateConstants, type FixedConvention } from '../../lines/exact-iteration.js';
import { atMost, type Line } from '../../lines/iteration.js';
import { exactLinesClaim, runsAt } from '../../lines/line-claim.js';
import { parabolas } from '../../shared/instances.js';

const { minus, absoluteNorm } = vectorsOver(exact);
const { product, sum, of, quotient, negative, magnitude } = exact;

/** A run of signProx with momentum on a problem of Assumption 2, with a mini-batch for each iteration. */
interface MomentumCase extends Pick<SmoothProblemCase, 'problem' | 'x' | 'step' | 'signOfZero'> {
  /** m of α = 2/(m² + 1). */
  readonly inverseRoot: number;
  /** 0-based components of the mini-batches, T of them. */
  readonly batches: readonly (readonly number[])[];
}

const inverseRoot = fc.constantFrom(1, 2, 2, 3, 7);

/** Runs of up to four iterations. */
const anyCase: fc.Arbitrary<MomentumCase> = fc
  .record({
    base: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: signFamilies.rational, maximumBatch: 3 }),
    inverseRoot,
    later: fc.array(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
  })
  .map(({ base: { problem, x, step, signOfZero, indices }, later, ...rest }) => {
    const allowed = drawable(problem.probabilities);
    const batches = [indices, ...later.map((draws) => draws.map((draw) => allowed[draw % allowed.length]!))];
    return { ...rest, problem, x, step, signOfZero, batches };
  });

/** d and r_k of one curvature, and a first draw with P_k(x) = x: a wrong sign where all of d″ and r″ is L. */
const matchedCase: fc.Arbitrary<MomentumCase> = fc
  .record({
    curvature: positiveDyadic(2, 4),
    x: dyadic(2, 4),
    centers: fc.tuple(dyadic(2, 4), dyadic(2, 4)),
    step: positiveDyadic(2, 4),
    inverseRoot,
    signOfZero: fc.constantFrom('zero' as const, 'positive' as const, 'negative' as const),
    later: fc.array(fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 1 }), { maxLength: 2 }),
  })
  .map(({ curvature, x, centers, later, ...rest }) => ({
    ...rest,
    problem: {
      smooth: { type: 'quadratic', curvature, center: 2 * x - centers[0] },
      functions: parabolas(curvature, ...centers),
      probabilities: [0.5, 0.5],
    },
    x: Float64Array.of(x),
    batches: [[0], ...later],
  }));

/** d and r of one curvature from far away: every step goes the same way, and G changes as fast as it can. */
const marchingCase: fc.Arbitrary<MomentumCase> = fc
  .record({
    curvature: positiveDyadic(2, 4),
    step: positiveDyadic(2, 4),
    inverseRoot,
    signOfZero: fc.constant('zero' as const),
    iterations: fc.integer({ min: 2, max: 6 }),
  })
  .map(({ curvature, iterations, ...rest }) => ({
    ...rest,
    problem: {
      smooth: { type: 'quadratic', curvature, center: 0 },
      functions: parabolas(curvature, 0),
      probabilities: [1],
    },
    x: Float64Array.of(64),
    batches: Array.from({ length: iterations }, () => [0]),
  }));

/** A problem with α = 2/(m² + 1), B and T. */
export interface NoiseCase extends Pick<SmoothProblemCase, 'problem' | 'x' | 'step' | 'signOfZero'> {
  readonly inverseRoot: number;
  readonly miniBatch: number;
  readonly iterations: number;
}

/** Whole laws are found of runs of up to four iterations. */
export const noiseCase: fc.Arbitrary<NoiseCase> = fc
  .record({
    base: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: rationalFamilies }),
    // Short steps too, so that the noise is not small beside them.
    step: fc.oneof(positiveDyadic(2, 4), positiveDyadic(1, 64)),
    inverseRoot: fc.constantFrom(1, 2, 3, 7),
    size: fc.constantFrom(
      { miniBatch: 1, iterations: 2 },
      { miniBatch: 1, iterations: 3 },
      { miniBatch: 1, iterations: 4 },
      { miniBatch: 2, iterations: 3 },
      { miniBatch: 3, iterations: 2 },
    ),
  })
  .map(({ base: { problem, x, signOfZero }, size, ...rest }) => ({ problem, x, signOfZero, ...size, ...rest }));

/** α = 2/(m² + 1), so that √(α/(2 − α)) = 1/m is rational. */
export const weightOf = (inverseRoot: number): Rational => rational(2n, BigInt(inverseRoot) ** 2n + 1n);

/** What does not change along a run. */
interface MomentumRun {
  readonly at: RationalProblemAtStep;
  /** α. */
  readonly newestWeight: Rational;
  readonly signOfZero: FixedConvention;
}

/** One iteration of signProx with momentum, in rationals, written from its formula. */
export interface MomentumIteration {
  /** x^t. */
  readonly x: readonly Rational[];
  /** G(x^t). */
  readonly mapping: readonly Rational[];
  /** ξ^t = Ĝ(x^t) − G(x^t). */
  readonly noise: readonly Rational[];
  /** m^t. */
  readonly mean: readonly Rational[];
  /** sgn m^t. */
  readonly signs: readonly Rational[];
  /** x^{t+1}. */
  readonly next: readonly Rational[];
}

const valuesAtZero: Readonly<Record<FixedConvention, bigint>> = { zero: 0n, positive: 1n, negative: -1n };

const signOf = (value: Rational, signOfZero: FixedConvention): Rational =>
  rational(value.n === 0n ? valuesAtZero[signOfZero] : value.s);

/**
 * The iteration at x with a mini-batch.
 *
 * @param before the iteration before; undefined in the first one
 * @param weights how often each component is in the mini-batch, divided by B
 */
export function momentumIteration(
  { at, newestWeight, signOfZero }: MomentumRun,
  x: readonly Rational[],
  before: MomentumIteration | undefined,
  weights: readonly Rational[],
): MomentumIteration {
  const mapping = at.residualMapping(at.problem.probabilities, x);
  const drawn = at.residualMapping(weights, x);
  const mean = before === undefined ? drawn : runningMean(newestWeight, before.mean, drawn);
  const signs = mean.map((entry) => signOf(entry, signOfZero));
  return {
    ...{ x, mapping, mean, signs },
    noise: minus(drawn, mapping),
    next: x.map((entry, i) => entry.sub(at.step.mul(signs[i]!))),
  };
}

/** (1 − α)·mean + α·newest. */
export const runningMean = (
  newestWeight: Rational,
  mean: readonly Rational[],
  newest: readonly Rational[],
): Rational[] => mean.map((entry, i) => sum(product(one.sub(newestWeight), entry), product(newestWeight, newest[i]!)));

/** a⁰, a¹, …, a^{count − 1}. */
export function powers(base: Rational, count: number): Rational[] {
  const list: Rational[] = [];
  for (let t = 0; t < count; t++) list.push(t === 0 ? one : list[t - 1]!.mul(base));
  return list;
}

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
      atMost(
        'f(x^{t+1}) ≤ f(x^t) − γ‖G‖₁ + γ²‖L‖₁ + γΣ(2 + γL_i)|ε_i|',
        at.objective(next)!,
        sum(
          at.objective(x)!,
          negative(product(step, absoluteNorm(mapping))),
          product(step, step, sum(...lipschitz)),
          product(step, sum(...lost)),
        ),
      ),
      ...mapping.flatMap((entry, i): Line<Rational>[] => [
        atMost(
          `G_i s_i ≥ |G_i| − 2|ε_i|, coordinate ${i}`,
          sum(magnitude(entry), negative(product(of(constants.wrong), magnitude(errors[i]!)))),
          product(entry, signs[i]!),
        ),
        atMost(
          `|G_i(x^t) − G_i(x⁰)| ≤ max{L_i, 2L_i/(1 + γL_i)}|x_i^t − x_i⁰|, coordinate ${i}`,
          magnitude(sum(entry, negative(iterations[0]!.mapping[i]!))),
          product(steepest[i]!, magnitude(sum(x[i]!, negative(iterations[0]!.x[i]!)))),
        ),
        atMost(
          `|ε_i^t − averaged noise| ≤ γ max{L_i, 2L_i/(1 + γL_i)}(1 − α)(1 − (1 − α)^t)/α, coordinate ${i}`,
          magnitude(sum(errors[i]!, negative(averagedNoise(iterations, newestWeight, t, i)))),
          product(of(constants.drift), step, steepest[i]!, grown),
        ),
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
export const momentumStepClaim = exactLinesClaim({
  id: 'momentum-step',
  version: 1,
  source: { section: 'beyond the paper', equation: 'momentum, one step' },
  statement:
    'f(x^{t+1}) ≤ f(x^t) − γ‖G‖₁ + γ²‖L‖₁ + γΣ(2 + γL_i)|ε_i| for s = sgn m, ε = m − G(x^t); G_i is 2L_i-Lipschitz; ε_i is a mean of the noise up to 2γL_i(1 − α)/α',
  method: 'every line in every iteration of generated runs of up to six iterations, in rationals without a tolerance',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  constants: { wrong: 2, curvature: 1, lipschitz: 2, drift: 1 },
  runsAt,
  arbitrary: [anyCase, matchedCase, marchingCase],
  linesOf,
  classify,
  mustReach: ['n > 1', 'α < 1, T > 2', 'd not convex', 'noise', 'a wrong sign', ...Object.values(namesOfTies)],
});
