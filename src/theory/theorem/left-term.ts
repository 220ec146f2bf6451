import type { Interval } from '../../reference/certified/interval.js';
import type { ProblemAtStep } from '../../reference/problem/problem.js';
import { objectiveInfimum } from './objective-constants.js';
import { terms } from './terms.js';
import type { Theorem } from './theorem.js';
import { TheoremError } from './theorem-fields.js';

/** What of a theorem its left side is made of. */
export type LeftSideOf = Pick<Theorem, 'id' | 'algorithm' | 'term' | 'objective' | 'onlyLast'>;

/** The summand of a left side on one problem. */
export interface LeftTerm {
  /** Its value at x, ≥ 0, possibly too small by at most `uncertainty`. */
  at(x: Float64Array): number;
  /** How much larger it may be, if it is known only between two ends. */
  readonly uncertainty: number;
}

/** The summand of a theorem's left side on a problem at one step, in `dimension` coordinates. */
export function leftTerm(
  theorem: Pick<Theorem, 'id' | 'term' | 'objective'>,
  problem: ProblemAtStep,
  dimension: number,
): LeftTerm {
  const { id, term, objective } = theorem;
  if (term === 'objective-gap') return objectiveGap(problem, objectiveInfimum(theorem, problem, dimension), objective);
  if (typeof term === 'string') {
    const { at } = terms[term];
    return { at: (x) => at(problem, x), uncertainty: 0 };
  }
  return {
    at(x) {
      const value = term(problem, x);
      if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
      throw new TheoremError(
        `${id}: term is ${String(value)} at x = (${Array.from(x).slice(0, 4).join(', ')}${x.length > 4 ? ', …' : ''}): it must be a finite number ≥ 0`,
      );
    },
    uncertainty: 0,
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
  return { at: (x) => Math.max(0, value(x) - infimum.upper), uncertainty: infimum.upper - infimum.lower };
}
