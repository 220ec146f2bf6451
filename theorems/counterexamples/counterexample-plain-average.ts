import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { fromDouble, one, type Rational, rational, two, zero } from '../../src/exact/arithmetic/rational.js';
import { atStep, type RationalProblem, rationalProblem } from '../../src/exact/problem/rational-problem.js';

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
export const claim = counterexampleClaim({
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
