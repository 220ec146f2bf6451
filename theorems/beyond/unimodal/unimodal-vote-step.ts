import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import {
  maximum,
  minimum,
  one,
  type Rational,
  rational,
  square,
  two,
  zero,
} from '../../../src/exact/arithmetic/rational.js';
import { categoriesOf, type UnimodalCase, type UnimodalStep, unimodalCase, unimodalStep } from './unimodal-case.js';
import { evaluateAt, voteByIntegral } from './vote-polynomial.js';

const { of, sum, product } = exact;

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface VoteConstants {
  /** 1 of φ_M(δ). */
  readonly margin: number;
  /** 2/3 of the margin, as a double a little less; and 3 of |G|/√(3v). */
  readonly far: number;
  readonly three: number;
}

/** E[sgn Σ_m s_m] of votes s_m = ±1 that are independent, with E[s_m] = δ_m: from the law of how many are 1. */
function voted(margins: readonly Rational[]): Rational {
  let law = [one];
  for (const margin of margins) {
    const [right, wrong] = [one.add(margin).div(two), one.sub(margin).div(two)];
    const next = new Array<Rational>(law.length + 1).fill(zero);
    law.forEach((mass, count) => {
      next[count] = next[count]!.add(mass.mul(wrong));
      next[count + 1] = next[count + 1]!.add(mass.mul(right));
    });
    law = next;
  }
  const majority = sum(...law.slice((margins.length + 1) / 2));
  return two.mul(majority).sub(one);
}

function linesOf({ mapping, step, lipschitz, workers, decrease }: UnimodalStep, constants: VoteConstants) {
  const M = rational(BigInt(workers.length));
  const margins = workers.map(({ margin }) => margin);
  const vote = voted(margins);
  const least = margins.reduce(minimum);
  const tripled = product(of(constants.three / 3), workers.map((worker) => worker.tripled).reduce(maximum));
  // The square of ⅔ min(√M|G|/√(3v), 1), times 3v.
  const squared = product(square(of(constants.far)), minimum(product(M, square(mapping)), tripled));
  const gained = sum(decrease(vote), product(square(step), lipschitz));
  const lines: Line<Rational>[] = [
    {
      name: 'E[s] sgn G ≥ φ_M(δ), δ the smallest margin of a worker',
      left: product(of(constants.margin), evaluateAt(voteByIntegral(workers.length), least)),
      relation: '≤',
      right: vote,
    },
    { name: 'E[f(x⁺) − f(x) | x] ≤ γ²L', left: zero, relation: '≤', right: gained },
    {
      name: 'E[s] sgn G ≥ (2/3) min(√M|G|/√(3v), 1), squared and times 3v',
      left: squared,
      relation: '≤',
      right: product(tripled, square(vote)),
    },
    {
      name: 'E[f(x⁺) − f(x) | x] ≤ −(2/3)γ|G|min(√M|G|/√(3v), 1) + γ²L, squared and times 3v',
      left: product(square(step), square(mapping), squared),
      relation: '≤',
      right: product(tripled, square(gained)),
    },
  ];
  return lines;
}

/**
 * A vote of M workers under symmetric unimodal noise, one step in one coordinate. Each worker has noise of its own law, with a margin of δ at least, and the vote has φ_M(δ). From M = 3
 * on this is ⅔ min(√M|G|/√(3v), 1): as for the mean of M draws, up to constants.
 */
export const claim = claimOf({ margin: 1, far: 2 / 3, three: 3 }, (constants: VoteConstants) =>
  propertyClaim({
    id: 'unimodal-vote-step',
    version: 1,
    source: { section: 'beyond the paper', equation: 'majority vote under unimodal noise, one step' },
    statement:
      'E[f(x⁺) − f(x) | x] ≤ −(2/3)γ|G| min(√M|G|/√(3v), 1) + γ²L for the vote of an odd M ≥ 3 workers, each under symmetric unimodal noise of its own, of variance v at most',
    method:
      'on generated problems of one coordinate for 3, 5 and 7 workers under mixtures of uniform noise and of none, in rationals without a tolerance',
    hypotheses: ['assumption-2b', 'assumption-2c'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<UnimodalCase>({
        name: 'in rationals',
        arbitrary: unimodalCase(3, 5, 7),
        judge: (input) => judgeLines(linesOf(unimodalStep(input), constants), exact, false),
        classify: (input) => [
          ...categoriesOf(unimodalStep(input), input),
          ...(input.workers.some((law) => law !== input.workers[0]) ? ['workers of different laws'] : []),
        ],
        mustReach: [
          'a sign that may be wrong',
          'a mixture of widths',
          'noise that may be 0',
          'workers of different laws',
        ],
      }),
    ],
  }),
);
