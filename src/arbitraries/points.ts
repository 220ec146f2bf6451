import fc from 'fast-check';
import type { ProximableFunction } from '../functions/proximable-function.js';
import { dyadic } from './dyadic.js';

/** How one coordinate of a point is placed relative to the kinks of a function; shrinks towards a plain dyadic. */
type Placement =
  | { readonly kind: 'free'; readonly value: number }
  | { readonly kind: 'kink'; readonly index: number; readonly offset: number }
  | { readonly kind: 'tie' }
  | { readonly kind: 'zero'; readonly negative: boolean };

/** A point in placements; `member` asks for its projection onto the domain, so that points inside a set are met. */
export interface PointRecipe {
  readonly placements: readonly Placement[];
  readonly member: boolean;
  /** Power of two that scales the whole point: tiny and large magnitudes. */
  readonly exponent: number;
}

const placement: fc.Arbitrary<Placement> = fc.oneof(
  { withCrossShrink: true },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('free' as const), value: dyadic() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('kink' as const),
      index: fc.nat({ max: 7 }),
      offset: fc.oneof(fc.constant(0), fc.constantFrom(2 ** -40, -(2 ** -40)), dyadic(0.5, 32)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tie' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('zero' as const), negative: fc.boolean() }) },
);

export function pointRecipe(dimension: number): fc.Arbitrary<PointRecipe> {
  return fc.record({
    placements: fc.oneof(
      { weight: 15, arbitrary: fc.array(placement, { minLength: dimension, maxLength: dimension }) },
      {
        weight: 1,
        arbitrary: fc.constant(Array.from({ length: dimension }, () => ({ kind: 'free', value: 0 }) as const)),
      },
    ),
    member: fc.oneof(
      { withCrossShrink: true },
      { weight: 3, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    exponent: fc.oneof(
      { withCrossShrink: true },
      { weight: 12, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(-30, 20) },
    ),
  });
}

/** Places the point for a given function and step. Ties repeat the coordinate before them. */
export function resolvePoint(recipe: PointRecipe, target: ProximableFunction, step: number): Float64Array {
  const point = new Float64Array(recipe.placements.length);
  recipe.placements.forEach((place, index) => {
    point[index] = resolveCoordinate(place, index, point, target, step) * 2 ** recipe.exponent;
  });
  return recipe.member && target.violation !== undefined ? target.prox(point, step) : point;
}

function resolveCoordinate(
  place: Placement,
  index: number,
  point: Float64Array,
  target: ProximableFunction,
  step: number,
): number {
  switch (place.kind) {
    case 'free':
      return place.value;
    case 'kink': {
      const kinks = ((target.coordinate?.(index) ?? target).kinks?.(step) ?? []).filter(Number.isFinite);
      return kinks.length === 0 ? place.offset : kinks[place.index % kinks.length]! + place.offset;
    }
    case 'tie':
      return index === 0 ? 1 : point[index - 1]!;
    case 'zero':
      return place.negative ? -0 : 0;
  }
}

/** Categories of a point: `kink`, `near a kink`, `inside`, `outside`, `tie`, `zero vector`, `one element`. */
export function classifyPoint(point: Float64Array, target: ProximableFunction, step: number): string[] {
  const found = new Set<string>();
  point.forEach((value, index) => {
    for (const kink of (target.coordinate?.(index) ?? target).kinks?.(step) ?? []) {
      if (value === kink) found.add('kink');
      else if (Math.abs(value - kink) <= 0.5) found.add('near a kink');
    }
    if (index > 0 && value === point[index - 1]) found.add('tie');
  });
  if (target.violation) found.add(target.violation(point) === 0 ? 'inside' : 'outside');
  if (point.every((value) => value === 0)) found.add('zero vector');
  if (point.length === 1) found.add('one element');
  return [...found];
}
