import type { ProximableFunction, SmoothnessConstants } from '../definition/proximable-function.js';

/**
 * The constants of a function built from a smooth one: each is the image of the inner one, which the map rounds upwards. Undefined where
 * they exceed the doubles: a constant of ∞ says nothing.
 */
export function mapConstants(
  { lipschitz: inner, coordinateLipschitz }: SmoothnessConstants,
  map: (constant: number) => number,
): SmoothnessConstants | undefined {
  const lipschitz = map(inner);
  if (!(lipschitz < Infinity)) return undefined;
  return {
    lipschitz,
    ...(coordinateLipschitz && { coordinateLipschitz: (index: number) => map(coordinateLipschitz(index)) }),
  };
}

/** Doublings by 2⁸ from 1 that stay finite. */
const LARGEST_DISTANCE = 2 ** 1016;
const REFINEMENTS = 6;

/** One end of the domain of a one-dimensional function: on the left for side −1, on the right for side 1. */
function domainEnd(fn: ProximableFunction, inside: number, side: -1 | 1): number {
  const point = new Float64Array(1);
  const violationAt = (u: number): number => {
    point[0] = u;
    return fn.violation!(point);
  };
  let distance = 1;
  while (violationAt(inside + side * distance) === 0) {
    if (distance >= LARGEST_DISTANCE) return side * Infinity;
    distance *= 2 ** 8;
  }
  // The violation at u outside is |u − end|; measured from nearer and nearer, the rounding of that difference vanishes.
  let end = inside + side * distance;
  end -= side * violationAt(end);
  for (let i = 0; i < REFINEMENTS; i++) {
    distance = 2 ** -30 * Math.max(Math.abs(end), distance);
    const near = end + side * distance;
    end = near - side * violationAt(near);
  }
  return end;
}

/** [inf dom r, sup dom r] of a one-dimensional convex function, from its violation; ±∞ where the domain is unbounded. */
export function domainInterval(fn: ProximableFunction): readonly [number, number] {
  if (fn.violation === undefined) return [-Infinity, Infinity];
  const inside = fn.prox(new Float64Array(1), 1)[0]!;
  return [domainEnd(fn, inside, -1), domainEnd(fn, inside, 1)];
}
