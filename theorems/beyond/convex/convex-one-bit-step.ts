import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { fromDouble, maximum, one, type Rational, two, zero } from '../../../src/exact/arithmetic/rational.js';
import { atStep, rationalProblem } from '../../../src/exact/problem/rational-problem.js';
import { type OneBitCase, oneBitCase } from './one-bit-case.js';

const { of, sum, product, quotient, negative } = exact;

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface OneBitConstants {
  /** 1 of √(3v), and 3/2 of (3/2)|G|. */
  readonly spread: number;
  readonly far: number;
  /** 1 of γ². */
  readonly step: number;
}

/** G, x, x* and the probability of a wrong sign, in rationals. */
function known({ smooth, regularizer, minimiser, x, step, halfWidth, rootOfShare }: OneBitCase) {
  const at = atStep(rationalProblem({ smooth, functions: [regularizer], probabilities: [1] }, 1), fromDouble(step));
  const [mapping] = at.residualMapping([one], [fromDouble(x)]) as [Rational];
  const [full] = at.weightedMean([one], [fromDouble(x)]) as [Rational];
  const gap = sum(at.objective([full])!, negative(at.objective([fromDouble(minimiser)])!));
  const [h, share] = [fromDouble(halfWidth), fromDouble(rootOfShare ** 2)];
  const beyond = maximum(zero, one.sub(mapping.abs().div(h)));
  return { mapping, gap, h, wrong: product(share, beyond).div(two), away: fromDouble(x).sub(fromDouble(minimiser)) };
}

function linesOf(input: OneBitCase, { spread, far, step: own }: OneBitConstants): Line<Rational>[] {
  const { mapping, gap, h, wrong, away } = known(input);
  const step = fromDouble(input.step);
  // Where G = 0 a sign of 0 does not move x or is a fair coin, and the mean of all signs is 0.
  const margin = mapping.n === 0n ? zero : one.sub(two.mul(wrong));
  const deviation = product(of(spread), h, fromDouble(input.rootOfShare));
  const scale = maximum(deviation, product(of(far), mapping.abs()));
  return [
    {
      name: 'E[s] sgn G ≥ min(|G|/√(3v), 2/3)',
      left: quotient(mapping.abs(), scale),
      relation: '≤',
      right: margin,
    },
    {
      name: 'x − x* has the sign of G, or G = 0',
      left: negative(product(away, mapping)),
      relation: '≤',
      right: zero,
    },
    {
      name: 'E(x⁺ − x*)² ≤ (x − x*)² − 2γ(f(P(x)) − f*)/max{√(3v), (3/2)|G|} + γ²',
      // E s² ≤ 1, with equality where no sign is 0.
      left: sum(
        product(away, away),
        negative(product(two, step, away, margin, of(mapping.s < 0n ? -1 : 1))),
        product(step, step),
      ),
      relation: '≤',
      right: sum(product(away, away), negative(product(two, step, quotient(gap, scale))), product(of(own), step, step)),
    },
  ];
}

function classify(input: OneBitCase): string[] {
  const { mapping, h, wrong } = known(input);
  return [
    ...(mapping.n === 0n ? ['G = 0'] : []),
    ...(wrong.gt(zero) && mapping.n !== 0n ? ['a sign that may be wrong'] : []),
    ...(mapping.abs().gt(h) ? ['a sign that is right'] : []),
    ...(input.rootOfShare < 1 ? ['noise that may be 0'] : []),
    ...(JSON.stringify(input.regularizer).includes('"l1"') ? ['r not smooth'] : []),
  ];
}

/**
 * One bit and a convex d, one step in one coordinate. By Gauss's inequality symmetric unimodal noise of variance v leaves the sign of G a margin of min(|G|/√(3v), 2/3); x − x* has
 * the sign of G because P does not expand for γL ≤ 2; and |x − x*| ≥ (f(P(x)) − f*)/|G| by `convex-step`. Uniform noise with an atom at 0 is where Gauss's inequality is attained.
 */
export const claim = claimOf({ spread: 1, far: 3 / 2, step: 1 }, (constants: OneBitConstants) =>
  propertyClaim({
    id: 'convex-one-bit-step',
    version: 1,
    source: { section: 'beyond the paper', equation: 'convex d, one bit, one step' },
    statement:
      'E(x_i⁺ − x_i*)² ≤ (x_i − x_i*)² − 2γ(f_i(P(x)_i) − f_i*)/max{√(3v_i), (3/2)|G_i|} + γ² for signProx, convex d, γL_i ≤ 2, and noise that is symmetric, unimodal and of variance v_i',
    method:
      'on generated convex problems of one coordinate under additive noise that is 0 or uniform, whose sign has a rational law, in rationals without a tolerance',
    hypotheses: ['assumption-2b'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<OneBitCase>({
        name: 'in rationals',
        arbitrary: oneBitCase,
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify,
        mustReach: [
          ...['G = 0', 'a sign that may be wrong', 'a sign that is right'],
          ...['noise that may be 0', 'r not smooth'],
        ],
      }),
    ],
  }),
);
