import type { HypothesisId } from '../../claims/hypothesis.js';
import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import type { Problem, ProblemAtStep, ProblemConstants } from '../../reference/problem/problem.js';

/** Constants that hold only at x⁰, for a theorem without one of its hypotheses about all of Rⁿ. */
export interface GivenConstants {
  readonly lipschitz?: number;
  readonly strongConvexity?: number;
  readonly coordinateLipschitz?: Float64Array;
  /** Constants of the noise, once the step is known. */
  noise?(problem: ProblemAtStep): Pick<ProblemConstants, 'sigma' | 'coordinateSigma'>;
}

type Gradient = (x: Float64Array) => Float64Array;

/** Length of the secants that measure the curvature at a point, relative to the point. */
const nearby = 2 ** -12;

/**
 * The constants of a hypothesis at x⁰: L and μ by secants, and the deviation of the noise. Undefined for a hypothesis without a constant, such as convexity,
 * and for f* > −∞, without which no bound is finite.
 */
export function constantsAtStart(id: HypothesisId, problem: Problem, start: Float64Array): GivenConstants | undefined {
  const { smooth, functions } = problem;
  const ofSmooth = () => curvatures((x) => smooth.gradient(x), start);
  const ofComponents = () => largest(functions.map((fn) => curvatures(slopeOf(fn), start)));
  const certified = problem.lipschitz(start.length);
  const certifiedSmooth = smooth.lipschitz ?? Number.POSITIVE_INFINITY;
  const certifiedComponents = functions.reduce(
    (most, fn) => Math.max(most, fn.smooth?.lipschitz ?? Number.POSITIVE_INFINITY),
    0,
  );
  switch (id) {
    case 'assumption-1b':
      return { lipschitz: Math.max(norm(ofSmooth()), certifiedComponents) };
    case 'assumption-1c':
      return { lipschitz: Math.max(certifiedSmooth, norm(ofComponents())) };
    case 'assumption-2b':
    case 'assumption-2c':
      return certified.coordinateLipschitz && { coordinateLipschitz: largest([ofSmooth(), ofComponents()]) };
    case 'fixed-smooth':
    case 'fixed-strongly-convex':
    case 'fixed-coordinate-smooth': {
      if (functions.some(({ gradient }) => gradient === undefined)) return undefined;
      const whole = curvatures((x) => problem.at(1).gradient(x), start);
      if (id === 'fixed-strongly-convex') {
        const least = Math.min(...whole);
        return least > 0 ? { strongConvexity: least } : undefined;
      }
      return { lipschitz: norm(whole), coordinateLipschitz: whole };
    }
    case 'assumption-1d':
    case 'assumption-2d':
      return { noise: (atStep) => deviation(atStep, (k) => scaled(atStep.proximalGradient(k, start), atStep.step)) };
    case 'fixed-variance':
    case 'fixed-coordinate-variance':
      return { noise: (atStep) => deviation(atStep, (k) => slopeOf(functions[k]!)(start)) };
    default:
      return undefined;
  }
}

/** ∇r, or if it does not exist a subgradient next to the point. */
const slopeOf =
  (fn: ProximableFunction): Gradient =>
  (x) =>
    fn.gradient === undefined ? fn.dividedResidual(x, 2 ** -24, new Float64Array(x.length)) : fn.gradient(x);

/** |∂_i g_i| at x, by secants on either side. */
function curvatures(gradient: Gradient, x: Float64Array): Float64Array {
  return x.map((value, i) => {
    const h = nearby * Math.max(1, Math.abs(value));
    const at = (moved: number) => Float64Array.from(gradient(x.with(i, value + moved)))[i]!;
    const here = Float64Array.from(gradient(x))[i]!;
    return Math.max(Math.abs(at(h) - here), Math.abs(at(-h) - here)) / h;
  });
}

const norm = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value), 0);
const largest = (vectors: readonly Float64Array[]): Float64Array =>
  vectors[0]!.map((_, i) => vectors.reduce((most, vector) => Math.max(most, vector[i]!), 0));
const scaled = (vector: Float64Array, step: number): Float64Array => vector.map((value) => value / step);

/** The standard deviation over k of vectors, whole and by coordinate. */
function deviation({ problem: { probabilities } }: ProblemAtStep, vectorOf: (k: number) => Float64Array) {
  const vectors = Array.from(probabilities, (_, k) => Float64Array.from(vectorOf(k)));
  const coordinateSigma = vectors[0]!.map((_, i) => {
    const mean = vectors.reduce((sum, vector, k) => sum + probabilities[k]! * vector[i]!, 0);
    return Math.sqrt(vectors.reduce((sum, vector, k) => sum + probabilities[k]! * (vector[i]! - mean) ** 2, 0));
  });
  return { sigma: Math.hypot(...coordinateSigma), coordinateSigma };
}
