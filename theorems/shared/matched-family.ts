import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { parabolas } from './functions.js';

/** d = ½Lx² and r_k = ½L(u ∓ c)² with c = (1 + γL)σ/L, so that P_k − P = ±γσ: convex, and Theorem 1♯ is asymptotically attained on it. */
export interface MatchedFamily {
  /** L > 0. */
  readonly lipschitz: number;
  /** σ ≥ 0, at the step γ. */
  readonly sigma: number;
  /** x⁰. The minimiser is 0, and f(x⁰) − f* = L(x⁰)². */
  readonly start: number;
  /** γ < 2/L. */
  readonly step: number;
}

export function matchedInstance({ lipschitz, sigma, start, step }: MatchedFamily): Omit<BoundInstance, 'name'> {
  const center = ((1 + step * lipschitz) * sigma) / lipschitz;
  return {
    problem: {
      smooth: { type: 'quadratic', curvature: lipschitz, center: 0 },
      functions: parabolas(lipschitz, center, -center),
      probabilities: [0.5, 0.5],
    },
    start: [start],
  };
}

/**
 * (1/T) Σ E‖G(x^{t−1})‖² of SPGM on it with B = 1: with a = γL, G = 2Lx/(1 + a) and x⁺ = ρx ± γσ, ρ = (1 − a)/(1 + a), so that
 * E(x^t)² − m shrinks by ρ², m = γσ²(1 + a)²/(4L). It is aσ² + (L²(x⁰)²/(aT) − σ²(1 + a)²/(4T))(1 − ρ^{2T}).
 */
export function matchedLeft({ lipschitz, sigma, start, step }: MatchedFamily, iterations: number): number {
  const a = step * lipschitz;
  const shrunk = 1 - ((1 - a) / (1 + a)) ** (2 * iterations);
  const transient = (lipschitz * start) ** 2 / (a * iterations) - (sigma * (1 + a)) ** 2 / (4 * iterations);
  return a * sigma ** 2 + transient * shrunk;
}
