import fc from 'fast-check';
import { dyadic } from '../../src/claims/arbitraries/dyadic.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import {
  fromDouble,
  one,
  type Rational,
  rational,
  square,
  toDouble,
  zero,
} from '../../src/exact/arithmetic/rational.js';
import { chainLeft } from '../shared/sign-chain.js';

/**
 * d = ½αx² and the concave r_k = −½βu² ± su, |α| ≤ 1, 0 ≤ β ≤ 1, so that L = 1; f = ½(α − β)x² up to a constant, so α ≥ β. Then
 * P_k(x) = ((1 − γα)x ∓ γs)/(1 − γβ), G(x) = (α − β)x/(1 − γβ), σ = s/(1 − γβ).
 */
interface ConcaveCase {
  readonly alpha: number;
  readonly beta: number;
  readonly noise: number;
  readonly start: number;
  /** √T. */
  readonly root: number;
}

const eighths = (minimum: number, maximum: number): fc.Arbitrary<number> =>
  fc.integer({ min: 8 * minimum, max: 8 * maximum }).map((k) => k / 8);

const concaveCase = (roots: readonly number[]): fc.Arbitrary<ConcaveCase> =>
  fc
    .record({
      alpha: eighths(0, 1),
      share: eighths(0, 1),
      noise: eighths(0, 4),
      start: dyadic(4),
      root: fc.constantFrom(...roots),
    })
    .map(({ alpha, share, noise, start, root }) => ({ alpha, beta: alpha * share, noise, start, root }));

const judged = (ratio: number, input: ConcaveCase): Judgement => ({
  ratio,
  explanation: () =>
    `left/bound = ${ratio} for d = ${input.alpha / 2}x², r_k = −${input.beta / 2}u² ± ${input.noise}u, x⁰ = ${input.start}, T = ${input.root ** 2}`,
});

/** Theorem 1 with `factor` in place of 3: second moments in rationals, m⁺ = ρ²m + γ²σ². */
function judge1(input: ConcaveCase, factor: number): Judgement {
  const { alpha, beta, noise, start } = input;
  const [a, b, s, x] = [alpha, beta, noise, start].map(fromDouble) as [Rational, Rational, Rational, Rational];
  const root = BigInt(input.root);
  const step = rational(1n, root);
  const shrink = one.sub(step.mul(b));
  const sigma = s.div(shrink);
  const contraction = square(one.sub(step.mul(a)).div(shrink));
  const added = square(step.mul(sigma));
  let moment = square(x);
  let sum = zero;
  const iterations = root * root;
  for (let t = 0n; t < iterations; t++) {
    sum = sum.add(moment);
    moment = contraction.mul(moment).add(added);
  }
  const left = square(a.sub(b).div(shrink)).mul(sum).div(rational(iterations));
  const bound = step.mul(
    a
      .sub(b)
      .mul(square(x))
      .add(fromDouble(factor).mul(square(sigma))),
  );
  if (left.gt(bound)) return judged(bound.n === 0n ? Number.POSITIVE_INFINITY : toDouble(left.div(bound)), input);
  return judged(bound.n === 0n ? 0 : toDouble(left.div(bound)), input);
}

/** Theorem 2 with `factor` in place of 4, B = T a power of 4: the law of the iterate on x⁰ + γZ, in rationals, so that ties are exact. */
function judge2(input: ConcaveCase, factor: number): Judgement {
  const { alpha, beta, noise, start, root } = input;
  const iterations = root * root;
  const step = rational(1n, 2n * BigInt(root));
  const [a, b, s] = [alpha, beta, noise].map(fromDouble) as [Rational, Rational, Rational];
  const slope = one.sub(step.mul(b));
  const half = rational(1n, 2n);
  const [, upper] = chainLeft(
    {
      probabilities: [half, half],
      mappings: (x) => [s, s.neg()].map((noise) => a.sub(b).mul(x).add(noise).div(slope)),
      ...{ start: fromDouble(start), step, miniBatch: iterations, iterations },
    },
    'positive',
  );
  const shrink = toDouble(slope);
  const bound = (factor / root) * (((alpha - beta) * start * start) / 2 + noise / shrink + 1);
  return judged(upper / bound, input);
}

/**
 * How much convexity of the r_k the theorems need, for r_k with L-Lipschitz gradients and γL < 1, so that the proxes are single-valued. Theorem 2 needs
 * none: where its proof uses convexity, the descent lemma serves. Theorem 1 needs it exactly for T ≤ 3 (claim counterexample-convexity): without it
 * the bound is [LΔ + (1 − 1/T)σ²]/(√T − 1). Proofs in PROOFS.md; this claim searches for a counterexample among concave r_k.
 */
export const claim = claimOf({ noise: 3, factor: 4 }, ({ noise, factor }) =>
  propertyClaim({
    id: 'assumption-c-convexity',
    version: 1,
    source: { section: '2.2', equation: 'Assumptions 1(c), 2(c): convexity' },
    statement: 'Theorem 2 holds, and Theorem 1 holds for T ≥ 4, for r_k with L-Lipschitz gradients that are not convex',
    method:
      'left/bound of random problems with concave r_k, by second moments in rationals and by the law of the iterate',
    requires: { referenceOnly: true },
    success: 'holds',
    counterexamples: ['Theorem 1 at T = 1, 2 and 3: `counterexample-convexity`'],
    parts: () => [
      propertyPart<ConcaveCase>({
        name: 'Theorem 1, T ≥ 4, concave r_k',
        arbitrary: concaveCase([2, 3, 4, 5]),
        judge: (input) => judge1(input, noise),
        classify: ({ beta, root }) => [...(beta > 0 ? ['concave'] : []), `√T = ${root}`],
        mustReach: ['concave', '√T = 2'],
      }),
      propertyPart<ConcaveCase>({
        name: 'Theorem 2, concave r_k',
        arbitrary: concaveCase([1, 2, 4]),
        judge: (input) => judge2(input, factor),
        classify: ({ beta, root }) => [...(beta > 0 ? ['concave'] : []), `√T = ${root}`],
        mustReach: ['concave', '√T = 1'],
      }),
    ],
  }),
);
