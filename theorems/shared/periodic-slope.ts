/**
 * A periodic d with |d″| ≤ 1 whose slope d′ is +rise on a long stretch and −fall on a short one, joined by slopes ±1 of d′; the integral of d′ over a period
 * is 0. A walk that moves on against the slope for as long as d′ ≤ rise crosses valley after valley: it climbs slowly and falls fast.
 */
export interface PeriodicSlope {
  /** d′ > 0 on the way up. */
  readonly rise: number;
  /** |d′| on the way down, more than `rise`. */
  readonly fall: number;
  /** Length of the stretch on which d′ = rise. */
  readonly climb: number;
}

/** The period, and where d is minimal: the point of d′ = 0 before the climb. */
export interface PeriodicDerivative {
  readonly period: number;
  readonly valley: number;
  derivative(x: number): number;
}

/** @throws RangeError unless the way down has a positive length */
export function periodicDerivative({ rise, fall, climb }: PeriodicSlope): PeriodicDerivative {
  const ramp = rise + fall;
  const descent = (rise * climb + ramp * (rise - fall)) / fall;
  if (!(descent > 0)) throw new RangeError(`climb must be longer, got ${climb}: nothing is left of the way down`);
  const period = climb + 2 * ramp + descent;
  return {
    period,
    valley: -rise,
    derivative(x) {
      const y = x - Math.floor(x / period) * period;
      if (y < climb) return rise;
      if (y < climb + ramp) return rise - (y - climb);
      if (y < climb + ramp + descent) return -fall;
      return y - period + rise;
    },
  };
}
