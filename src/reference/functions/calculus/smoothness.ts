import type { SmoothnessConstants } from '../definition/proximable-function.js';

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
