import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { minimum, type Rational, square, zero } from '../../../src/exact/arithmetic/rational.js';
import { categoriesOf, type UnimodalCase, type UnimodalStep, unimodalCase, unimodalStep } from './unimodal-case.js';

const { of, sum, product } = exact;

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface UnimodalConstants {
  /** 3 of |G|/√(3v). */
  readonly three: number;
  /** 2/3, the margin of far G; as a double a little less. */
  readonly far: number;
  /** 1 of γ²L. */
  readonly curvature: number;
}

/**
 * Of 0 ≤ a = min(|G|/√(3v), ⅔), which has a root, a²·3v = min(G², (4/9)·3v) is rational: a ≤ b for b ≥ 0 where a²·3v ≤ b²·3v.
 */
function linesOf({ mapping, step, lipschitz, workers, decrease }: UnimodalStep, constants: UnimodalConstants) {
  const { margin, tripled } = workers[0]!;
  const own = product(of(constants.three / 3), tripled);
  const squared = minimum(square(mapping), product(square(of(constants.far)), own));
  const gained = sum(decrease(margin), product(of(constants.curvature), square(step), lipschitz));
  const lines: Line<Rational>[] = [
    {
      name: 'E[s] sgn G ≥ min(|G|/√(3v), 2/3), squared and times 3v',
      left: squared,
      relation: '≤',
      right: product(own, square(margin)),
    },
    { name: 'E[f(x⁺) − f(x) | x] ≤ γ²L', left: zero, relation: '≤', right: gained },
    {
      name: 'E[f(x⁺) − f(x) | x] ≤ −γ|G|min(|G|/√(3v), 2/3) + γ²L, squared and times 3v',
      left: product(square(step), square(mapping), squared),
      relation: '≤',
      right: product(own, square(gained)),
    },
  ];
  return lines;
}

/**
 * Symmetric unimodal noise, one step in one coordinate. By Gauss's inequality noise of variance v leaves the sign of G a margin of
 * min(|G|/√(3v), 2/3), and the lemma of margins does the rest. The laws are mixtures of uniform ones and of 0, which all symmetric unimodal
 * laws are limits of.
 */
export const claim = claimOf({ three: 3, far: 2 / 3, curvature: 1 }, (constants: UnimodalConstants) =>
  propertyClaim({
    id: 'unimodal-noise-step',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise, one step' },
    statement:
      'E[f(x⁺) − f(x) | x] ≤ −γ|G| min(|G|/√(3v), 2/3) + γ²L for signProx under additive noise that is symmetric, unimodal and of variance v',
    method:
      'on generated problems of one coordinate under mixtures of uniform noise and of none, whose sign has a rational law, in rationals without a tolerance',
    hypotheses: ['assumption-2b', 'assumption-2c'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<UnimodalCase>({
        name: 'in rationals',
        arbitrary: unimodalCase(1),
        judge: (input) => judgeLines(linesOf(unimodalStep(input), constants), exact, false),
        classify: (input) => categoriesOf(unimodalStep(input), input),
        mustReach: ['a sign that may be wrong', 'a mixture of widths', 'noise that may be 0'],
      }),
    ],
  }),
);
