import { ParameterError } from '../definition/parameter-error.js';
import { euclideanNorm } from './euclidean-norm.js';

/** The hyperplane {u : ⟨a, u⟩ = b} by its unit normal, as hyperplanes and halfspaces measure distances. */
export interface Plane {
  /** a/‖a‖. */
  readonly unit: Float64Array;
  /** b/‖a‖, the signed distance of the plane from 0. */
  readonly distance: number;
  /** (⟨a, u⟩ − b)/‖a‖, the signed distance of u from the plane. */
  height(u: Float64Array): number;
  /** Largest rounding error of the height of a point that is rounded to doubles. */
  rounding(u: Float64Array): number;
}

/** @throws ParameterError when the normal is zero. */
export function plane(owner: string, normal: Float64Array, offset: number): Plane {
  const norm = euclideanNorm(normal);
  if (norm === 0) throw new ParameterError(owner, 'normal', normal, 'a vector with an entry other than 0');
  const unit = normal.map((entry) => entry / norm);
  const distance = offset / norm;
  return {
    unit,
    distance,
    height(u) {
      let sum = -distance;
      for (let i = 0; i < u.length; i++) sum += unit[i]! * u[i]!;
      return sum;
    },
    rounding(u) {
      let size = Math.abs(distance);
      for (let i = 0; i < u.length; i++) size += Math.abs(unit[i]! * u[i]!);
      return (u.length + 3) * 2 ** -52 * size;
    },
  };
}
