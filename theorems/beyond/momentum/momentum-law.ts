import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import { coordinateConstants } from '../../../src/claims/proofs/lines/exact-iteration.js';
import { multinomialLaw } from '../../../src/exact/arithmetic/multinomial.js';
import {
  fromDouble,
  maximum,
  one,
  type Rational,
  rational,
  square,
  zero,
} from '../../../src/exact/arithmetic/rational.js';
import { atStep, rationalProblem } from '../../../src/exact/problem/rational-problem.js';
import type { NoiseCase } from './momentum-case.js';
import { type MomentumIteration, momentumIteration, runningMean, weightOf } from './momentum-run.js';

const { sum, product } = exact;
const { minus } = vectorsOver(exact);

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
export interface MomentumLaw {
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
