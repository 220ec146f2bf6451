import {
  atStep,
  fromDouble,
  one,
  type Rational,
  type RationalProblem,
  rational,
  rationalProblem,
  square,
  toDouble,
  two,
  zero,
} from '../../src/library/exact.js';
import { type Comparison, counterexampleClaim } from '../shared/counterexample-claim.js';

const curvatures = [1, 3] as const;

/** d = 0, r₁ = ½a(u − 1)², r₂ = ½b(u + 1)², θ = ½. */
const problemWith = ([a, b]: readonly [number, number]): RationalProblem =>
  rationalProblem(
    {
      smooth: { type: 'zero' },
      functions: [
        { type: 'quadratic', curvature: a, center: 1 },
        { type: 'quadratic', curvature: b, center: -1 },
      ],
      probabilities: [0.5, 0.5],
    },
    1,
  );

const problem = problemWith(curvatures);

/** (d + Σθ_k r_k)′(x) = ½[a(x − 1) + b(x + 1)]. */
const slopeOfAverage = (x: Rational, [a, b] = curvatures.map(fromDouble) as [Rational, Rational]): Rational =>
  a
    .mul(x.sub(one))
    .add(b.mul(x.add(one)))
    .div(two);

/**
 * For a = 1 and b = 3, at the step γ = 1/(L√T), L = 3, of Theorem 1 the only zero of G is x_γ = (a − b)/(a + b + 2γab), and the only critical point of d + Σθ_k r_k is −½. |(d + Σθ_k r_k)′(x_γ)|
 * would be 0 if zeros of G were critical points of the plain average; it is of order γ.
 */
export function atZero(root: bigint, pair: readonly [number, number] = curvatures): Comparison {
  const step = rational(1n, 3n * root);
  const [a, b] = pair.map(fromDouble) as [Rational, Rational];
  const x = a.sub(b).div(a.add(b).add(two.mul(step).mul(a).mul(b)));
  const { probabilities } = problem;
  const mapping = atStep(problemWith(pair), step).residualMapping(probabilities, [x])[0]!;
  return {
    instance: '|(d + Σθ_k r_k)′| at the zero of G, γ = 1/(3√T)',
    iterations: Number(root * root),
    step: 1 / (3 * Number(root)),
    // G vanishes here and takes nothing off.
    left: slopeOfAverage(x, [a, b]).abs().sub(mapping.abs()),
    bound: zero,
    constants: { zero: Number(x.s * x.n) / Number(x.d), minimiserOfAverage: -0.5 },
  };
}

/** γ = 1: G vanishes at −1/5, and at −½ it does not. */
function atUnitStep(): Comparison[] {
  const at = atStep(problem, one);
  const mapping = (x: Rational): Rational => at.residualMapping(problem.probabilities, [x])[0]!;
  const shared = { iterations: 1, step: 1, bound: zero };
  const fifth = rational(-1n, 5n);
  return [
    { ...shared, instance: '|G| at the minimiser −½ of d + Σθ_k r_k, γ = 1', left: mapping(rational(-1n, 2n)).abs() },
    {
      ...shared,
      instance: '|(d + Σθ_k r_k)′| at the zero −1/5 of G, γ = 1',
      left: slopeOfAverage(fifth).abs().sub(mapping(fifth).abs()),
    },
  ];
}

/**
 * "G(x*) = 0 if and only if x* is a critical point of f" (after Definition 1) is true of f = d + r_γ with the proximal average r_γ, and false of f = d + Σθ_k r_k,
 * the objective of (1) and (3). The two approach each other like γ. On this instance σ is infinite, because the curvatures differ: Theorem 1 is
 * silent about it.
 */
export const counterexamplePlainAverageClaim = counterexampleClaim({
  id: 'counterexample-plain-average',
  version: 1,
  source: { section: '2.1', equation: 'Definition 1' },
  statement: 'G(x*) = 0 if and only if x* is a critical point of d + Σθ_k r_k',
  method: 'the zero of G and the derivative of the plain average in rationals',
  refutes: 'needed',
  counterexampleTo: ['definition-1-gradient-mapping'],
  counterexamples: [
    'd = 0, r₁ = ½(u − 1)², r₂ = (3/2)(u + 1)², θ = ½, γ = 1: G vanishes at −1/5, the average is minimal at −½',
  ],
  compare: () => [...atUnitStep(), ...[1n, 2n, 4n, 8n, 16n, 32n].map((root) => atZero(root))],
});

/**
 * T = 1, γ = 1/L = 1, K = 1, d = ½x² and the concave r = −½(1 − ε)u², which is smooth with the same L and keeps f = ½εx² bounded below: x − γ∇d(x) = 0 is
 * mapped to 0, so G(x) = x whatever ε is, and the left side x² exceeds 2LΔ = εx² by any factor.
 */
export function concave(denominator: bigint): Comparison {
  const epsilon = rational(1n, denominator);
  return {
    instance: `r = −½(1 − ε)u², ε = 1/${denominator}`,
    iterations: 1,
    step: 1,
    left: one,
    bound: epsilon,
    constants: { sigma: 0, gapUpper: 1 / (2 * Number(denominator)), L: 1 },
  };
}

