import type { NoisyCoordinate, NoisyProblem } from './additive-run.js';

/** A coordinate before its noise and x⁰. */
export type Plain = Omit<NoisyCoordinate, 'deviation' | 'start'>;

/** d = ½x², r = 0: G = x. */
export const parabola: Plain = { lipschitz: 1, mapping: (x) => x, gap: (x) => x ** 2 / 2 };

/** d = r = ½x², of which r_γ = r: G = 2x/(1 + γ). */
export const matched: Plain = { lipschitz: 1, mapping: (x, step) => (2 * x) / (1 + step), gap: (x) => x ** 2 };

/** d = 1 − cos x, not convex. */
export const cosine: Plain = { lipschitz: 1, mapping: Math.sin, gap: (x) => 2 * Math.sin(x / 2) ** 2 };

/** d = Huber of curvature 1 and the slope. */
export const huber = (slope: number): Plain => ({
  lipschitz: 1,
  mapping: (x) => Math.max(-slope, Math.min(slope, x)),
  gap: (x) => (Math.abs(x) <= slope ? x ** 2 / 2 : slope * Math.abs(x) - slope ** 2 / 2),
});

/** x⁰ on a point of (½ + Z)γ, so that no G on the way is 0. */
export const near =
  (place: number) =>
  (_iterations: number, step: number): number =>
    (Math.round(place / step) + 1 / 2) * step;

/** A problem of one coordinate. */
export const single = (name: string, coordinate: NoisyCoordinate): NoisyProblem => ({
  name,
  coordinates: [coordinate],
});
