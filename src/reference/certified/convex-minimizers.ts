import { parseFunction } from '../functions/definition/parse.js';
import type { ProximableFunction } from '../functions/definition/proximable-function.js';
import type { SmoothFunction } from '../smooth/definition/smooth-function.js';
import { coordinateProblem, objectiveAt, ROUNDING } from './coordinate-objective.js';
import { byCoordinate, coordinateComponents, keyOf, occurring, type ProblemTerms } from './distinct-coordinates.js';
import type { Interval } from './interval.js';

/** A minimiser is looked for up to 2⁹⁶ from x⁰. */
const LARGEST_DOUBLING = 96;
/** Halvings between two points that a minimiser lies between; where it may be 0, which doubles come near to by powers of 2, until they end. */
const HALVINGS = 120;
const ALL_HALVINGS = 1200;
/** Steps of gradient descent towards the minimiser of a coupled problem; the enclosure covers the remaining distance. */
const LARGEST_ITERATIONS = 20_000;

/** A point u of one dimension with a subgradient of f there; the errors bound their rounding. */
interface Slope {
  readonly y: number;
  readonly u: number;
  readonly error: number;
  readonly slope: number;
  readonly slopeError: number;
  /** What that rounding is relative to. */
  readonly size: number;
}

/**
 * The distance from x⁰ to the nearest minimiser of f = d + r_γ, or without a step of f̄ = d + Σθ_k r_k, enclosed. The signs of f′ along one dimension
 * enclose the interval of its minimisers where f is convex, and a separable f is minimised coordinate by coordinate. Of a coupled f̄ with a modulus μ of
 * strong convexity the minimiser is within ‖∇f̄(x)‖/μ of any x. Undefined where nothing is certified: f is not convex, has no minimiser, an r_k of f̄ has no
 * gradient, or a coupled problem is none of these.
 */
export function distanceToMinimizers(problem: ProblemTerms, start: Float64Array, step?: number): Interval | undefined {
  const fixed = step === undefined;
  if (fixed && problem.functions.some(({ gradient }) => gradient === undefined)) return undefined;
  if (!isSeparable(problem)) return fixed ? coupledDistance(problem, start) : undefined;
  const components = occurring(problem);
  let [lower, upper] = [0, 0];
  for (const [i, x] of start.entries()) {
    const smooth = problem.smooth.coordinate!(i);
    const own = coordinateComponents(components, i);
    const slopeAt = fixed ? fixedSlope(smooth, own) : averageSlope(smooth, own, step);
    const distance = slopeAt && distanceInOneDimension(slopeAt, x);
    if (distance === undefined) return undefined;
    lower += distance.lower ** 2;
    upper += distance.upper ** 2;
  }
  const rounding = (start.length + 8) * 2 ** -52;
  const distance = { lower: Math.sqrt(lower) * (1 - rounding), upper: Math.sqrt(upper) * (1 + rounding) };
  return Number.isFinite(distance.upper) ? distance : undefined;
}

/**
 * inf f̄ of f̄ = d + Σθ_k r_k, enclosed about as narrowly as doubles have it, where f̄ is separable and convex: between a point of slope s ≤ 0 and one of slope
 * ≥ 0 a distance h apart, f̄* ≥ f̄ − |s|h. Undefined elsewhere.
 */
export function convexInfimum(problem: ProblemTerms, dimension: number): Interval | undefined {
  if (!isSeparable(problem) || problem.functions.some(({ gradient }) => gradient === undefined)) return undefined;
  const components = occurring(problem);
  const intervals = byCoordinate(
    dimension,
    (i) => partsAt(problem, components, i),
    ({ smooth, components: own }) => infimumInOneDimension(smooth, own),
  );
  let [lower, upper, size] = [0, 0, 0];
  for (const interval of intervals) {
    if (interval === undefined) return undefined;
    lower += interval.lower;
    upper += interval.upper;
    size += Math.abs(interval.lower) + Math.abs(interval.upper);
  }
  const rounding = dimension > 1 ? dimension * 2 ** -53 * size : 0;
  return { lower: lower - rounding, upper: upper + rounding };
}