/** 2²⁶/√T, rounded down: a rational just below a = 1/√T. */
function belowInverseRoot(iterations: number): Rational {
  let numerator = BigInt(Math.ceil(2 ** 26 / Math.sqrt(iterations)));
  while (numerator * numerator * BigInt(iterations) > 2n ** 52n) numerator--;
  return rational(numerator, 2n ** 26n);
}

/**
 * d = ½x² and r′(u) = (1 − a) − u for u ≥ x⁰ − Ta, of slope 1 below, a = γ = 1/√T, K = 1: then P(x) = x − a for T steps, so that G = 1 at each of them.
 * f falls at slope 1 − a on the way and at a slope that vanishes at rate 2 beyond, which makes the bound 2LΔ/√T equal to (1 − a)(2 + a/2 − a²/2). It decreases
 * in a: with a rational below 1/√T it is an upper end.
 */
export function fallingConcavely(iterations: number): Comparison {
  const a = belowInverseRoot(iterations);
  const half = rational(1n, 2n);
  const bound = one.sub(a).mul(two.add(half.mul(a.sub(square(a)))));
  return {
    instance: `r′ = 1 − γ − u for T steps, T = ${iterations}`,
    iterations,
    step: 1 / Math.sqrt(iterations),
    left: one,
    bound,
    constants: { sigma: 0, gapUpper: (toDouble(bound) * Math.sqrt(iterations)) / 2, L: 1 },
  };
}

/**
 * Theorem 1 needs the convexity of the r_k for T ≤ 3, and for no more: without it the one-step inequality loses another (γ²L/2)‖G‖², and
 * [LΔ + (1 − 1/T)σ²]/(√T − 1) is still below the bound of the paper for T ≥ 4. Theorem 2 does not need it at all. Proofs in PROOFS.md.
 */
export const counterexampleConvexityClaim = counterexampleClaim({
  id: 'counterexample-convexity',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 1(c)' },
  statement: 'Theorem 1 without the convexity of r_k: E[(1/T)Σ‖G‖²] ≤ (1/√T)[2LΔ + 3σ²] for L-smooth r_k',
  method: 'closed forms in rationals, at T = 1 and with a rational below 1/√T at T = 2 and 3',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'assumption-1c'],
  counterexamples: [
    'd = ½x², r = −½(1 − ε)u², T = 1: left side x² against εx²',
    'd = ½x², r′ = 1 − γ − u for T steps of length γ, then rising at slope 1: |G| = 1 against 0.616 at T = 2 and 0.897 at T = 3',
  ],
  compare: () => [...[2n, 8n, 64n].map(concave), ...[2, 3].map(fallingConcavely)],
});

/**
 * d = 0, K = 1, r = −u: P(x) = x + γ, so that G = −1 for ever, for SPGM and for signProx alike, with σ = 0 and any L > 0, here 1. f(x) = −x has no
 * infimum, and the left side is 1 whatever T is. `gap` stands in the bound for f(x⁰) − f*: a finite number is exceeded from √T > 2Δ on in Theorem 1,
 * √T > 4(Δ + 1) in Theorem 2.
 */
export function fallingForever(root: bigint, gap: Rational, theorem: 1 | 2): Comparison {
  const T = root * root;
  return {
    instance: `Theorem ${theorem}, Δ = ${gap.toFraction()} declared`,
    iterations: Number(T),
    step: 1 / Number(theorem === 1 ? root : 2n * root),
    miniBatch: theorem === 1 ? 1 : Number(T),
    left: one,
    bound: theorem === 1 ? two.mul(gap).div(rational(root)) : rational(4n, root).mul(gap.add(one)),
    constants: { sigma: 0, gapUpper: toDouble(gap), L: 1 },
  };
}

const roots = [1n, 2n, 4n, 8n, 16n, 32n, 64n];
const gap = rational(5n);

/**
 * Both theorems need f bounded below: for f(x) = −x no finite number serves for f(x⁰) − f*. It must not depend on T: the proofs telescope f(x⁰) − f(x^T),
 * so with the drop along the run itself, √T/L and √T/(2‖L‖₁) here, both theorems hold for every f, and say nothing, for that drop grows.
 */
export const counterexampleBoundedBelowClaim = counterexampleClaim({
  id: 'counterexample-bounded-below',
  version: 1,
  source: { section: '2.2', equation: 'Assumptions 1(a), 2(a): finite f*' },
  statement: 'Theorems 1 and 2 with a finite number Δ in place of f(x⁰) − f* where f is not bounded below',
  method: 'closed form in rationals',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'theorem-2', 'assumption-1a', 'assumption-2a'],
  counterexamples: ['d = 0, r = −u, L = 1, x⁰ = 0: |G| = 1 for ever against 2Δ/√T and 4(Δ + 1)/√T for any finite Δ'],
  compare: () => ([1, 2] as const).flatMap((theorem) => roots.map((root) => fallingForever(root, gap, theorem))),
});
