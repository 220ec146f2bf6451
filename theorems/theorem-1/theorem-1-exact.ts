import { type ExactInstance, type RationalForm, rationalClaim } from '../../src/claims/bounds/rational-claim.js';
import { maximum, one, rational, sum, two, zero } from '../../src/exact/arithmetic/rational.js';
import { gemanMcClureQuadratics, matchedQuadratics, quadraticHubers, severalHubers } from '../shared/instances.js';
import { theorem1 } from './theorem-1.js';

const three = rational(3n);

/** Theorem 1 for T a perfect square: γ = 1/(L√T), B = 1, (2LΔ + 3σ²)/√T, and 1♯'s (LΔ + (1 − 1/T)σ²)/(√T − ½). */
export const theorem1Rational: RationalForm = {
  miniBatch: () => 1,
  step: (root, lipschitz) => one.div(lipschitz.reduce(maximum, zero).mul(root)),
  bound(root, { coordinateLipschitz, variance, gap }) {
    const lipschitz = coordinateLipschitz.reduce(maximum, zero);
    return two
      .mul(lipschitz)
      .mul(gap)
      .add(three.mul(sum(variance)))
      .div(root);
  },
  sharp(root, { coordinateLipschitz, variance, gap }) {
    const lipschitz = coordinateLipschitz.reduce(maximum, zero);
    const noise = one.sub(one.div(root.mul(root))).mul(sum(variance));
    return lipschitz
      .mul(gap)
      .add(noise)
      .div(root.sub(one.div(two)));
  },
};

/** d = ½Lx², r = 0: at T = 1 the bound is attained with equality. */
const noiseless: ExactInstance = {
  instance: {
    name: 'quadratic, r = 0',
    problem: {
      smooth: { type: 'quadratic', curvature: 3, center: 0.5 },
      functions: [{ type: 'zero' }],
      probabilities: [1],
    },
    start: [2],
  },
  iterations: { quick: [1, 4, 9], standard: [1, 4, 9, 16], deep: [1, 4, 9, 16, 25, 36] },
};

/** d = x² and r_k of the same curvature from x⁰ = x*: Δ = 0, and the whole bound is noise. */
const fromMinimiser: ExactInstance = {
  instance: { ...matchedQuadratics, name: `${matchedQuadratics.name}, from the minimiser`, start: [0] },
  iterations: { quick: [1, 4], standard: [1, 4, 9], deep: [1, 4, 9] },
};

const allPaths = { quick: [1, 4], standard: [1, 4, 9], deep: [1, 4, 9] };

/**
 * Theorem 1 on instances with rational constants, by enumeration of all K^(T−1) sample paths: the left side, σ², f(x⁰) − f* and the
 * bound are rationals and are compared as such. With f* known from above only (Geman–McClure) the bound is a lower end of the theorem's.
 */
export const claim = rationalClaim({
  id: 'theorem-1-exact',
  version: 1,
  theorem: theorem1,
  form: theorem1Rational,
  statement: `${theorem1.statement}; and with 1♯'s bound (LΔ + (1 − 1/T)σ²)/(√T − ½)`,
  method: 'all sample paths in rational arithmetic, T ∈ {1, 4, 9}: the theorem is a comparison of two rationals',
  instances: [
    noiseless,
    { instance: quadraticHubers, iterations: allPaths },
    { instance: matchedQuadratics, iterations: allPaths },
    fromMinimiser,
    { instance: severalHubers, iterations: { quick: [1, 4], standard: [1, 4], deep: [1, 4] } },
    { instance: gemanMcClureQuadratics, iterations: { quick: [1, 4], standard: [1, 4], deep: [1, 4] } },
  ],
});
