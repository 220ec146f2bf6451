import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { one, type Rational, rational, square } from '../../../src/exact/arithmetic/rational.js';
import { squareRootBelow } from '../../../src/exact/problem/constants.js';
import { rememberRecent } from '../../../src/reference/functions/definition/parse.js';
import { type NoiseCase, noiseCase } from './momentum-case.js';
import { type MomentumLaw, momentumLaw } from './momentum-law.js';
import { powers } from './momentum-run.js';

const { of, sum, product, quotient, negative, magnitude } = exact;
const { absoluteNorm } = vectorsOver(exact);

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
        return {
          name: `E(averaged noise)² ≤ v_i[(1 − α)^{2t} + (1 − (1 − α)^{2t})α/(2 − α)], coordinate ${i}`,
          left: law.expectation(states, ({ averaged }) => square(averaged[i]!)),
          relation: '≤',
          right: product(
            variance[i]!,
            sum(product(of(first), decayed), product(of(spread), square(root), sum(one, negative(decayed)))),
          ),
        };
      }),
    ),
    {
      name: 'Σ (1 − α)^t ≤ 1/α over t ≤ T − 2',
      left: sum(...kept),
      relation: '≤',
      right: quotient(of(transient), newestWeight),
    },
    {
      name: 'γ Σ E‖G‖₁ ≤ f(x⁰) − E f(x^{T−1} − γ sgn G) + Tγ²‖L‖₁ + γ Σ Σ_i (2 + γL_i)E|ε_i|',
      left: product(step, left),
      relation: '≤',
      right: sum(
        fallen,
        product(
          step,
          overCoordinates((i) => product(costs[i]!, errors(i))),
        ),
      ),
    },
    {
      name: 'the theorem, with E f(x^{T−1} − γ sgn G) in place of f*',
      left: quotient(left, T),
      relation: '≤',
      right: sum(
        quotient(fallen, product(step, T)),
        overCoordinates((i) => {
          const deviation = squareRootBelow(variance[i]!);
          const usual = product(of(last), sum(product(drift, lipschitz[i]!), product(root, deviation)));
          return quotient(product(costs[i]!, sum(usual, quotient(deviation, newestWeight))), T);
        }),
      ),
    },
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
export const claim = claimOf({ spread: 1, first: 1, transient: 1 }, (constants: NoiseConstants) =>
  propertyClaim({
    id: 'momentum-noise',
    version: 1,
    source: { section: 'beyond the paper', equation: 'momentum, in expectation' },
    statement:
      'E(averaged noise)² ≤ v_i[(1 − α)^{2t} + (1 − (1 − α)^{2t})α/(2 − α)], Σ(1 − α)^t ≤ 1/α, and γΣE‖G‖₁ ≤ Δ + Tγ²‖L‖₁ + γΣΣ_i(2 + γL_i)E|ε_i| for signProx with momentum',
    method:
      'over all sequences of mini-batches for T ≤ 4 on generated problems, in rationals without a tolerance; √v_i from below',
    hypotheses: ['assumption-2b', 'assumption-2c', 'assumption-2d'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => [
      propertyPart<NoiseCase>({
        name: 'over all paths',
        runs: { quick: 60, standard: 150, deep: 3000 }[depth],
        arbitrary: noiseCase,
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify: (input) => classify(input, known(input)),
        mustReach: ['n > 1', 'noise', 'B > 1', 'α < 1, T > 2', 'α = 1', 'd not convex'],
      }),
    ],
  }),
);
