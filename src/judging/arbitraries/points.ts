import fc from 'fast-check';
import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { askable } from './basic-functions.js';
import { byLength, dyadic } from './dyadic.js';

/** How one coordinate of a point is placed relative to the kinks of a function; shrinks towards a plain dyadic. */
type Placement =
  | { readonly kind: 'free'; readonly value: number }
  | { readonly kind: 'kink'; readonly index: number; readonly offset: number }
  | { readonly kind: 'between kinks'; readonly index: number; readonly fraction: number }
  | { readonly kind: 'tie' }
  | { readonly kind: 'zero'; readonly negative: boolean };

/** A point in placements. */
export interface PointRecipe {
  readonly placements: readonly Placement[];
  /** `domain` asks for the projection onto the domain: outside of a set, onto its boundary; `interior` for a point well inside. */
  readonly member: 'anywhere' | 'domain' | 'interior';
  /** Power of two that scales the whole point: tiny and large magnitudes. */
  readonly exponent: number;
}

const free = fc.record({ kind: fc.constant('free' as const), value: dyadic() });
const atKink = (offset: fc.Arbitrary<number>): fc.Arbitrary<Placement> =>
  fc.record({ kind: fc.constant('kink' as const), index: fc.nat({ max: 7 }), offset });
const tiny = fc.constantFrom(2 ** -40, -(2 ** -40));
const betweenKinks = fc.record({
  kind: fc.constant('between kinks' as const),
  index: fc.nat({ max: 7 }),
  fraction: fc.integer({ min: 1, max: 15 }).map((k) => k / 16),
});
const tie = fc.record({ kind: fc.constant('tie' as const) });
const zero = fc.record({ kind: fc.constant('zero' as const), negative: fc.boolean() });

const placement: fc.Arbitrary<Placement> = fc.oneof(
  { withCrossShrink: true },
  { weight: 6, arbitrary: free },
  { weight: 4, arbitrary: atKink(fc.oneof(fc.constant(0), tiny, dyadic(0.5, 32))) },
  { weight: 1, arbitrary: betweenKinks },
  { weight: 2, arbitrary: tie },
  { weight: 1, arbitrary: zero },
);

const every = (entry: fc.Arbitrary<Placement>, dimension: number): fc.Arbitrary<Placement[]> =>
  fc.array(entry, { minLength: dimension, maxLength: dimension });
const origin = (dimension: number): fc.Arbitrary<Placement[]> =>
  fc.constant(Array.from({ length: dimension }, () => ({ kind: 'free', value: 0 }) as const));

export const pointRecipe = byLength<PointRecipe>((dimension) =>
  fc.record({
    placements: fc.oneof(
      { weight: 15, arbitrary: every(placement, dimension) },
      { weight: 1, arbitrary: origin(dimension) },
    ),
    member: fc.oneof(
      { withCrossShrink: true },
      { weight: 12, arbitrary: fc.constant('anywhere' as const) },
      { weight: 3, arbitrary: fc.constant('domain' as const) },
      { weight: 1, arbitrary: fc.constant('interior' as const) },
    ),
    exponent: fc.oneof(
      { withCrossShrink: true },
      { weight: 12, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(-30, 20) },
    ),
  }),
);

/** Places the point for a given function and step. Ties repeat the coordinate before them. */
export function resolvePoint(recipe: PointRecipe, target: ProximableFunction, step: number): Float64Array {
  const point = new Float64Array(recipe.placements.length);
  recipe.placements.forEach((place, index) => {
    point[index] = resolveCoordinate(place, index, point, target, step) * 2 ** recipe.exponent;
  });
  const anywhere = askable({ ...target.parameters, type: target.type }, point);
  if (recipe.member === 'anywhere' || target.violation === undefined) return anywhere;
  const member = target.prox(anywhere, step);
  if (recipe.member === 'domain') return member;
  const opposite = target.prox(
    anywhere.map((value) => -value),
    step,
  );
  return member.map((value, i) => (value + opposite[i]!) / 2);
}

/** The kinks of an entry of the function at the step. */
export function kinksAt(target: ProximableFunction, index: number, step: number): number[] {
  return ((target.coordinate?.(index) ?? target).kinks?.(step) ?? []).filter(Number.isFinite);
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
      const kinks = kinksAt(target, index, step);
      return kinks.length === 0 ? place.offset : kinks[place.index % kinks.length]! + place.offset;
    }
    case 'between kinks': {
      const kinks = kinksAt(target, index, step).sort((a, b) => a - b);
      if (kinks.length < 2) return place.fraction;
      const left = place.index % (kinks.length - 1);
      return kinks[left]! + place.fraction * (kinks[left + 1]! - kinks[left]!);
    }
    case 'tie':
      return index === 0 ? 1 : point[index - 1]!;
    case 'zero':
      return place.negative ? -0 : 0;
  }
}

/** Categories of a point: `kink`, `near a kink`, `between kinks`, `inside`, `outside`, `tie`, `zero vector`, `one element`. */
export function classifyPoint(point: Float64Array, target: ProximableFunction, step: number): string[] {
  const found = new Set<string>();
  point.forEach((value, index) => {
    const kinks = kinksAt(target, index, step);
    for (const kink of kinks) {
      // In single precision the case is at the number nearest to the kink.
      if (value === kink || value === Math.fround(kink)) found.add('kink');
      else if (Math.abs(value - kink) <= 0.5) found.add('near a kink');
    }
    if (!kinks.includes(value) && Math.min(...kinks) < value && value < Math.max(...kinks)) found.add('between kinks');
    if (index > 0 && value === point[index - 1]) found.add('tie');
    if (target.type === 'huber' && betweenBranches(Math.abs(value), target, step)) found.add('between δ and δ(1 + γw)');
  });
  if (target.violation) found.add(isMember(point, target) ? 'inside' : 'outside');
  if (point.every((value) => value === 0)) found.add('zero vector');
  if (point.length === 1) found.add('one element');
  return [...found];
}

/** Whether a point lies in the domain, to single precision: a plane holds few floats exactly. */
function isMember(point: Float64Array, target: ProximableFunction): boolean {
  return target.violation!(point) <= 2 ** -22 * point.reduce((size, value) => Math.max(size, Math.abs(value)), 1);
}

/** The range in which a Huber prox that branches at δ instead of δ(1 + γw) is wrong. */
function betweenBranches(size: number, { parameters }: ProximableFunction, step: number): boolean {
  const threshold = parameters['threshold'] as number;
  return threshold < size && size < threshold * (1 + step * (parameters['weight'] as number));
}
