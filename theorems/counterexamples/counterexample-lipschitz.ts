import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { one, rational, square, toDouble, two, zero } from '../../src/exact/arithmetic/rational.js';

/**
 * d = ½x², r_k = ½u² ± u, so L = 1, but L′ = 1/`factor` is declared, 1/8 by default: γ = 8/√T. Then G(x) = 2x/(1 + γ), P_k(x) = (1 − γ)x/(1 + γ) ∓ γ/(1 + γ), hence σ = 1/(1 + γ), and
 * from x⁰ = x* = 0 the second moment follows m⁺ = ((1 − γ)/(1 + γ))²m + γ²/(1 + γ)².
 */
export function understated1(root: bigint, factor = 8n): Comparison {
  const step = rational(factor, root);
  const shrink = one.add(step);
  const contraction = square(one.sub(step).div(shrink));
  const noise = square(step.div(shrink));
  let moment = zero;
  let sum = zero;
  const T = root * root;
  for (let t = 0n; t < T; t++) {
    sum = sum.add(moment);
    moment = contraction.mul(moment).add(noise);
  }
  return {
    instance: `Theorem 1, L/${factor} declared`,
    iterations: Number(T),
    step: toDouble(step),
    engine: 'moments',
    left: square(two.div(shrink)).mul(sum).div(rational(T)),
    bound: rational(3n, root).div(square(shrink)),
    constants: { sigma: 1 / toDouble(shrink), gapUpper: 0, L: 1 / Number(factor) },
  };
}

/** d = ½x², no noise, L = 1 but L′ = 1/`factor` declared, 1/32 by default: γ = 16/√T, and from x⁰ = γ/2 the iterate alternates: |G| = γ/2 = 8/√T against (4/√T)[L′γ²/8 + 1]. */
export function understated2(root: bigint, factor = 32n): Comparison {
  const T = root * root;
  const step = rational(factor, 2n * root);
  const gap = square(step).div(rational(8n));
  return {
    instance: `Theorem 2, L/${factor} declared`,
    iterations: Number(T),
    step: toDouble(step),
    miniBatch: Number(T),
    left: step.div(two),
    bound: rational(4n, root).mul(gap.div(rational(factor)).add(one)),
    constants: { sigma: 0, gapUpper: toDouble(gap), L: 1 / Number(factor) },
  };
}

const roots = { quick: [1n, 2n, 4n], standard: [1n, 2n, 4n, 6n, 8n, 10n], deep: [1n, 2n, 4n, 6n, 8n, 10n, 16n] };

/** Both theorems need a true L: understated by a constant factor, the bounds fail for every T ≥ 4. */
export const claim = counterexampleClaim({
  id: 'counterexample-lipschitz',
  version: 1,
  source: { section: '2.2', equation: 'Assumptions 1(b), 2(b)' },
  statement: 'Theorems 1 and 2 with an L that is too small',
  method: 'second moments in rationals, and a closed form',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'theorem-2', 'assumption-1b', 'assumption-2b'],
  counterexamples: [
    'd = ½x², r_k = ½u² ± u, x⁰ = 0, L = 1/8 declared: left/bound → 8/3',
    'd = ½x², σ = 0, x⁰ = γ/2, L = 1/32 declared: left/bound = 2/(1 + 1/T)',
  ],
  compare: ({ depth }) => [
    ...roots[depth].map((root) => understated1(root)),
    ...roots[depth].map((root) => understated2(root)),
  ],
});
