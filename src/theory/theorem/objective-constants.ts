import { convexInfimum, distanceToMinimizers } from '../../reference/certified/convex-minimizers.js';
import type { Interval } from '../../reference/certified/interval.js';
import { fixedStrongConvexity } from '../../reference/certified/strong-convexity.js';
import { type NoiseConstants, noiseConstants } from '../../reference/certified/variance.js';
import { majorantOf } from '../../reference/problem/create-problem.js';
import type { LipschitzConstants, Problem, ProblemAtStep, ProblemConstants } from '../../reference/problem/problem.js';
import type { FixedConstants, Theorem } from './theorem.js';

/** A step so small that r_γ equals Σθ_k r_k up to γσ₀²/2. */
const fixedStep = 2 ** -40;

const atFixedStep = new WeakMap<Problem, ProblemAtStep>();

/** d + r_γ at a step at which it equals the fixed objective up to γσ₀²/2; one object for each problem. */
export function nearlyFixed(problem: Problem): ProblemAtStep {
  const known = atFixedStep.get(problem) ?? problem.at(fixedStep);
  atFixedStep.set(problem, known);
  return known;
}

type About = Pick<Theorem, 'objective'>;
/** The hypotheses say of which functions L is. */
type AboutConstants = About & Partial<Pick<Theorem, 'hypotheses'>>;

/**
 * The Lipschitz constants that a theorem is about. For d + r_γ: those of Assumptions 1 and 2, the largest over d and the r_k; of d alone where the theorem assumes
 * 1(b) and not 1(c), so that the r_k may be nonsmooth. For the fixed objective
 * f̄ = d + Σθ_k r_k: L_d + Σθ_k L_k, and L_i with −diag(L_i) ⪯ ∇²f̄ ⪯ diag(L_i), which also exist for some problems that are not separable.
 */
export function objectiveLipschitz(
  { objective, hypotheses = [] }: AboutConstants,
  problem: Problem,
  dimension: number,
): LipschitzConstants {
  const isOfSmoothPart = hypotheses.includes('assumption-1b') && !hypotheses.includes('assumption-1c');
  if (objective !== 'fixed' && isOfSmoothPart) {
    const { lipschitz } = problem.smooth;
    return lipschitz === undefined ? {} : { lipschitz, majorant: majorantOf(problem.smooth, lipschitz, dimension) };
  }
  if (objective !== 'fixed') return problem.lipschitz(dimension);
  const { smooth, functions, probabilities } = problem;
  const parts = [
    { part: smooth, weight: 1 },
    ...functions.map(({ smooth: part }, k) => ({ part, weight: probabilities[k]! })),
  ];
  let total = 0;
  const majorant = new Float64Array(dimension);
  for (const { part, weight } of parts) {
    if (part?.lipschitz === undefined) return {};
    total += weight * part.lipschitz;
    for (const [i, constant] of majorantOf(part, part.lipschitz, dimension).entries())
      majorant[i]! += weight * constant;
  }
  // The largest L_i is also an L, and for separable problems the smaller one.
  return { lipschitz: Math.min(total, Math.max(...majorant)), coordinateLipschitz: majorant, majorant };
}

/** Relative rounding of μ/L times L. */
const ratioRounding = 2 ** -50;
/** Where μ/L is nearer to 1, 1 − μ/L has lost its digits. */
const nearestToOne = 2 ** -20;

/**
 * μ of a theorem that assumes f̄ to be μ-strongly convex: what is certified of the problem, or L times the μ/L that the theorem is about if no more than that.
 * Undefined if it does not assume it, or nothing is certified; and where any μ would do and it is L up to rounding, because a rate in 1 − μ/L is then 0.
 */
