import { differenceNoise } from './noise.js';
import type { Relation } from './relation.js';
import { norm } from './search-points.js';

/** Two points of a relation with the ratio of the distances of their images and of themselves. */
export interface Secant {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** g(x) and g(y). */
  readonly images: readonly [Float64Array, Float64Array];
  /** A lower bound of ‖g(x) − g(y)‖/‖x − y‖, with rounding subtracted; Infinity for two images of one point, NaN after an overflow. */
  readonly ratio: number;
}
/** Relative rounding of a point that a prox without a declared accuracy returns. */
const pointRounding = 2 ** -48;
/** If arguments are apart by at least this multiple of the error of their images, images within that error count as equal. */
const resolution = 256;

/** The error of the points of a pair: 0 if they are the arguments themselves. */
export function pointError({ gradient, accuracy, iterative }: Relation, points: number, args: number): number {
  if (gradient) return 0;
  return iterative ? accuracy * args : pointRounding * points;
}

/** True if two different arguments have the same image up to its error: a map of finite slope would separate them. */
export function isOnePoint(apart: number, error: number, argumentsApart: number): boolean {
  return apart <= error && argumentsApart >= resolution * error;
}

/** Measures pairs of one relation. */
export function secantMeter(relation: Relation, dimension: number) {
  const vector = (): Float64Array => new Float64Array(dimension);
  const [u, v, g, h] = [vector(), vector(), vector(), vector()];
  const at = (point: Float64Array, t: number, direction: Float64Array): Float64Array =>
    point.map((value, i) => value + t * direction[i]!);
  let pairs = 0;

  /** Evaluates both ends; afterwards u, v are the points and g, h their images. */
  function evaluate(a: Float64Array, b: Float64Array): void {
    pairs++;
    relation.evaluate(a, u, g);
    relation.evaluate(b, v, h);
  }

  const image = vector();
  const point = vector();
  /** Of every entry of the difference of the images. */
  function noise(a: Float64Array, b: Float64Array): Float64Array {
    const map = (y: Float64Array): Float64Array => {
      relation.evaluate(y, point, image);
      return image;
    };
    return differenceNoise(map, a, b);
  }

  return {
    u,
    v,
    g,
    h,
    evaluate,
    get pairs() {
      return pairs;
    },
    /** The pair at base ± (distance/2)·direction. */
    ends: (base: Float64Array, distance: number, direction: Float64Array) =>
      [at(base, distance / 2, direction), at(base, -distance / 2, direction)] as const,
    /** Measures a pair. If a gradient's ratio exceeds the given one, its rounding is estimated. */
    measure(a: Float64Array, b: Float64Array, record: number): Secant {
      evaluate(a, b);
      const size = relation.size ? relation.size(a) + relation.size(b) : norm(g) + norm(h);
      const images = norm(g.map((value, i) => value - h[i]!)) - relation.accuracy * size;
      const apart = norm(u.map((value, i) => value - v[i]!));
      const error = pointError(relation, norm(u) + norm(v), norm(a) + norm(b));
      const one = isOnePoint(apart, error, norm(a.map((value, i) => value - b[i]!)));
      const finite = Number.isFinite(images) && Number.isFinite(apart);
      const pair = { x: u.slice(), y: v.slice(), images: [g.slice(), h.slice()] as const };
      if (!finite) return { ...pair, ratio: Number.NaN };
      const raw = images > 0 ? images / (one ? 0 : apart + error) : 0;
      const ratio = relation.gradient && raw > record ? Math.max(0, images - norm(noise(a, b))) / apart : raw;
      return { ...pair, ratio };
    },
    noise,
  };
}
