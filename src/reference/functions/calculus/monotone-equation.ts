import { euclideanNorm, scratchVector } from '../numerics/vectors.js';

/** Writes the value of a map at x into `out`, which is never x. */
export type VectorMap = (x: Float64Array, out: Float64Array) => void;

const EPSILON = 2 ** -52;
const LARGEST_BRACKET = 2 ** 1020;
const LARGEST_BISECTIONS = 200;
const LARGEST_ITERATIONS = 20_000;

/** Moves the ends of the brackets outwards on one side, from near x, until they pass the solution or become enormous. */
function growBrackets(
  map: VectorMap,
  b: Float64Array,
  x: Float64Array,
  scale: number,
  side: -1 | 1,
  ends: Float64Array,
  image: Float64Array,
): void {
  for (let i = 0; i < b.length; i++) ends[i] = x[i]! + (side * (scale + Math.abs(x[i]!))) / 1024;
  for (let open = true; open; ) {
    map(ends, image);
    open = false;
    for (let i = 0; i < b.length; i++) {
      // Written so that NaN, in the map or in b, grows nothing.
      if (!(side * (image[i]! - b[i]!) < 0) || Math.abs(ends[i]!) >= LARGEST_BRACKET) continue;
      ends[i] = x[i]! + 4 * (ends[i]! - x[i]!);
      open = true;
    }
  }
}

/**
 * Solves F(x) = b coordinate by coordinate for a map F whose i-th output is a continuous nondecreasing function of x_i alone:
 * brackets grown around the starting x, then bisection of all coordinates at once. Writes the solution into x. Where b_i is
 * not in the range, x_i ends at the end of the largest bracket. Allocates nothing after the first call for a length.
 */
export function separableSolver(): (map: VectorMap, b: Float64Array, scale: number, x: Float64Array) => void {
  const lowerOf = scratchVector();
  const upperOf = scratchVector();
  const imageOf = scratchVector();
  return (map, b, scale, x) => {
    const n = b.length;
    const lower = lowerOf(n);
    const upper = upperOf(n);
    const image = imageOf(n);
    growBrackets(map, b, x, scale, -1, lower, image);
    growBrackets(map, b, x, scale, 1, upper, image);
    for (let round = 0, open = true; open && round < LARGEST_BISECTIONS; round++) {
      for (let i = 0; i < n; i++) x[i] = lower[i]! / 2 + upper[i]! / 2;
      map(x, image);
      open = false;
      for (let i = 0; i < n; i++) {
        if (image[i]! <= b[i]!) lower[i] = x[i]!;
        if (image[i]! >= b[i]!) upper[i] = x[i]!;
        const size = Math.max(Math.abs(lower[i]!), Math.abs(upper[i]!));
        if (upper[i]! - lower[i]! > EPSILON * size) open = true;
      }
    }
  };
}

/**
 * Solves F(x) = b for the gradient F of a convex function with Lipschitz constant L, by Nesterov's accelerated gradient method
 * with the gradient restart of O'Donoghue and Candès (2015), from the starting x. Writes the solution into x and returns
 * ‖F(x) − b‖, which tends to the distance from b to the range of F when b is outside.
 */
export function gradientSolver(): (map: VectorMap, lipschitz: number, b: Float64Array, x: Float64Array) => number {
  const previousOf = scratchVector();
  const pointOf = scratchVector();
  const differenceOf = scratchVector();
  return (map, lipschitz, b, x) => {
    const n = b.length;
    const previous = previousOf(n);
    const point = pointOf(n);
    const difference = differenceOf(n);
    const size = euclideanNorm(b);
    point.set(x);
    let momentum = 1;
    let distance = Infinity;
    for (let iteration = 0; iteration < LARGEST_ITERATIONS; iteration++) {
      map(point, difference);
      for (let i = 0; i < n; i++) difference[i]! -= b[i]!;
      distance = euclideanNorm(difference);
      if (distance <= 2 * EPSILON * (size + lipschitz * euclideanNorm(point)) || !Number.isFinite(distance)) break;
      previous.set(x);
      let uphill = 0;
      for (let i = 0; i < n; i++) {
        x[i] = point[i]! - difference[i]! / lipschitz;
        uphill += difference[i]! * (x[i]! - previous[i]!);
      }
      if (uphill > 0) momentum = 1;
      const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      const push = (momentum - 1) / next;
      momentum = next;
      for (let i = 0; i < n; i++) point[i] = x[i]! + push * (x[i]! - previous[i]!);
    }
    x.set(point);
    return distance;
  };
}