export function objectiveStrongConvexity(
  {
    objective,
    hypotheses,
    inverseConditionNumber: ratio,
  }: Pick<Theorem, 'objective' | 'hypotheses' | 'inverseConditionNumber'>,
  problem: Problem,
  lipschitz: number | undefined,
): number | undefined {
  const isFixed = objective === 'fixed';
  if (!hypotheses.includes(isFixed ? 'fixed-strongly-convex' : 'd-strongly-convex')) return undefined;
  const certified = (isFixed ? fixedStrongConvexity(problem) : problem.smooth.strongConvexity) ?? 0;
  if (ratio === undefined)
    return certified > 0 && !(certified >= (lipschitz ?? Number.POSITIVE_INFINITY) * (1 - nearestToOne))
      ? certified
      : undefined;
  const wanted = ratio * (lipschitz ?? Number.POSITIVE_INFINITY);
  return certified >= wanted * (1 - ratioRounding) ? Math.min(certified, wanted) : undefined;
}

/** Relative rounding of a sum of a few products. */
const sumRounding = 2 ** -48;

/** M with |r_γ(x) − r_γ(y)| ≤ M‖x − y‖ for every γ: the mean of those of the r_k, whose subgradients those of r_γ are means of. Undefined if none is certified. */
export function valueLipschitzOf({ functions, probabilities }: Problem, dimension: number): number | undefined {
  const constants = functions.map(({ type, parameters, subgradientRange }) => {
    if (type === 'l2' || type === 'linf') return Number(parameters['weight']);
    if (type === 'linear') return Math.hypot(...(parameters['coefficients'] as readonly number[]));
    return Math.sqrt(dimension) * Math.max(...(subgradientRange ?? [Number.POSITIVE_INFINITY]).map(Math.abs));
  });
  const mean = constants.reduce((sum, constant, k) => sum + probabilities[k]! * constant, 0);
  const isExact = dimension === 1 && functions.length === 1;
  return mean < Number.POSITIVE_INFINITY ? mean * (isExact ? 1 : 1 + sumRounding) : undefined;
}

/** M, for a theorem that assumes one. */
export function valueConstants(
  { hypotheses = [] }: Partial<Pick<Theorem, 'hypotheses'>>,
  problem: Problem,
  dimension: number,
): { readonly valueLipschitz?: number } {
  const found = hypotheses.includes('r-lipschitz') ? valueLipschitzOf(problem, dimension) : undefined;
  return found === undefined ? {} : { valueLipschitz: found };
}

/** σ, σ_i and the almost-sure bound of the noise that a theorem is about: of P_k at the step, or of ∇r_k. */
export function objectiveNoise({ objective }: About, problem: ProblemAtStep, dimension: number): NoiseConstants {
  return objective === 'fixed' ? fixedNoise(problem.problem, dimension) : problem.constants(dimension);
}

/**
 * f* of the objective that a theorem is about. Of the fixed one: r_γ ≤ Σθ_k r_k ≤ r_γ + γσ₀²/2, so d + r_γ at a tiny step encloses it.
 * Undefined if nothing is certified; −∞ if f is unbounded below.
 */
export function objectiveInfimum(
  { objective }: About,
  problem: ProblemAtStep,
  dimension: number,
): Interval | undefined {
  if (objective !== 'fixed') return problem.infimum(dimension);
  return fixedInfimum(problem.problem, dimension);
}

/** ‖x⁰ − x*‖ to the nearest minimiser of the objective that a theorem is about; undefined if it is not certified. */
export function objectiveDistance(
  { objective }: About,
  problem: ProblemAtStep,
  start: Float64Array,
): Interval | undefined {
  if (objective !== 'fixed') return distanceToMinimizers(problem.problem, start, problem.step);
  const known = fixedDistances.get(problem.problem) ?? new Map<string, Interval | undefined>();
  fixedDistances.set(problem.problem, known);
  const key = start.join();
  if (!known.has(key)) known.set(key, distanceToMinimizers(problem.problem, start));
  return known.get(key);
}

const fixedDistances = new WeakMap<Problem, Map<string, Interval | undefined>>();

/** Whether a theorem has read the distance to a minimiser, which is computed on demand. */
export interface AskedDistance {
  /** It was read and is certified. */
  known: boolean;
  /** It was read and is not. */
  missing: boolean;
}