function infimumInOneDimension(smooth: SmoothFunction, components: Components): Interval | undefined {
  const slopeAt = fixedSlope(smooth, components);
  if (slopeAt === undefined) return undefined;
  const from = slopeAt(0);
  const right = outwards(slopeAt, from, 1, atLeastZero);
  const left = outwards(slopeAt, from, -1, atMostZero);
  if (left === undefined || right === undefined) return undefined;
  const below = edge(slopeAt, left, right, atMostZero);
  const above = edge(slopeAt, right, left, atLeastZero);
  const point = Float64Array.of(below.u);
  let value = smooth.value(point);
  let size = Math.abs(value) + below.size * Math.abs(below.u);
  for (const { function: fn, probability } of components) {
    const own = probability * fn.value(point);
    value += own;
    size += Math.abs(own);
  }
  const error = ROUNDING * size;
  const descent = (Math.abs(below.slope) + below.slopeError) * Math.max(0, above.u - below.u);
  const infimum = { lower: value - error - descent, upper: value + error };
  return Number.isFinite(infimum.lower) && Number.isFinite(infimum.upper) ? infimum : undefined;
}

const isSeparable = ({ smooth, functions }: ProblemTerms): boolean =>
  smooth.coordinate !== undefined && functions.every(({ coordinate }) => coordinate !== undefined);

type Components = ReturnType<typeof coordinateComponents>;

/** f̄′ = d′ + Σθ_k r_k′ of one dimension; undefined where d is not convex. */
function fixedSlope(smooth: SmoothFunction, components: Components): ((y: number) => Slope) | undefined {
  if (!smooth.convex) return undefined;
  return (y) => {
    const point = Float64Array.of(y);
    let slope = smooth.gradient(point)[0]!;
    let size = Math.abs(slope) + (smooth.gradientSize?.(point) ?? 0) + (smooth.lipschitz ?? 0) * Math.abs(y);
    for (const { function: fn, probability } of components) {
      slope += probability * fn.gradient!(point)[0]!;
      size += probability * slopeSize(fn, y);
    }
    return { y, u: y, error: 0, slope, slopeError: ROUNDING * size, size };
  };
}

/** The size to which the rounding of r′(u) is relative: in functions built from others, terms may cancel. */
function slopeSize(fn: ProximableFunction, u: number): number {
  const parameter = (name: string): number => {
    const value = fn.parameters[name];
    return Math.abs(Array.isArray(value) ? (value[0] as number) : (value as number));
  };
  const signed = (name: string): number => parameter(name) * (Number([fn.parameters[name]].flat()[0]) < 0 ? -1 : 1);
  const own = Math.abs(fn.gradient?.(Float64Array.of(u))[0] ?? 0) + (fn.smooth?.lipschitz ?? 0) * Math.abs(u);
  const inner = (at: number): number => slopeSize(parseFunction(fn.parameters['inner']), at);
  switch (fn.type) {
    case 'quadratic':
      return own + parameter('curvature') * parameter('center');
    case 'scaled':
      return own + parameter('factor') * inner(u);
    case 'tilted':
      return own + parameter('slope') + inner(u);
    case 'translated':
      return own + (fn.smooth?.lipschitz ?? 0) * parameter('shift') + inner(u - signed('shift'));
    case 'regularized':
      return own + parameter('weight') * (Math.abs(u) + parameter('center')) + inner(u);
    case 'precomposed':
      return own + parameter('factor') * inner(signed('factor') * u);
    default:
      return own;
  }
}

/** A subgradient of d + r_γ at P⁰(y), in one dimension; undefined where f is not convex. */
function averageSlope(
  smooth: SmoothFunction,
  components: Components,
  step: number,
): ((y: number) => Slope) | undefined {
  const problem = coordinateProblem(smooth, components, step);
  if (problem === undefined || problem.concavity > 0) return undefined;
  const accuracy = components.reduce((most, { function: fn }) => Math.max(most, fn.accuracy ?? 0), ROUNDING);
  return (y) => {
    const { u, slope, slopeError } = objectiveAt(problem, y);
    const moved = accuracy * (Math.abs(u) + Math.abs(y));
    return {
      y,
      u,
      error: moved,
      slope,
      slopeError: slopeError + (smooth.lipschitz ?? 0) * moved,
      size: Math.abs(slope),
    };
  };
}

