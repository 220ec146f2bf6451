import {
  type BoundInstance,
  boundClaim,
  type IterationsByDepth,
  type Theorem,
  type TheoremControl,
} from '../../../src/library/theorems.js';
import { cosineLinear, quadraticHubers, severalHubers, slopes } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

/** Runs of which every sequence of draws can be followed. */
const short: IterationsByDepth = { quick: [1, 6], standard: [1, 4, 8], deep: [1, 2, 4, 8, 12] };
const long: IterationsByDepth = {
  quick: [1, 4, 256],
  standard: [1, 4, 64, 256, 1024],
  deep: [1, 4, 64, 256, 1024, 4096],
};

/** T by instance: long runs where an engine follows the law of the iterate and not its paths. */
const shortOrLong =
  (followed: readonly BoundInstance[]) =>
  (instance: BoundInstance): IterationsByDepth =>
    followed.includes(instance) ? long : short;

/**
 * SGD for smooth nonconvex f (restated; Ghadimi and Lan 2013), with D_f = √(2Δ/L). Let ∇f̄ be L-Lipschitz and E‖∇f̂(x) − ∇f̄(x)‖² ≤ σ². With
 * γ = min{1/L, D_f/(σ√T)} and single draws
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖∇f̄(x^{t−1})‖²] ≤ 2LΔ/T + 2σ√(2LΔ/T).
 *
 * An output x_R, R uniform on 1 … T, has this average for its expectation. The sharpened bound [Δ/(γT) + (1 − 1/T)γLσ²/2]/(1 − γL/2) holds for every γ < 2/L.
 */
export const theorem: Theorem = written({
  id: 'sgd-nonconvex',
  module: import.meta.url,
  source: { section: 'Ghadimi and Lan, SIAM J. Optim. 23 (2013)', equation: 'restated' },
  statement: 'E[(1/T) Σ ‖∇f̄(x^{t−1})‖²] ≤ 2LΔ/T + 2σ√(2LΔ/T) for SGD with γ = min{1/L, √(2Δ/(LT))/σ}, B = 1',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance'],
  algorithm: 'sgd',

  // Where σ or f* is not certified the theorem is silent, whatever the step.
  schedule: { step: 'min(1/L, √(2Δ/(LT))/σ) if σ > 0 and Δ ≥ 0 else 1/L' },
  term: 'squared-gradient',
  bound: '2LΔ/T + 2σ√(2LΔ/T)',
  sharp: '(Δ/(γT) + (1 − 1/T)γLσ²/2)/(1 − γL/2)',

  /**
   * Almost surely ‖∇f̂ − ∇f̄‖ ≤ S. For γL ≤ 1 the descent lemma and −⟨∇f̄, e⟩ ≤ ½‖∇f̄‖² + ½‖e‖² give f̄(x⁺) ≤ f̄(x) − (γ/2)‖∇f̄(x)‖² + (γ/2)‖e‖²,
   * and the last step may be taken without noise.
   */
  cap({ step }, _start, iterations, { lipschitz, deviation, gap }) {
    if (deviation === undefined || step * lipschitz! > 1 + 2 ** -40) return undefined;
    return ((2 * gap.upper) / (step * iterations) + (1 - 1 / iterations) * deviation ** 2) * (1 + 2 ** -30);
  },
});

/** d = ½x² with additive noise ±1: both terms of the sharpened bound are attained on it as T → ∞. */
const noisyQuadratic: BoundInstance = {
  name: 'quadratic, r_k = ±u',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(1, -1),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

/** d = ½x², no noise: γ = 1/L finds the minimiser at once, and the average is 2LΔ/T for every T. */
const noiseless: BoundInstance = {
  name: 'quadratic, r = 0',
  problem: { ...noisyQuadratic.problem, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [1],
};

/** Long runs go by second moments. */
const longSgdNonconvex: readonly BoundInstance[] = [noisyQuadratic, noiseless];

export const instances: readonly BoundInstance[] = [...longSgdNonconvex, cosineLinear, quadraticHubers, severalHubers];

export const controls: readonly TheoremControl[] = [
  { name: 'two fifths of the bound', bound: 0.4 },
  { name: 'γ four times as large', step: 4 },
];

export const claim = boundClaim({
  id: 'sgd-nonconvex',
  version: 1,
  method: 'second moments in rationals on quadratics, all sequences of draws elsewhere: every left side is enclosed',
  theorem,
  instances,
  iterations: shortOrLong(longSgdNonconvex),
  exactFrom: 1,
  referenceOnly: true,
});
