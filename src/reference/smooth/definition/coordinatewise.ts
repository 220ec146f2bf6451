import type { SmoothKernel } from './define-smooth.js';
import type { SmoothFunction } from './smooth-function.js';

/** A one-dimensional φ ≥ 0 with inf φ = 0, from which d(x) = Σ φ(x_i) is built. */
export interface CoordinateTerm {
  readonly convex: boolean;
  /** sup |φ″|. */
  readonly lipschitz: number;
  readonly asymptoticSlopes: readonly [number, number];
  readonly valley?: number;
  /** φ(u). */
  term(u: number): number;
  /** φ′(u). */
  derivative(u: number): number;
  /** The same term again, as a function of its own: the i-th summand. */
  same(): SmoothFunction;
}

/** d(x) = Σ φ(x_i) in any dimension: ∇d acts coordinate by coordinate, so sup |φ″| is both L and every L_i. */
export function coordinatewise({ term, derivative, same, ...traits }: CoordinateTerm): SmoothKernel {
  return {
    coordinate: same,
    ...traits,
    value(x) {
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += term(x[i]!);
      return sum;
    },
    gradient(x, out) {
      for (let i = 0; i < x.length; i++) out[i] = derivative(x[i]!);
    },
    coordinateLipschitz: () => traits.lipschitz,
    infimum: () => 0,
  };
}