const atMostZero = ({ slope, slopeError }: Slope): boolean => slope + slopeError <= 0;
const atLeastZero = ({ slope, slopeError }: Slope): boolean => slope - slopeError >= 0;
const negative = ({ slope, slopeError }: Slope): boolean => slope + slopeError < 0;
const positive = ({ slope, slopeError }: Slope): boolean => slope - slopeError > 0;

/**
 * The distance from x to the minimisers [a, b] of a convex f: max{a − x, x − b, 0}. Where f′ ≥ 0 is certain, a lies to the left, and where f′ < 0 is, to the
 * right; in the same way b.
 */
function distanceInOneDimension(slopeAt: (y: number) => Slope, x: number): Interval | undefined {
  const from = slopeAt(x);
  const right = outwards(slopeAt, from, 1, atLeastZero);
  const left = outwards(slopeAt, from, -1, atMostZero);
  if (left === undefined || right === undefined) return undefined;
  const end = (inside: Slope, outside: Slope, is: (at: Slope) => boolean) =>
    is(inside) ? edge(slopeAt, inside, outside, is) : undefined;
  let [lower, upper] = [0, 0];
  if (right.u + right.error > x) {
    const below = end(left, right, negative);
    const above = edge(slopeAt, right, left, atLeastZero);
    upper = Math.max(upper, above.u + above.error - x);
    if (below !== undefined) lower = Math.max(lower, below.u - below.error - x);
  }
  if (left.u - left.error < x) {
    const above = end(right, left, positive);
    const below = edge(slopeAt, left, right, atMostZero);
    upper = Math.max(upper, x - below.u + below.error);
    if (above !== undefined) lower = Math.max(lower, x - above.u - above.error);
  }
  return { lower, upper };
}

/** The first point from here on, ever farther out, where something is certain. */
function outwards(
  slopeAt: (y: number) => Slope,
  from: Slope,
  direction: -1 | 1,
  is: (at: Slope) => boolean,
): Slope | undefined {
  if (is(from)) return from;
  const unit = Math.max(1, Math.abs(from.y));
  for (let doubling = -1; doubling <= LARGEST_DOUBLING; doubling++) {
    const at = slopeAt(from.y + direction * unit * 2 ** doubling);
    if (is(at)) return at;
  }
  return undefined;
}

/** The last point, on the way from a point where something is certain to another one, where it is still certain. */
function edge(
  slopeAt: (y: number) => Slope,
  inside: Slope,
  outside: Slope,
  is: (at: Slope) => boolean,
  halvings = HALVINGS,
): Slope {
  if (is(outside)) return outside;
  let [last, beyond] = [inside, outside.y];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = last.y + (beyond - last.y) / 2;
    if (middle === last.y || middle === beyond) break;
    const at = slopeAt(middle);
    if (is(at)) last = at;
    else beyond = middle;
  }
  return last;
}

/** A point, and how far from it a minimiser is at most. */
export interface Ball {
  readonly x: Float64Array;
  readonly radius: number;
}

/**
 * A ball with all minimisers of f = d + r_γ, or without a step of f̄ = d + Σθ_k r_k: small if there is one alone. Undefined as the distance to them, and
 * where they are unbounded.
 */
export function ballOfMinimizers(problem: ProblemTerms, dimension: number, step?: number): Ball | undefined {
  const fixed = step === undefined;
  if (fixed && problem.functions.some(({ gradient }) => gradient === undefined)) return undefined;
  if (!isSeparable(problem)) return fixed ? coupledMinimizer(problem, dimension) : undefined;
  const components = occurring(problem);
  const intervals = byCoordinate(
    dimension,
    (i) => partsAt(problem, components, i),
    ({ smooth, components: own }) =>
      minimizersInOneDimension(fixed ? fixedSlope(smooth, own) : averageSlope(smooth, own, step)),
  );
  const x = new Float64Array(dimension);
  const halves = new Float64Array(dimension);
  for (const [i, interval] of intervals.entries()) {
    if (interval === undefined) return undefined;
    const { lower, upper } = interval;
    x[i] = lower + (upper - lower) / 2;
    halves[i] = Math.max(upper - x[i]!, x[i]! - lower);
  }
  const radius = Math.hypot(...halves) * (1 + ROUNDING);
  return Number.isFinite(radius) ? { x, radius } : undefined;
}

