import {
  atStep,
  fromDouble,
  maximum,
  multinomialLaw,
  one,
  type Rational,
  rational,
  rationalProblem,
  square,
  squareRootBelow,
  zero,
} from '../../../src/library/exact.js';
import { rememberRecent } from '../../../src/library/testing.js';
import { exact, vectorsOver } from '../../lines/arithmetic.js';
import { coordinateConstants } from '../../lines/exact-iteration.js';
import { atMost, type Line } from '../../lines/iteration.js';
import { exactLinesClaim } from '../../lines/line-claim.js';
import {
  type MomentumIteration,
  momentumIteration,
  type NoiseCase,
  noiseCase,
  powers,
  runningMean,
  weightOf,
} from './steps.js';

const { minus, absoluteNorm } = vectorsOver(exact);
const { sum, product, of, quotient, negative, magnitude } = exact;

/** A point that a path has come to. */
interface Reached {
  readonly probability: Rational;
  readonly x: readonly Rational[];
  /** G(x). */
  readonly mapping: readonly Rational[];
  readonly before?: Drawn;
}

/** The same with a mini-batch drawn there. */
interface Drawn {
  readonly probability: Rational;
  readonly iteration: MomentumIteration;
  /** ε = m − G(x). */
  readonly error: readonly Rational[];
  /** (1 − α)^t ξ⁰ + α Σ (1 − α)^{t−j} ξ^j. */
  readonly averaged: readonly Rational[];
}

/** What signProx with momentum does in T iterations, over every sequence of mini-batches; the last step is that of sgn G. */
interface MomentumLaw {
  readonly step: Rational;
  readonly newestWeight: Rational;
  /** L_i. */
  readonly lipschitz: readonly Rational[];
  /** The largest variance of Ĝ_i, for the mini-batch, at a point from which a step with noise is taken. */
  readonly variance: readonly Rational[];
  /** f(x⁰), and E f(x^{T−1} − γ sgn G(x^{T−1})). */
  readonly startObjective: Rational;
  readonly endObjective: Rational;
  /** The points of x⁰ … x^{T−1}, and all but the last of them with their mini-batches. */
  readonly iterates: readonly (readonly Reached[])[];
  readonly drawn: readonly (readonly Drawn[])[];
  expectation<State extends { readonly probability: Rational }>(
    states: readonly State[],
    value: (state: State) => Rational,
  ): Rational;
}

export function momentumLaw(input: NoiseCase): MomentumLaw {
  const at = atStep(rationalProblem(input.problem, input.x.length), fromDouble(input.step));
  const { step, problem } = at;
  const run = { at, newestWeight: weightOf(input.inverseRoot), signOfZero: input.signOfZero };
  const { newestWeight } = run;
  const size = rational(BigInt(input.miniBatch));
  const outcomes = multinomialLaw(problem.probabilities, input.miniBatch).map(({ counts, probability }) => ({
    probability,
    weights: counts.map((count) => rational(BigInt(count)).div(size)),
  }));
  const mappingAt = (x: readonly Rational[]) => at.residualMapping(problem.probabilities, x);
  const start = Array.from(input.x, fromDouble);
  const iterates: Reached[][] = [[{ probability: one, x: start, mapping: mappingAt(start) }]];
  const drawn: Drawn[][] = [];
  let variance: readonly Rational[] = start.map(() => zero);

  for (let t = 1; t < input.iterations; t++) {
    const here = iterates.at(-1)!.map((reached) =>
      outcomes.map((outcome): Drawn => {
        const { before, x, mapping } = reached;
        const iteration = momentumIteration(run, x, before?.iteration, outcome.weights);
        const { noise, mean } = iteration;
        return {
          probability: product(reached.probability, outcome.probability),
          iteration,
          error: minus(mean, mapping),
          averaged: before === undefined ? noise : runningMean(newestWeight, before.averaged, noise),
        };
      }),
    );
    for (const branches of here) {
      variance = variance.map((largest, i) =>
        maximum(
          largest,
          sum(...branches.map(({ iteration }, j) => product(outcomes[j]!.probability, square(iteration.noise[i]!)))),
        ),
      );
    }
    drawn.push(here.flat());
    iterates.push(
      here.flat().map((before): Reached => {
        const x = before.iteration.next;
        return { probability: before.probability, x, mapping: mappingAt(x), before };
      }),
    );
  }

  const expectation: MomentumLaw['expectation'] = (states, value) =>
    sum(...states.map((state) => product(state.probability, value(state))));
  const withoutNoise = ({ x, mapping }: Reached): readonly Rational[] =>
    x.map((entry, i) => entry.sub(step.mul(rational(mapping[i]!.n === 0n ? 0n : mapping[i]!.s))));
  return {
    ...{ step, newestWeight, variance, iterates, drawn, expectation },
    lipschitz: coordinateConstants(problem),
    startObjective: at.objective(start)!,
    endObjective: expectation(iterates.at(-1)!, (reached) => at.objective(withoutNoise(reached))!),
  };
}

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface NoiseConstants {
  /** 1 of α/(2 − α). */
  readonly spread: number;
  /** 1 of (1 − α)^{2t}. */
  readonly first: number;
  /** 1 of 1/α. */
  readonly transient: number;
}

