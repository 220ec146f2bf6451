import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { type Rational, rational, sum, two, zero } from '../../src/exact/arithmetic/rational.js';
import { type SignOfZero, signProxIteration } from '../../src/exact/engines/algorithms.js';
import { enumerateLeft } from '../../src/exact/engines/enumeration.js';
import { atStep, rationalProblem } from '../../src/exact/problem/rational-problem.js';

const conventions = ['zero', 'positive', 'negative', 'random'] as const satisfies readonly SignOfZero[];

/**
 * d = ½x², r_k = ½(u ∓ (1 + γ))², θ = ½: P_k − P = ±γ, so σ = 1 and Ĝ(x) = 2x/(1 + γ) plus the mean of B = T signs. From x⁰ = x* = 0 half of the
 * mini-batches or nearly so balance, and Ĝ(0) is exactly 0: with probability C(4, 2)/2⁴ = 3/8 at T = 4.
 */
function leftSide(root: bigint, signOfZero: SignOfZero): Rational {
  const step = 1 / (2 * Number(root));
  const problem = rationalProblem(
    {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: [1, -1].map((side) => ({ type: 'quadratic', curvature: 1, center: side * (1 + step) })),
      probabilities: [0.5, 0.5],
    },
    1,
  );
  const { s, n, d } = enumerateLeft({
    problem: atStep(problem, rational(1n, 2n * root)),
    start: [zero],
    iterations: Number(root * root),
    miniBatch: Number(root * root),
    iteration: signProxIteration('residual'),
    norm: 'l1',
    signOfZero,
  });
  return rational(s * n, d);
}

/** P[Ĝ(0) = 0] = C(T, T/2)/2ᵀ. */
function tieProbability(iterations: bigint): Rational {
  let count = 1n;
  for (let k = 1n; k <= iterations / 2n; k++) count = (count * (iterations / 2n + k)) / k;
  return rational(count, 2n ** iterations);
}

/** Two lines of §5.2 that are printed as equalities, at a point with Ĝ = 0 ≠ G: d = ½x², x = ½, a batch of four whose mean noise is −½, γ = ¼. */
function printedEqualities(): Comparison[] {
  const step = rational(1n, 4n);
  const mapping = rational(1n, 2n);
  const sign = zero;
  const shared = { iterations: 4, step: 0.25, miniBatch: 4 } as const;
  return [
    {
      ...shared,
      instance: '(13): 2γ|G|·1[sgn G ≠ sgn Ĝ] against γG(sgn G − sgn Ĝ), Ĝ = 0',
      left: two.mul(step).mul(mapping),
      bound: step.mul(mapping).mul(rational(1n).sub(sign)),
    },
    {
      ...shared,
      instance: 'γ²‖L‖₁ against ΣL_i(x⁺_i − x_i)², Ĝ = 0',
      left: step.mul(step),
      bound: step.mul(sign).mul(step.mul(sign)),
    },
  ];
}

const roots = { quick: [2n], standard: [2n, 4n], deep: [2n, 4n, 6n] };

/** sgn(0) ∈ {+1, −1}, as one bit demands, costs at these T what abstaining saves: the left side with sgn(0) = +1 against that with sgn(0) = 0. */
export function againstAbstaining(root: bigint): Comparison {
  return {
    instance: 'left side with sgn(0) = +1 against sgn(0) = 0',
    iterations: Number(root * root),
    step: 1 / (2 * Number(root)),
    miniBatch: Number(root * root),
    engine: 'enumeration',
    left: leftSide(root, 'positive'),
    bound: leftSide(root, 'zero'),
    constants: { sigma: 1, gapUpper: 0, L: 1 },
  };
}

/**
 * One bit cannot carry 0. The theorems hold for every value of sgn(0) in {−1, 0, +1}, but two lines of §5.2 that are printed as equalities are
 * only "≤" when sgn(0) = 0 and Ĝ_i = 0, and the value matters to the left side: ties are not rare.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-sign-of-zero',
  version: 1,
  source: { section: '5.2', equation: '(13)' },
  statement:
    'the value of sgn(0) does not matter: (13) and γ²‖L‖₁ are equalities, and the left side is the same for every convention',
  method: 'the two lines at a tie, and the left sides under both conventions by enumeration, all in rationals',
  refutes: 'misprint',
  counterexampleTo: ['theorem-2-step-5', 'theorem-2-step-7', 'theorem-2-sign-conventions'],
  counterexamples: [
    'd = ½x², r_k = ½(u ∓ (1 + γ))², T = 4: ties have probability 3/8, √T·left is 0.394 (zero) or 0.533 (±1)',
  ],
  compare: ({ depth }) => [...printedEqualities(), ...roots[depth].map(againstAbstaining)],
  measured: () => ({
    'P[tie at x⁰], T = 4': tieProbability(4n).toFraction(),
    ...Object.fromEntries(
      conventions.map((convention) => [
        `√T·left, T = 4, sgn(0) ${convention}`,
        sum([leftSide(2n, convention), leftSide(2n, convention)]).toFraction(),
      ]),
    ),
  }),
});
