import fc from 'fast-check';
import { deriveSeed } from '../../../claims/seed.js';
import { pointRecipe, resolvePoint } from '../../../judging/arbitraries/points.js';
import type { ProximableFunction } from '../../../reference/functions/definition/proximable-function.js';
import { zero } from '../../../reference/functions/penalties/zero.js';

/** The extent of a search and what it depends on. */
export interface SearchPlan {
  /** Base points of every search; 0 means certificates only. */
  readonly points: number;
  readonly seed: string;
}

const noKinks = zero({});

/** The origin, points all of whose coordinates are at kinks of the target, then random dyadic points, many of them near kinks. */
export function searchPoints(
  dimension: number,
  { points, seed }: SearchPlan,
  part: string,
  target: ProximableFunction = noKinks,
  step = 1,
): Float64Array[] {
  const atKink = (index: number) => ({
    placements: Array.from({ length: dimension }, () => ({ kind: 'kink' as const, index, offset: 0 })),
    member: 'anywhere' as const,
    exponent: 0,
  });
  const kinks = (target.coordinate?.(0) ?? target).kinks?.(step) ?? [];
  const random = fc.sample(pointRecipe(dimension), { seed: deriveSeed(seed, 'audit', 1, part), numRuns: points });
  return [
    new Float64Array(dimension),
    ...[...kinks.keys()].map((index) => resolvePoint(atKink(index), target, step)),
    ...random.map((recipe) => resolvePoint(recipe, target, step)),
  ];
}

/**
 * Scales of points and pairs farther and farther out: 1, 16, …, 16¹⁰. An iterative prox is slow there or does not converge: its scales end at 16²,
 * too early to recognise growth, but its kinks are near anyway.
 */
export function farScales(iterative: boolean): number[] {
  return Array.from({ length: iterative ? 3 : 11 }, (_, j) => 16 ** j);
}

/** At most `most` coordinate axes (drawn when there are more). */
function axes(dimension: number, most: number, random: () => number): number[] {
  if (dimension <= most) return Array.from({ length: dimension }, (_, i) => i);
  return Array.from({ length: most }, () => Math.floor(random() * dimension));
}

/** Unit vectors along a few coordinate axes. */
export function axisDirections(dimension: number, most: number, random: () => number): Float64Array[] {
  return axes(dimension, most, random).map((i) => {
    const direction = new Float64Array(dimension);
    direction[i] = 1;
    return direction;
  });
}

/** The diagonal, a few differences e_i − e_{i+1} (they do not change sums and means), and one random direction; all of unit length. */
export function mixedDirections(dimension: number, random: () => number): Float64Array[] {
  const diagonal = new Float64Array(dimension).fill(1);
  const differences = axes(dimension - 1, 2, random).map((i) => {
    const direction = new Float64Array(dimension);
    direction[i] = 1;
    direction[i + 1] = -1;
    return direction;
  });
  const drawn = Float64Array.from({ length: dimension }, () => 2 * random() - 1);
  return [diagonal, ...differences, drawn].map(normalized);
}

/** All directions, then their opposites: a domain may end on one side only. */
export function bothWays(directions: readonly Float64Array[]): Float64Array[] {
  return [...directions, ...directions.map((direction) => direction.map((value) => -value))];
}

export function normalized(vector: Float64Array): Float64Array {
  const length = norm(vector);
  return vector.map((value) => value / length);
}

/** ‖v‖₂, without overflow for the sizes that occur here. */
export function norm(vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
  return Math.sqrt(sum);
}

/** ‖v‖_∞. */
export function largestEntry(vector: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]!));
  return largest;
}
