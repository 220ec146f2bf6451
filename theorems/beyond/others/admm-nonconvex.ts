import type { ProblemAtStep } from '../../../src/library/algorithms.js';
import {
  type BoundInstance,
  boundClaim,
  type OwnAlgorithm,
  type Theorem,
  type TheoremControl,
} from '../../../src/library/theorems.js';
import { cosineLogCosh, gemanMcClureQuadratics, quadraticHubers } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

/** Contractions by γL = ¼ until nothing changes: 27 reach 2⁻⁵³. */
const contractions = 64;

/** prox_{γd}(y): the u of u + γ∇d(u) = y, a fixed point of y − γ∇d(u) for γL < 1. */
function smoothProx(problem: ProblemAtStep, y: Float64Array, near: Float64Array): Float64Array {
  let u = near;
  for (let k = 0; k < contractions; k++) {
    const gradient = problem.problem.smooth.gradient(u);
    const next = y.map((entry, i) => entry - problem.step * gradient[i]!);
    if (next.every((entry, i) => entry === u[i])) break;
    u = next;
  }
  return u;
}

/**
 * ADMM for d(x) + r(z), x = z, with β = 1/γ: z minimises r(z) − ⟨y, z⟩ + (β/2)‖x − z‖², x⁺ minimises d(x) + ⟨y, x⟩ + (β/2)‖x − z‖², and
 * y⁺ = y + β(x⁺ − z), which is −∇d(x⁺). So with y⁰ = −∇d(x⁰) it has no other memory than x.
 */
const admm: OwnAlgorithm = {
  name: 'ADMM',
  unordered: true,
  iterate({ problem, step, x }) {
    const z = problem.mean(x);
    const gradient = problem.problem.smooth.gradient(x);
    return {
      x: smoothProx(
        problem,
        z.map((entry, i) => entry + step * gradient[i]!),
        z,
      ),
    };
  },
};

/**
 * ADMM on nonconvex functions (Themelis and Patrinos, SIAM J. Optim. 30 (2020), from Theorems 4.1 and 5.5). Let ∇d be L-Lipschitz, r_γ closed and
 * β = 4L. From y⁰ = −∇d(x⁰)
 *
 *     (1/T) Σ_{t=1}^{T} ‖β(x^{t−1} − z^t)‖² ≤ 25LΔ/T.
 *
 * With γ = 1/β, β(x − z) is G(x). Theorem 5.5 says that ADMM is Douglas–Rachford splitting of s = x − y/β, and Theorem 4.1 that its envelope falls by
 * c‖s − s⁺‖²/(1 + γL)² or more in each step with c = 1/(2γ) − L where L alone is known of d; s − s⁺ = γG(x). At x⁰ the envelope is at most f(x⁰), and
 * its infimum is f*. The sharpened bound is (100/9)LΔ/T.
 */
export const theorem: Theorem = written({
  id: 'admm-nonconvex',
  module: import.meta.url,
  source: {
    section: 'Themelis and Patrinos, SIAM J. Optim. 30 (2020), arXiv:1709.05747v4',
    equation: 'Theorems 4.1 and 5.5, summed',
  },
  statement:
    '(1/T) Σ ‖G(x^{t−1})‖² ≤ 25L(f(x⁰) − f*)/T for ADMM on d(x) + r(z), x = z, with β = 1/γ = 4L from y⁰ = −∇d(x⁰)',
  hypotheses: ['assumption-1a', 'assumption-1b'],
  algorithm: admm,
  schedule: { step: '1/(4L)' },
  term: 'squared-gradient-mapping',
  bound: '25LΔ/T',
  sharp: '100LΔ/(9T)',

  /** The run is deterministic: its left side is at most the sharpened bound. */
  cap: (_problem, _start, iterations, { lipschitz, gap }) =>
    (((100 / 9) * lipschitz! * gap.upper) / iterations) * (1 + 2 ** -30),
});

/** r = 0. On ½x² a step leads to ⅘x, and the Huber d has a slope of 1 for 64 steps. */
const withoutNoise = (name: string, smooth: BoundInstance['problem']['smooth'], start: number): BoundInstance => ({
  name,
  problem: { smooth, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [start],
});

export const instances: readonly BoundInstance[] = [
  withoutNoise('quadratic, r = 0', { type: 'quadratic', curvature: 1, center: 0 }, 1),
  withoutNoise('Huber d, r = 0', { type: 'huber', weight: 1, threshold: 1 }, 17),
  gemanMcClureQuadratics,
  quadraticHubers,
  cosineLogCosh,
];

export const controls: readonly TheoremControl[] = [{ name: 'a tenth of the bound', bound: 0.1 }];

export const claim = boundClaim({
  id: 'admm-nonconvex',
  version: 1,
  method: 'the run itself; all mini-batches lead to the same point',
  theorem,
  instances,
  iterations: { quick: [1, 4, 16], standard: [1, 4, 16], deep: [1, 2, 4, 16] },
  exactFrom: 1,
  referenceOnly: true,
});
