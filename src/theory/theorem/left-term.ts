import { type Ball, ballOfMinimizers, distanceToMinimizers } from '../../reference/certified/convex-minimizers.js';
import type { Interval } from '../../reference/certified/interval.js';
import { fixedStrongConvexity } from '../../reference/certified/strong-convexity.js';
import type { ProblemAtStep } from '../../reference/problem/problem.js';
import { objectiveInfimum, oncePerProblem, withoutDistance } from './objective-constants.js';
import { terms } from './terms.js';
import type { Theorem } from './theorem.js';
import { TheoremError } from './theorem-fields.js';

/** What of a theorem its left side is made of. */
export type LeftSideOf = Pick<Theorem, 'id' | 'algorithm' | 'term' | 'objective' | 'onlyLast'>;

/** The summand of a left side on one problem. */
export interface LeftTerm {
  /** Its value at x, ≥ 0, possibly too small by at most `uncertainty`. */
  at(x: Float64Array): number;
  /** How much larger its mean may be where it is found to be that, if it is known only between two ends; it grows with what is found. */
  uncertainty(mean: number): number;
}

const certain = () => 0;

/** The summand of a theorem's left side on a problem at one step, in `dimension` coordinates. */
export function leftTerm(
  theorem: Pick<Theorem, 'id' | 'term' | 'objective'>,
  problem: ProblemAtStep,
  dimension: number,
): LeftTerm {
  const { id, term, objective } = theorem;
  if (term === 'objective-gap') return objectiveGap(problem, objectiveInfimum(theorem, problem, dimension), objective);
  if (term === 'squared-distance') return squaredDistance(problem, dimension, objective);
  if (typeof term === 'string') {
    const { at } = terms[term];
    return { at: (x) => at(problem, x), uncertainty: certain };
  }
  return {
    at(x) {
      const value = term(problem, x);
      if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
      throw new TheoremError(
        `${id}: term is ${String(value)} at x = (${Array.from(x).slice(0, 4).join(', ')}${x.length > 4 ? ', …' : ''}): it must be a finite number ≥ 0`,
      );
    },
    uncertainty: certain,
  };
}

function objectiveGap(
  problem: ProblemAtStep,
  infimum: Interval | undefined,
  objective: Theorem['objective'],
): LeftTerm {
  if (infimum === undefined)
    throw new TheoremError('f(x) − f* needs a certified f*, which is not known of this problem');
  const value = objective === 'fixed' ? problem.fixedObjective : problem.objective;
  const width = infimum.upper - infimum.lower;
  return { at: (x) => Math.max(0, value(x) - infimum.upper), uncertainty: () => width };
}

/** Relative rounding of a distance in one coordinate, with a margin. */
const rounding = 2 ** -48;

const fixedBall = oncePerProblem((problem, dimension) => ballOfMinimizers(problem, dimension));

/** Whether the minimisers are known so closely that they count as one. */
const isOne = ({ x, radius }: Ball): boolean =>
  radius <= 2 ** -30 * Math.hypot(...x) || radius < Number.MIN_VALUE * 2 ** 60;

/**
 * ‖x − x*‖² from below. With ‖x − x*‖ known to ε it may be larger by 2ε‖x − x*‖ + ε², and the mean of ‖x − x*‖ is at most the root of that of its square.
 */
function squaredDistance(problem: ProblemAtStep, dimension: number, objective: Theorem['objective']): LeftTerm {
  const step = objective === 'fixed' ? undefined : problem.step;
  const ball =
    step === undefined ? fixedBall(problem.problem, dimension) : ballOfMinimizers(problem.problem, dimension, step);
  const enclosed = (x: Float64Array): Interval => {
    const distance = distanceToMinimizers(problem.problem, x, step);
    if (distance === undefined) throw new TheoremError(withoutDistance);
    return distance;
  };
  // Of one minimiser it is a distance of points; of several the nearest is looked for at each x.
  const isUnique = objective === 'fixed' && (fixedStrongConvexity(problem.problem) ?? 0) > 0;
  const one = ball !== undefined && (isUnique || isOne(ball)) ? ball : undefined;
  const { lower, upper } = one
    ? { lower: Math.hypot(...one.x), upper: Math.hypot(...one.x) + one.radius }
    : enclosed(new Float64Array(dimension));
  const at = one
    ? (x: Float64Array) => Math.max(0, Math.sqrt(squaredApart(x, one.x)) - one.radius)
    : (x: Float64Array) => enclosed(x).lower;
  return {
    at: (x) => at(x) ** 2,
    uncertainty(mean) {
      const distance = Math.sqrt(mean);
      const ε = 2 * (upper - lower) + rounding * (dimension + 8) * (distance + upper);
      return 2 * ε * distance + ε * ε;
    },
  };
}

function squaredApart(x: Float64Array, y: Float64Array): number {
  let squared = 0;
  for (let i = 0; i < x.length; i++) squared += (x[i]! - y[i]!) ** 2;
  return squared;
}
