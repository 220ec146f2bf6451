import { type ExactInstance, type RationalForm, rationalClaim } from '../../src/claims/bounds/rational-claim.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { one, rational, square, sum, two } from '../../src/exact/arithmetic/rational.js';
import { squareRootBelow } from '../../src/exact/problem/constants.js';
import { signConventions } from '../../src/reference/algorithms/algorithm.js';
import { slopes } from '../shared/functions.js';
import { theorem2Instances, twoCoordinates } from '../shared/instances.js';
import { theorem2 } from './theorem-2.js';

const four = rational(4n);

/** c = √((5√5 − 11)/2) = 0.30028… of theorem 2♯, rounded down. */
const curvatureOfNoise = rational(3n, 10n);

/**
 * Theorem 2 for T a perfect square: γ = 1/(2‖L‖₁√T), B = T, (4/√T)(‖L‖₁Δ + ‖σ‖₁ + 1), and 2♯'s (2/√T)[‖L‖₁Δ + ¼ +
 * ½(1 − 1/T)Σσ_i(1 + cL_i/(2‖L‖₁√T))]; c and a σ_i that is not rational are rounded down.
 */
export const theorem2Rational: RationalForm = {
  miniBatch: (iterations) => iterations,
  step: (root, lipschitz) => one.div(two.mul(sum(lipschitz)).mul(root)),
  bound(root, { coordinateLipschitz, variance, gap }) {
    const noise = sum(variance.map(squareRootBelow));
    return four.mul(sum(coordinateLipschitz).mul(gap).add(noise).add(one)).div(root);
  },
  sharp(root, { coordinateLipschitz, variance, gap }) {
    const total = sum(coordinateLipschitz);
    const share = two.mul(total).mul(root);
    const noise = sum(
      variance.map((entry, i) =>
        one.add(curvatureOfNoise.mul(coordinateLipschitz[i]!).div(share)).mul(squareRootBelow(entry)),
      ),
    );
    const seen = one
      .sub(one.div(square(root)))
      .mul(noise)
      .div(two);
    return two.mul(total.mul(gap).add(one.div(four)).add(seen)).div(root);
  },
};

/** Noise ±½ on a parabola whose minimiser is on the lattice: Ĝ is exactly 0 with probability 3/8 at T = 4. */
const ties: BoundInstance = {
  name: 'quadratic, ties',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(0.5, -0.5),
    probabilities: [0.5, 0.5],
  },
  start: [0],
};

/** Noise −1 (15/16) and +15 (1/16) on a parabola, from its minimiser: three of four mini-batches of T = 4 take x uphill, and Δ = 0. */
const rareEvents: BoundInstance = {
  name: 'quadratic, rare events, from the minimiser',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-1, 15),
    probabilities: [0.9375, 0.0625],
  },
  start: [0],
};

const named = (name: string): BoundInstance => theorem2Instances.find((instance) => instance.name === name)!;

const allPaths: ExactInstance['iterations'] = { quick: [1, 4], standard: [1, 4, 9, 16], deep: [1, 4, 9, 16, 25] };

/**
 * Theorem 2 on instances with rational constants: paths that meet on the lattice x⁰ + γZⁿ are followed once, under every value of sgn(0). With
 * f* known from above only (Geman–McClure) and for σ_i that are not rational the bound is a lower end of the theorem's.
 */
export const claim = rationalClaim({
  id: 'theorem-2-exact',
  version: 1,
  theorem: theorem2,
  form: theorem2Rational,
  statement: `${theorem2.statement}, for every value of sgn(0); and with 2♯'s bound`,
  method: 'all sequences of mini-batches in rational arithmetic: the theorem is a comparison of two rationals',
  instances: [
    ...signConventions.map((signOfZero) => ({
      instance: { ...ties, name: `${ties.name}, sgn(0) ${signOfZero}`, signOfZero },
      iterations: { quick: [1, 4], standard: [1, 4, 16], deep: [1, 4, 16, 25, 36] },
    })),
    { instance: named('quadratic, translated Huber r_k'), iterations: allPaths },
    { instance: named('quadratic, matched quadratic r_k'), iterations: allPaths },
    {
      instance: named('Geman–McClure, quadratic r_k'),
      iterations: { quick: [1, 4], standard: [1, 4, 9], deep: [1, 4, 9] },
    },
    { instance: rareEvents, iterations: { quick: [1, 4], standard: [1, 4, 16], deep: [1, 4, 16, 25] } },
    { instance: twoCoordinates, iterations: { quick: [1, 4], standard: [1, 4], deep: [1, 4, 9] } },
  ],
});