/** Constants with ‖x⁰ − x*‖, computed on demand: it takes a while, and few theorems read it. */
export function withDistance<Constants extends object>(
  constants: Constants,
  read: () => Interval | undefined,
  asked: AskedDistance,
): Constants & { readonly distance?: Interval } {
  return Object.defineProperty(constants, 'distance', {
    enumerable: true,
    configurable: true,
    get() {
      const distance = read();
      asked[distance === undefined ? 'missing' : 'known'] = true;
      return distance;
    },
  });
}

/** Why a theorem that has read an uncertified distance is silent. */
export const withoutDistance =
  '‖x⁰ − x*‖ is not certified, which the theorem asks for: f is not known to be convex with a minimiser, or it is neither separable nor strongly convex';

/** All constants of the objective that a theorem is about, at one step. */
export function objectiveConstants(
  about: AboutConstants,
  problem: ProblemAtStep,
  dimension: number,
): ProblemConstants & { readonly valueLipschitz?: number } {
  if (about.objective !== 'fixed') {
    const { lipschitz, coordinateLipschitz, majorant, ...noise } = problem.constants(dimension);
    const ofValues = valueConstants(about, problem.problem, dimension);
    return { ...objectiveLipschitz(about, problem.problem, dimension), ...ofValues, ...noise };
  }
  return { ...objectiveLipschitz(about, problem.problem, dimension), ...objectiveNoise(about, problem, dimension) };
}

/** The constants of d + Σθ_k r_k for one start; undefined if one of them is not certified. */
export function fixedConstants(problem: Problem, start: Float64Array): FixedConstants | undefined {
  if (problem.functions.some(({ gradient }) => gradient === undefined)) return undefined;
  const { sigma, coordinateSigma, sigmaExact } = fixedNoise(problem, start.length);
  const infimum = fixedInfimum(problem, start.length);
  if (sigma === undefined || coordinateSigma === undefined || infimum === undefined) return undefined;
  const value = nearlyFixed(problem).fixedObjective(start);
  const rounding = 2 ** -40 * (Math.abs(value) + Math.abs(infimum.lower));
  // r_γ ≤ Σθ_k r_k ≤ r_γ + γσ₀²/2. If the ∇r_k are linear and differ by constant vectors, where σ₀ is exact, the difference is a constant.
  const growth = sigmaExact === true ? 0 : sigma ** 2 / 2;
  return { sigma, coordinateSigma, gap: Math.max(0, value - infimum.lower + rounding), growth };
}

/** f(x⁰) − f* between two ends. */
export const gapOf = (value: number, infimum: Interval): Interval => ({
  lower: Math.max(0, value - infimum.upper),
  upper: Math.max(0, value - infimum.lower),
});

/** Constants that do not depend on the step are computed once for each problem. */
export function oncePerProblem<Result>(compute: (problem: Problem, dimension: number) => Result) {
  const known = new WeakMap<Problem, Map<number, Result>>();
  return (problem: Problem, dimension: number): Result => {
    const found = known.get(problem) ?? new Map<number, Result>();
    known.set(problem, found);
    if (!found.has(dimension)) found.set(dimension, compute(problem, dimension));
    return found.get(dimension)!;
  };
}

const fixedNoise = oncePerProblem((problem, dimension) => noiseConstants(problem, 0, dimension));

const fixedInfimum = oncePerProblem((problem, dimension): Interval | undefined => {
  const { sigma } = fixedNoise(problem, dimension);
  const near = nearlyFixed(problem).infimum(dimension);
  if (near === undefined || sigma === undefined) return undefined;
  const enclosed = { lower: near.lower, upper: near.upper + (fixedStep * sigma * sigma) / 2 };
  const convex = Number.isFinite(near.lower) ? convexInfimum(problem, dimension) : undefined;
  if (convex === undefined) return enclosed;
  return { lower: Math.max(enclosed.lower, convex.lower), upper: Math.min(enclosed.upper, convex.upper) };
});
