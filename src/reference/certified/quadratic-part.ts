import { parseFunction } from '../functions/definition/parse.js';
import type { ProximableFunction } from '../functions/definition/proximable-function.js';

/** A one-dimensional convex r written as (a/2)u² + s(u) with s convex. */
export interface QuadraticPart {
  /** a ≥ 0. */
  readonly curvature: number;
  /** Closure of the set of subgradients of s, ±∞ allowed; one point when r is quadratic or linear. */
  readonly slopes: readonly [number, number];
}

/**
 * The quadratic part of a one-dimensional function of the vocabulary, read from its structure, so that it is known and not
 * guessed from values. Types without a rule are their own s: a = 0, and an unknown range is all of R.
 */
export function quadraticPart(r: ProximableFunction): QuadraticPart {
  const parameter = (name: string): number => {
    const value = r.parameters[name];
    return Array.isArray(value) ? (value[0] as number) : (value as number);
  };
  const inner = (): QuadraticPart => quadraticPart(parseFunction(r.parameters['inner']));
  switch (r.type) {
    case 'squared-l2':
      return { curvature: parameter('weight'), slopes: [0, 0] };
    case 'quadratic':
      return shift({ curvature: parameter('curvature'), slopes: [0, 0] }, parameter('center'));
    case 'elastic-net':
      return { curvature: parameter('l2Weight'), slopes: [-parameter('l1Weight'), parameter('l1Weight')] };
    case 'scaled':
      return scale(inner(), parameter('factor'));
    case 'translated':
      return shift(inner(), parameter('shift'));
    case 'tilted':
      return tilt(inner(), parameter('slope'));
    case 'regularized':
      return regularize(inner(), parameter('weight'), parameter('center'));
    case 'precomposed':
      return stretch(inner(), parameter('factor'));
    default:
      return { curvature: 0, slopes: r.subgradientRange ?? [-Infinity, Infinity] };
  }
}

/** r(u − b): the vertex of the quadratic part moves, which tilts s by −ab. */
function shift({ curvature, slopes }: QuadraticPart, by: number): QuadraticPart {
  return tilt({ curvature, slopes }, -curvature * by);
}

function tilt({ curvature, slopes: [low, high] }: QuadraticPart, slope: number): QuadraticPart {
  return { curvature, slopes: [low + slope, high + slope] };
}

/** c·r(u), c > 0. */
function scale({ curvature, slopes: [low, high] }: QuadraticPart, factor: number): QuadraticPart {
  return { curvature: curvature * factor, slopes: [low * factor, high * factor] };
}

/** r(u) + (ρ/2)(u − c)². */
function regularize(inner: QuadraticPart, weight: number, center: number): QuadraticPart {
  const { curvature, slopes } = tilt(inner, -weight * center);
  return { curvature: curvature + weight, slopes };
}

/** r(αu), α ≠ 0. */
function stretch({ curvature, slopes: [low, high] }: QuadraticPart, factor: number): QuadraticPart {
  const ends = [low * factor, high * factor];
  return { curvature: curvature * factor * factor, slopes: [Math.min(...ends), Math.max(...ends)] };
}