const known = rememberRecent(momentumLaw, 8);

function linesOf(input: NoiseCase, { spread, first, transient }: NoiseConstants): Line<Rational>[] {
  const law = known(input);
  const { step, newestWeight, lipschitz, variance } = law;
  const last = input.iterations - 1;
  const T = rational(BigInt(input.iterations));
  const root = quotient(one, rational(BigInt(input.inverseRoot)));
  const kept = powers(one.sub(newestWeight), last);
  const costs = lipschitz.map((L) => sum(of(2), product(step, L)));
  const overCoordinates = (value: (i: number) => Rational): Rational => sum(...costs.map((_, i) => value(i)));
  const left = sum(...law.iterates.map((states) => law.expectation(states, ({ mapping }) => absoluteNorm(mapping))));
  const fallen = sum(law.startObjective, negative(law.endObjective), product(step, step, T, sum(...lipschitz)));
  const errors = (i: number): Rational =>
    sum(...law.drawn.map((states) => law.expectation(states, ({ error }) => magnitude(error[i]!))));
  const drift = quotient(product(of(2), step, one.sub(newestWeight)), newestWeight);
  return [
    ...law.drawn.flatMap((states, t) =>
      lipschitz.map((_, i): Line<Rational> => {
        const decayed = square(kept[t]!);
        return atMost(
          `E(averaged noise)² ≤ v_i[(1 − α)^{2t} + (1 − (1 − α)^{2t})α/(2 − α)], coordinate ${i}`,
          law.expectation(states, ({ averaged }) => square(averaged[i]!)),
          product(
            variance[i]!,
            sum(product(of(first), decayed), product(of(spread), square(root), sum(one, negative(decayed)))),
          ),
        );
      }),
    ),
    atMost('Σ (1 − α)^t ≤ 1/α over t ≤ T − 2', sum(...kept), quotient(of(transient), newestWeight)),
    atMost(
      'γ Σ E‖G‖₁ ≤ f(x⁰) − E f(x^{T−1} − γ sgn G) + Tγ²‖L‖₁ + γ Σ Σ_i (2 + γL_i)E|ε_i|',
      product(step, left),
      sum(
        fallen,
        product(
          step,
          overCoordinates((i) => product(costs[i]!, errors(i))),
        ),
      ),
    ),
    atMost(
      'the theorem, with E f(x^{T−1} − γ sgn G) in place of f*',
      quotient(left, T),
      sum(
        quotient(fallen, product(step, T)),
        overCoordinates((i) => {
          const deviation = squareRootBelow(variance[i]!);
          const usual = product(of(last), sum(product(drift, lipschitz[i]!), product(root, deviation)));
          return quotient(product(costs[i]!, sum(usual, quotient(deviation, newestWeight))), T);
        }),
      ),
    ),
  ];
}

function classify({ problem, x, inverseRoot, miniBatch, iterations }: NoiseCase, law: MomentumLaw): string[] {
  return [
    ...(x.length > 1 ? ['n > 1'] : []),
    ...(law.variance.some(({ n }) => n !== 0n) ? ['noise'] : []),
    ...(miniBatch > 1 ? ['B > 1'] : []),
    ...(inverseRoot > 1 && iterations > 2 ? ['α < 1, T > 2'] : []),
    ...(inverseRoot === 1 ? ['α = 1'] : []),
    ...(problem.smooth.type === 'geman-mcclure' ? ['d not convex'] : []),
  ];
}

/**
 * signProx with momentum in expectation. The noise of m is a weighted sum of martingale differences, so that its second moment is v_i = σ_i²/B times the sum of the squared
 * weights, and E|·| at most the root of that, hence at most √v_i[(1 − α)^t + √(α/(2 − α))]. The sum of the steps, the last one without noise, is then the theorem; here v_i is the largest
 * variance at a point that is visited.
 */
export const momentumNoiseClaim = exactLinesClaim({
  id: 'momentum-noise',
  version: 1,
  source: { section: 'beyond the paper', equation: 'momentum, in expectation' },
  statement:
    'E(averaged noise)² ≤ v_i[(1 − α)^{2t} + (1 − (1 − α)^{2t})α/(2 − α)], Σ(1 − α)^t ≤ 1/α, and γΣE‖G‖₁ ≤ Δ + Tγ²‖L‖₁ + γΣΣ_i(2 + γL_i)E|ε_i| for signProx with momentum',
  method:
    'over all sequences of mini-batches for T ≤ 4 on generated problems, in rationals without a tolerance; √v_i from below',
  hypotheses: ['assumption-2b', 'assumption-2c', 'assumption-2d'],
  constants: { spread: 1, first: 1, transient: 1 },
  part: 'over all paths',
  runsAt: { quick: { runs: 60 }, standard: { runs: 150 }, deep: { runs: 3000 } },
  arbitrary: noiseCase,
  linesOf,
  classify: (input) => classify(input, known(input)),
  mustReach: ['n > 1', 'noise', 'B > 1', 'α < 1, T > 2', 'α = 1', 'd not convex'],
});