/** An interval with all minimisers of a convex f of one variable, from where f′ < 0 to where f′ > 0. */
function minimizersInOneDimension(slopeAt: ((y: number) => Slope) | undefined): Interval | undefined {
  if (slopeAt === undefined) return undefined;
  const from = slopeAt(0);
  const left = outwards(slopeAt, from, -1, negative);
  const right = outwards(slopeAt, from, 1, positive);
  if (left === undefined || right === undefined) return undefined;
  const first = edge(slopeAt, left, right, negative, ALL_HALVINGS);
  const last = edge(slopeAt, right, left, positive, ALL_HALVINGS);
  return { lower: first.u - first.error, upper: last.u + last.error };
}

/** d and the r_k of one coordinate, and a key that is the same for equal ones. */
function partsAt(problem: ProblemTerms, components: ReturnType<typeof occurring>, i: number) {
  const parts = { smooth: problem.smooth.coordinate!(i), components: coordinateComponents(components, i) };
  const { type, parameters } = parts.smooth;
  return { key: `${JSON.stringify([type, parameters])} ${keyOf(parts.components)}`, parts };
}

/** The distance to the minimiser of a strongly convex f̄. */
function coupledDistance(problem: ProblemTerms, start: Float64Array): Interval | undefined {
  const ball = coupledMinimizer(problem, start.length);
  if (ball === undefined) return undefined;
  const distance = Math.hypot(...start.map((entry, i) => entry - ball.x[i]!));
  const room = ball.radius + (start.length + 8) * 2 ** -52 * (distance + Math.hypot(...start));
  return Number.isFinite(distance + room) ? { lower: Math.max(0, distance - room), upper: distance + room } : undefined;
}

/** The minimiser of a strongly convex f̄, which is within ‖∇f̄(x)‖/μ of the point that gradient descent reaches. */
function coupledMinimizer(problem: ProblemTerms, dimension: number): Ball | undefined {
  const { smooth, functions, probabilities } = problem;
  const modulus = smooth.strongConvexity;
  const constants = functions.map(({ smooth: part }) => part?.lipschitz ?? Number.NaN);
  const lipschitz = constants.reduce(
    (sum, constant, k) => sum + probabilities[k]! * constant,
    smooth.lipschitz ?? Number.NaN,
  );
  if (modulus === undefined || !Number.isFinite(lipschitz)) return undefined;
  const gradientAt = (x: Float64Array) =>
    functions.reduce((sum, fn, k) => {
      const own = fn.gradient!(x);
      return sum.map((entry, i) => entry + probabilities[k]! * own[i]!);
    }, smooth.gradient(x));
  const size = (x: Float64Array) =>
    functions.reduce(
      (sum, fn, k) => sum + probabilities[k]! * Math.hypot(...fn.gradient!(x)),
      (smooth.gradientSize?.(x) ?? 0) + Math.hypot(...smooth.gradient(x)) + lipschitz * Math.hypot(...x),
    );
  let x = new Float64Array(dimension);
  let best = { x, radius: Number.POSITIVE_INFINITY };
  for (let iteration = 0; iteration < LARGEST_ITERATIONS; iteration++) {
    const gradient = gradientAt(x);
    const rounding = ROUNDING * size(x);
    const radius = (Math.hypot(...gradient) + rounding) / modulus;
    if (radius < best.radius) best = { x, radius };
    if (Math.hypot(...gradient) <= rounding) break;
    x = x.map((entry, i) => entry - gradient[i]! / lipschitz);
  }
  return best;
}
