import { type BoundInstance, boundClaim, type Theorem, type TheoremControl } from '../../../src/library/theorems.js';
import { quadraticHubers, slopes, twoCoordinates } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

/**
 * signSGD with growing mini-batches (restated; Bernstein, Wang, Azizzadenesheli and Anandkumar 2018). Let
 * |f̄(y) − f̄(x) − ⟨∇f̄(x), y − x⟩| ≤ ½ΣL_i(y_i − x_i)² and E(∇f̂(x)_i − ∇f̄(x)_i)² ≤ σ_i² for single draws. With γ = 1/√(‖L‖₁T) and B = T
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖∇f̄(x^{t−1})‖₁] ≤ (1/√T) [√‖L‖₁ (Δ + ½) + 2‖σ‖₁].
 *
 * The sharpened bound has ‖σ‖₁(1 − 1/T) in place of 2‖σ‖₁.
 */
export const theorem: Theorem = written({
  id: 'sign-sgd-large-batch',
  module: import.meta.url,
  source: { section: 'Bernstein et al., signSGD, ICML 2018', equation: 'restated' },
  statement: 'E[(1/T) Σ ‖∇f̄(x^{t−1})‖₁] ≤ (1/√T)[√‖L‖₁(Δ + ½) + 2‖σ‖₁] for signSGD with γ = 1/√(‖L‖₁T), B = T',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-coordinate-smooth', 'fixed-coordinate-variance'],
  algorithm: 'sign-sgd',
  schedule: { step: '1/√(‖L‖₁T)', miniBatch: 'T' },
  term: 'gradient-l1',
  bound: '(√‖L‖₁·(Δ + ½) + 2‖σ‖₁)/√T',
  sharp: 'Δ/(γT) + γ‖L‖₁/2 + (1 − 1/T)‖σ‖₁/√B',
});

/** d = 1 − cos x with unlike slopes. */
const cosine: BoundInstance = {
  name: 'cosine, linear r_k',
  problem: { smooth: { type: 'cosine', weight: 1 }, functions: slopes(0.375, -0.125), probabilities: [0.25, 0.75] },
  start: [1.25],
};

/** From far away nearly all of the bound is Δ: x walks down by γ an iteration. */
const far: BoundInstance = {
  name: 'quadratic, r_k = ±u/16, from 8',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(1 / 16, -1 / 16),
    probabilities: [0.5, 0.5],
  },
  start: [8],
};

/** Coordinates that interact: L_i are the row sums of |AᵀA|. */
const coupled: BoundInstance = {
  name: 'least squares, linear r_k, n = 2',
  problem: {
    smooth: {
      type: 'least-squares',
      matrix: { rows: 3, columns: 2, data: [1, 0.5, 0, 1, 0.5, -0.5] },
      target: [1, -1, 0.5],
    },
    functions: [
      { type: 'linear', coefficients: [0.75, -0.25] },
      { type: 'linear', coefficients: [-0.25, 0.125] },
    ],
    probabilities: [0.25, 0.75],
  },
  start: [0, 0.5],
};

/** Of one coordinate the law of the iterate is known for long runs. */
const long: readonly BoundInstance[] = [cosine, far];

export const instances: readonly BoundInstance[] = [...long, quadraticHubers, twoCoordinates, coupled];

export const controls: readonly TheoremControl[] = [
  { name: 'a fifth of the bound', bound: 0.2 },
  { name: 'γ a quarter as large', step: 0.25 },
];

export const claim = boundClaim({
  id: 'sign-sgd-large-batch',
  version: 1,
  method:
    'the law of the iterate on x⁰ + γZ with an enclosure for linear r_k, all mini-batches of B = T draws by their counts elsewhere',
  theorem,
  instances,
  iterations: (instance) =>
    long.includes(instance)
      ? { quick: [1, 16, 256], standard: [1, 4, 16, 64, 256], deep: [1, 4, 16, 64, 256, 1024] }
      : { quick: [6], standard: [1, 4, 8], deep: [1, 2, 4, 8, 12] },
  exactFrom: 1,
  referenceOnly: true,
});
